// @ts-check
/**
 * The finder on the list of measures: words and choices together, state in the address.
 * The rows, their choices and the names of the choices are on the page; the engine ranks.
 */
import { element, engine, marked } from "./search-field.js";

const PARTS = ["tarve", "vaihe", "laji", "toimija", "ehto", "tila"];

export function finder() {
  const form = document.querySelector("form[data-kk-finder]");
  if (!(form instanceof HTMLFormElement)) return;
  const root = form.dataset.kkRoot ?? "";
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input[name=q]"));
  const found = /** @type {HTMLElement} */ (document.querySelector("[data-kk-found]"));
  const results = /** @type {HTMLElement} */ (document.querySelector("[data-kk-results]"));
  const others = /** @type {HTMLElement} */ (document.querySelector("[data-kk-others]"));
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
  const ranked = (/** @type {typeof rows} */ shown) => [list(shown.map((one) => copy(one, "h3")))];
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

  let turn = 0;
  const show = async () => {
    const mine = ++turn;
    const query = field.value.trim().slice(0, 300);
    const parts = chosen();
    /** @type {import("./search/engine.js").Hits | null} */
    let hits = null;
    if (query) {
      try {
        hits = (await engine(form)).search(query, { limit: 60 });
      } catch {
        found.textContent = "Hakuaineisto ei latautunut. Rajaa valinnoilla tai selaa aakkosittain.";
      }
      if (mine !== turn) return;
    }
    const pool = hits ? hits.filter((hit) => hit.kind === "measure").flatMap((hit) => byId.get(hit.id) ?? []) : rows.filter((row) => parts.has("tila") || !row.has.has("tila:ended"));
    const shown = pool.filter((row) => fits(row.has, parts));
    const active = Boolean(query) || parts.size > 0;

    for (const box of boxes) {
      // A choice that would leave nothing cannot be made; its count says so.
      const count = pool.filter((row) => row.has.has(`${box.name}:${box.value}`) && fits(row.has, parts, box.name)).length;
      const label = /** @type {HTMLElement} */ (box.closest("label"));
      /** @type {HTMLElement} */ (label.querySelector(".kk-count")).textContent = String(count);
      box.disabled = count === 0 && !box.checked;
      label.title = box.disabled ? "Ei keinoja näiden rajausten kanssa" : "";
    }
    for (const part of whole) part.hidden = active;
    results.hidden = !active;
    results.replaceChildren(...(active ? (query ? ranked(shown) : grouped(shown, parts)) : []));
    if (active && query && hits) {
      for (const line of results.querySelectorAll("[data-kk-row]")) {
        const hit = hits.find((one) => one.kind === "measure" && one.id === /** @type {HTMLElement} */ (line).dataset.kkRow);
        if (!hit || hit.why === "name" || hit.why === "text" || !hit.matched) continue;
        const why = element("p", "kk-quiet", "Osui: ");
        marked(why, hit.matched, hit.matched);
        line.append(why);
      }
    }
    const beside = hits ? hits.filter((hit) => hit.kind !== "measure").slice(0, 6) : [];
    others.hidden = beside.length === 0;
    const besides = /** @type {HTMLElement} */ (others.querySelector("ul"));
    besides.replaceChildren(
      ...beside.map((hit) => {
        const item = element("li", "");
        const link = /** @type {HTMLAnchorElement} */ (element("a", "", hit.entry.name));
        link.href = root + hit.entry.path;
        item.append(link, ` ${hit.entry.label}`);
        return item;
      }),
    );
    none.hidden = !active || shown.length > 0;
    const words = /** @type {HTMLElement} */ (none.querySelector("[data-kk-words]"));
    words.textContent = query ? `Ei keinoja haulla ”${query.slice(0, 80)}”${parts.size ? " ja näillä rajauksilla" : ""}.` : "Ei keinoja näillä rajauksilla.";
    /** @type {HTMLElement} */ (none.querySelector("[data-kk-advice]")).hidden = parts.size === 0;
    const missing = hits?.missing ?? [];
    found.textContent = active
      ? `${shown.length} ${shown.length === 1 ? "keino" : "keinoa"}${missing.length ? `. Ei osumaa: ${missing.join(", ")}` : ""}`
      : "";
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

  const remember = () => {
    const address = new URL(location.href);
    address.search = "";
    address.hash = "";
    if (field.value.trim()) address.searchParams.set("q", field.value.trim());
    for (const box of boxes) if (box.checked) address.searchParams.append(box.name, box.value);
    history.replaceState(null, "", address);
  };
  const restore = () => {
    const asked = new URLSearchParams(location.search);
    field.value = (asked.get("q") ?? "").slice(0, 300);
    for (const box of boxes) box.checked = PARTS.includes(box.name) && asked.getAll(box.name).includes(box.value);
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
