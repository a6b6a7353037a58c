// @ts-check
/**
 * The search: which pages answer what the reader typed. No DOM; runs in browsers and in Node 20.
 *
 * One JSON file holds the entries. The words of the data and of the query go through the same
 * `fold` and `stems` here, so that there is nothing to keep in step with the build.
 *
 * A query is scored in three ways that complete each other:
 * words (inflection, parts of compounds, slips), whole names as runs of letters (written apart
 * or together, slips), and everyday sentences (how much of the query one sentence covers).
 *
 * @typedef {"measure"|"actor"|"situation"|"municipality"|"area"|"term"|"page"} Kind
 * @typedef {{id: string, kind: Kind, path: string, name: string, line: string, who: string, label: string, status: string}} Entry
 * @typedef {"name"|"also"|"official"|"phrase"|"text"|"everyday"} Why
 * @typedef {{id: string, kind: Kind, score: number, matched: string, why: Why, entry: Entry}} Hit
 * @typedef {Hit[] & {missing: string[]}} Hits
 * @typedef {{search: (query: string, options?: {limit?: number}) => Hits, entries: Entry[]}} Index
 * @typedef {{id: string, kind: Kind, name: string, line?: string, who?: string, label?: string, status?: string, path?: string,
 *   also?: string[], official?: string[], phrases?: string[], words?: string}} Row
 * @typedef {{kinds: Record<string, {label: string, path: string, weight: number, lift?: boolean}>,
 *   everyday: [string[], string[]][], fillers: string[], aspects: string[], entries: Row[]}} Data
 */

const LONGEST_QUERY = 240;
const MOST_WORDS = 20;
const LONGEST_WORD = 40;
const MARKS = /[\u0300-\u036f\u00ad]/g;

/** Lower case without dots and accents: "Päiväraha" is "paivaraha". @param {string} text */
export const fold = (text) => text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(/ø/g, "o").replace(/æ/g, "a").replace(/ß/g, "ss");

/** The folded words of a text. @param {string} text @returns {string[]} */
export const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

// --- stems ---------------------------------------------------------------------------------

/** Endings of cases, longest first; what is left must have three letters. */
const CASES = "seen siin iden issa ista illa ilta ille iksi itta ihin ssa sta lla lta lle ksi tta ien ten den hin han hon hun hyn hen aan een iin oon uun yyn eja oja na ta ja ia n t a".split(" ");
/** One ending after the stem of a noun in -nen, -us, -uus: -e- and -i- forms. */
const AFTER = "(?:n|en|an|in|t|a|na|en|ni|si|nsa|mme|nne|(?:ss|st|ll|lt|tt)a(?:ni|si|nsa|mme|an|en)?|lle(?:ni|si|nsa)?|ks[ie](?:ni|si|nsa|en)?|een(?:i|si|sa)?|iin|ineen)";
const NOUN_KS = new RegExp(`^(.+[aeiouy])ks(?:e|i(?=.))(?:${AFTER})?$`);
const NOUN_UDE = new RegExp(`^(.+[uy])(?:[dt]e${AFTER}|tta(?:ni|si|nsa|mme|an)?)$`);
const NOUN_NEN = new RegExp(`^(.{2,}i)s(?:[ei]${AFTER}|ten|iin)$`);
const POSSESSIVE = /^(.{4,}(?:[aeiouy]))(?:ni|si|nsa|mme|nne)$/;
const CLITIC = /^(.{4,})(?:kin|kaan|ko|han|pa)$/;
/** Stems whose letters change in inflection, matched at the end of a word, so that compounds work too. */
const IRREGULAR = /** @type {[RegExp, string][]} */ (
  Object.entries({
    "toi|tyo": "tyo", "tue|tuke|tuki": "tuk", "sela|selka": "selk", "vela|velka": "velk", "luva|lupa": "lup", "hau|haku|hae|hake": "hak",
    "(?<=[^a])aja|aika": "aik", "lai|laki": "lak", "joe|joki": "jok", "mae|maki": "mak", "koe|kokee?": "kok", "vuote|vuode|vuosi|vuot|vuoto": "vuos",
    "alu|alku": "alk", "vian?|vika": "vik", "jala|jalka": "jalk", "nala|nalka": "nalk", "vire": "virk", "paa": "paa", "ruoa|ruoka": "ruok",
    "teh|teke|tee": "tek", "nah|nake|nae": "nak", "kade|kate|kasi": "kas", "yo": "yo", "suu": "suu", "puu": "puu", "maa": "maa", "tie": "tie",
    "kulu|kulku": "kulk", "poja|poika": "poik", "mies|miehe": "mieh", "laps[ie]|las": "laps", "turu|turku": "turk", "ie|ika|iak": "ika",
  }).map(([ending, stem]) => [new RegExp(`(?:${ending})$`), stem])
);

