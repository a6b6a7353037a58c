// @ts-check
/**
 * Two or three measures side by side. Their own pages are fetched and their parts set in rows:
 * the sections of a measure have fixed ids, so nothing is told here that its page does not tell.
 */
import { read, write } from "./compare-ids.js";
import { element } from "./search-field.js";

/**
 * Rows: heading and where the text comes from: the plate, a fact of the plate by its label, a section, or the pairs.
 * The facts are the short answer: a section is asked only where there is no fact, or where it is the matter itself.
 */
const ROWS = [
  { title: "Mikä", plate: ".kk-plate__state, .kk-plate__answer" },
  { title: "Kuka päättää", fact: ["Päättää"] },
  { title: "Milloin haetaan", fact: ["Hae viimeistään", "Milloin"], more: "nain-haetaan" },
  { title: "Mitä tarvitaan", fact: ["Tarvitaan"] },
  { title: "Raha", fact: ["Määrä"], section: "maara" },
  { title: "Kesto", fact: ["Kesto"], section: "kesto" },
  { title: "Vaikutus tuloihin", fact: ["Vaikutus tuloihin"], section: "vaikutus-tuloihin" },
  { title: "Kenelle", section: "kenelle" },
  { title: "Ehdot", section: "edellytykset" },
  { title: "Yhdistäminen", relations: true },
  { title: "Jos tulee hylkäys", section: "muutoksenhaku", only: ".kk-note--limit", more: "muutoksenhaku" },
  { title: "Tiedon varmuus", plate: ".kk-state" },
];

/** @typedef {{id: string, name: string, href: string, page: Document}} Measure */

/** @param {Element | null | undefined} part */
const plain = (part) => (part?.textContent ?? "").replace(/\s+/g, " ").trim();

/** A copy of a part of another page whose links lead where they led there and whose ids do not clash. @param {Element} part @param {Measure} of */
const copied = (part, of) => {
  const made = /** @type {Element} */ (document.importNode(part, true));
  for (const one of [made, ...made.querySelectorAll("*")]) {
    one.removeAttribute("id");
    const href = one.getAttribute("href");
    if (one.tagName === "A" && href !== null) one.setAttribute("href", new URL(href, of.href).href);
  }
  return made;
};

/** What stands in one cell. @param {Measure} of @param {typeof ROWS[number]} row @returns {Element[]} */
const cell = (of, row) => {
  const { page } = of;
  const found = row.plate ? [...page.querySelectorAll(row.plate)].map((part) => copied(part, of)) : [];
  for (const fact of row.fact ? page.querySelectorAll(".kk-facts > div") : []) {
    if (!row.fact?.includes(plain(fact.querySelector("dt")))) continue;
    const value = element("div", "kk-versus__fact");
    for (const part of fact.querySelectorAll("dd > *")) value.append(copied(part, of));
    found.push(value);
  }
  if (row.section && !found.length) {
    const section = page.getElementById(row.section);
    for (const part of section?.querySelectorAll(row.only ?? ":scope > ul:not(.kk-chips), :scope > ol, :scope > p, :scope > .kk-note--check") ?? [])
      found.push(copied(part, of));
  }
  const more = row.more && page.getElementById(row.more);
  if (more) {
    const line = element("p", "");
    const link = /** @type {HTMLAnchorElement} */ (element("a", "", plain(more.querySelector("h2"))));
    link.href = `${of.href}#${row.more}`;
    link.setAttribute("aria-label", `${link.textContent}: ${of.name}`);
    line.append(link);
    found.push(line);
  }
  if (row.relations) {
    for (const group of page.querySelectorAll("#yhdistelmat .kk-relation")) {
      const names = [...group.querySelectorAll("li > p:first-child")].map((line) => copied(line, of));
      if (!names.length) continue;
      const box = element("div", "kk-versus__relation");
      const title = group.querySelector("h3");
      const head = element("p", "kk-versus__sign");
      if (title) head.append(...copied(title, of).childNodes);
      const list = element("ul", "");
      for (const name of names.slice(0, 5)) {
        const item = element("li", "");
        item.append(...name.childNodes);
        list.append(item);
      }
      box.append(head, list);
      if (names.length > 5) box.append(element("p", "kk-quiet", `ja ${names.length - 5} muuta`));
      found.push(box);
    }
  }
  return found;
};

/** What the pages tell of each other: pairs among the compared. @param {Measure[]} all */
const pairs = (all) => {
  const list = element("ul", "kk-versus__pairs");
  all.forEach((first, at) => {
    for (const other of all.slice(at + 1)) {
      const item = element("li", "");
      const names = element("strong", "", `${first.name} ja ${other.name}: `);
      item.append(names);
      const line = [...first.page.querySelectorAll("#yhdistelmat .kk-relation li")].find((one) => {
        const link = one.querySelector("p:first-child a");
        return link && new URL(link.getAttribute("href") ?? "", first.href).href === other.href;
      });
      const group = line?.closest(".kk-relation");
      const difference = [...first.page.querySelectorAll(".kk-confusions > div")].find(
        (one) => new URL(one.querySelector("a")?.getAttribute("href") ?? "", first.href).href === other.href,
      );
      if (group && line) {
        const sequence = line.querySelector(".kk-then") && [first.name, other.name];
        if (sequence) item.append(`ensin ${(/^Tämä/.test(plain(line)) ? sequence : sequence.reverse()).join(", sitten ")}`);
        else item.append(...copied(/** @type {Element} */ (group.querySelector("h3")), first).childNodes);
        const why = line.querySelector("p:last-child");
        if (why && line.querySelectorAll("p").length > 1) item.append(". ", ...copied(why, first).childNodes);
      } else item.append("yhdistämisestä meillä ei ole tietoa.");
      if (difference) item.append(element("span", "kk-versus__differs", ` Ero: ${plain(difference.querySelector("dd"))}`));
      list.append(item);
    }
  });
  return list;
};

