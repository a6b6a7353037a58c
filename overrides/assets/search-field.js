// @ts-check
/**
 * The search field of the header and of the home page: a combobox with a list of suggestions
 * (ARIA APG, editable combobox with list autocomplete). The engine and its data are loaded when
 * somebody first touches a field, never before. Without this the form leads to the list of measures.
 */

/** @typedef {import("./search/engine.js").Hit} Hit */

/** @type {Promise<import("./search/engine.js").Index> | null} */
let loading = null;

/** The engine with its data, loaded once. @param {HTMLFormElement} form */
export function engine(form) {
  loading ??= import("./search/engine.js")
    .then((module) => module.load(new URL(form.dataset.kkData ?? "", location.href).href))
    .catch((error) => {
      loading = null; // a broken connection may mend: the next letter tries again
      throw error;
    });
  return loading;
}

const GROUPS = { measure: "Keinot", situation: "Tilanteet", actor: "Toimijat", municipality: "Kunnat", area: "Alueet", term: "Sanasto", lookalike: "Sama nimi, monta keinoa", page: "Sivut", pair: "Kaksi keinoa" };
const LIMIT = 8;

/** An element with text: data never becomes markup. @param {string} tag @param {string} className @param {string} [text] */
export function element(tag, className, text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

/** The text with the first occurrence of the matched word marked. @param {HTMLElement} into @param {string} text @param {string} word */
export function marked(into, text, word) {
  const at = word ? text.toLowerCase().indexOf(word.toLowerCase()) : -1;
  if (at < 0) {
    into.append(text);
    return;
  }
  into.append(text.slice(0, at), element("mark", "", text.slice(at, at + word.length)), text.slice(at + word.length));
}

/** @param {HTMLFormElement} form */
function combobox(form) {
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const root = form.dataset.kkRoot ?? "";
  const list = element("div", "kk-suggestions");
  list.id = `${field.id}-ehdotukset`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Ehdotukset");
  list.hidden = true;
  const note = element("p", "kk-suggestions__note");
  note.hidden = true;
  const status = element("p", "kk-visually-hidden");
  status.setAttribute("role", "status");
  const box = element("div", "kk-suggestions-box");
  box.append(list, note);
  form.append(box, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
    field.setAttribute(name, value);

  /** @type {HTMLElement[]} */
  let options = [];
  let chosen = -1;
  let turn = 0;

  const open = (/** @type {boolean} */ yes) => {
    box.classList.toggle("kk-suggestions-box--open", yes);
    list.hidden = !yes || options.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    if (!yes) {
      note.hidden = true;
      choose(-1);
    }
  };
  const choose = (/** @type {number} */ index) => {
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = index;
    const option = options[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };

  const draw = (/** @type {import("./search/engine.js").Hits} */ hits, /** @type {string} */ query) => {
    const { missing } = hits;
    options = [];
    chosen = -1;
    list.replaceChildren();
    // Groups in the order of their best hit, so that the best of all stays on top.
    for (const kind of new Set(hits.map((hit) => hit.kind))) {
      const group = element("div", "kk-suggestions__group");
      group.setAttribute("role", "group");
      const title = element("p", "kk-suggestions__title", GROUPS[kind]);
      title.id = `${list.id}-${kind}`;
      group.setAttribute("aria-labelledby", title.id);
      group.append(title);
      for (const hit of hits.filter((one) => one.kind === kind)) {
        const option = element("div", "kk-suggestion");
        option.id = `${list.id}-${options.length}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.href = root + hit.entry.path;
        const name = element("span", "kk-suggestion__name");
        marked(name, hit.entry.name, hit.why === "name" ? hit.matched : "");
        const who = element("span", "kk-suggestion__who", hit.entry.who);
        const line = element("span", "kk-suggestion__line");
        if (hit.why !== "name" && hit.why !== "text" && hit.matched) {
          line.append(element("mark", "", hit.matched), " · ");
        }
        line.append(hit.entry.status === "ended" ? `Lakannut. ${hit.entry.line}` : hit.entry.line);
        option.append(name, who, line);
        options.push(option);
        group.append(option);
      }
      list.append(group);
    }
    const near = hits.length === 0;
    note.textContent = near
      ? `Ei osumia: ”${query}”. Kokeile puhekielen sanaa, lomakkeen nimeä tai vanhaa nimeä.`
      : missing.length
        ? `Sanalle ${missing.map((word) => `”${word}”`).join(", ")} ei löytynyt osumaa.`
        : hits.weak
          ? "Nämä ovat lähimpiä, eivät varmoja osumia. Enter näyttää kaikki."
          : "Etkö löydä? Kokeile puhekielen sanaa, lomakkeen nimeä tai vanhaa nimeä.";
    note.hidden = false;
    status.textContent = near ? "Ei osumia" : `${hits.length} ehdotusta`;
    open(true);
  };

  const ask = async () => {
    const query = field.value.trim();
    const mine = ++turn;
    if (!query) return open(false);
    try {
      const index = await engine(form);
      if (mine !== turn) return;
      const hits = index.search(query, { limit: LIMIT });
      draw(hits, query.slice(0, 60));
    } catch {
      open(false); // no data, no suggestions: Enter still opens the list
    }
  };

  field.addEventListener("input", ask);
  field.addEventListener("focus", () => {
    engine(form).catch(() => {});
    if (field.value.trim() && list.hidden) ask();
  });
  field.addEventListener("keydown", (event) => {
    const shown = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!options.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (!shown) open(true);
      choose(chosen < 0 ? (step > 0 ? 0 : options.length - 1) : (chosen + step + options.length) % options.length);
    } else if (event.key === "Escape") {
      if (box.classList.contains("kk-suggestions-box--open")) {
        event.preventDefault();
        turn += 1;
        open(false);
      }
    } else if (event.key === "Enter" && shown && chosen >= 0) {
      event.preventDefault();
      location.href = options[chosen].dataset.href ?? "";
    } else if (event.key === "Tab") {
      turn += 1;
      open(false);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = /** @type {HTMLElement} */ (event.target).closest("[role=option]");
    if (option instanceof HTMLElement) location.href = option.dataset.href ?? "";
  });
  document.addEventListener("pointerdown", (event) => {
    if (event.target instanceof Node && !form.contains(event.target)) {
      turn += 1;
      open(false);
    }
  });
}

export function searchFields() {
  for (const form of document.querySelectorAll("form[data-kk-search]")) if (form instanceof HTMLFormElement) combobox(form);
}
