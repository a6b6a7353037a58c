// @ts-check
/** What every page does when scripts run. Without them the page is whole; this only eases. */
import { finder } from "./finder.js";
import { searchFields } from "./search-field.js";

const root = document.documentElement;

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
const all = (selector, within = document) => [...within.querySelectorAll(selector)].map((e) => /** @type {HTMLElement} */ (e));

function schemeSwitch() {
  for (const button of all("[data-kk-scheme-switch]")) {
    const label = all("[data-kk-scheme-label]", button)[0];
    const show = () => (label.textContent = root.dataset.kkScheme === "dark" ? "Vaihda vaaleaan" : "Vaihda tummaan");
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      root.dataset.kkScheme = root.dataset.kkScheme === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("kk-scheme", root.dataset.kkScheme);
      } catch {
        // the choice then lasts for this page only
      }
      show();
    });
  }
}

function phoneMenu() {
  for (const menu of all("details[data-kk-phone-menu]")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.hasAttribute("open")) return;
      menu.removeAttribute("open");
      all("summary", menu)[0].focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.removeAttribute("open");
    });
  }
}

function actions() {
  for (const box of all("[data-kk-actions]")) {
    // A comparison has nothing to print or to share before there are two.
    box.hidden = Boolean(box.closest("[data-kk-compare]"));
    const status = all("[data-kk-status]", box)[0];
    all("[data-kk-print]", box)[0].addEventListener("click", () => print());
    const measure = box.closest("article[data-kind=measure]");
    if (measure instanceof HTMLElement) {
      const link = document.createElement("a");
      link.className = "kk-button";
      link.href = new URL(`../vertailu/?k=${measure.dataset.id}`, location.href).href;
      link.textContent = "Vertaa";
      box.insertBefore(link, status);
      // What is handed over to the client is printed from the row too: its own place is at the end of a phone's page.
      const client = all("a[data-kk-sheet]", measure)[0];
      if (client) box.insertBefore(client.cloneNode(true), all("[data-kk-copy]", box)[0]);
    }
    all("[data-kk-copy]", box)[0].addEventListener("click", async () => {
      const address = location.href.split("#")[0];
      try {
        await navigator.clipboard.writeText(address);
        status.textContent = "Linkki kopioitu";
      } catch {
        status.textContent = `Kopioi osoite: ${address}`;
      }
      status.classList.remove("kk-visually-hidden");
    });
  }
  sharing();
}

/** A part of a page has an address of its own: a link beside its heading copies it. */
function places() {
  const status = all("[data-kk-status]")[0];
  for (const heading of all(".kk-body > section[id] > h2:first-child")) {
    const link = document.createElement("a");
    link.className = "kk-here";
    link.href = `#${heading.parentElement?.id}`;
    link.setAttribute("aria-label", `Kopioi linkki kohtaan ${(heading.textContent ?? "").replaceAll("\u00ad", "")}`);
    const icon = document.createElement("i");
    icon.className = "kk-icon k-link-variant";
    link.append(icon);
    link.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(link.href);
      } catch {
        return; // the address of the page is now that of the part
      }
      link.dataset.kkCopied = "Linkki kopioitu";
      if (status) status.textContent = "Linkki kopioitu";
    });
    heading.after(link);
  }
}

/** More ways to share, on every page. What is behind the button is fetched when it is first opened. */
function sharing() {
  const main = document.querySelector("main");
  if (!main || document.querySelector('[data-kk-maker], [data-id="404"]')) return;
  const share = document.createElement("details");
  share.className = "kk-share";
  const button = document.createElement("summary");
  button.className = "kk-button";
  button.textContent = "Jaa";
  share.append(button);
  share.addEventListener("toggle", () => import("./share.js").then((module) => module.fill(share)), { once: true });
  const row = all("[data-kk-actions]")[0];
  if (row) row.append(share);
  else main.append(share);
}

/** A guide, or what a client needs of a measure, on one sheet: the style sheet prints it while the root names it, or while it is the target. */
function sheet() {
  for (const place of all("[data-kk-here]")) place.textContent = location.href.split("#")[0];
  for (const link of all("a[data-kk-sheet]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      root.dataset.kkPrint = (link.getAttribute("href") ?? "").slice(1);
      addEventListener("afterprint", () => delete root.dataset.kkPrint, { once: true });
      print();
    });
  }
}