export function compare() {
  const article = document.querySelector("[data-kk-compare]");
  if (!(article instanceof HTMLElement)) return;
  const one = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (article.querySelector(selector));
  const form = /** @type {HTMLFormElement} */ (one("[data-kk-pick]"));
  const select = /** @type {HTMLSelectElement} */ (one("select"));
  const told = one("[data-kk-told]");
  const place = one("[data-kk-versus]");
  const actions = one("[data-kk-actions]");
  const names = new Map([...select.options].filter((option) => option.value).map((option) => [option.value, option.text]));
  const known = new Set(names.keys());
  const root = new URL(article.dataset.kkRoot ?? "", location.href).href;
  /** @type {Map<string, Promise<Document>>} */
  const pages = new Map();
  for (const link of article.querySelectorAll("[data-kk-side]")) /** @type {HTMLElement} */ (link).hidden = false;
  form.hidden = false;

  const load = (/** @type {string} */ href) => {
    const before = pages.get(href);
    if (before) return before;
    const loading = fetch(href).then(async (answer) => {
      if (!answer.ok) throw new Error(`${href}: ${answer.status}`);
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    });
    loading.catch(() => pages.delete(href));
    pages.set(href, loading);
    return loading;
  };

  const table = (/** @type {Measure[]} */ all, /** @type {string[]} */ ids) => {
    const made = element("table", `kk-versus__table kk-versus__table--${all.length}`);
    made.append(element("caption", "kk-visually-hidden", `Vertailussa ${all.map((of) => of.name).join(", ")}`));
    const head = element("tr", "");
    const corner = element("td", "");
    head.append(corner);
    for (const of of all) {
      const title = element("th", "");
      title.setAttribute("scope", "col");
      const link = /** @type {HTMLAnchorElement} */ (element("a", "", of.name));
      link.href = of.href;
      const away = element("button", "kk-link", "Poista");
      away.setAttribute("type", "button");
      away.setAttribute("aria-label", `Poista ${of.name} vertailusta`);
      away.addEventListener("click", () => go(ids.filter((id) => id !== of.id), `${of.name} poistettu.`));
      title.append(link, away);
      head.append(title);
    }
    const top = element("thead", "");
    top.append(head);
    const body = element("tbody", "");
    for (const row of ROWS) {
      const cells = all.map((of) => cell(of, row));
      if (cells.every((parts) => parts.length === 0)) continue;
      const line = element("tr", "");
      const title = element("th", "", row.title);
      title.setAttribute("scope", "row");
      line.append(title);
      all.forEach((of, at) => {
        const box = element("td", "");
        box.dataset.label = of.name;
        if (cells[at].length) box.append(...cells[at]);
        else box.append(element("p", "kk-unknown", "Ei tiedossa"));
        line.append(box);
      });
      body.append(line);
    }
    made.append(top, body);
    return made;
  };

  let turn = 0;
  /** Draw what the address names. @param {string} [note] what was just done */
  const show = async (note = "") => {
    const mine = ++turn;
    const { ids, unknown, left } = read(location.search, known);
    const notes = [note];
    if (unknown.length) notes.push(`Tätä keinoa ei ole: ${unknown.slice(0, 3).join(", ")}${unknown.length > 3 ? ` ja ${unknown.length - 3} muuta` : ""}.`);
    if (left) notes.push(`Kolme keinoa mahtuu rinnakkain. Pois jäi ${left}.`);
    select.disabled = ids.length >= 3;
    /** @type {HTMLButtonElement} */ (form.querySelector("button")).disabled = select.disabled;
    for (const option of select.options) option.hidden = ids.includes(option.value);
    if (select.disabled) notes.push("Vertailussa on kolme keinoa. Poista yksi, jos haluat vaihtaa.");
    else if (ids.length === 1) notes.push("Lisää ainakin toinen keino.");
    else if (!ids.length) notes.push("Lisää kaksi keinoa.");
    const say = () => (told.textContent = notes.filter(Boolean).join(" "));
    actions.hidden = ids.length < 2;
    if (!ids.length) {
      say();
      place.replaceChildren();
      return;
    }
    try {
      const all = await Promise.all(
        ids.map(async (id) => {
          const href = new URL(`keinot/${id}/`, root).href;
          return { id, name: names.get(id) ?? id, href, page: await load(href) };
        }),
      );
      if (mine !== turn) return;
      say();
      place.replaceChildren(...(all.length > 1 ? [element("h2", "", "Sopivatko nämä yhteen?"), pairs(all)] : []), table(all, ids));
      document.title = document.title.replace(/^.* – /, `${all.map((of) => of.name).join(" / ")} – `);
    } catch {
      if (mine !== turn) return;
      notes.push("Keinon tietoja ei saatu. Tarkista yhteys ja lataa sivu uudelleen.");
      say();
    }
  };
  const go = (/** @type {string[]} */ ids, /** @type {string} */ note) => {
    history.pushState(null, "", location.pathname + write(ids));
    show(note);
    (ids.length < 3 ? select : place).focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { ids } = read(location.search, known);
    const id = select.value;
    if (!id || ids.includes(id)) return;
    select.value = "";
    go([...ids, id], `${names.get(id)} lisätty.`);
  });
  addEventListener("popstate", () => show());
  place.tabIndex = -1;
  show();
}
