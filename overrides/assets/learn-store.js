// @ts-check
/**
 * What a reader has asked to be remembered of learning, on the reader's own device. No DOM here.
 * Text from storage or from a file is data: what is not known or not of the right form is left out.
 */

export const KEY = "kk-opi";
const LIMIT = 500;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @typedef {{ right: number, of: number, day: string }} Result */
/** @typedef {{ before: Record<string, number>, after: Record<string, number> }} Skills */
/** `on`: the reader wants the progress to be remembered. @typedef {{ v: 1, on: boolean, read: Record<string, string>, tests: Record<string, Result>, skills: Skills }} State */

/** @returns {State} */
export const empty = () => ({ v: 1, on: false, read: {}, tests: {}, skills: { before: {}, after: {} } });

/** The entries of an object that have an id and a right value. @template T @param {unknown} value @param {(one: unknown) => T | undefined} right @returns {Record<string, T>} */
function entries(value, right) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  /** @type {[string, T][]} */
  const kept = [];
  for (const [id, one] of Object.entries(value).slice(0, LIMIT)) {
    const good = ID.test(id) ? right(one) : undefined;
    if (good !== undefined) kept.push([id, good]);
  }
  return Object.fromEntries(kept);
}

const day = (/** @type {unknown} */ one) => (typeof one === "string" && DAY.test(one) ? one : undefined);
const grade = (/** @type {unknown} */ one) => (typeof one === "number" && Number.isInteger(one) && one >= 1 && one <= 4 ? one : undefined);
const count = (/** @type {unknown} */ one) => typeof one === "number" && Number.isInteger(one) && one >= 0 && one <= 999;

/** @param {unknown} one @returns {Result | undefined} */
function result(one) {
  if (typeof one !== "object" || one === null) return undefined;
  const { right, of, day: on } = /** @type {Result} */ (one);
  return count(right) && count(of) && right <= of && day(on) ? { right, of, day: on } : undefined;
}

/** The state in a text, or null when it is none of ours. @param {string | null} text @returns {State | null} */
export function parse(text) {
  try {
    const value = JSON.parse(text ?? "");
    if (typeof value !== "object" || value === null || value.v !== 1) return null;
    const skills = typeof value.skills === "object" && value.skills !== null ? value.skills : {};
    return {
      v: 1,
      on: value.on === true,
      read: entries(value.read, day),
      tests: entries(value.tests, result),
      skills: { before: entries(skills.before, grade), after: entries(skills.after, grade) },
    };
  } catch {
    return null;
  }
}

/** What the device remembers; nothing when it does not, or must not. @param {Storage} [storage] @returns {State} */
export function load(storage) {
  try {
    return parse((storage ?? localStorage).getItem(KEY)) ?? empty();
  } catch {
    return empty();
  }
}

/** Whether the device took it. A state with nothing in it is removed. @param {State} state @param {Storage} [storage] */
export function save(state, storage) {
  try {
    const place = storage ?? localStorage;
    const nothing = !state.on && ![state.read, state.tests, state.skills.before, state.skills.after].some((part) => Object.keys(part).length);
    if (nothing) place.removeItem(KEY);
    else place.setItem(KEY, JSON.stringify(state));
    return true;
  } catch {
    return false;
  }
}