/** On a wide screen the contents stand open beside the text and follow the reader. */
function contents() {
  const wide = matchMedia("(min-width: 1181px)");
  for (const box of all("details[data-kk-contents]")) {
    const links = all("a", box);
    const set = () => {
      box.toggleAttribute("open", wide.matches);
      const summary = all("summary", box)[0];
      if (wide.matches) summary.setAttribute("tabindex", "-1");
      else summary.removeAttribute("tabindex");
    };
    set();
    wide.addEventListener("change", set);
    const targets = links.map((link) => document.getElementById(link.getAttribute("href")?.slice(1) ?? ""));
    const mark = () => {
      let current = 0;
      targets.forEach((target, index) => {
        if (target && target.getBoundingClientRect().top < 120) current = index;
      });
      links.forEach((link, index) => (index === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    };
    addEventListener("scroll", mark, { passive: true });
    mark();
  }
}

/** On a phone the groups of long lists begin closed, so that the whole is seen at once; an address within a group opens it. */
function groups() {
  const wide = matchMedia("(min-width: 821px)");
  const boxes = all("details[data-kk-group]");
  const reach = () => {
    const target = document.getElementById(location.hash.slice(1));
    for (const box of boxes) if (target && (box.contains(target) || target.contains(box))) box.setAttribute("open", "");
  };
  const set = () => {
    for (const box of boxes) {
      box.toggleAttribute("open", wide.matches);
      const summary = all("summary", box)[0];
      if (wide.matches) summary.setAttribute("tabindex", "-1");
      else summary.removeAttribute("tabindex");
    }
    reach();
  };
  set();
  root.dataset.kkScripts = "done";
  wide.addEventListener("change", set);
  addEventListener("hashchange", reach);
  addEventListener("beforeprint", () => boxes.forEach((box) => box.setAttribute("open", "")));
}

/** A page may be read long after it was built: say so when its review is overdue. */
function overdue() {
  const today = new Date().toISOString().slice(0, 10);
  for (const badge of all("[data-kk-next]")) {
    const next = badge.dataset.kkNext ?? "";
    const notice = badge.parentElement?.querySelector(".kk-overdue");
    if (next && next < today && notice instanceof HTMLElement) notice.hidden = false;
  }
}

/** Who goes to tell of an error need not tell on which page it was: the note has it ready. */
function corrections() {
  const site = new URL("../", import.meta.url).pathname;
  const page = location.pathname.slice(site.length).replace(/index\.html$/, "");
  for (const link of document.querySelectorAll('main a[href$="tietoa/korjaa/"]')) {
    if (page && link instanceof HTMLAnchorElement) link.href += `?sivu=${encodeURIComponent(page)}`;
  }
}

/** The key / goes to the search field, as on many sites. */
function slash() {
  addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return;
    const field = document.querySelector("[data-kk-finder]:not([hidden]) input, [data-kk-search] input");
    if (field instanceof HTMLInputElement) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
}

schemeSwitch();
phoneMenu();
actions();
places();
sheet();
contents();
groups();
overdue();
corrections();
slash();
searchFields();
finder();
// Few lists have a filter of their own; only they fetch its code.
if (document.querySelector("[data-kk-filter]")) import("./filter.js").then((module) => module.filterList());
// One page has a note to copy; only it fetches its code.
const report = document.querySelector("form[data-kk-report]");
if (report instanceof HTMLElement) {
  const site = new URL("../../", location.href.replace(/[?#].*$/, "")).href;
  import("./report.js").then((module) => module.reportNote(report, location.search, site));
}
// Measures have terms of the glossary marked in their texts; only they fetch the code.
if (document.querySelector("a.kk-term")) import("./terms.js").then((module) => module.terms());
// One page sets measures side by side; only it fetches the code.
if (document.querySelector("[data-kk-compare]")) import("./compare.js").then((module) => module.compare());
// Few pages have the field for a municipality; only they fetch its code.
if (document.querySelector("[data-kk-municipality]")) import("./regions.js");