/** @param {string} word a form without its ending */
const bare = (word) => {
  for (const [ending, stem] of IRREGULAR) {
    const at = word.search(ending);
    if (at >= 0 && (at === 0 || at > 2)) return squeeze(word.slice(0, at) + stem);
  }
  let end = word.length;
  while (end > 3 && "aeiouy".includes(word[end - 1])) end -= 1;
  let stem = word.slice(0, end);
  stem = stem.replace(/ttom$/, "ton").replace(/nn$/, "nt").replace(/mm$/, "mp").replace(/rr$/, "rt").replace(/ll$/, "lt").replace(/ng$/, "nk");
  return squeeze(stem).replace(/d$/, "t").replace(/([uy])v$/, "$1k").replace(/v$/, "p");
};

/** Double consonants as one: many slips and most of gradation. @param {string} stem */
const squeeze = (stem) => stem.replace(/([bcdfghjklmnpqrstvwxz])\1+/g, "$1");

/** @param {string} word */
const withoutCase = (word) => {
  for (const ending of CASES) {
    if (!word.endsWith(ending) || word.length - ending.length < 3) continue;
    // h + vowel + n only after the same vowel (maahan, tyohon), or it belongs to the stem (rahan).
    if (/^h[aouye]n$/.test(ending) && word[word.length - 4] !== ending[1]) continue;
    return word.slice(0, word.length - ending.length);
  }
  return word;
};

/** @param {string} word @returns {string} the stem of a noun that keeps its s, or "" */
const sNoun = (word) => {
  if (/^.{2,}(?:uus|yys)$/.test(word)) return word.slice(0, -2) + "s";
  if (/^.{2,}[uyo]s$/.test(word)) return word;
  if (/^.{2,}nen$/.test(word)) return word.slice(0, -3) + "s";
  const found = NOUN_KS.exec(word) ?? NOUN_UDE.exec(word) ?? NOUN_NEN.exec(word);
  return found && found[1].length >= 3 ? found[1].replace(/(uu|yy)$/, (pair) => pair[0]) + "s" : "";
};

/** @param {string} word @returns {string[]} */
const nounStems = (word) => {
  const noun = sNoun(word);
  if (noun) return /...mis$/.test(noun) ? [squeeze(noun), bare(noun.slice(0, -3))] : [squeeze(noun)];
  if (/^...+(?:[aie]s)$/.test(word)) return [bare(word.slice(0, -1)), squeeze(word)];
  const found = [bare(withoutCase(word))];
  // kuntoutus+ta and avu+sta, ammatillis+ta and kurssi+sta look alike: both are kept.
  if (/^.{3,}[uyoiae]sta$/.test(word)) found.push(squeeze(word.slice(0, -2).replace(/(uu|yy)s$/, (end) => end.slice(1))));
  if (/^.{3,}[ae]sta$/.test(word)) found.push(bare(word.slice(0, -3)));
  if (/^.{3,}(?:nut|nyt|neet)$/.test(word)) found.push(bare(word.replace(/n(?:ut|yt|eet)$/, "")));
  const infinitive = /^(.{3,})ma(?:an|ssa|sta|lla|tta)$/.exec(word);
  if (infinitive) found.push(bare(infinitive[1]));
  return found;
};

/**
 * The stems of a folded word, likeliest first. Forms that Finnish leaves open have more than one.
 * @param {string} word @returns {string[]}
 */
export const stems = (word) => {
  if (word.length <= 3 || /\d/.test(word)) return [word];
  const found = nounStems(word);
  const shorter = POSSESSIVE.exec(word)?.[1] ?? CLITIC.exec(word)?.[1];
  if (shorter) found.push(...nounStems(shorter), ...(CLITIC.test(shorter) ? [] : []));
  return [...new Set(found)];
};

// --- comparison ----------------------------------------------------------------------------

/**
 * Edit distance with transpositions, or `most + 1` when it is greater. With `begins` the rest of `b` after `a` is free.
 * @param {string} a @param {string} b @param {number} most @param {boolean} [begins]
 */
