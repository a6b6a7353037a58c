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
 * @typedef {"measure"|"actor"|"situation"|"municipality"|"area"|"term"|"lookalike"|"page"|"pair"} Kind
 * @typedef {{id: string, kind: Kind, path: string, name: string, line: string, who: string, label: string, status: string}} Entry
 * @typedef {"name"|"also"|"official"|"term"|"phrase"|"text"|"everyday"} Why
 * @typedef {{id: string, kind: Kind, score: number, matched: string, why: Why, entry: Entry}} Hit
 * @typedef {Hit[] & {missing: string[], weak: boolean}} Hits `missing`: words that nothing matches; `weak`: no hit answers the whole query
 * @typedef {{search: (query: string, options?: {limit?: number}) => Hits, near: (query: string, limit?: number) => Entry[], entries: Entry[]}} Index
 * @typedef {{id: string, kind: Kind, name: string, line?: string, who?: string, label?: string, status?: string, path?: string,
 *   also?: string[], official?: string[], related?: string[], phrases?: string[], words?: string}} Row
 * @typedef {{either: string[], both: string[], words: string[], relations: string[], rows: string}} Pairs
 * @typedef {{kinds: Record<string, {label: string, path: string, weight: number, lift?: number, beside?: boolean}>,
 *   everyday: [string[], string[]][], fillers: string[], aspects: string[], pairs?: Pairs, entries: Row[]}} Data
 */

const LONGEST_QUERY = 240;
const MOST_WORDS = 20;
const LONGEST_WORD = 40;
/** No name of a measure has more words. */
const MOST_NAME = 8;
const MARKS = /[\u0300-\u036f\u00ad]/g;

/** Lower case without dots and accents: "Päiväraha" is "paivaraha". @param {string} text */
export const fold = (text) => (/^[ -~]*$/.test(text) ? text.toLowerCase() : text.normalize("NFKD").replace(MARKS, "").toLowerCase().replace(/ø/g, "o").replace(/æ/g, "a").replace(/ß/g, "ss"));

/** The folded words of a text. @param {string} text @returns {string[]} */
export const words = (text) => fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

// --- stems ---------------------------------------------------------------------------------

/** Endings of cases, longest first; what is left must have three letters. A last vowel is dropped anyway. Some stand only after certain letters. */
const CASES = /** @type {[string, RegExp][]} */ (
  [
    ..."seen iden itten issa ista illa ilta ille iksi itta ihin ssa sta lla lta lle ksi tta ien".split(" ").map((ending) => [ending, /./]),
    ["den", /i$/], ["hin", /[aeiouy]i$/],
    ..."han hon hun hyn hen".split(" ").map((ending) => [ending, new RegExp(`[aeiouy]${ending[1]}$`)]),
    ..."aan een iin oon uun yyn".split(" ").map((ending) => [ending, /./]),
    ["na", /[aeiouy]$/], ["ta", /[aeiouy]$/], ["ja", /[eou]$/], ["n", /./], ["t", /[aeiouy]$/],
  ]
);
/** One ending after the stem of a noun in -nen, -us, -uus: -e- and -i- forms. */
const AFTER = "(?:n|en|an|in|t|a|na|en|ni|si|nsa|mme|nne|(?:ss|st|ll|lt|tt)a(?:ni|si|nsa|mme|an|en)?|lle(?:ni|si|nsa)?|ks[ie](?:ni|si|nsa|en)?|een(?:i|si|sa)?|iin|ineen)";
const NOUN_KS = new RegExp(`^(.+[aeiouy])ks(?:e|i(?=.))(?:${AFTER})?$`);
const NOUN_UDE = new RegExp(`^(.+[uy])(?:[dt]e${AFTER}|tta(?:ni|si|nsa|mme|an)?)$`);
const NOUN_NEN = new RegExp(`^(.{2,}i)s(?:[ei]${AFTER}|ten|iin)$`);
const POSSESSIVE = /^(.{4,}(?:[aeiouy]))(?:ni|si|nsa|mme|nne)$/;
const CLITIC = /^(.{4,}(?=kin|kaan|ko|han|pa)|.{3,}[aeiouy](?=ks))(?:kin|kaan|ko|han|pa|ks)$/;
/** Forms of verbs: tekemaan, jaksaisin and jaksais, maksetaan and maksettiin, hajosi, maksanu. */
const VERBS = [/^(.{3,})ma(?:an|ssa|sta|lla|tta)$/, /^(.{3,})isi(?:n|t|mme|vat)?$/, /^(.{3,}[aeouy])is$/, /^(.{3,}[aeiouy])t(?:aan|tiin|iin)$/, /^(.{3,}[aeouy])si(?:n|vat)?$/, /^(.{3,}[aeiouy])n[uy]$/];
/** Stems whose letters change in inflection, at the end of a word, so that compounds work too. */
const ENDS = {
  toi: "tyo", tyo: "tyo", tue: "tuk", tuke: "tuk", tuki: "tuk", sela: "selk", vela: "velk", luva: "lup", lupa: "lup", hau: "hak", hake: "hak", haku: "hak",
  avu: "apu", apuu: "apu", apu: "apu", aika: "aik", tyoaja: "tyoaik", hakuaja: "hakuaik", maaraaja: "maaraaik", lai: "lak", laki: "lak", joe: "jok", joki: "jok",
  mae: "mak", maki: "mak", koe: "kok", kokee: "kok", vuosi: "vuos", vuode: "vuos", vuote: "vuos", vuo: "vuos", alu: "alk", via: "vik", vika: "vik", jala: "jalk",
  nala: "nalk", ruoa: "ruok", poja: "poik", turu: "turk", velko: "velk", jakso: "jakso",
};
/** The same by the last two letters. @type {Map<string, [string, string][]>} */
const ENDS_BY_LETTERS = new Map();
for (const pair of Object.entries(ENDS)) ENDS_BY_LETTERS.set(pair[0].slice(-2), [...(ENDS_BY_LETTERS.get(pair[0].slice(-2)) ?? []), pair]);
/** The same for whole words: these letters end too many others. @type {Record<string, string>} */
const WHOLE = {
  aja: "aik", hain: "hak", hai: "hak", hae: "hak", teh: "tek", teke: "tek", tee: "tek", nah: "nak", nake: "nak", nae: "nak", kade: "kas", kate: "kas", kasi: "kas", mies: "mieh", miehe: "mieh",
  uuvu: "uupu", uuvui: "uupu", laps: "laps", las: "laps", tyoton: "tyoton",
};

