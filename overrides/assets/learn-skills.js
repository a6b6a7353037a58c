// @ts-check
/** Self-assessment before and after, compared by area. Kept on the device only when the reader asks. */
import { load, save } from "./learn-store.js";

/** @typedef {import("./learn-store.js").Skills} Skills */

/** The mean of the grades that there are, one decimal; null when there are none. @param {number[]} grades */
export const mean = (grades) => (grades.length ? Math.round((grades.reduce((a, b) => a + b, 0) / grades.length) * 10) / 10 : null);

/** Both rounds by area; an area without an answer is left out. @param {{ name: string, ids: string[] }[]} areas @param {Skills} skills */
export function compared(areas, skills) {
  const grades = (/** @type {string[]} */ ids, /** @type {Record<string, number>} */ round) => ids.flatMap((id) => (round[id] ? [round[id]] : []));
  return areas
    .map(({ name, ids }) => ({ name, before: mean(grades(ids, skills.before)), after: mean(grades(ids, skills.after)) }))
    .filter(({ before, after }) => before !== null || after !== null);
}

/** A number as a Finn writes it. @param {number} value */
const finnish = (value) => value.toFixed(1).replace(".", ",");

/** @param {HTMLFormElement} form */
function start(form) {
  const one = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (form.querySelector(selector));
  const fields = /** @type {HTMLSelectElement[]} */ ([...form.querySelectorAll("select[data-kk-round]")]);
  const status = one("[data-kk-status]");
  const skillOf = (/** @type {Element} */ field) => field.closest("[data-kk-skill]")?.getAttribute("data-kk-skill") ?? "";
  const roundOf = (/** @type {HTMLElement} */ field) => (field.dataset.kkRound === "after" ? "after" : "before");
  // An area may stand in several modules: its statements belong together.
  /** @type {Map<string, string[]>} */
  const byArea = new Map();
  for (const section of form.querySelectorAll("[data-kk-area]")) {
    const name = section.getAttribute("data-kk-area") ?? "";
    byArea.set(name, [...(byArea.get(name) ?? []), ...[...section.querySelectorAll("[data-kk-skill]")].map(skillOf)]);
  }
  const areas = [...byArea].map(([name, ids]) => ({ name, ids }));

  /** @returns {Skills} */
  function answers() {
    /** @type {Skills} */
    const made = { before: {}, after: {} };
    for (const field of fields) if (field.value) made[roundOf(field)][skillOf(field)] = Number(field.value);
    return made;
  }

  function draw() {
    const rows = compared(areas, answers());
    one("[data-kk-comparison]").hidden = rows.length === 0;
    one("[data-kk-comparison] tbody").replaceChildren(
      ...rows.map(({ name, before, after }) => {
        const row = document.createElement("tr");
        const head = document.createElement("th");
        head.scope = "row";
        head.textContent = name;
        row.append(head);
        for (const [label, value] of /** @type {[string, number | null][]} */ ([["ennen", before], ["jälkeen", after]])) {
          const cell = document.createElement("td");
          if (value !== null) {
            const meter = document.createElement("meter");
            Object.assign(meter, { min: 0, max: 4, value });
            meter.setAttribute("aria-label", `${name}, ${label}`);
            cell.append(finnish(value), " ", meter);
          } else cell.append("–");
          row.append(cell);
        }
        const change = document.createElement("td");
        const difference = before !== null && after !== null ? Math.round((after - before) * 10) / 10 : null;
        change.textContent = difference === null ? "–" : difference > 0 ? `+${finnish(difference)}` : finnish(difference).replace("-", "−");
        row.append(change);
        return row;
      }),
    );
  }

  const state = load();
  let kept = Object.keys(state.skills.before).length + Object.keys(state.skills.after).length > 0;
  for (const field of fields) {
    const stored = state.skills[roundOf(field)][skillOf(field)];
    if (stored) field.value = String(stored);
    field.addEventListener("change", draw);
  }
  const remove = one("[data-kk-delete]");
  remove.hidden = !kept;
  one("[data-kk-save]").addEventListener("click", () => {
    kept = save({ ...load(), skills: answers() });
    remove.hidden = !kept;
    status.textContent = kept ? "Vastaukset on tallennettu tälle laitteelle." : "Laite ei salli tallennusta.";
  });
  remove.addEventListener("click", () => {
    save({ ...load(), skills: { before: {}, after: {} } });
    for (const field of fields) field.value = "";
    remove.hidden = true;
    one("[data-kk-save]").focus();
    status.textContent = "Tallennetut vastaukset on poistettu.";
    draw();
  });
  one("[data-kk-print-page]").addEventListener("click", () => print());
  form.addEventListener("submit", (event) => event.preventDefault());
  one("[data-kk-tools]").hidden = false;
  draw();
}

if (typeof document !== "undefined") for (const form of document.querySelectorAll("form[data-kk-skills]")) start(/** @type {HTMLFormElement} */ (form));
