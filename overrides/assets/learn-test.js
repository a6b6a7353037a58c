// @ts-check
/** Self-test: each question is checked by itself, at the end the score. The page holds all it needs. */
import { load, save } from "./learn-store.js";

/** Whether the chosen options are the right ones, all of them and no other. @param {string[]} chosen @param {string[]} right */
export const isRight = (chosen, right) => chosen.length === right.length && chosen.every((one) => right.includes(one));

/** The result in words. @param {number} right @param {number} of */
export function inWords(right, of) {
  const note = right === of ? "Kaikki oikein." : right * 2 >= of ? "Hyvä alku. Lue väärin menneiden selitykset." : "Lue moduuli uudelleen ja kokeile sitten.";
  return { text: `${right}/${of} oikein`, note };
}

/** @param {HTMLFormElement} form */
function start(form) {
  const one = (/** @type {string} */ selector, /** @type {ParentNode} */ within = form) => /** @type {HTMLElement} */ (within.querySelector(selector));
  const score = one("[data-kk-score]");
  const status = one("[data-kk-status]");

  const items = [...form.querySelectorAll(".kk-item")].map((found, index) => {
    const item = /** @type {HTMLElement} */ (found);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kk-button";
    button.textContent = "Tarkista";
    button.setAttribute("aria-label", `Tarkista kysymys ${index + 1}`);
    const verdict = document.createElement("p");
    verdict.tabIndex = -1;
    const details = /** @type {HTMLDetailsElement} */ (item.querySelector("details"));
    details.before(button, verdict);
    const inputs = /** @type {HTMLInputElement[]} */ ([...item.querySelectorAll("input")]);
    return {
      item,
      inputs,
      right: inputs.filter((input) => input.hasAttribute("data-kk-right")).map((input) => input.value),
      button,
      verdict,
      details,
      /** @type {boolean | null} */
      result: null,
    };
  });

  /** @param {(typeof items)[number]} q */
  function reset(q) {
    q.result = null;
    q.item.hidden = false;
    q.button.hidden = false;
    q.verdict.hidden = true;
    q.details.hidden = true;
    q.details.open = false;
    for (const input of q.inputs) {
      input.checked = false;
      input.disabled = false;
      input.closest("label")?.classList.remove("kk-option--right", "kk-option--wrong");
    }
  }

  /** @param {(typeof items)[number]} q */
  function check(q) {
    const chosen = q.inputs.filter((input) => input.checked).map((input) => input.value);
    q.verdict.hidden = false;
    if (!chosen.length) {
      q.verdict.className = "kk-verdict";
      q.verdict.textContent = "Valitse ensin vastaus.";
      q.inputs[0].focus();
      status.textContent = "Valitse ensin vastaus.";
      return;
    }
    q.result = isRight(chosen, q.right);
    q.verdict.className = `kk-verdict kk-verdict--${q.result ? "right" : "wrong"}`;
    q.verdict.textContent = q.result ? "Oikein." : "Ei aivan.";
    for (const input of q.inputs) {
      input.disabled = true;
      if (q.right.includes(input.value)) input.closest("label")?.classList.add("kk-option--right");
      else if (input.checked) input.closest("label")?.classList.add("kk-option--wrong");
    }
    q.button.hidden = true;
    q.details.hidden = false;
    q.details.open = true;
    // The focus says the result; a live region besides would say it twice.
    status.textContent = "";
    q.verdict.focus({ preventScroll: true });
    end();
  }

  function end() {
    const asked = items.filter((q) => !q.item.hidden);
    if (asked.some((q) => q.result === null)) return;
    const right = asked.filter((q) => q.result).length;
    const words = inWords(right, asked.length);
    one("[data-kk-score-text]").textContent = words.text;
    one("[data-kk-score-note]").textContent = words.note;
    one("[data-kk-wrong]").hidden = right === asked.length;
    score.hidden = false;
    status.textContent = `Testi valmis: ${words.text}. Tulos on testin lopussa.`;
    const state = load();
    if (state.on && asked.length === items.length) {
      state.tests[form.dataset.kkTest ?? ""] = { right, of: asked.length, day: new Date().toISOString().slice(0, 10) };
      save(state);
    }
  }

  /** @param {boolean} onlyWrong */
  function again(onlyWrong) {
    for (const q of items) {
      if (onlyWrong && q.result !== false) q.item.hidden = true;
      else reset(q);
    }
    score.hidden = true;
    status.textContent = "";
    items.find((q) => !q.item.hidden)?.inputs[0].focus();
  }

  for (const q of items) {
    reset(q);
    q.button.addEventListener("click", () => check(q));
    for (const input of q.inputs) {
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        check(q);
      });
    }
  }
  one("[data-kk-wrong]").addEventListener("click", () => again(true));
  one("[data-kk-again]").addEventListener("click", () => again(false));
  form.addEventListener("submit", (event) => event.preventDefault());
}

if (typeof document !== "undefined") for (const form of document.querySelectorAll("form[data-kk-test]")) start(/** @type {HTMLFormElement} */ (form));
