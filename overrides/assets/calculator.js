// @ts-check
/** The forms of the day calculators. The rules come from the page, the day from the reader or the address. */
import { calendar, parse, results } from "./deadlines.js";

const finnish = (/** @type {Date} */ day) => `${day.getUTCDate()}.${day.getUTCMonth() + 1}.${day.getUTCFullYear()}`;
const names = ["su", "ma", "ti", "ke", "to", "pe", "la"];

for (const form of document.querySelectorAll("form[data-kk-calculator]")) {
  if (!(form instanceof HTMLFormElement)) continue;
  const section = /** @type {HTMLElement} */ (form.closest("section"));
  const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const error = /** @type {HTMLElement} */ (form.querySelector(".kk-error"));
  const told = /** @type {HTMLElement} */ (section.querySelector("[data-kk-for]"));
  const box = /** @type {HTMLElement} */ (section.querySelector("[data-kk-results]"));
  const rules = JSON.parse(form.dataset.kkRules ?? "[]");
  const label = form.querySelector("label")?.textContent ?? "";
  /** @type {Record<string, Date> | null} */
  let found = null;

  const show = (/** @type {string} */ value) => {
    const start = parse(value);
    const valid = start !== null && start.getUTCFullYear() >= 1990 && start.getUTCFullYear() <= 2090;
    error.hidden = valid;
    error.textContent = valid ? "" : "Anna päivä muodossa pp.kk.vvvv, vuosi 1990–2090.";
    field.setAttribute("aria-invalid", String(!valid));
    if (!valid || !start) return false;
    found = results(rules, start);
    for (const row of section.querySelectorAll("[data-kk-row]")) {
      const day = found[/** @type {HTMLElement} */ (row).dataset.kkRow ?? ""];
      const time = row.querySelector("time");
      if (!day || !time) continue;
      time.dateTime = day.toISOString().slice(0, 10);
      time.textContent = `${names[day.getUTCDay()]} ${finnish(day)}`;
    }
    const list = section.querySelector(".kk-dates");
    const days = found;
    const byDay = [...section.querySelectorAll("[data-kk-row]")].sort((a, b) => {
      const [one, other] = [a, b].map((row) => days[/** @type {HTMLElement} */ (row).dataset.kkRow ?? ""]?.getTime() ?? 0);
      return one - other;
    });
    list?.append(...byDay);
    told.textContent = `${label}: ${finnish(start)}. Päivät on laskettu siitä.`;
    box.hidden = false;
    return true;
  };

  form.hidden = false;
  form.noValidate = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!show(field.value)) return field.focus();
    const address = new URL(location.href);
    address.searchParams.set("alku", field.value);
    try {
      history.replaceState(null, "", address);
    } catch {
      // a card in a sandbox may not change its address
    }
  });
  section.querySelector("[data-kk-ics]")?.addEventListener("click", () => {
    const start = parse(field.value);
    if (!found || !start) return;
    const days = found;
    const rows = [...section.querySelectorAll("[data-kk-row]")].map((row) => {
      const id = /** @type {HTMLElement} */ (row).dataset.kkRow ?? "";
      return { id, label: (row.querySelector("h2, h3")?.firstChild?.textContent ?? "").trim(), day: days[id] };
    });
    const file = new Blob([calendar(form.dataset.kkName ?? "", rows, start)], { type: "text/calendar" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${form.dataset.kkCalculator}.ics`;
    link.click();
    URL.revokeObjectURL(link.href);
  });
  section.querySelector("[data-kk-print-one]")?.addEventListener("click", () => print());

  const asked = new URLSearchParams(location.search).get("alku");
  if (asked) {
    field.value = asked;
    show(asked);
  }
}

// All calculators were on one page once: an address from then leads to the calculator's own page with its day.
if (document.querySelector("[data-kk-calculators]")) {
  const asked = new URLSearchParams(location.search);
  const link = document.getElementById(asked.get("laskuri") ?? "")?.querySelector("a");
  if (link) location.replace(`${link.href}?alku=${encodeURIComponent(asked.get("alku") ?? "")}`);
}