/** The stem of a form whose ending is off. @param {string} word */
const bare = (word) => {
  if (Object.hasOwn(WHOLE, word)) return WHOLE[word];
  for (const form of /[aeiouy]a$/.test(word) ? [word, word.slice(0, -1)] : [word]) {
    for (const [ending, stem] of ENDS_BY_LETTERS.get(form.slice(-2)) ?? []) {
      if (form.endsWith(ending) && (form.length === ending.length || form.length > ending.length + 2)) return squeeze(form.slice(0, -ending.length) + stem);
    }
  }
  let end = word.length;
  while (end > 3 && "aeiouy".includes(word[end - 1])) end -= 1;
  const stem = word.slice(0, end).replace(/ttom$|tont$/, "ton").replace(/nn$/, "nt").replace(/mm$/, "mp").replace(/rr$/, "rt").replace(/ll$/, "lt").replace(/ng$/, "nk");
  const short = squeeze(stem).replace(/d$/, "t").replace(/([uy])v$/, "$1k").replace(/v$/, "p");
  // Three letters are too few to tell words apart (home, homma): the vowel stays, as far as inflection leaves it alone.
  return short.length === 3 && end < word.length ? short + (VOWEL[word[end]] ?? "") : short;
};
/** @type {Record<string, string>} */
const VOWEL = { a: "a", o: "a", e: "e", i: "e", u: "u", y: "u" };

/** Double consonants as one: many slips and most of gradation. @param {string} stem */
const squeeze = (stem) => stem.replace(/([bcdfghjklmnpqrstvwxz])\1+/g, "$1");

