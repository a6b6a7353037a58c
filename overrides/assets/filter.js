// @ts-check
/**
 * Narrows the A–Ö list of measures by what the reader types.
 * The words come from the address or the keyboard: always data, never markup.
 */

/** Lower case without dots and accents, so that "paivaraha" finds "päiväraha". @param {string} text */
export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u00ad]/g, "")
    .toLowerCase();

/** The words of a query, shortened by their likely ending. @param {string} query @returns {string[]} */
export const words = (query) =>
  fold(query)
    .slice(0, 200)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => (word.length > 6 ? word.slice(0, Math.max(5, word.length - 3)) : word));

/** Whether every word of the query begins or is inside the text. @param {string[]} query @param {string} folded */
export const matches = (query, folded) => query.every((word) => (word.length < 4 ? new RegExp(`(^|[^\\p{L}\\p{N}])${escape(word)}`, "u").test(folded) : folded.includes(word)));

/** @param {string} word */
const escape = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/**
 * Whether one of the names begins with what was typed, or has a word that does. "SV8" is "SV 8".
 * @param {string} typed @param {string[]} names
 */
export function named(typed, names) {
  const squash = (/** @type {string} */ text) => fold(text).replace(/\s+/g, "");
  const word = new RegExp(`(^|[^\\p{L}\\p{N}])${escape(fold(typed).trim())}`, "u");
  return names.some((name) => squash(name).startsWith(squash(typed)) || word.test(fold(name)));
}

export function filterList() {
  const form = document.querySelector("[data-kk-filter]");
  if (!(form instanceof HTMLFormElement)) return;
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const found = /** @type {HTMLElement} */ (form.querySelector("[data-kk-found]"));
  const none = /** @type {HTMLElement} */ (document.querySelector("[data-kk-none]"));
  const sections = [...document.querySelectorAll("[data-kk-letter]")].map((section) => ({
    section: /** @type {HTMLElement} */ (section),
    rows: [...section.querySelectorAll(".kk-line")].map((row) => ({
      row: /** @type {HTMLElement} */ (row),
      names: [row.querySelector("h3, h4")?.textContent ?? "", ...(/** @type {HTMLElement} */ (row).dataset.kkWords ?? "").split("|")],
      text: fold(`${row.textContent} ${/** @type {HTMLElement} */ (row).dataset.kkWords ?? ""}`),
    })),
  }));
  const show = () => {
    const query = words(field.value);
    // A few letters or a number of a form are looked for in the names only.
    const typed = field.value.trim().slice(0, 200);
    const short = form.hasAttribute("data-kk-names") && (typed.length < 4 || /\d/.test(typed));
    let count = 0;
    for (const { section, rows } of sections) {
      let left = 0;
      for (const { row, names, text } of rows) {
        row.hidden = query.length > 0 && !(short ? named(typed, names) : matches(query, text));
        if (!row.hidden) left += 1;
      }
      section.hidden = left === 0;
      count += left;
    }
    none.hidden = count > 0;
    found.textContent = query.length ? `${count} ${(count === 1 ? form.dataset.kkOne : form.dataset.kkMany) ?? (count === 1 ? "keino" : "keinoa")}` : "";
    for (const other of document.querySelectorAll(".kk-facets, .kk-letters")) {
      if (other instanceof HTMLElement) other.hidden = query.length > 0;
    }
  };
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    if (field.value) address.searchParams.set("q", field.value);
    else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    show();
  });
  field.addEventListener("input", show);
  show();
}
