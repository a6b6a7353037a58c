// @ts-check
/** Which measures are compared: read from and written to an address. No DOM. */

export const MOST = 3;
const LONGEST = 4000;

/**
 * The ids in `?k=a,b,c` (also as several `k`), each once, in order. `known` tells which exist.
 * @param {string} search the part of an address from ? @param {ReadonlySet<string>} known
 * @returns {{ids: string[], unknown: string[], left: number}} at most `MOST` ids; unknown words; how many known were left out
 */
export const read = (search, known) => {
  const asked = new URLSearchParams(search.slice(0, LONGEST)).getAll("k").flatMap((value) => value.split(","));
  const words = [...new Set(asked.map((word) => word.trim()).filter(Boolean))];
  const ids = words.filter((word) => known.has(word));
  const unknown = words.filter((word) => !known.has(word)).map((word) => (word.length > 60 ? `${word.slice(0, 60)}…` : word));
  return { ids: ids.slice(0, MOST), unknown, left: Math.max(0, ids.length - MOST) };
};

/** @param {readonly string[]} ids @returns {string} the part of an address from ?, or nothing */
export const write = (ids) => (ids.length ? `?k=${ids.join(",")}` : "");