/** @param {string} word */
const withoutCase = (word) => {
  for (const [ending, after] of CASES) {
    if (word.length - ending.length < 3 || !word.endsWith(ending)) continue;
    const rest = word.slice(0, -ending.length);
    if (after.test(rest)) return rest;
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
const wordStems = (word) => {
  const noun = sNoun(word);
  const verbs = VERBS.flatMap((form) => form.exec(word)?.slice(1, 2) ?? []).map(bare);
  if (noun) return /...mis$/.test(noun) ? [squeeze(noun), bare(noun.slice(0, -3))] : [squeeze(noun), ...verbs];
  if (/^...+[aie]s$/.test(word)) return [bare(word.slice(0, -1)), squeeze(word)];
  const plural = /^(|.{3,})toi(?:ssa|sta|lla|lle|lta)$/.exec(word);
  if (plural) return [`${plural[1]}tyo`];
  const found = [bare(withoutCase(word))];
  // kuntoutus+ta and avu+sta, ammatillis+ta and kurssi+sta look alike: both are kept.
  if (/^.{3,}[aeiouy]sta$/.test(word)) found.push(squeeze(word.slice(0, -2).replace(/(uu|yy)s$/, (end) => end.slice(1))));
  if (/^.{3,}[ae]sta$/.test(word)) found.push(bare(word.slice(0, -3)));
  if (/^.{3,}(?:nut|nyt|neet)$/.test(word)) found.push(bare(word.replace(/n(?:ut|yt|eet)$/, "")));
  if (/^.{3,}ton$/.test(word)) found.push(squeeze(word));
  return [...found, ...verbs];
};

/**
 * The stems of a folded word, likeliest first. Forms that Finnish leaves open have more than one.
 * @param {string} word @returns {string[]}
 */
export const stems = (word) => {
  if (word.length <= 3 || /\d/.test(word)) return [word];
  const shorter = POSSESSIVE.exec(word)?.[1] ?? CLITIC.exec(word)?.[1];
  return [...new Set(shorter ? [...wordStems(word), ...wordStems(shorter)] : wordStems(word))];
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

const WEIGHTS = { name: 6, also: 5.5, official: 4, term: 3, phrase: 2.3, text: 2 };
/** What words weigh that say little: question words and the like, and sides of a page ("määrä", "hakeminen"). */
const FILLER = 0.2;
const ASPECT = 0.35;
/** What it takes off that a word with the same stem has another vowel after it ("kuulo" and "kuuluu"). */
const OTHER_VOWEL = 0.15;
/** How near an everyday word is to the word that the pages use. */
const EVERYDAY = 0.7;
/** What it adds that an entry speaks of a word in many places, and how near a word must be to be spoken of. */
const OFTEN = 0.5;
const SPOKEN_OF = 0.6;
/** What a whole name and a whole sentence weigh beside single words. */
const NAME = 60;
const SENTENCE = 16;
/** What it weighs that the query is that very sentence. */
const SAID = 20;
/** A name counts by whose it is. */
const NEARNESS = { name: 1, also: 0.98, official: 0.95, term: 0.75, phrase: 0, text: 0 };
const EQUAL = 1.6;
const EQUAL_STEMS = 1.4;
/** A word as near as this to a word of the data is that word, if in another form; a name as like as this is that name. */
const SURE = 0.72;
const ALIKE = 0.5;
/** The best hit must have this share of what the query weighs, or its name must be alike: else the hits are weak. */
const ANSWERED = 0.55;
/** A sentence or text that has this little in common with the query says something else. */
const SAID_PARTLY = 0.3;
/** How like a name must be to be offered when nothing is found. */
const NEAR = 0.25;
/** A hit must have this much, and this share of the best. */
const LEAST = 1;
const LEAST_SHARE = 0.04;

/**
 * @typedef {keyof typeof WEIGHTS} Field
 * @typedef {{word: string, shown: string, stem: string, letters: number, vowel?: string, abbreviation: boolean, units: number[]}} Term a word of the data; `units` where it stands; `vowel` is found when first asked
 * @typedef {{entry: number, field: Field, text: string, run: string, stemmed: string, terms: number[], weight: number, marks: number}} Unit
 *   one name, sentence or bag of words of an entry; `run` is a name as one run of letters
 * @typedef {{near: Map<number, number>, best: number}} Matches how near (0–1) words of the data are to a query word
 * @typedef {{word: string, shown: string, stem: string, weight: number, place: boolean}} Asked a word of the query
 */

/** @template K @param {Map<K, number[]>} map @param {K} key @param {number} value */
const add = (map, key, value) => {
  const same = map.get(key);
  if (same) same.push(value);
  else map.set(key, [value]);
};

/** Words as written. @param {string} text */
const tokens = (text) => text.normalize("NFC").replace(/\u00ad/g, "").split(/[^\p{L}\p{N}\p{M}]+/u).filter(Boolean);

/** @param {string} text @returns {string} the stems of its words, to compare names in whatever form */
const stemmedName = (text) => words(text).map((word) => stems(word)[0]).join(" ");

/** The vowel at the end of a form without its case: words that only differ in it are not the same. -e and -i change in inflection, so they tell nothing. @param {string} word */
const endVowel = (word) => ({ a: "a", o: "o", u: "u", y: "u" })[/** @type {"a"} */ (withoutCase(word).at(-1))] ?? "";

/** The last vowel before the case ending: tells Perho from "perheen". @param {string} word */
const lastVowel = (word) => /[aeiouy](?=[^aeiouy]*$)/.exec(withoutCase(word))?.[0] ?? "";

/** The entries of a file, which holds them by column. @param {Data & {columns?: Record<string, string>}} data @returns {Row[]} */
export const entriesOf = (data) => {
  if (!data.columns) return data.entries;
  const columns = Object.entries(data.columns).map(([key, value]) => /** @type {const} */ ([key, value.split("\t")]));
  const names = data.columns.name.split("\t");
  return names.map((name, at) => {
    /** @type {Record<string, any>} */
    const row = {};
    for (const [key, values] of columns) if (values[at]) row[key] = LISTS.has(key) ? values[at].split("\n") : values[at];
    row.id ??= words(name).join("-");
    return /** @type {Row} */ (row);
  });
};
const LISTS = new Set(["also", "official", "related", "phrases"]);

/**
 * Make an index of the data in memory.
 * @param {Data} data @returns {Index}
 */
export const create = (data) => {
  const rows = entriesOf(data);
  const size = rows.length;
  /** @type {Entry[]} */
  const entries = rows.map((row) => ({
    id: row.id, kind: row.kind, name: row.name, line: row.line ?? "", who: row.who ?? "", status: row.status ?? "in-force",
    label: row.label ?? data.kinds[row.kind].label, path: row.path ?? `${data.kinds[row.kind].path}${row.id}${row.id.includes("#") ? "" : "/"}`,
  }));
  const weights = rows.map((row) => data.kinds[row.kind].weight * (row.status === "ended" ? 0.75 : 1));
  /** Kinds whose name in a query lifts the entry beside the others, to this share of the best. */
  const lifted = rows.map((row) => data.kinds[row.kind].lift ?? 0);
  /** @type {Term[]} */
  const terms = [];
  /** @type {Unit[]} */
  const units = [];
  /** @type {Map<string, number>} */
  const byWord = new Map();
  /** @type {Map<string, number>} */
  const byShown = new Map();
  /** @type {Map<string, number[]>} */
  const byStem = new Map();
  /** Names of municipalities and the like, by their stems. @type {Map<string, number[]>} */
  const places = new Map();

  /** @param {string} shown */
  const term = (shown) => {
    const seen = byShown.get(shown);
    if (seen !== undefined) return seen;
    const word = fold(shown);
    const known = byWord.get(word);
    if (known !== undefined) {
      byShown.set(shown, known);
      return known;
    }
    const all = stems(word);
    const abbreviation = /^\p{Lu}{2,4}$/u.test(shown);
    const number = terms.push({ word, shown, stem: all[0], letters: letters(word), abbreviation, units: [] }) - 1;
    byWord.set(word, number);
    byShown.set(shown, number);
    for (const stem of all) add(byStem, stem, number);
    return number;
  };
  /** @param {number} entry @param {Field} field @param {string} text */
  const unit = (entry, field, text) => {
    const all = tokens(text).map(term);
    const numbers = [...new Set(all)];
    for (const number of numbers) terms[number].units.push(units.length);
    const named = field !== "phrase" && field !== "text";
    const run = named ? all.map((number) => terms[number].word).join("") : "";
    const stemmed = named ? all.map((number) => terms[number].stem).join(" ") : "";
    units.push({ entry, field, text, terms: numbers, weight: 0, marks: 0, run, stemmed });
    if (named && lifted[entry]) add(places, stemmed, entry);
  };
  rows.forEach((row, entry) => {
    unit(entry, "name", row.name);
    // "Kuntoutusraha (Kela)" is also "Kuntoutusraha".
    const short = row.name.replace(/\s*\([^)]*\)/g, "");
    if (short && short !== row.name) unit(entry, "name", short);
    for (const text of row.also ?? []) unit(entry, "also", text);
    for (const text of row.official ?? []) unit(entry, "official", text);
    for (const text of row.related ?? []) unit(entry, "term", text);
    for (const text of row.phrases ?? []) unit(entry, "phrase", text);
    unit(entry, "text", `${row.line ?? ""} ${row.who ?? ""} ${row.words ?? ""}`);
  });

  const fillers = new Set(data.fillers.flatMap((word) => [fold(word), stems(fold(word))[0]]));
  const aspects = new Set(data.aspects.map((word) => stems(fold(word))[0]));
  /** @param {string} word @param {string} stem */
  const isFiller = (word, stem) => fillers.has(word) || (word.length > 3 && fillers.has(stem));

  // How much a sentence or a name says: its words by how rare they are among the entries.
  // Hundreds of municipalities must not change what is rare elsewhere.
  const common = lifted.filter((share) => !share).length || size;
  const highest = Math.log(1 + common);
  /** @type {Map<string, number>} */
  const rarity = new Map();
  const counted = new Int32Array(size).fill(-1);
  let round = 0;
  for (const [stem, numbers] of byStem) {
    let having = 0;
    round += 1;
    for (const number of numbers) {
      for (const at of terms[number].units) {
        if (counted[units[at].entry] !== round && !lifted[units[at].entry]) having += 1;
        counted[units[at].entry] = round;
      }
    }
    rarity.set(stem, Math.log(1 + common / Math.max(having, 1)));
  }
  for (const one of units) {
    for (const number of one.terms) {
      const { word, stem } = terms[number];
      one.weight += (isFiller(word, stem) ? FILLER : 1) * (rarity.get(stem) ?? highest);
    }
  }

  // Names as runs of letters.
  /** @type {Map<string, number[]>} */
  const byTrigram = new Map();
  units.forEach((one, at) => {
    if (one.run) for (const mark of trigrams(one.run)) add(byTrigram, mark, at);
  });
  const named = units.filter((one) => one.run).length;
  const rarest = Math.log(1 + named);
  const markWeight = new Map([...byTrigram].map(([mark, found]) => [mark, Math.log(1 + named / found.length)]));
  for (const [mark, found] of byTrigram) for (const at of found) units[at].marks += markWeight.get(mark) ?? 0;

  /** @type {Map<string, string[]>} */
  const everyday = new Map();
  for (const [said, meant] of data.everyday) {
    for (const one of said) everyday.set(stemmedName(one), [...(everyday.get(stemmedName(one)) ?? []), ...meant.map(fold)]);
  }

  /** Names by their stems: an everyday word may stand for a whole name. @type {Map<string, number[]>} */
  const byName = new Map();
  units.forEach((one, at) => {
    if (one.stemmed.includes(" ") && !lifted[one.entry]) add(byName, one.stemmed, at);
  });

  /** @type {Map<string, Matches>} */
  const remembered = new Map();
  /** How near the words of the data are to a word. Remembered, because typing repeats words. @param {string} word @returns {Matches} */
  const compare = (word) => {
    const before = remembered.get(word);
    if (before) return before;
    /** @type {Map<number, number>} */
    const near = new Map();
    let best = 0;
    /** @param {number} number @param {number} value */
    const put = (number, value) => {
      if (value > (near.get(number) ?? 0)) near.set(number, value);
      if (value > best) best = value;
    };
    const [stem, ...others] = stems(word);
    const vowel = endVowel(word);
    /** @param {number} number @param {number} value */
    const sameStem = (number, value) => {
      const other = terms[number];
      // An abbreviation has no forms of its own: "näen" is not NAK.
      if (other.abbreviation && !word.startsWith(other.word)) return;
      other.vowel ??= endVowel(other.word);
      put(number, vowel && other.vowel && vowel !== other.vowel ? value - OTHER_VOWEL : value);
    };
    for (const number of byStem.get(stem) ?? []) sameStem(number, terms[number].stem === stem ? 0.95 : 0.88);
    for (const other of others) for (const number of byStem.get(other) ?? []) sameStem(number, 0.88);
    const same = byWord.get(word);
    if (same !== undefined) put(same, 1);
    const short = word.length <= 3;
    for (let number = 0; number < terms.length; number += 1) {
      const { word: theirs, stem: their } = terms[number];
      if (theirs.startsWith(word)) put(number, (short ? 0.6 : 0.7) + (0.25 * word.length) / theirs.length);
      if (short) continue;
      if (stem.length >= 4) {
        if (theirs.startsWith(stem)) put(number, 0.6 + (0.25 * stem.length) / theirs.length);
        else if (their.endsWith(stem)) put(number, 0.5 + (0.3 * stem.length) / theirs.length);
        else if (theirs.includes(stem)) put(number, 0.5 + (0.2 * stem.length) / theirs.length);
      }
      if (their.length >= 4 && stem.length > their.length + 2) {
        if (stem.endsWith(their)) put(number, 0.45 + (0.3 * their.length) / stem.length);
        else if (word.startsWith(their)) put(number, 0.4 + (0.3 * their.length) / stem.length);
      }
    }
    if (!short && best < 0.9 && !/\d/.test(word)) slips(word, stem, put);
    const result = { near, best };
    if (remembered.size > 400) remembered.clear();
    remembered.set(word, result);
    return result;
  };

  /** Words that differ by slips of the finger. @param {string} word @param {string} stem @param {(number: number, value: number) => void} put */
  const slips = (word, stem, put) => {
    const most = word.length < 8 ? 1 : word.length < 14 ? 2 : 3;
    const bits = letters(word);
    for (let number = 0; number < terms.length; number += 1) {
      const other = terms[number];
      // Two slips hardly ever change the first letter; a word of three letters has no room for one.
      if (other.word.length <= 3 || other.word.length < word.length - most || count(bits & ~other.letters) > most) continue;
      let edits = distance(word, other.word, most);
      if (edits > 1 && edits <= most && word[0] !== other.word[0]) continue;
      if (edits <= most) put(number, (word.length > 4 ? 0.84 : 0.7) - 0.14 * edits);
      else if (other.word.length > word.length && word.length > 5 && (edits = distance(word, other.word, most, true)) <= most) put(number, 0.72 - 0.14 * edits);
      else if (stem.length > 4 && other.stem.length > 4 && (edits = distance(stem, other.stem, most)) <= most) put(number, 0.76 - 0.14 * edits);
    }
  };

  /** The words of a query and what each weighs; which of them name a place. @param {string} query */
  const read = (query) => {
    /** @type {Map<string, Asked>} */
    const found = new Map();
    for (const shown of tokens(query.slice(0, LONGEST_QUERY)).slice(0, MOST_WORDS)) {
      const word = fold(shown).slice(0, LONGEST_WORD);
      if (word && !found.has(word)) found.set(word, { word, shown, stem: stems(word)[0], weight: 1, place: false });
    }
    const asked = [...found.values()];
    /** @type {Set<number>} */
    const here = new Set();
    const inPlace = new Set();
    for (const { from, to, key } of sequences(asked)) {
      // "Mulla" is hardly ever Multia.
      if (asked.slice(from, to).every((one) => fillers.has(one.word))) continue;
      for (const entry of places.get(key) ?? []) {
        const last = asked[to - 1].word;
        const own = words(rows[entry].name).at(-1) ?? "";
        const vowel = lastVowel(last);
        if (last !== own && vowel !== lastVowel(own) && !(own.endsWith("i") && vowel === "e")) continue;
        here.add(entry);
        for (let at = from; at < to; at += 1) {
          inPlace.add(asked[at]);
          // A name that is also a common word (Kolari, Salo) keeps its weight.
          asked[at].place = !(byStem.get(asked[at].stem) ?? []).some((number) => terms[number].units.some((u) => !lifted[units[u].entry] && units[u].field !== "text"));
        }
      }
    }
    /** What the words mean in the words of the pages; words of an expression ("sano ei") are no fillers. @type {string[][]} */
    const meanings = asked.map(() => []);
    const expressed = new Set();
    for (const { from, to, key } of sequences(asked)) {
      const meant = (to === from + 1 ? stems(asked[from].word) : [key]).map((one) => everyday.get(one)).find(Boolean);
      if (!meant && to === from + 1) meanings[from].push(...inside(asked[from]));
      for (let at = from; meant && at < to; at += 1) {
        meanings[at].push(...meant);
        if (to > from + 1) expressed.add(asked[at]);
      }
    }
    const plain = asked.filter((one) => !one.place && (expressed.has(one) || !isFiller(one.word, one.stem)));
    const telling = plain.filter((one) => !aspects.has(one.stem));
    for (const one of asked) {
      if (plain.length && !plain.includes(one)) one.weight = FILLER;
      else if (telling.length && !telling.includes(one)) one.weight = ASPECT;
    }
    const onlyPlace = here.size > 0 && asked.every((one) => inPlace.has(one) || isFiller(one.word, one.stem));
    return { asked, meanings, plain: plain.length ? plain : asked, telling: telling.length ? telling : plain.length ? plain : asked, here, onlyPlace };
  };

  /** An everyday word at the beginning or the end of a compound ("etäduuni", "pikavippikierre"): the compound with the word of the pages in its place. @param {Asked} one */
  const inside = ({ word, stem }) => {
    if (stem.length < 7 || compare(word).best >= 0.9) return [];
    /** @type {string[]} */
    const found = [];
    const known = (/** @type {string} */ compound) => compare(compound).best >= 0.85;
    for (const [said, meant] of everyday) {
      if (said.length < 4 || said.includes(" ")) continue;
      if (stem.endsWith(said) && stem.length > said.length + 1) found.push(...meant.map((other) => stem.slice(0, -said.length) + other).filter(known));
      else if (stem.startsWith(said) && stem.length > said.length + 3) {
        const rest = stem.slice(said.length);
        // Without a word after it the everyday word is but the beginning of another word or of a slip.
        if (known(rest)) found.push(...meant.map((other) => (known(other + rest) ? other + rest : other)));
      }
    }
    return found.slice(0, 8);
  };

  /** Every run of one to three words of a query with its stems. @param {Asked[]} asked */
  const sequences = (asked) => {
    const found = [];
    for (let from = 0; from < asked.length; from += 1) {
      for (let to = from + 1; to <= Math.min(asked.length, from + 3); to += 1) {
        found.push({ from, to, key: asked.slice(from, to).map((one) => one.stem).join(" ") });
      }
    }
    return found;
  };

  /** How like the names are to what was said, both as one run of letters: by unit. @param {string} said */
  const alike = (said) => {
    /** @type {Map<number, number>} */
    const shared = new Map();
    const run = said.replaceAll(" ", "").slice(0, 80);
    if (run.length < 3) return shared;
    const stemRun = stemmedName(said);
    let mine = 0;
    for (const mark of trigrams(run)) {
      const weight = markWeight.get(mark) ?? rarest;
      mine += weight;
      for (const at of byTrigram.get(mark) ?? []) shared.set(at, (shared.get(at) ?? 0) + weight);
    }
    for (const [at, sum] of shared) {
      const one = units[at];
      shared.set(at, one.run === run ? EQUAL : one.stemmed === stemRun ? EQUAL_STEMS : Math.min(1, sum / (0.6 * mine + 0.4 * one.marks)));
    }
    return shared;
  };

  // --- two measures in one query

  const between = data.pairs ?? { either: [], both: [], words: [], relations: [], rows: "" };
  const pairWords = new Set(between.words);
  /** The known pairs: a to b, and what they are to each other. @type {Map<string, number>} */
  const pairs = new Map();
  for (const row of between.rows.split(";").filter(Boolean)) {
    const [a, ...rest] = row.split(" ").map(Number);
    for (let at = 0; at < rest.length; at += 2) pairs.set(`${a} ${rest[at]}`, rest[at + 1]);
  }

  /** The measures whose very name these words are, those nearest to it only. @param {string[]} said @returns {number[]} */
  const called = (said) => {
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const [at, value] of said.length && said.length <= MOST_NAME ? alike(said.join(" ")) : []) {
      const { entry, field } = units[at];
      const worth = value * NEARNESS[field];
      if (value >= EQUAL_STEMS && NEARNESS[field] >= NEARNESS.official && rows[entry].kind === "measure" && worth > (found.get(entry) ?? 0)) found.set(entry, worth);
    }
    const best = Math.max(0, ...found.values());
    return [...found.keys()].filter((entry) => found.get(entry) === best).sort((a, b) => a - b);
  };

  /** The same without the words around a name ("voiko saada yleistukea", "palkkatuki yhtä aikaa"). @param {string[]} said */
  const asCalled = (said) => {
    const own = said.filter((one) => !pairWords.has(one));
    const found = called(own);
    return found.length ? found : called(own.filter((one) => !isFiller(one, stems(one)[0]) && !aspects.has(stems(one)[0])));
  };

  /**
   * "Palkkatuki ja työkokeilu", "osasairauspäiväraha vai osatyökyvyttömyyseläke": the two measures, and whether one of them
   * is asked for. When a name is that of several measures, a pair that is known comes first.
   * @param {string} query @returns {{a: number, b: number, either: boolean} | null}
   */
  const twoOf = (query) => {
    const all = words(query.slice(0, LONGEST_QUERY).replace(/[+&/]/g, ` ${between.both[0] ?? ""} `)).slice(0, MOST_WORDS);
    if (called(all).length) return null;
    const eitherAt = all.findIndex((word) => between.either.includes(word));
    // A name may have "ja" in it: every place is tried, and the name alone is no pair.
    for (const [at, word] of all.entries()) {
      if (eitherAt >= 0 ? at !== eitherAt : !between.both.includes(word)) continue;
      const left = asCalled(all.slice(0, at));
      const every = left.flatMap((a) => asCalled(all.slice(at + 1)).filter((b) => b !== a).map((b) => ({ a, b, either: eitherAt >= 0 })));
      if (every.length) return every.find(({ a, b }) => pairs.has(`${a} ${b}`) || pairs.has(`${b} ${a}`)) ?? every[0];
    }
    return null;
  };

  /** The pages of two measures as hits: what they are to each other, and both side by side. @param {string} query @param {number} score @returns {Hit[]} */
  const pairHits = (query, score) => {
    const two = twoOf(query);
    if (!two) return [];
    const { a, b, either } = two;
    const known = pairs.has(`${a} ${b}`) ? [a, b] : pairs.has(`${b} ${a}`) ? [b, a] : null;
    /** @param {string} path @param {string} name @param {string} line @returns {Hit} */
    const hit = (path, name, line) => ({
      id: path, kind: "pair", score, matched: "", why: "name",
      entry: { id: path, kind: "pair", path, name, line, who: "", label: data.kinds.pair.label, status: "in-force" },
    });
    const of = (/** @type {number[]} */ both, /** @type {"id"|"name"} */ key, /** @type {string} */ mark) => both.map((one) => rows[one][key]).join(mark);
    const found = [hit(`keinot/vertailu/?k=${of([a, b], "id", ",")}`, `Rinnakkain: ${of([a, b], "name", ", ")}`, "Kenelle, ehdot, raha, kesto ja kuka päättää.")];
    if (known) found.push(hit(`yhdistelmat/#${of(known, "id", "_")}`, `${between.relations[pairs.get(known.join(" ")) ?? 0]}: ${of(known, "name", ", ")}`, "Miksi näin, ja mihin se perustuu."));
    return either ? found : found.reverse();
  };

  /** Entries with a name that looks like a part of the query, for when nothing else is found. @param {string} query @param {number} [limit] */
  const near = (query, limit = 5) => {
    /** @type {Map<number, number>} */
    const found = new Map();
    for (const one of read(String(query)).telling) {
      for (const [at, value] of alike(one.word)) {
        const { entry } = units[at];
        if (value >= NEAR && value > (found.get(entry) ?? 0)) found.set(entry, value);
      }
    }
    return [...found].sort((a, b) => b[1] * weights[b[0]] - a[1] * weights[a[0]] || a[0] - b[0]).slice(0, limit).map(([entry]) => entries[entry]);
  };

  /** @param {string} query @param {{limit?: number}} [options] @returns {Hits} */
  const search = (query, { limit = 20 } = {}) => {
    const hits = /** @type {Hits} */ (Object.assign([], { missing: [], weak: false }));
    const { asked, meanings, plain, telling, here, onlyPlace } = read(String(query));
    if (!asked.length) return hits;
    const score = new Float64Array(size);
    const covered = new Float64Array(size);
    /** Why an entry is among the hits: a unit, and the word in it when the unit is a bag of words. */
    const reason = new Int32Array(size).fill(-1);
    const reasonTerm = new Int32Array(size).fill(-1);
    const reasonEveryday = new Uint8Array(size);
    const strongestPart = new Float64Array(size);
    const inUnit = new Map();
    const missed = new Set();
    /** @type {Map<Asked, number>} */
    const strengths = new Map();
    let total = 0;

    // Words: for each the best place in each entry, and in a sentence also how often the entry speaks of it.
    const prose = Math.min(1, Math.max(0, (telling.length - 1) / 2));
    asked.forEach((one, order) => {
      const points = new Float64Array(size);
      /** In how many names and sentences the entry has the word. */
      const told = new Float64Array(size);
      const nearest = new Float64Array(size);
      const where = new Int32Array(size);
      const which = new Int32Array(size);
      const meant = new Uint8Array(size);
      const best = new Map();
      const own = compare(one.word);
      let strongest = own.best;
      /** @param {Map<number, number>} near @param {boolean} through by way of the everyday words */
      const gather = (near, through) => {
        for (const [number, value] of near) {
          if (through && value < 0.85) continue;
          const strength = through ? value * EVERYDAY : value;
          if (strength > strongest) strongest = strength;
          for (const at of terms[number].units) {
            // A common word that only shares its stem with a place ("perheen", Perho) does not mean it.
            if (lifted[units[at].entry] && value >= 0.88 && !here.has(units[at].entry) && !terms[number].word.startsWith(one.word)) continue;
            take(at, strength, number, through);
          }
        }
      };
      /** @param {number} at @param {number} strength @param {number} number @param {boolean} through */
      const take = (at, strength, number, through) => {
        const { entry, field } = units[at];
        const worth = strength * strength * WEIGHTS[field];
        if (worth > points[entry]) {
          points[entry] = worth;
          where[entry] = at;
          which[entry] = number;
          meant[entry] = through ? 1 : 0;
        }
        if (strength > nearest[entry]) nearest[entry] = strength;
        if (strength > (best.get(at) ?? 0)) {
          if (!best.has(at) && strength > SPOKEN_OF) told[entry] += strength * strength;
          best.set(at, strength);
        }
      };
      gather(own.near, false);
      for (const meaning of meanings[order]) {
        const named = byName.get(stemmedName(meaning));
        if (!named) gather(compare(meaning).near, true);
        else for (const at of named) take(at, EVERYDAY, units[at].terms[0], true);
        if (named) strongest = Math.max(strongest, EVERYDAY);
      }
      let spread = 0;
      for (let entry = 0; entry < size; entry += 1) if (!lifted[entry]) spread += nearest[entry] ** 3;
      const weight = one.weight * (spread ? Math.log(1 + common / Math.max(spread, 0.5)) : highest);
      strengths.set(one, strongest > own.best ? Math.max(strongest, SURE) : strongest);
      if (strongest < 0.5) missed.add(one);
      if (strongest < 0.5 && !isFiller(one.word, one.stem)) hits.missing.push(one.shown);
      total += weight * (strongest < 0.5 ? 0.5 : 1);
      for (let entry = 0; entry < size; entry += 1) {
        if (!points[entry]) continue;
        score[entry] += points[entry] * weight * (1 + OFTEN * prose * Math.log(1 + told[entry]));
        covered[entry] += nearest[entry] * weight;
        if (points[entry] * weight > strongestPart[entry]) {
          strongestPart[entry] = points[entry] * weight;
          reason[entry] = where[entry];
          reasonTerm[entry] = which[entry];
          reasonEveryday[entry] = meant[entry];
        }
      }
      for (const [at, strength] of best) inUnit.set(at, (inUnit.get(at) ?? 0) + strength * weight);
    });
    for (let entry = 0; entry < size; entry += 1) score[entry] *= 0.35 + 0.65 * Math.min(1, covered[entry] / total);

    // Names and sentences by their words: how much of the query they have, and how much of them the query.
    const likeness = new Float64Array(size);
    const sentence = new Float64Array(size);
    /** @param {number} at @param {number} value */
    const like = (at, value) => {
      const { entry } = units[at];
      if (value <= likeness[entry] || (lifted[entry] && !here.has(entry) && value < 0.6)) return;
      likeness[entry] = value;
      if (value > 0.5) {
        reason[entry] = at;
        reasonEveryday[entry] = 0;
      }
    };
    for (const [at, sum] of inUnit) {
      const one = units[at];
      if (one.run) like(at, 0.95 * NEARNESS[one.field] * Math.min(1, sum / (0.6 * total + 0.4 * one.weight)));
      else if (one.field === "phrase") {
        const share = Math.min(1, sum / total) ** 0.7 * Math.min(1, sum / (0.5 * one.weight + 0.5 * total));
        if (share <= sentence[one.entry]) continue;
        sentence[one.entry] = share;
        const current = units[reason[one.entry]];
        if (likeness[one.entry] <= 0.5 && share > 0.25 && (!current || !current.run)) {
          reason[one.entry] = at;
          reasonEveryday[one.entry] = 0;
        }
      }
    }
    // Names as runs of letters, with and without the words that say little.
    const core = telling.filter((one) => !missed.has(one));
    /** Pages that tell apart what has the very name that was asked. @type {Set<number>} */
    const apart = new Set();
    const wholly = asked.map((one) => one.word).join(" ");
    for (const said of new Set([asked, plain, telling, core].map((some) => some.map((one) => one.word).join(" ")))) {
      for (const [at, value] of alike(said)) {
        like(at, value * NEARNESS[units[at].field]);
        if (said === wholly && value >= EQUAL_STEMS && data.kinds[rows[units[at].entry].kind].beside) apart.add(units[at].entry);
      }
    }

    // A word that only looks like some word of the data answers nothing unless a whole name looks like the query.
    const likest = likeness.reduce((most, value) => Math.max(most, value), 0);
    if (likest < ALIKE && !here.size && telling.every((one) => (strengths.get(one) ?? 0) < SURE)) {
      hits.missing = telling.map((one) => one.shown);
      return hits;
    }

    let top = 0;
    for (let entry = 0; entry < size; entry += 1) {
      score[entry] = (score[entry] + SENTENCE * sentence[entry] + SAID * sentence[entry] ** 4 + NAME * likeness[entry] ** 2) * weights[entry];
      if (!here.has(entry) && (onlyPlace || !lifted[entry])) top = Math.max(top, score[entry]);
    }
    // A place beside other words comes right after the best of them; alone it is the best.
    let first = top;
    for (const entry of here) {
      score[entry] = onlyPlace ? Math.max(score[entry], top * 1.05) * (0.1 + lifted[entry]) : top * lifted[entry];
      first = Math.max(first, score[entry]);
    }

    for (const entry of apart) score[entry] = first;

    const order = [...score.keys()].filter((entry) => score[entry] >= Math.max(LEAST, LEAST_SHARE * first)).sort((a, b) => score[b] - score[a] || a - b);
    // Second of all: who knows which one it is sees that one first.
    for (const entry of apart) order.splice(Math.min(order.indexOf(entry), 1), 0, ...order.splice(order.indexOf(entry), 1));
    const [best] = order;
    hits.weak = best !== undefined && !here.size && likeness[best] < ALIKE && (covered[best] / total < ANSWERED ? sentence[best] < ANSWERED : sentence[best] < SAID_PARTLY && !units[reason[best]]?.run);
    hits.push(...pairHits(String(query), first));
    for (const entry of order.slice(0, limit - hits.length)) {
      const unitOf = units[reason[entry]];
      const bag = !unitOf || unitOf.field === "text";
      hits.push({
        id: entries[entry].id, kind: entries[entry].kind, score: Math.round(score[entry] * 100) / 100, entry: entries[entry],
        matched: reasonEveryday[entry] || bag ? (terms[reasonTerm[entry]]?.shown ?? "") : unitOf.text,
        why: reasonEveryday[entry] ? "everyday" : bag ? "text" : unitOf.field,
      });
    }
    return hits;
  };
  return { search, near, entries };
};

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
