// @ts-check
/**
 * Counting of days as the acts count them, the same rules as in hooks/toolbox/deadlines.py.
 * No DOM here: runs in the browser and in Node. Days are UTC midnights, so that no time zone
 * and no change to summer time can move them.
 *
 * @typedef {{id: string, base: string, count: number, unit: string, first: boolean, shift: boolean}} Rule
 */

const DAY = 86_400_000;

/** @param {number} y @param {number} m from 1 @param {number} d */
const make = (y, m, d) => new Date(Date.UTC(y, m - 1, d));
/** @param {Date} day @param {number} n */
const plus = (day, n) => new Date(day.getTime() + n * DAY);
/** @param {Date} day */
export const iso = (day) => day.toISOString().slice(0, 10);
/** Monday 0 … Sunday 6. @param {Date} day */
const weekdayOf = (day) => (day.getUTCDay() + 6) % 7;

/** A day from 2026-11-22, or null when there is no such day. @param {string} text */
export function parse(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return null;
  const day = make(+parts[1], +parts[2], +parts[3]);
  return iso(day) === text ? day : null;
}

/** Easter Sunday. @param {number} year */
function easter(year) {
  const a = year % 19, b = Math.floor(year / 100), c = year % 100;
  const d = Math.floor(b / 4), e = b % 4, g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30, i = Math.floor(c / 4), k = c % 4;
  const m = (32 + 2 * e + 2 * i - h - k) % 7, n = Math.floor((a + 11 * h + 22 * m) / 451);
  const sum = h + m - 7 * n + 114;
  return make(year, Math.floor(sum / 31), (sum % 31) + 1);
}

/** @param {Date} day */
const saturdayFrom = (day) => plus(day, (5 - weekdayOf(day) + 7) % 7);

/** @type {Map<number, Set<string>>} */
const known = new Map();
/** Public holidays of a year in Finland as ISO days. @param {number} year */
export function holidays(year) {
  let found = known.get(year);
  if (!found) {
    const sunday = easter(year);
    const fixed = [[1, 1], [1, 6], [5, 1], [12, 6], [12, 25], [12, 26]].map(([m, d]) => make(year, m, d));
    const movable = [-2, 0, 1, 39, 49].map((n) => plus(sunday, n));
    found = new Set([...fixed, ...movable, saturdayFrom(make(year, 6, 20)), saturdayFrom(make(year, 10, 31))].map(iso));
    known.set(year, found);
  }
  return found;
}

/** @param {Date} day */
const isHoliday = (day) => holidays(day.getUTCFullYear()).has(iso(day));
/** @param {Date} day */
const isWeekday = (day) => weekdayOf(day) < 6 && !isHoliday(day);
/** @param {Date} day */
const isOfficeDay = (day) => weekdayOf(day) < 5 && !isHoliday(day);
/** @param {Date} day */
function isOpen(day) {
  const year = day.getUTCFullYear();
  const midsummerEve = iso(plus(saturdayFrom(make(year, 6, 20)), -1));
  return isOfficeDay(day) && iso(day) !== `${year}-12-24` && iso(day) !== midsummerEve;
}

/** @param {Date} start @param {number} count @param {(day: Date) => boolean} counts @param {boolean} first */
function nth(start, count, counts, first) {
  let day = first ? start : plus(start, 1);
  for (let left = count; ; day = plus(day, 1)) {
    if (counts(day)) left -= 1;
    if (left === 0) return day;
  }
}

/** @param {Date} day @param {number} count */
function addMonths(day, count) {
  const index = day.getUTCFullYear() * 12 + day.getUTCMonth() + count;
  const year = Math.floor(index / 12), month = index - year * 12 + 1;
  const last = plus(make(year, month + 1, 1), -1).getUTCDate();
  return make(year, month, Math.min(day.getUTCDate(), last));
}

/** The result of one rule from its base day. @param {Rule} rule @param {Date} base */
export function compute(rule, base) {
  let day = base;
  if (rule.unit === "weekday") day = nth(base, rule.count, isWeekday, rule.first);
  else if (rule.unit === "office-day") day = nth(base, rule.count, isOfficeDay, rule.first);
  else if (rule.unit === "day") day = plus(base, rule.count - (rule.first ? 1 : 0));
  else if (rule.unit === "week") day = plus(base, rule.count * 7 - (rule.first ? 1 : 0));
  else if (rule.unit === "month") day = plus(addMonths(base, rule.count), rule.first ? -1 : 0);
  else if (rule.unit === "maximum-period") {
    const reached = nth(base, rule.count, isWeekday, true);
    day = plus(make(reached.getUTCFullYear(), reached.getUTCMonth() + 1, 1), -1);
  }
  while (rule.shift && !isOpen(day)) day = plus(day, 1);
  return day;
}

/** Every result of a calculator by its id. @param {Rule[]} rules @param {Date} start @returns {Record<string, Date>} */
export function results(rules, start) {
  /** @type {Record<string, Date>} */
  const found = { start };
  for (const rule of rules) found[rule.id] = compute(rule, found[rule.base]);
  delete found.start;
  return found;
}

/** Lines of a calendar file have at most 75 bytes; a longer one goes on after a space. @param {string} line */
function fold(line) {
  let folded = "", bytes = 0;
  for (const char of line) {
    const size = new TextEncoder().encode(char).length;
    if (bytes + size > 74) {
      folded += "\r\n ";
      bytes = 1;
    }
    folded += char;
    bytes += size;
  }
  return folded;
}

/** A calendar file of whole-day events. @param {string} name @param {{id: string, label: string, day: Date}[]} rows @param {Date} start */
export function calendar(name, rows, start) {
  const clean = (/** @type {string} */ text) => text.replace(/\\/g, "\\\\").replace(/[,;]/g, "\\$&").replace(/\s+/g, " ");
  const compact = (/** @type {Date} */ day) => iso(day).replaceAll("-", "");
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kaikki keinot//Laskurit//FI", "CALSCALE:GREGORIAN"];
  for (const row of rows) {
    lines.push(
      "BEGIN:VEVENT",
      `UID:${compact(start)}-${row.id}@kaikki-keinot`,
      `DTSTAMP:${compact(start)}T000000Z`,
      `DTSTART;VALUE=DATE:${compact(row.day)}`,
      `DTEND;VALUE=DATE:${compact(plus(row.day, 1))}`,
      `SUMMARY:${clean(row.label)}`,
      `DESCRIPTION:${clean(name)}. Arvio: tarkista päivä päätöksestä.`,
      "END:VEVENT",
    );
  }
  lines.push("END:VCALENDAR");
  return lines.map(fold).join("\r\n") + "\r\n";
}
