// @ts-check
/**
 * The field for a municipality: suggestions while typing, the right page when it is known, and on a
 * measure's page the areas that decide there. What was typed is data, never markup. Nothing is stored:
 * the chosen municipality stands in the address.
 */
import { find, meant, read } from "./region-names.js";

/** @typedef {import("./region-names.js").Municipality} Municipality */

const PARAMETER = "kunta";
const LABELS = { "employment-area": "Työllisyysalue", "wellbeing-county": "Hyvinvointialue", "vitality-centre": "Elinvoimakeskus", municipality: "Kunta" };

/** @type {Map<string, Promise<Municipality[]>>} */
const loaded = new Map();
/** The names, fetched on first use. @param {string} address */
const names = (address) => {
  const known =
    loaded.get(address) ??
    fetch(address)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then(read);
  known.catch(() => loaded.delete(address));
  loaded.set(address, known);
  return known;
};

/** @param {string} tag @param {string} [text] @param {Record<string, string>} [attributes] */
const element = (tag, text = "", attributes = {}) => {
  const made = document.createElement(tag);
  made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
};

/** @param {HTMLFormElement} form */
function setUp(form) {
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const box = /** @type {HTMLElement} */ (form.querySelector("[data-kk-municipality-found]"));
  const answers = form.dataset.kkMunicipality === "answer";
  const root = new URL(form.dataset.kkRoot ?? "", location.href);
  const data = () => names(form.dataset.kkNames ?? "");
  const page = (/** @type {Municipality} */ one) => new URL(`alueet/kunnat/${one.id}/`, root).href;
  let turn = 0;

  /** @param {Municipality} one */
  const choose = (one) => {
    if (!answers) {
      location.assign(page(one));
      return;
    }
    const address = new URL(location.href);
    address.searchParams.set(PARAMETER, one.id);
    history.replaceState(history.state, "", address);
    field.value = one.fi;
    answer(one);
  };

  /** @param {Municipality} one */
  const answer = (one) => {
    const section = /** @type {HTMLElement} */ (form.closest("[data-kk-decides], [data-kk-provides]"));
    const list = element("dl", "", { class: "kk-answer" });
    for (const [words, kinds] of [["Päättää", section?.dataset.kkDecides], ["Järjestää", section?.dataset.kkProvides]]) {
      for (const kind of (kinds ?? "").split(" ").filter(Boolean)) {
        const area = kind === "municipality" ? { name: one.fi, href: `alueet/kunnat/${one.id}/` } : one.areas.find((other) => other.kind === kind);
        const row = document.createElement("div");
        const value = document.createElement("dd");
        if (area) value.append(element("a", area.name, { href: new URL(area.href, root).href }));
        else value.append(`Ei ${LABELS[/** @type {keyof LABELS} */ (kind)]?.toLowerCase() ?? "alue"}tta: katso kunnan sivu`);
        row.append(element("dt", words ?? ""), value);
        list.append(row);
      }
    }
    const more = element("p");
    more.append(element("a", `${one.fi}: kuka vastaa mistäkin`, { href: page(one) }));
    box.replaceChildren(list, more);
  };

  /** @param {Municipality[]} found @param {string} typed */
  const suggest = (found, typed) => {
    if (!typed.trim()) {
      box.replaceChildren();
      return;
    }
    if (!found.length) {
      const none = element("p", `Ei kuntaa nimellä ”${typed.trim().slice(0, 40)}”. `);
      none.append(element("a", "Kaikki kunnat aakkosittain", { href: new URL("alueet/kunnat/", root).href }));
      box.replaceChildren(none);
      return;
    }
    const list = element("ul", "", { class: "kk-place__list" });
    for (const one of found) {
      const item = document.createElement("li");
      const other = one.sv && one.sv !== one.fi ? ` (${one.sv})` : "";
      if (answers) {
        const button = element("button", `${one.fi}${other}`, { type: "button" });
        button.addEventListener("click", () => {
          choose(one);
          field.focus();
        });
        item.append(button);
      } else item.append(element("a", `${one.fi}${other}`, { href: page(one) }));
      list.append(item);
    }
    box.replaceChildren(element("p", found.length === 1 ? "1 kunta" : `${found.length} kuntaa`, { class: "kk-visually-hidden" }), list);
  };

  const show = async () => {
    turn += 1;
    const mine = turn;
    const typed = field.value;
    try {
      const all = await data();
      if (mine === turn) suggest(find(all, typed), typed);
    } catch {
      // offline or the data is missing: the form still leads to the list
    }
  };

  const submit = async () => {
    turn += 1;
    try {
      const all = await data();
      const one = meant(all, field.value);
      if (one) choose(one);
      else suggest(find(all, field.value), field.value || " ");
    } catch {
      form.submit();
    }
  };

  field.addEventListener("focus", () => data().catch(() => undefined), { once: true });
  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    if (!field.value.trim()) return;
    event.preventDefault();
    submit();
  });

  const named = new URLSearchParams(location.search).get(PARAMETER);
  if (!named) return;
  field.value = named.slice(0, 80);
  data()
    .then((all) => {
      const one = meant(all, named);
      if (one && answers) choose(one);
      else if (one && document.querySelector('[data-id="kunnat"]')) location.replace(page(one));
      else suggest(find(all, named), named);
    })
    .catch(() => undefined);
}

for (const form of document.querySelectorAll("form[data-kk-municipality]")) if (form instanceof HTMLFormElement) setUp(form);