export const distance = (a, b, most, begins = false) => {
  if (!begins && Math.abs(a.length - b.length) > most) return most + 1;
  if (begins && a.length - b.length > most) return most + 1;
  const width = Math.min(b.length, a.length + most);
  let before = new Uint8Array(width + 1);
  let row = new Uint8Array(width + 1).map((_, j) => Math.min(j, 250));
  let next = new Uint8Array(width + 1);
  for (let i = 1; i <= a.length; i += 1) {
    next.fill(most + 1);
    next[0] = Math.min(i, most + 1);
    let least = next[0];
    for (let j = Math.max(1, i - most); j <= Math.min(width, i + most); j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(row[j - 1] + (same ? 0 : 1), row[j] + 1, next[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      next[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, row, next] = [row, next, before];
  }
  if (!begins) return width < b.length ? most + 1 : row[width];
  let least = most + 1;
  for (let j = Math.max(0, a.length - most); j <= width; j += 1) least = Math.min(least, row[j]);
  return least;
};

/** @param {string} text @returns {string[]} its different runs of three letters, its ends marked */
const trigrams = (text) => {
  const found = new Set();
  const marked = `^${text}$`;
  for (let i = 0; i + 3 <= marked.length; i += 1) found.add(marked.slice(i, i + 3));
  return [...found];
};

/** Which letters a word has, as bits: two words that differ in many letters cannot be near. @param {string} word */
const letters = (word) => {
  let bits = 0;
  for (let i = 0; i < word.length; i += 1) bits |= 1 << word.charCodeAt(i) % 31;
  return bits;
};

/** @param {number} bits */
const count = (bits) => {
  let left = bits;
  let found = 0;
  for (; left; left &= left - 1) found += 1;
  return found;
};

// --- index ---------------------------------------------------------------------------------

const FIELDS = /** @type {const} */ (["name", "also", "official", "phrase", "text"]);
const WEIGHTS = { name: 6, also: 5.5, official: 4, phrase: 2.5, text: 2 };
const FILLER = 0.12;
const ASPECT = 0.35;
const EVERYDAY = 0.5;

/**
 * @typedef {{word: string, stem: string, stems: string[], letters: number, units: number[]}} Term a word of the data; `units` where it stands
 * @typedef {{entry: number, field: typeof FIELDS[number], text: string, run: string, stemmed: string, terms: number[], weight: number, marks: number}} Unit
 *   one name, sentence or bag of words of an entry
 * @typedef {{quality: Map<number, number>, best: number}} Matches qualities (0–1) of the words of the data for one query word
 */

/**
 * Make an index of the data in memory.
 * @param {Data} data @returns {Index}
 */
export const create = (data) => {
  const rows = data.entries;
  /** @type {Entry[]} */
  const entries = rows.map((row) => ({
    id: row.id, kind: row.kind, name: row.name, line: row.line ?? "", who: row.who ?? "", status: row.status ?? "in-force",
    label: row.label ?? data.kinds[row.kind].label, path: row.path ?? `${data.kinds[row.kind].path}${row.id}/`,
  }));
  const weights = rows.map((row) => data.kinds[row.kind].weight * (row.status === "ended" ? 0.75 : 1));
  /** @type {Term[]} */
  const terms = [];
  /** @type {Map<string, number>} */
  const byWord = new Map();
  /** @type {Map<string, number[]>} */
  const byStem = new Map();
  /** @type {Unit[]} */
  const units = [];

  /** @param {string} word */
  const term = (word) => {
    const known = byWord.get(word);
    if (known !== undefined) return known;
    const all = stems(word);
    terms.push({ word, stem: all[0], stems: all, letters: letters(word), units: [] });
    const number = terms.length - 1;
    byWord.set(word, number);
    for (const stem of all) {
      const same = byStem.get(stem);
      if (same) same.push(number);
      else byStem.set(stem, [number]);
    }
    return number;
  };
  /** @param {number} entry @param {Unit["field"]} field @param {string} text */
  const unit = (entry, field, text) => {
    const found = words(text);
    const numbers = [...new Set(found.map(term))];
    const named = field !== "phrase" && field !== "text";
    for (const number of numbers) terms[number].units.push(units.length);
    units.push({
      entry, field, text, terms: numbers, weight: 0, marks: 0, run: named ? found.join("") : "",
      stemmed: named ? found.map((word) => stems(word)[0]).join(" ") : "",
    });
  };
  rows.forEach((row, entry) => {
    unit(entry, "name", row.name);
    // "Kuntoutusraha (Kela)" is also "Kuntoutusraha".
    const bare = row.name.replace(/\s*\([^)]*\)/g, "");
    if (bare !== row.name) unit(entry, "name", bare);
    for (const text of row.also ?? []) unit(entry, "also", text);
    for (const text of row.official ?? []) unit(entry, "official", text);
    for (const text of row.phrases ?? []) unit(entry, "phrase", text);
    unit(entry, "text", `${row.line ?? ""} ${row.who ?? ""} ${row.words ?? ""}`);
  });

  const fillers = new Set(data.fillers.flatMap((word) => [fold(word), ...stems(fold(word)).slice(0, 1)]));
  const aspects = new Set(data.aspects.map((word) => stems(fold(word))[0]));
  /** @param {string} word */
  const isFiller = (word) => fillers.has(word) || (word.length > 3 && fillers.has(stems(word)[0]));
  /** @param {string} word */
  const isAspect = (word) => aspects.has(stems(word)[0]);

  // How rare a word is among the entries: by stem, so that the forms of a word count as one.
  /** @type {Map<string, number>} */
  const rarity = new Map();
  for (const [stem, numbers] of byStem) {
    const having = new Set(numbers.flatMap((number) => terms[number].units.map((at) => units[at].entry)));
    rarity.set(stem, Math.log(1 + rows.length / having.size));
  }
  const highest = Math.log(1 + rows.length);
  for (const one of units) {
    one.weight = one.terms.reduce((sum, number) => sum + (isFiller(terms[number].word) ? FILLER : 1) * (rarity.get(terms[number].stem) ?? highest), 0);
  }

  // Names as runs of letters.
  /** @type {Map<string, number[]>} */
  const byTrigram = new Map();
  units.forEach((one, at) => {
    if (!one.run) return;
    for (const mark of trigrams(one.run)) {
      const same = byTrigram.get(mark);
      if (same) same.push(at);
      else byTrigram.set(mark, [at]);
    }
  });
  const named = units.filter((one) => one.run).length;
  /** @type {Map<string, number>} */
  const markWeight = new Map([...byTrigram].map(([mark, found]) => [mark, Math.log(1 + named / found.length)]));
  const rarest = Math.log(1 + named);
  for (const [mark, found] of byTrigram) for (const at of found) units[at].marks += markWeight.get(mark) ?? 0;

  /** @type {Map<string, string[]>} */
  const everyday = new Map();
  for (const [said, meant] of data.everyday) {
    for (const one of said) {
      const key = words(one).map((word) => stems(word)[0]).join(" ");
      everyday.set(key, [...(everyday.get(key) ?? []), ...meant.flatMap(words)]);
    }
  }

  /** @type {Map<string, Matches>} */
  const known = new Map();
  /** How near each word of the data is to a query word. @param {string} word @returns {Matches} */
  const compare = (word) => {
    const cached = known.get(word);
    if (cached) return cached;
    /** @type {Map<number, number>} */
    const quality = new Map();
    /** @param {number} number @param {number} value */
    const put = (number, value) => {
      if (value > (quality.get(number) ?? 0)) quality.set(number, value);
    };
    const mine = stems(word);
    mine.forEach((stem, order) => {
      for (const number of byStem.get(stem) ?? []) {
        put(number, (order === 0 && terms[number].stem === stem ? 0.95 : 0.88));
      }
    });
    const same = byWord.get(word);
    if (same !== undefined) put(same, 1);
    const stem = mine[0];
    const long = stem.length >= 4;
    for (let number = 0; number < terms.length; number += 1) {
      const other = terms[number];
      const theirs = other.word;
      if (theirs.startsWith(word)) put(number, (word.length > 3 ? 0.7 : 0.6) + (0.25 * word.length) / theirs.length);
      if (word.length <= 3) continue;
      if (long) {
        if (theirs.startsWith(stem)) put(number, 0.6 + (0.25 * stem.length) / theirs.length);
        else if (theirs.length > stem.length) {
          if (other.stem.endsWith(stem)) put(number, 0.5 + (0.3 * stem.length) / theirs.length);
          else if (theirs.includes(stem)) put(number, 0.5 + (0.2 * stem.length) / theirs.length);
        }
      }
      if (other.stem.length >= 4 && stem.length > other.stem.length + 2) {
        if (stem.endsWith(other.stem)) put(number, 0.45 + (0.3 * other.stem.length) / stem.length);
        else if (word.startsWith(other.stem)) put(number, 0.4 + (0.3 * other.stem.length) / stem.length);
      }
    }
    let best = 0;
    for (const value of quality.values()) best = Math.max(best, value);
    if (word.length > 3 && best < 0.9 && !/\d/.test(word)) {
      const most = word.length < 8 ? 1 : word.length < 14 ? 2 : 3;
      const bits = letters(word);
      for (let number = 0; number < terms.length; number += 1) {
        const other = terms[number];
        // A slip changes at most two letters of the set; the rest of a longer word is free.
        if (other.word.length < word.length - most || count(bits & ~other.letters) > most) continue;
        let edits = distance(word, other.word, most);
        if (edits <= most) put(number, (word.length > 4 ? 0.84 : 0.7) - 0.14 * edits);
        else if (other.word.length > word.length && word.length > 5 && (edits = distance(word, other.word, most, true)) <= most) {
          put(number, 0.72 - 0.14 * edits);
        } else if (stem.length > 4 && other.stem.length > 4 && (edits = distance(stem, other.stem, most)) <= most) put(number, 0.76 - 0.14 * edits);
      }
      for (const value of quality.values()) best = Math.max(best, value);
    }
    const result = { quality, best };
    if (known.size > 400) known.clear();
    known.set(word, result);
    return result;
  };

  /** Entries that a query word names, with value and the unit where. */
  /** @param {string} query @param {{limit?: number}} [options] @returns {Hits} */
  const search = (query, { limit = 20 } = {}) => {
    const hits = /** @type {Hits} */ (Object.assign([], { missing: [] }));
    const asked = [...new Set(words(String(query).slice(0, LONGEST_QUERY)).slice(0, MOST_WORDS).map((word) => word.slice(0, LONGEST_WORD)))];
    if (!asked.length) return hits;
    const fillersOnly = asked.every(isFiller);
    const aspectsToo = asked.every((word) => isFiller(word) || isAspect(word));
    const score = new Float64Array(rows.length);
    const covered = new Float64Array(rows.length);
    const bestUnit = new Int32Array(rows.length).fill(-1);
    const bestPart = new Float64Array(rows.length);
    const inUnit = new Float64Array(units.length);
    /** @type {number[]} */
    const touched = [];
    let total = 0;
    const stemmed = asked.map((word) => stems(word)[0]);
    /** @type {string[][]} */
    const also = asked.map(() => []);
    for (let from = 0; from < asked.length; from += 1) {
      for (let to = from + 1; to <= Math.min(asked.length, from + 3); to += 1) {
        const meant = everyday.get(stemmed.slice(from, to).join(" "));
        if (meant) for (let at = from; at < to; at += 1) also[at].push(...meant);
      }
    }

    const value = new Float64Array(rows.length);
    const quality = new Float64Array(rows.length);
    const where = new Int32Array(rows.length);
    asked.forEach((word, order) => {
      const matches = compare(word);
      const filler = !fillersOnly && isFiller(word);
      /** @type {[Map<number, number>, number][]} */
      const sources = [[matches.quality, 1]];
      for (const other of also[order]) sources.push([compare(other).quality, EVERYDAY]);
      let strongest = matches.best;
      value.fill(0);
      quality.fill(0);
      const unitBest = new Map();
      for (const [found, factor] of sources) {
        for (const [number, near] of found) {
          const strength = near * (factor === 1 ? 1 : factor * 1.4);
          if (factor < 1 && near < 0.85) continue;
          for (const at of terms[number].units) {
            const one = units[at];
            const points = strength * strength * WEIGHTS[one.field];
            if (points > value[one.entry]) {
              value[one.entry] = points;
              where[one.entry] = at;
            }
            if (strength > quality[one.entry]) quality[one.entry] = strength;
            if (strength > (unitBest.get(at) ?? 0)) unitBest.set(at, strength);
          }
          if (factor < 1 && near >= 0.85) strongest = Math.max(strongest, strength);
        }
      }
      let spread = 0;
      for (let entry = 0; entry < rows.length; entry += 1) spread += quality[entry] ** 3;
      const rare = (filler ? FILLER : !aspectsToo && isAspect(word) ? ASPECT : 1) * (spread ? Math.log(1 + rows.length / Math.max(spread, 0.5)) : highest);
      if (strongest < 0.5 && !filler) hits.missing.push(word);
      total += rare * (strongest < 0.5 ? 0.5 : 1);
      for (let entry = 0; entry < rows.length; entry += 1) {
        if (!value[entry]) continue;
        const points = value[entry] * rare;
        score[entry] += points;
        covered[entry] += quality[entry] * rare;
        if (points > bestPart[entry]) {
          bestPart[entry] = points;
          bestUnit[entry] = where[entry];
        }
      }
      for (const [at, strength] of unitBest) {
        if (!inUnit[at]) touched.push(at);
        inUnit[at] += strength * rare;
      }
    });

    for (let entry = 0; entry < rows.length; entry += 1) if (score[entry]) score[entry] *= 0.35 + 0.65 * Math.min(1, covered[entry] / total);

    // Names by their words: a name that the query says whole, whatever else it says.
    const near = new Float64Array(rows.length);
    // Everyday sentences: how much of the query one sentence covers, and how much of the sentence.
    const sentence = new Float64Array(rows.length);
    for (const at of touched) {
      const one = units[at];
      if (one.run) {
        const likeness = Math.min(1, inUnit[at] / (NAME_QUERY * total + (1 - NAME_QUERY) * one.weight)) * 0.95;
        if (likeness > near[one.entry]) {
          near[one.entry] = likeness;
          if (likeness > 0.55) bestUnit[one.entry] = at;
        }
        continue;
      }
      if (one.field !== "phrase") continue;
      const share = (inUnit[at] / total) ** 0.7 * Math.min(1, inUnit[at] / (0.5 * one.weight + 0.5 * total));
      if (share > sentence[one.entry]) {
        sentence[one.entry] = share;
        if (bestUnit[one.entry] < 0 || units[bestUnit[one.entry]].field === "text" || units[bestUnit[one.entry]].field === "phrase") bestUnit[one.entry] = at;
      }
    }
    for (let entry = 0; entry < rows.length; entry += 1) score[entry] += SENTENCE * sentence[entry];

    // Whole names, without spaces.
    const kept = fillersOnly ? asked : asked.filter((word) => !isFiller(word));
    const core = aspectsToo ? kept : kept.filter((word) => !isAspect(word));
    for (const said of new Set([asked, kept, core].map((some) => some.join(" ")))) {
      const run = said.replaceAll(" ", "").slice(0, 80);
      if (run.length < 3) continue;
      const stemRun = said.split(" ").map((word) => stems(word)[0]).join(" ");
      let mine = 0;
      /** @type {Map<number, number>} */
      const shared = new Map();
      for (const mark of trigrams(run)) {
        const weight = markWeight.get(mark) ?? rarest;
        mine += weight;
        for (const at of byTrigram.get(mark) ?? []) shared.set(at, (shared.get(at) ?? 0) + weight);
      }
      for (const [at, sum] of shared) {
        const one = units[at];
        let likeness = Math.min(1, sum / (0.6 * mine + 0.4 * one.marks));
        if (one.run === run) likeness = EQUAL;
        else if (one.stemmed === stemRun) likeness = EQUAL_STEMS;
        likeness *= one.field === "official" ? 0.95 : one.field === "also" ? 0.98 : 1;
        if (likeness > near[one.entry]) {
          near[one.entry] = likeness;
          if (likeness > 0.55) bestUnit[one.entry] = at;
        }
      }
    }
    for (let entry = 0; entry < rows.length; entry += 1) score[entry] += NAMES * near[entry] ** 2;

    for (let entry = 0; entry < rows.length; entry += 1) score[entry] *= weights[entry];
    const order = [...score.keys()].filter((entry) => score[entry] > 0.05).sort((a, b) => score[b] - score[a] || a - b);
    for (const entry of order.slice(0, limit)) {
      const at = bestUnit[entry];
      const found = at >= 0 ? units[at] : undefined;
      hits.push({
        id: entries[entry].id, kind: entries[entry].kind, score: Math.round(score[entry] * 1000) / 1000,
        matched: found ? (found.field === "text" ? "" : found.text) : "", why: found ? found.field : "text", entry: entries[entry],
      });
    }
    return hits;
  };
  return { search, entries };
};
const NAME_QUERY = 0.6;
const SENTENCE = 18;
const NAMES = 50;
const EQUAL = 1.6;
const EQUAL_STEMS = 1.4;

/**
 * Read the data from an address (in Node also from a file) and make the index.
 * @param {string|URL} url @returns {Promise<Index>}
 */
export async function load(url) {
  const address = String(url);
  const inNode = typeof process !== "undefined" && Boolean(process.versions?.node);
  if (inNode && !/^(?:https?|data|blob):/i.test(address)) {
    const { readFile } = await import("node:fs/promises");
    return create(JSON.parse(await readFile(address.startsWith("file:") ? new URL(address) : address, "utf-8")));
  }
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return create(await answer.json());
}
