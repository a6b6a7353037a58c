// @ts-check
/** Progress on the learning path and on a module: remembered only when the reader asks, on this device only. */
import { empty, load, parse, save } from "./learn-store.js";

const one = (/** @type {string} */ selector, /** @type {ParentNode} */ within = document) => /** @type {HTMLElement} */ (within.querySelector(selector));
const today = () => new Date().toISOString().slice(0, 10);

function path() {
  const box = one("[data-kk-progress]");
  if (!box) return;
  const file = /** @type {HTMLInputElement} */ (one("[data-kk-progress-file]", box));
  const status = one("[data-kk-progress-status]", box);
  const buttons = Object.fromEntries(["start", "export", "import", "delete"].map((name) => [name, one(`[data-kk-progress-${name}]`, box)]));
  let state = load();
  let sure = false;

  function draw() {
    const kept = state.on || Object.keys(state.skills.before).length + Object.keys(state.skills.after).length > 0;
    one("[data-kk-progress-off]", box).hidden = state.on;
    one("[data-kk-progress-on]", box).hidden = !state.on;
    buttons.start.hidden = state.on;
    buttons.export.hidden = !kept;
    buttons.delete.hidden = !kept;
    buttons.delete.textContent = sure ? "Poistetaanko varmasti?" : "Poista tallennetut tiedot";
    for (const mark of document.querySelectorAll("[data-kk-done]")) {
      /** @type {HTMLElement} */ (mark).hidden = !state.on || !state.read[mark.getAttribute("data-kk-done") ?? ""];
    }
    for (const mark of document.querySelectorAll("[data-kk-result]")) {
      const found = state.on ? state.tests[mark.getAttribute("data-kk-result") ?? ""] : undefined;
      /** @type {HTMLElement} */ (mark).hidden = !found;
      mark.textContent = found ? ` · testi ${found.right}/${found.of} oikein` : "";
    }
  }

  buttons.start.addEventListener("click", () => {
    state = { ...state, on: true };
    status.textContent = save(state) ? "Eteneminen muistetaan tällä laitteella." : "Laite ei salli tallennusta.";
    if (!load().on) state.on = false;
    draw();
    if (state.on) buttons.export.focus();
  });
  buttons.export.addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(state, null, 1)], { type: "application/json" }));
    link.download = "kaikki-keinot-eteneminen.json";
    link.click();
    URL.revokeObjectURL(link.href);
    status.textContent = "Tiedosto tehty.";
  });
  buttons.import.addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    file.value = "";
    if (!chosen) return;
    const found = chosen.size < 200_000 ? parse(await chosen.text()) : null;
    if (!found) {
      status.textContent = "Tiedosto ei ole tämän sivuston etenemistiedosto. Mitään ei muutettu.";
      return;
    }
    state = { ...found, on: true };
    status.textContent = save(state) ? "Eteneminen tuotu tälle laitteelle." : "Laite ei salli tallennusta.";
    draw();
  });
  buttons.delete.addEventListener("click", () => {
    if (sure) {
      state = empty();
      save(state);
      status.textContent = "Tallennetut tiedot on poistettu.";
    }
    sure = !sure;
    draw();
    if (!sure) buttons.start.focus();
  });
  buttons.delete.addEventListener("blur", () => {
    sure = false;
    draw();
  });
  box.hidden = false;
  draw();
}

function module() {
  const box = one("[data-kk-module]");
  const state = load();
  if (!box || !state.on) return;
  const id = box.dataset.kkModule ?? "";
  const button = one("[data-kk-read]", box);
  const draw = () => {
    button.setAttribute("aria-pressed", String(Boolean(state.read[id])));
    button.textContent = state.read[id] ? "Luettu" : "Merkitse luetuksi";
  };
  button.addEventListener("click", () => {
    if (state.read[id]) delete state.read[id];
    else state.read[id] = today();
    save(state);
    draw();
  });
  box.hidden = false;
  draw();
}

path();
module();
