// @ts-check
/**
 * The note of the page of corrections: which page it is about comes from the address.
 * Nothing is sent anywhere. The first part has no DOM in it.
 */

/** The page that an address names, or an empty text when it is not a path of this site. @param {string} search */
export function pageOf(search) {
  const page = new URLSearchParams(search).get("sivu") ?? "";
  return /^[a-z0-9-]{1,80}(\/[a-z0-9-]{1,80}){0,4}\/$/.test(page) ? page : "";
}

/** The note with the page written where it is asked. @param {string} note @param {string} page @param {string} root address of the site */
export const filled = (note, page, root) => (page ? note.replace(/^Sivu: .*$/m, () => `Sivu: ${root}${page}`) : note);

/** @param {HTMLElement} form @param {string} search @param {string} root */
export function reportNote(form, search, root) {
  const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("[data-kk-report-copy]"));
  const status = /** @type {HTMLElement} */ (form.querySelector("[data-kk-report-status]"));
  text.value = filled(text.value, pageOf(search), root);
  form.addEventListener("submit", (event) => event.preventDefault());
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      status.textContent = "Viesti kopioitu";
    } catch {
      text.select();
      status.textContent = "Kopioi valittu teksti";
    }
  });
}
