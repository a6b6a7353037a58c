// @ts-check
/**
 * Marked terms explain themselves where they stand. Without this script they are plain links to the glossary.
 * A term then works as the button of a disclosure: the explanation comes below its own paragraph or list item and covers nothing.
 * The explanations are fetched when the first one is asked for.
 */

/** @type {Promise<Record<string, [string, string]>> | null} */
let explanations = null;
/** @type {{link: HTMLAnchorElement, box: HTMLElement} | null} */
let open = null;

/** @param {HTMLAnchorElement} link */
const idOf = (link) => new URL(link.href).pathname.split("/").at(-2) ?? "";

/** @param {HTMLAnchorElement} link */
function explain(link) {
  explanations ??= fetch(new URL("../selitteet.json", link.href)).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  });
  return explanations.then((all) => {
    const found = all[idOf(link)];
    if (!found) throw new Error("unknown term");
    return found;
  });
}

/** @param {string} tag @param {string} text @param {string} [style] */
function make(tag, text, style) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (style) element.className = style;
  return element;
}

/** @param {boolean} back whether the focus returns to the term */
function close(back) {
  if (!open) return;
  const { link, box } = open;
  open = null;
  box.remove();
  link.setAttribute("aria-expanded", "false");
  link.removeAttribute("aria-controls");
  if (back) link.focus();
}

/** @param {HTMLAnchorElement} link */
async function show(link) {
  close(false);
  const box = make("div", "", "kk-definition");
  box.id = "selitys";
  // Polite: what comes into the box is read aloud while the focus stays on the term.
  box.setAttribute("aria-live", "polite");
  const place = link.closest("li, p, dd") ?? link;
  if (place.matches("li, dd")) place.append(box);
  else place.after(box);
  link.setAttribute("aria-expanded", "true");
  link.setAttribute("aria-controls", box.id);
  open = { link, box };
  try {
    const [name, text] = await explain(link);
    if (open?.box !== box) return;
    const words = make("p", "");
    words.append(make("strong", name), `: ${text}`);
    const more = /** @type {HTMLAnchorElement} */ (make("a", "Lue lisää sanastosta"));
    more.href = link.href;
    const shut = /** @type {HTMLButtonElement} */ (make("button", "Sulje selitys", "kk-button"));
    shut.type = "button";
    shut.addEventListener("click", () => close(true));
    const actions = make("p", "", "kk-definition__actions");
    actions.append(more, shut);
    box.append(words, actions);
  } catch {
    location.assign(link.href);
  }
}

/** Make every marked term of the page a disclosure. */
export function terms() {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a.kk-term"))) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (open?.link === link) close(true);
      else void show(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      link.click();
    });
  }
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    const from = document.activeElement;
    close(from === open.link || open.box.contains(from));
  });
}
