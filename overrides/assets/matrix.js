// @ts-check
/**
 * The grid of pairs: which measures it shows, what stands in a cell, and why.
 * Everything it knows is read from the list on the page; the choice lives in the address.
 * The first part has no DOM in it.
 */

export const LIMIT = 12;
export const FIRST = 8;

/** @typedef {{ id: string, name: string, needs: string[], actors: string[], pairs: Map<string, { id: string, relation: string }> }} Measure */
/** @typedef {{ need: string, actor: string, measure: string, chosen: string[], pair: string }} State */

/** The measures that a need and an actor leave. @param {Measure[]} measures @param {{ need: string, actor: string }} state */
export const matching = (measures, { need, actor }) =>
  measures.filter((m) => (!need || m.needs.includes(need)) && (!actor || m.actors.includes(actor)));

/** Those with most known pairs among themselves, at most `limit`. @param {Measure[]} measures @param {number} limit */
export function mostConnected(measures, limit) {
  const inside = new Set(measures.map((m) => m.id));
  const count = (/** @type {Measure} */ m) => [...m.pairs.keys()].filter((id) => inside.has(id)).length;
  return measures
    .map((m) => ({ m, n: count(m) }))
    .sort((a, b) => b.n - a.n)
    .slice(0, limit)
    .map(({ m }) => m.id);
}

/** The state in an address; what is not known is left out. @param {string} search @param {string} hash @param {Measure[]} measures @returns {State} */
export function read(search, hash, measures) {
  const known = new Set(measures.map((m) => m.id));
  const asked = new URLSearchParams(search);
  const pick = (/** @type {string} */ key, /** @type {Set<string>} */ allowed) => (allowed.has(asked.get(key) ?? "") ? (asked.get(key) ?? "") : "");
  const pair = hash.slice(1);
  return {
    need: pick("tarve", new Set(measures.flatMap((m) => m.needs))),
    actor: pick("toimija", new Set(measures.flatMap((m) => m.actors))),
    measure: pick("keino", known),
    chosen: [...new Set((asked.get("keinot") ?? "").split(",").filter((id) => known.has(id)))].slice(0, LIMIT),
    pair: measures.some((m) => [...m.pairs.values()].some((p) => p.id === pair)) ? pair : "",
  };
}

/** The query of a state, empty when nothing is chosen. @param {State} state */
export function write({ need, actor, measure, chosen, pair }) {
  const query = new URLSearchParams();
  if (need) query.set("tarve", need);
  if (actor) query.set("toimija", actor);
  if (measure) query.set("keino", measure);
  if (chosen.length) query.set("keinot", chosen.join(","));
  const words = query.toString().replaceAll("%2C", ",");
  return (words ? `?${words}` : "") + (pair ? `#${pair}` : "");
}

/** The measures of the grid, in order. @param {Measure[]} measures @param {State} state */
export function shown(measures, state) {
  const chosen = state.chosen.length ? state.chosen : mostConnected(matching(measures, state), state.need || state.actor ? LIMIT : FIRST);
  // The pair of the address is always in view.
  const both = state.pair ? state.pair.split("_").filter((id) => !chosen.includes(id)) : [];
  return [...chosen.slice(0, LIMIT - both.length), ...both];
}

/* --- the page ----------------------------------------------------------------------- */

