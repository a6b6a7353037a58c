// @ts-check
/** What is behind the button Jaa: ways to copy the page, its QR code and its card. Everything comes from the page's own head. */
import { asCitation, asHtml, asMarkdown } from "./snippets.js";

const FOLDERS = { keinot: "keinot", toimijat: "toimijat", tilanteet: "tilanteet", kunnat: "kunnat" };
const site = new URL("../", import.meta.url);

/** What is known of the page that is open. */
function page() {
  const article = /** @type {HTMLElement | null} */ (document.querySelector("main article[data-kind]"));
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel="canonical"]'))?.href ?? "";
  // What is chosen on the page stands in its address: a filter, a municipality, a day.
  const bare = canonical || location.href.split(/[?#]/)[0];
  const address = bare + location.search;
  const path = location.pathname.slice(site.pathname.length);
  // The short address belongs to the place of publication, when that is known.
  const root = canonical.endsWith(path) ? canonical.slice(0, canonical.length - path.length) : site.href;
  const [folder, id] = path.split("/").filter(Boolean).slice(-2);
  const kinds = ["measure", "actor", "situation", "municipality"];
  const card = kinds.includes(article?.dataset.kind ?? "") && Object.hasOwn(FOLDERS, folder) ? `${folder}/${id}` : "";
  const iso = article?.dataset.reviewed ?? "";
  const reviewed = iso ? iso.split("-").map(Number).reverse().join(".") : (/\d+\.\d+\.\d{4}/.exec(document.querySelector(".kk-footer__date")?.textContent ?? "")?.[0] ?? "");
  return {
    name: (document.querySelector("h1")?.textContent ?? document.title).replaceAll("\u00ad", "").trim(),
    address,
    bare,
    path,
    root,
    card,
    qr: card && canonical ? new URL(`qr/${card}.svg`, site).href : "",
    reviewed,
    level: iso ? (article?.querySelector(".kk-badge strong")?.textContent ?? "").toLowerCase() : "",
  };
}

/** The short address of the page that is open, when it has one. @param {string} path @param {string} root */
async function shortOf(path, root) {
  try {
    const code = (await (await fetch(new URL("k/codes.json", site))).json())[path];
    return typeof code === "string" ? `${root}k/${code}/` : "";
  } catch {
    return ""; // the long one will do
  }
}

/** Put the ways to share into the box; called once, when it is first opened. @param {HTMLElement} share */
export async function fill(share) {
  const { name, address, bare, path, root, card, qr, reviewed, level } = page();
  const short = card ? await shortOf(path, root) : "";
  const now = new Date();
  const citation = asCitation({ name, address: bare, site: "Kaikki keinot käyttöön", reviewed, level, today: `${now.getDate()}.${now.getMonth() + 1}.${now.getFullYear()}` });
  const list = document.createElement("ul");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const add = (/** @type {HTMLElement} */ one) => {
    const row = document.createElement("li");
    row.append(one);
    list.append(row);
  };
  const copy = (/** @type {string} */ label, /** @type {string} */ text, /** @type {string} */ done) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", async () => {
      status.textContent = ""; // the same words again are said again
      try {
        await navigator.clipboard.writeText(text);
        status.textContent = `${done} kopioitu`;
      } catch {
        status.textContent = `Kopioi tästä: ${text}`;
      }
    });
    add(button);
  };
  const link = (/** @type {string} */ label, /** @type {string} */ href) => {
    const made = document.createElement("a");
    made.href = href;
    made.textContent = label;
    add(made);
  };
  // Many pages have a button of its own for this beside.
  if (!share.closest("[data-kk-actions]")) copy("Kopioi linkki", address, "Linkki");
  if (short) copy("Kopioi lyhyt linkki", short, "Lyhyt linkki");
  copy("Kopioi HTML", asHtml(name, address), "HTML");
  copy("Kopioi Markdown", asMarkdown(name, address), "Markdown");
  copy("Kopioi viite", citation, "Viite");
  if (qr) link("Avaa QR-koodi", qr);
  link(card ? "Upota korttina" : "Upota ja jaa", new URL(card ? `upota/?kohde=${card}` : "upota/", site).href);
  share.append(list, status);
  share.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !share.hasAttribute("open")) return;
    share.removeAttribute("open");
    share.querySelector("summary")?.focus();
  });
}
