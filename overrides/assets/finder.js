// @ts-check
/**
 * The finder on the list of measures: words and choices together, state in the address.
 * The rows, their choices and the names of the choices are on the page; the engine ranks.
 * Words give one list of everything, best first; choices narrow it to measures.
 */
import { MOST, read as readCompared, write as writeCompared } from "./compare-ids.js";
import { element, engine, marked } from "./search-field.js";

const PARTS = ["tarve", "vaihe", "laji", "toimija", "rajoite", "ika", "ehto", "tila"];
/** How many hits of the engine are looked at, and how many of them that are not measures are shown. */
const HITS = 80;
const BESIDE = 15;
/** A hit this far below the best is no answer. */
const TAIL = 0.1;

export function finder() {
  const form = document.querySelector("form[data-kk-finder]");
  if (!(form instanceof HTMLFormElement)) return;
  const root = form.dataset.kkRoot ?? "";
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input[name=q]"));
  const found = /** @type {HTMLElement} */ (document.querySelector("[data-kk-found]"));
  const results = /** @type {HTMLElement} */ (document.querySelector("[data-kk-results]"));
  const none = /** @type {HTMLElement} */ (document.querySelector("[data-kk-none]"));
  const chips = /** @type {HTMLElement} */ (document.querySelector("[data-kk-chosen]"));
  const panel = /** @type {HTMLElement} */ (document.querySelector("[data-kk-facets]"));
  const whole = [...document.querySelectorAll("[data-kk-whole]")].map((e) => /** @type {HTMLElement} */ (e));
  const boxes = [...panel.querySelectorAll("input[type=checkbox]")].map((e) => /** @type {HTMLInputElement} */ (e));
  const rows = [...document.querySelectorAll("[data-kk-row]")].map((e) => {
    const row = /** @type {HTMLElement} */ (e);
    return { row, id: row.dataset.kkRow ?? "", has: new Set((row.dataset.kkHas ?? "").split(" ")) };
  });
  const byId = new Map(rows.map((row) => [row.id, row]));

  /** The choices by their part: values of one part are alternatives, the parts all hold. */
  const chosen = () => {
    /** @type {Map<string, string[]>} */
    const parts = new Map();
    for (const box of boxes) if (box.checked) parts.set(box.name, [...(parts.get(box.name) ?? []), `${box.name}:${box.value}`]);
    return parts;
  };
  const fits = (/** @type {Set<string>} */ has, /** @type {Map<string, string[]>} */ parts, /** @type {string} */ except = "") =>
    [...parts].every(([part, values]) => part === except || values.some((value) => has.has(value)));

  /** A copy of a row whose heading is of the given level. @param {{row: HTMLElement}} one @param {string} level */
  const copy = (one, level) => {
    const made = /** @type {HTMLElement} */ (one.row.cloneNode(true));
    const heading = made.querySelector("h4");
    if (heading && level !== "h4") {
      const other = element(level, "");
      other.append(...heading.childNodes);
      heading.replaceWith(other);
    }
    return made;
  };
  const list = (/** @type {Node[]} */ items) => {
    const made = element("ul", "kk-lines");
    made.append(...items);
    return made;
  };
  /** One list of everything, best first. A hit that is not a measure gets a row like theirs. @param {import("./search/engine.js").Hit[]} hits */
  const ranked = (hits) => {
    const lines = hits.map((hit) => {
      const row = hit.kind === "measure" ? byId.get(hit.id) : undefined;
      const line = row ? copy(row, "h3") : element("li", "kk-line kk-line--other");
      if (!row) {
        const heading = element("h3", "");
        const link = /** @type {HTMLAnchorElement} */ (element("a", "", hit.entry.name));
        link.href = root + hit.entry.path;
        heading.append(link);
        line.append(heading, element("p", "kk-quiet", hit.entry.label), element("p", "", hit.entry.line));
      }
      if (hit.why !== "name" && hit.why !== "text" && hit.matched) {
        const why = element("p", "kk-quiet", "Osui: ");
        marked(why, hit.matched, hit.matched);
        line.append(why);
      }
      return line;
    });
    return [list(lines)];
  };
  /** Without words there is no rank: the rows stand by need. @param {typeof rows} shown @param {Map<string, string[]>} parts */
  const grouped = (shown, parts) => {
    const needs = boxes.filter((box) => box.name === "tarve");
    const order = [...needs.filter((box) => box.checked), ...needs.filter((box) => !box.checked)];
    const left = new Set(shown);
    return order.flatMap((box) => {
      const mine = [...left].filter((one) => one.has.has(`tarve:${box.value}`) && (box.checked || !parts.has("tarve")));
      for (const one of mine) left.delete(one);
      return mine.length ? [element("h3", "kk-letter", box.dataset.kkLabel ?? ""), list(mine.map((one) => copy(one, "h4")))] : [];
    });
  };

  const shut = /** @type {HTMLButtonElement} */ (panel.querySelector("[data-kk-show]"));
  /** @type {import("./search/engine.js").Index | null} */
  let index = null;

  /**
   * What helps when nothing, or nothing that surely answers, was found: near names and a note to the editors.
   * @param {string} query @param {import("./search/engine.js").Hits | null} hits @param {boolean} nothing @param {boolean} narrowed
   */
  const help = (query, hits, nothing, narrowed) => {
    none.hidden = !nothing && !(hits?.weak && !narrowed);
    if (none.hidden) return;
    const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (none.querySelector(selector));
    const said = query.slice(0, 80);
    part("[data-kk-words]").textContent = !nothing
      ? `Emme ole varmoja, mitä haulla ”${said}” etsit. Yllä on lähimpiä sivuja.`
      : query
        ? `Ei keinoja haulla ”${said}”${narrowed ? " ja näillä rajauksilla" : ""}.`
        : "Ei keinoja näillä rajauksilla.";
    part("[data-kk-advice]").hidden = !narrowed;
    const near = nothing && query && index ? index.near(query) : [];
    const box = part("[data-kk-near]");
    box.hidden = near.length === 0;
    /** @type {HTMLElement} */ (box.querySelector("ul")).replaceChildren(
      ...near.map((entry) => {
        const item = element("li", "");
        const link = /** @type {HTMLAnchorElement} */ (element("a", "", entry.name));
        link.href = root + entry.path;
        item.append(link, ` ${entry.label}`);
        return item;
      }),
    );
    const note = part("[data-kk-note]");
    note.querySelector("textarea")?.remove();
    if (!query) return;
    const title = `Haku ei löydä: ${said}`;
    const text = `Haku ”${said}” ei vie oikealle sivulle.\nEtsin tätä: \nSivu, jolle haun pitäisi viedä, jos tiedossa: \n\nÄlä kirjoita tähän asiakkaan tietoja.`;
    const link = /** @type {HTMLAnchorElement} */ (note.querySelector("a"));
    if (none.dataset.kkRepository) link.href = `${none.dataset.kkRepository}/issues/new?title=${encodeURIComponent(title)}&body=${encodeURIComponent(text)}`;
    else {
      const ready = /** @type {HTMLTextAreaElement} */ (element("textarea", "kk-note-text", `${title}\n\n${text}`));
      ready.readOnly = true;
      ready.rows = 6;
      ready.setAttribute("aria-label", "Valmis viesti kopioitavaksi");
      note.append(ready);
    }
  };

  // --- side by side: up to three rows are picked, the address remembers them
  const known = new Set(byId.keys());
  /** @type {string[]} */
  let picked = [];
  const bar = element("div", "kk-pickbar");
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", "Vertailu");
  bar.hidden = true;
  const told = element("p", "kk-pickbar__told");
  told.setAttribute("role", "status");
  const open = /** @type {HTMLAnchorElement} */ (element("a", "kk-button kk-button--main", "Vertaa"));
  const empty = element("button", "kk-link", "Tyhjennä");
  empty.setAttribute("type", "button");
  bar.append(told, open, empty);
  document.querySelector(".kk-finder")?.append(bar);
  const nameOf = (/** @type {string} */ id) => byId.get(id)?.row.querySelector("a")?.textContent?.replace(/\u00ad/g, "") ?? "";

  /** Give a row its button. @param {HTMLElement} line */
  const pickable = (line) => {
    const id = line.dataset.kkRow ?? "";
    let button = /** @type {HTMLButtonElement | null} */ (line.querySelector(".kk-versus-pick"));
    if (!button) {
      button = /** @type {HTMLButtonElement} */ (element("button", "kk-versus-pick"));
      button.type = "button";
      button.append("Vertaa", element("span", "kk-visually-hidden", ` ${nameOf(id)}`));
      line.append(button);
    }
    const on = picked.includes(id);
    button.setAttribute("aria-pressed", String(on));
    button.disabled = !on && picked.length >= MOST;
  };
  const drawPicked = () => {
    bar.hidden = picked.length === 0;
    told.textContent = picked.length ? `${picked.map(nameOf).join(", ")}${picked.length === 1 ? ". Valitse toinen." : picked.length === MOST ? ". Kolme mahtuu." : ""}` : "";
    open.hidden = picked.length < 2;
    open.textContent = `Vertaa ${picked.length}`;
    open.href = `${root}keinot/vertailu/${writeCompared(picked)}`;
    for (const line of document.querySelectorAll("[data-kk-row]")) pickable(/** @type {HTMLElement} */ (line));
  };
  document.querySelector(".kk-finder__main")?.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest(".kk-versus-pick") : null;
    const line = button?.closest("[data-kk-row]");
    if (!(line instanceof HTMLElement)) return;
    const id = line.dataset.kkRow ?? "";
    picked = picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id].slice(0, MOST);
    remember();
    drawPicked();
  });
  empty.addEventListener("click", () => {
    picked = [];
    remember();
    drawPicked();
    field.focus();
  });

  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    const query = field.value.trim().slice(0, 300);
    const parts = chosen();
    /** @type {import("./search/engine.js").Hits | null} */
    let hits = null;
    if (query) {
      try {
        index = await engine(form);
        const all = index.search(query, { limit: HITS });
        hits = Object.assign(all.filter((hit) => hit.score >= TAIL * all[0].score), { missing: all.missing, weak: all.weak });
      } catch {
        found.textContent = "Hakuaineisto ei latautunut. Rajaa valinnoilla tai selaa aakkosittain.";
      }
      if (mine !== turn) return;
    }
    const pool = hits ? hits.filter((hit) => hit.kind === "measure").flatMap((hit) => byId.get(hit.id) ?? []) : rows.filter((row) => parts.has("tila") || !row.has.has("tila:ended"));
    const shown = pool.filter((row) => fits(row.has, parts));
    const active = Boolean(query) || parts.size > 0;

    let closed = 0;
    for (const box of boxes) {
      // A choice that would leave nothing cannot be made; its count says so.
      const choice = new Map([[box.name, [`${box.name}:${box.value}`]]]);
      const count = pool.filter((row) => fits(row.has, choice) && fits(row.has, parts, box.name)).length;
      const label = /** @type {HTMLElement} */ (box.closest("label"));
      /** @type {HTMLElement} */ (label.querySelector(".kk-count")).textContent = String(count);
      box.disabled = count === 0 && !box.checked;
      closed += Number(box.disabled);
      if (box.disabled) box.setAttribute("aria-describedby", "kk-nolla");
      else box.removeAttribute("aria-describedby");
    }
    /** @type {HTMLElement} */ (panel.querySelector("[data-kk-zero]")).hidden = closed === 0;
    for (const part of whole) part.hidden = active;
    results.hidden = !active;
    // Of everything only measures have the choices: when some are made, the rest goes.
    let beside = 0;
    const listed = (hits ?? []).filter((hit) => (hit.kind === "measure" ? byId.has(hit.id) && shown.includes(/** @type {any} */ (byId.get(hit.id))) : !parts.size && (beside += 1) <= BESIDE));
    results.replaceChildren(...(!active ? [] : query ? ranked(listed) : grouped(shown, parts)));
    for (const line of results.querySelectorAll("[data-kk-row]")) pickable(/** @type {HTMLElement} */ (line));
    help(query, hits, active && (query ? listed.length : shown.length) === 0, parts.size > 0);
    const missing = hits?.missing ?? [];
    const others = listed.length - shown.length;
    const counted = [
      shown.length || !others ? `${shown.length} ${shown.length === 1 ? "keino" : "keinoa"}` : "",
      query && others > 0 ? `${others} ${others === 1 ? "muu sivu" : "muuta sivua"}` : "",
    ].filter(Boolean).join(" ja ");
    if (active && (hits || !query)) found.textContent = `${counted}${missing.length ? `. Ei osumaa sanalle: ${missing.join(", ")}` : ""}`;
    else if (!active) found.textContent = "";
    shut.textContent = active ? `Näytä ${counted}` : "Sulje rajaukset";
    chips.replaceChildren();
    for (const box of boxes.filter((one) => one.checked)) {
      const chip = element("button", "kk-chip kk-chip--remove", `${box.dataset.kkLabel ?? ""} ×`);
      chip.setAttribute("type", "button");
      chip.setAttribute("aria-label", `Poista rajaus ${box.dataset.kkLabel ?? ""}`);
      chip.addEventListener("click", () => {
        box.checked = false;
        remember();
        show();
        field.focus();
      });
      chips.append(chip);
    }
    if (active) {
      const clear = element("button", "kk-link", parts.size ? "Tyhjennä rajaukset" : "Tyhjennä haku");
      clear.setAttribute("type", "button");
      clear.addEventListener("click", () => {
        field.value = "";
        for (const box of boxes) box.checked = false;
        remember();
        show();
        field.focus();
      });
      chips.append(clear);
    }
  };

  // What was settled by Enter stays a step of its own in the history: the next change begins another.
  let settled = false;
  const remember = () => {
    const address = new URL(location.href);
    address.search = "";
    address.hash = "";
    if (field.value.trim()) address.searchParams.set("q", field.value.trim());
    for (const box of boxes) if (box.checked) address.searchParams.append(box.name, box.value);
    if (picked.length) address.search += (address.search ? "&" : "?") + writeCompared(picked).slice(1);
    if (address.href === location.href) return;
    if (settled) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    settled = false;
  };
  const restore = () => {
    const asked = new URLSearchParams(location.search);
    field.value = (asked.get("q") ?? "").slice(0, 300);
    for (const box of boxes) box.checked = PARTS.includes(box.name) && asked.getAll(box.name).includes(box.value);
    picked = readCompared(location.search, known).ids;
    drawPicked();
  };

  // On a wide screen the choices stand open beside the list.
  const wide = matchMedia("(min-width: 821px)");
  const stand = () => panel.toggleAttribute("open", wide.matches);
  wide.addEventListener("change", stand);
  stand();
  form.hidden = false;
  panel.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    remember();
    settled = true;
    show();
    // The keyboard of a phone covers the results.
    if (matchMedia("(pointer: coarse)").matches) field.blur();
  });
  shut.addEventListener("click", () => {
    panel.removeAttribute("open");
    (results.hidden ? field : found).scrollIntoView({ block: "start" });
    // The focus goes where the eye goes: the summary is above the results, out of sight.
    found.tabIndex = -1;
    (results.hidden ? /** @type {HTMLElement} */ (panel.querySelector("summary")) : found).focus({ preventScroll: true });
  });
  addEventListener("popstate", () => {
    settled = false;
    restore();
    show();
  });
  field.addEventListener("focus", () => engine(form).catch(() => {}));
  field.addEventListener("input", () => {
    remember();
    show();
  });
  panel.addEventListener("change", () => {
    remember();
    show();
  });
  restore();
  show();
}