/** @param {string} tag @param {Record<string, string>} [attributes] @param {...(Node | string)} children */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function start() {
  const form = document.querySelector("form[data-kk-matrix-form]");
  const grid = document.querySelector("[data-kk-matrix]");
  const list = /** @type {HTMLElement} */ (document.querySelector(".kk-pairs"));
  if (!(form instanceof HTMLFormElement) || !grid) return;
  const one = (/** @type {string} */ selector, /** @type {ParentNode} */ within = document) => /** @type {HTMLElement} */ (within.querySelector(selector));
  const field = (/** @type {string} */ name) => /** @type {HTMLSelectElement} */ (form.elements.namedItem(name));

  /** @type {Map<string, HTMLElement>} */
  const sections = new Map();
  /** @type {Map<string, HTMLElement>} */
  const reasons = new Map();
  /** @type {Map<HTMLElement, string>} */
  const short = new Map();
  /** @type {Measure[]} */
  const measures = [...document.querySelectorAll("section[data-kk-measure]")].map((found) => {
    const section = /** @type {HTMLElement} */ (found);
    const id = section.dataset.kkMeasure ?? "";
    sections.set(id, section);
    const pairs = new Map();
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (section.querySelectorAll(".kk-relation li"))) {
      const pair = row.id || (row.querySelector("a")?.hash.slice(1) ?? "");
      const relation = /** @type {HTMLElement} */ (row.closest(".kk-relation")).dataset.kkRelation ?? "";
      // The pair is named after its first measure and its second one: in a sequence they go in that order.
      const [a, b] = pair.split("_");
      pairs.set(a === id ? b : a, { id: pair, relation: relation === "sequence" ? `sequence-${a === id ? "after" : "before"}` : relation });
      if (row.id) reasons.set(row.id, row);
      else short.set(row, pair);
    }
    const words = (/** @type {string | undefined} */ value) => (value ?? "").split(" ").filter(Boolean);
    return { id, name: one("h3", section).textContent ?? "", needs: words(section.dataset.kkNeeds), actors: words(section.dataset.kkActors), pairs };
  });
  const byId = new Map(measures.map((m) => [m.id, m]));
  // A pair stands in full once in the page. Here its other row gets the reason too, as the list will be narrowed.
  for (const [row, pair] of short) {
    const link = row.querySelector("a");
    const home = sections.get(pair.split("_")[0])?.querySelector("h3 a");
    const why = reasons.get(pair)?.querySelector("p + p");
    if (!(link instanceof HTMLAnchorElement) || !(home instanceof HTMLAnchorElement) || !why) continue;
    link.href = home.href;
    row.replaceChildren(element("p", {}, ...row.childNodes), why.cloneNode(true));
  }
  const plain = (/** @type {string} */ name) => name.replaceAll("\u00ad", "");
  const symbol = (/** @type {string} */ relation) => one(`[data-kk-symbol="${relation}"] .kk-symbol`).cloneNode(true);
  const label = (/** @type {string} */ relation) => (one(`[data-kk-symbol="${relation}"]`).textContent ?? "").trim();
  const lower = (/** @type {string} */ text) => text.charAt(0).toLowerCase() + text.slice(1);

  const state = read(location.search, location.hash, measures);
  // On a phone one measure at a time, as there is no grid.
  const phone = matchMedia("(max-width: 820px)");
  if (phone.matches && !state.measure && !state.pair && !state.need && !state.actor) state.measure = mostConnected(measures, 1)[0] ?? "";

  const save = () => history.replaceState(null, "", location.pathname + write(state));

  function drawGrid() {
    const ids = shown(measures, state);
    const table = one("table", grid ?? document);
    const head = element("tr", {}, element("td"));
    for (const id of ids) head.append(element("th", { scope: "col" }, element("span", {}, byId.get(id)?.name ?? "")));
    const rows = ids.map((id) => {
      const m = /** @type {Measure} */ (byId.get(id));
      const link = /** @type {HTMLElement} */ (sections.get(id)).querySelector("h3 a")?.cloneNode(true);
      const row = element("tr", {}, element("th", { scope: "row" }, link ?? m.name));
      for (const other of ids) {
        const pair = m.pairs.get(other);
        if (other === id) row.append(element("td", { class: "kk-grid__own" }));
        else if (!pair) row.append(element("td", {}, element("span", { class: "kk-dot", role: "img", "aria-label": "Ei tietoa" }, "·")));
        else {
          const name = `${plain(m.name)} ja ${plain(byId.get(other)?.name ?? "")}: ${lower(label(pair.relation))}`;
          const cell = element("a", { href: `#${pair.id}`, "aria-label": name, "data-kk-cell": `${id} ${other}` }, symbol(pair.relation));
          row.append(element("td", {}, cell));
        }
      }
      return row;
    });
    table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
    one("[data-kk-picked]", form ?? document).textContent = String(ids.length);
    mark();
  }

  /** Mark the cell of the pair: of its two cells the one that was used, or the one of its first measure. */
  function mark(cell = state.pair.replace("_", " ")) {
    for (const link of grid?.querySelectorAll("td a") ?? []) {
      if (link.getAttribute("data-kk-cell") === cell) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  function drawReason() {
    const box = one("[data-kk-why]");
    const row = reasons.get(state.pair);
    if (!row) return;
    const [a, b] = state.pair.split("_");
    const relation = byId.get(a)?.pairs.get(b)?.relation ?? "";
    const words = relation.startsWith("sequence") ? `ensin ${plain(byId.get(a)?.name ?? "")}` : lower(label(relation));
    const why = row.querySelector("p + p")?.cloneNode(true);
    box.className = `kk-why kk-why--${relation.split("-")[0]}`;
    box.replaceChildren(
      element("p", {}, symbol(relation)),
      element("p", {}, element("strong", {}, `${plain(byId.get(a)?.name ?? "")} ja ${plain(byId.get(b)?.name ?? "")}: ${words}.`)),
      ...(why ? [why] : []),
      element("p", {}, element("a", { href: location.pathname + write({ need: "", actor: "", measure: "", chosen: [], pair: state.pair }) }, "Linkki tähän pariin")),
    );
  }

  function drawList() {
    const left = new Set(matching(measures, state).map((m) => m.id));
    const only = state.measure;
    let count = 0;
    for (const [id, section] of sections) {
      section.hidden = only ? id !== only : !left.has(id);
      if (!section.hidden) count += 1;
    }
    for (const group of document.querySelectorAll(".kk-letter-group")) {
      /** @type {HTMLElement} */ (group).hidden = [...group.children].every((child) => /** @type {HTMLElement} */ (child).hidden);
    }
    const narrowed = Boolean(only || state.need || state.actor);
    one(".kk-pairs .kk-letters").hidden = narrowed;
    one("[data-kk-none]").hidden = count > 0;
    one("[data-kk-found]", form ?? document).textContent = narrowed ? `Luettelossa ${count} ${count === 1 ? "keino" : "keinoa"}.` : "";
  }

  function drawPicker() {
    const chosen = shown(measures, state);
    const list = one("[data-kk-pick] ul");
    const left = matching(measures, state);
    const offered = [...left, ...measures.filter((m) => chosen.includes(m.id) && !left.includes(m))];
    list.replaceChildren(
      ...offered.map((m) => {
        const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", value: m.id }));
        box.checked = chosen.includes(m.id);
        box.disabled = !box.checked && chosen.length >= LIMIT;
        return element("li", {}, element("label", { class: "kk-check" }, box, m.name));
      }),
    );
  }

  function fill() {
    field("keino").append(...measures.map((m) => element("option", { value: m.id }, plain(m.name))));
    field("tarve").value = state.need;
    field("toimija").value = state.actor;
    field("keino").value = state.measure;
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => {
    const target = event.target;
    if (target instanceof HTMLInputElement) {
      const boxes = [.../** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-kk-pick] input"))];
      const before = shown(measures, state);
      state.chosen = target.checked ? [...before, target.value].slice(0, LIMIT) : before.filter((id) => id !== target.value);
      if (!target.checked) state.pair = state.pair.split("_").includes(target.value) ? "" : state.pair;
      for (const box of boxes) box.disabled = !box.checked && state.chosen.length >= LIMIT;
    } else {
      Object.assign(state, { need: field("tarve").value, actor: field("toimija").value, measure: field("keino").value });
      if (target !== field("keino")) Object.assign(state, { chosen: [], pair: "" });
      drawPicker();
      drawList();
    }
    drawGrid();
    save();
  });
  grid.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("td a") : null;
    if (!link) return;
    event.preventDefault();
    // What is seen stays as it is while the pair changes.
    state.chosen = shown(measures, state);
    state.pair = (link.getAttribute("href") ?? "").slice(1);
    mark(link.getAttribute("data-kk-cell") ?? "");
    drawReason();
    save();
  });

  fill();
  drawGrid();
  drawPicker();
  drawList();
  drawReason();
  list.dataset.kkDrawn = "";
  // The list has become shorter: go back to the pair of the address.
  if (state.pair && !phone.matches) reasons.get(state.pair)?.scrollIntoView();
}

if (typeof document !== "undefined") start();
