// @ts-check
/**
 * Finds a municipality by what was typed: Finnish, Swedish, former or other name, or code, slips forgiven.
 * No DOM in here: runs in the browser and in Node alike.
 */

/** @typedef {{id: string, fi: string, sv: string, code: string, areas: {kind: string, name: string, href: string}[], also: string[]}} Municipality */

/** Lower case without dots, accents and separators. @param {string} text */
export const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u00ad]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");

/** The rows of the data file as records. @param {any} data @returns {Municipality[]} */
export const read = (data) =>
  data.municipalities.map((/** @type {any[]} */ [id, fi, sv, code, areas, also]) => ({
    id,
    fi,
    sv,
    code,
    areas: areas.map((/** @type {number} */ at) => ({ kind: data.areas[at][0], name: data.areas[at][1], href: data.areas[at][2] })),
    also,
  }));

/**
 * The number of slips between two words: a letter missing, extra, wrong or swapped with the next. Stops counting above `most`.
 * @param {string} a @param {string} b @param {number} most
 */
export const slips = (a, b, most) => {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]);
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length];
};

/** How far a typed word is from a name: 0 the name itself, less than 3 a likely meaning, Infinity no. @param {string} typed @param {string} name */
const distance = (typed, name) => {
  if (!name) return Infinity;
  if (typed === name) return 0;
  if (name.startsWith(typed)) return 1;
  const most = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
  const found = slips(typed, name, most);
  if (found <= most) return 1.2 + found / 10;
  // An inflected form: helsingissä, iitin, espoosta. The stem is shared, the ending is a case.
  let shared = 0;
  while (shared < typed.length && typed[shared] === name[shared]) shared += 1;
  if (shared >= 3 && shared >= name.length - 2 && typed.length - shared <= 5) return 2 + (name.length - shared) / 10;
  // The beginning of a name with a slip in it.
  if (typed.length >= 4 && slips(typed, name.slice(0, typed.length), 1) <= 1) return 2.5;
  if (typed.length >= 3 && name.includes(typed)) return 2.8;
  return Infinity;
};

/**
 * Municipalities in the order of likeness. The first is meant when it alone is exact.
 * @param {Municipality[]} all @param {string} typed @param {number} [limit]
 */
export const find = (all, typed, limit = 6) => {
  const word = fold(typed.slice(0, 80));
  if (!word) return [];
  const exact = /** @type {Municipality[]} */ ([]);
  const rows = [];
  for (const one of all) {
    const names = [one.fi, one.sv, ...one.also].map(fold);
    const near = Math.min(...names.map((name) => distance(word, name)));
    const score = one.code === word || one.id === typed ? 0 : near;
    if (score === 0) exact.push(one);
    if (score < Infinity) rows.push({ one, score });
  }
  rows.sort((a, b) => a.score - b.score || a.one.fi.localeCompare(b.one.fi, "fi"));
  return (exact.length === 1 && /^\d+$/.test(word) ? exact : rows.map((row) => row.one)).slice(0, limit);
};

/**
 * The municipality that is surely meant, or undefined when it has to be chosen.
 * @param {Municipality[]} all @param {string} typed @returns {Municipality | undefined}
 */
export const meant = (all, typed) => {
  const found = find(all, typed);
  const word = fold(typed);
  const exact = found.filter((one) => one.code === word || one.id === typed || [one.fi, one.sv, ...one.also].some((name) => fold(name) === word));
  if (exact.length === 1) return exact[0];
  // A Finnish name goes before the same name of another municipality in Swedish.
  const finnish = exact.filter((one) => fold(one.fi) === word);
  if (finnish.length === 1) return finnish[0];
  return found.length === 1 ? found[0] : undefined;
};
