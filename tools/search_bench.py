"""Measures the search: success@1, @5 and MRR by category, size and time. `python -m tools.search_bench`.

    --data FILE       search.json of another build (default build/tree/api/v1/search.json)
    --minisearch      compare with MiniSearch, fetched by npm into a temporary folder; it is never shipped
    --misses          print every query whose answer is not the first

Sets: the practice queries, thirty everyday queries, and queries made from the site's own names:
inflected, compounds written apart, one or two slips, and everyday sentences of the measures,
each taken out of the data before it is asked.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolbox import search
from toolbox.reader import read_file

from .search import TREE, ask

ENGINE = Path("overrides") / "assets" / "search" / "engine.js"
SETS = Path("tests") / "search"
SHOWN = 20


@dataclass(frozen=True)
class Query:
    """One query and the ids of which any is a right answer."""

    category: str
    text: str
    expect: tuple[str, ...]


def from_file(file: Path, name: str, ids: frozenset[str]) -> list[Query]:
    """The queries of a YAML file that have an answer on the site."""
    document, problems = read_file(file, file.name)
    if problems:
        raise SystemExit("\n".join(str(problem) for problem in problems))
    rows = (
        (row.get("category", name), row["q"], tuple(i.removeprefix("actor:") for i in row["expect"])) for row in document.value["queries"]
    )
    return [Query(*row) for row in rows if ids & set(row[2])]


# --- word forms --------------------------------------------------------------------------

# The end of a word: its weak stem, its strong stem, partitive and illative. First fit wins. In these "A" is a or ä, "O" is o or ö.
_FORMS = (
    (r"(.+[iueyo])(?:nen)", r"\1se", r"\1se", r"\1stA", r"\1seen"),
    (r"(.+)(uus|yys)", r"\1UUde", r"\1UUte", r"\1UUttA", r"\1UUteen"),
    (r"(.*(?:oike|tal|vast|kork|suur|lähe|terve|työttöm|raska|saira|luotta)[uy])s", r"\1de", r"\1te", r"\1ttA", r"\1teen"),
    (r"(.+[uyoö])s", r"\1kse", r"\1kse", r"\1stA", r"\1kseen"),
    (r"(.*)työ", r"\1työ", r"\1työ", r"\1työtä", r"\1työhön"),
    (r"(.*)tie", r"\1tie", r"\1tie", r"\1tietä", r"\1tiehen"),
    (r"(.*)tuki", r"\1tue", r"\1tuke", r"\1tukeA", r"\1tukeen"),
    (r"(.*)laki", r"\1lai", r"\1laki", r"\1lakiA", r"\1lakiin"),
    (r"(.*)kyky", r"\1kyvy", r"\1kyky", r"\1kykyA", r"\1kykyyn"),
    (r"(.*)haku", r"\1hau", r"\1haku", r"\1hakuA", r"\1hakuun"),
    (r"(.*)apu", r"\1avu", r"\1apu", r"\1apuA", r"\1apuun"),
    (r"(.*)lupa", r"\1luva", r"\1lupa", r"\1lupaA", r"\1lupaan"),
    (r"(.*)aika", r"\1aja", r"\1aika", r"\1aikaA", r"\1aikaan"),
    (r"(.*)raha", r"\1raha", r"\1raha", r"\1rahaA", r"\1rahaan"),
    (r"(.*)(elä|lää|lii)ke", r"\1\2kkee", r"\1\2kkee", r"\1\2kettA", r"\1\2kkeeseen"),
    (r"(.*)(velvoi|ra|os|tavoi)te", r"\1\2ttee", r"\1\2ttee", r"\1\2tettA", r"\1\2tteeseen"),
    (r"(.*)takuu", r"\1takuu", r"\1takuu", r"\1takuutA", r"\1takuuseen"),
    (r"(.*)väline", r"\1välinee", r"\1välinee", r"\1välinettä", r"\1välineeseen"),
    (r"(.+[ao])nto", r"\1nno", r"\1nto", r"\1ntoA", r"\1ntoon"),
    (r"(.+)nt([iaäoö])", r"\1nn\2", r"\1nt\2", r"\1nt\2A", r"\1nt\2\2n"),
    (r"(.+)(kk|pp|tt)([aäioöuy])", r"\1½\2\3", r"\1\2\3", r"\1\2\3A", r"\1\2\3\3n"),
    (r"(.+[aeiouyäö])t([oöiuy])", r"\1d\2", r"\1t\2", r"\1t\2A", r"\1t\2\2n"),
    (r"(.+[^aeiouyäö])([aäoöuyi])", r"\1\2", r"\1\2", r"\1\2A", r"\1\2\2n"),
    (r"(.+[i])([aäoö])", r"\1\2", r"\1\2", r"\1\2tA", r"\1\2\2n"),
)


def _harmony(word: str) -> bool:
    """Whether the endings have back vowels: decided by the last part of a compound, roughly its last vowels."""
    for letter in reversed(word.lower()):
        if letter in "aou":
            return True
        if letter in "äöy":
            return False
    return False


def inflected(word: str) -> dict[str, str]:
    """Common forms of a noun or adjective in its basic form, by case; empty when the rules do not know the word."""
    for pattern, weak, strong, partitive, illative in _FORMS:
        found = re.fullmatch(pattern, word)
        if not found:
            continue
        back = _harmony(word)

        def form(template: str, found: re.Match[str] = found, back: bool = back) -> str:
            made = found.expand(template)
            made = made.replace("UU", "uu" if back else "yy").replace("A", "a" if back else "ä")
            return re.sub(r"½(.)\1", r"\1", made)

        a = "a" if back else "ä"
        w, s = form(weak), form(strong)
        return {
            "genitive": f"{w}n",
            "partitive": form(partitive),
            "inessive": f"{w}ss{a}",
            "elative": f"{w}st{a}",
            "illative": form(illative),
            "adessive": f"{w}ll{a}",
            "allative": f"{w}lle",
            "ablative": f"{w}lt{a}",
            "translative": f"{w}ksi",
            "plural": f"{w}t",
            "essive": f"{s}n{a}",
        }
    return {}


# --- queries of our own names -------------------------------------------------------------


def _own_names(data: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """(name, ids that carry it) of each measure, without what stands in brackets."""
    carriers: dict[str, list[str]] = defaultdict(list)
    bare = lambda name: re.sub(r"\s*\([^)]*\)|,.*", "", name).strip()  # noqa: E731
    for row in data["entries"]:
        for name in {bare(row["name"]), *map(bare, row.get("also", []))}:
            carriers[name.casefold()].append(row["id"])
    return [(bare(row["name"]), tuple(carriers[bare(row["name"]).casefold()])) for row in data["entries"] if row["kind"] == "measure"]


def of_forms(data: Mapping[str, Any]) -> Iterator[Query]:
    """Names with their last word in every case of `inflected`, three for each name, and with an adjective before it agreeing."""
    chance = random.Random(5)  # noqa: S311  the same queries on each run
    for name, ids in _own_names(data):
        *before, last = name.split()
        forms = inflected(last)
        for case in chance.sample(sorted(forms), min(3, len(forms))):
            first = [inflected(word).get(case, word) if re.search(r"(nen|tava|tävä|ttu|va)$", word) else word for word in before]
            yield Query("taivutettu nimi", " ".join([*first, forms[case]]), ids)


def apart(data: Mapping[str, Any], parts: frozenset[str]) -> Iterator[Query]:
    """Compounds of the names cut in two where both sides are words of the data."""
    for name, ids in _own_names(data):
        for word in name.split():
            low = word.casefold()
            cuts = [at for at in range(4, len(low) - 3) if low[:at] in parts and low[at:] in parts]
            for at in cuts[:1]:
                yield Query("erikseen kirjoitettu", name.replace(word, f"{word[:at]} {word[at:]}"), ids)


def slips(data: Mapping[str, Any]) -> Iterator[Query]:
    """Names with one slip, long ones also with two: a letter left out, doubled, changed or swapped with the next."""
    chance = random.Random(7)  # noqa: S311
    for name, ids in _own_names(data):
        for times in (1, 2) if len(name) >= 12 else (1,):
            text = name
            for _ in range(times):
                at = chance.randrange(1, len(text) - 1)
                kind = chance.choice(("out", "double", "change", "swap"))
                text = {
                    "out": text[:at] + text[at + 1 :],
                    "double": text[:at] + text[at] + text[at:],
                    "change": text[:at] + chance.choice("aeioukrstlnm") + text[at + 1 :],
                    "swap": text[:at] + text[at + 1] + text[at] + text[at + 2 :],
                }[kind]
            if text != name:
                yield Query(f"lipsahduksia {times}", text, ids)


def held_out(data: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], list[Query]]]:
    """Seven copies of the data, each without one sentence of every measure, and those sentences as queries."""
    for turn in range(7):
        queries, entries = [], []
        for row in data["entries"]:
            phrases = row.get("phrases", [])
            if row["kind"] == "measure" and len(phrases) > turn:
                queries.append(Query("poistettu arjen lause", phrases[turn], (row["id"],)))
                phrases = phrases[:turn] + phrases[turn + 1 :]
            entries.append(row | {"phrases": phrases})
        yield {**data, "entries": entries}, queries


# --- engines -------------------------------------------------------------------------------

# MiniSearch with our folding, splitting and stems, our fields and weights, prefixes, slips and the weight of the kind.
MINISEARCH = """
import { readFileSync } from "node:fs";
const [engine, library, file, limit] = process.argv.slice(1);
const { words, stems, entriesOf } = await import("file://" + engine);
const { default: MiniSearch } = await import("file://" + library);
const data = JSON.parse(readFileSync(file, "utf-8"));
const started = performance.now();
const fillers = new Set(data.fillers.flatMap(words));
const fields = ["name", "also", "official", "related", "phrases", "words"];
const index = new MiniSearch({ fields, storeFields: ["kind", "id"], idField: "key",
  tokenize: words, processTerm: (word) => stems(word)[0] });
const joined = (list) => (list ?? []).join(" ");
index.addAll(entriesOf(data).map((row) => ({
  key: row.kind + ":" + row.id, id: row.id, kind: row.kind, name: row.name, also: joined(row.also), official: joined(row.official),
  related: joined(row.related), phrases: joined(row.phrases), words: [row.line, row.who, row.words].join(" ") })));
const loaded = performance.now() - started;
const options = {
  boost: { name: 6, also: 5.5, official: 4, related: 3, phrases: 2.3, words: 2 },
  prefix: (term) => term.length > 2, fuzzy: (term) => (term.length > 4 ? 0.2 : 0),
  boostDocument: (_id, term, stored) => data.kinds[stored.kind].weight * (fillers.has(term) ? 0.12 : 1) };
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map((query) => {
  const start = performance.now();
  const hits = index.search(query, options).slice(0, Number(limit)).map(({ id, kind }) => ({ id, kind }));
  return { ms: performance.now() - start, missing: [], hits, loaded };
})));
"""


def minisearch(folder: Path) -> Callable[[Path, Sequence[str]], list[dict[str, Any]]]:
    """Fetch MiniSearch into a temporary folder; gives a function that asks it."""
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "minisearch"], cwd=folder, check=True)
    library = folder / "node_modules" / "minisearch" / "dist" / "es" / "index.js"

    def run(data: Path, queries: Sequence[str]) -> list[dict[str, Any]]:
        command = ["node", "--input-type=module", "--eval", MINISEARCH, "--", str(ENGINE.resolve()), str(library), str(data), str(SHOWN)]
        done = subprocess.run(command, check=True, input=json.dumps(list(queries)), stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout)

    return run


def ours(data: Path, queries: Sequence[str]) -> list[dict[str, Any]]:
    """Ask the site's own engine."""
    return ask(ENGINE, data, queries, SHOWN)


def ranks(queries: Sequence[Query], answers: Sequence[Mapping[str, Any]]) -> list[int]:
    """The place of the first right answer of each query, 0 when it is not there."""
    found = []
    for query, answer in zip(queries, answers, strict=True):
        ids = [hit["id"] for hit in answer["hits"]]
        found.append(next((place for place, i in enumerate(ids, 1) if i in query.expect), 0))
    return found


def line(name: str, places: Sequence[int]) -> str:
    """success@1, success@5, MRR and the misses of one category."""
    n = len(places)
    first, five = sum(p == 1 for p in places), sum(0 < p <= 5 for p in places)
    return f"  {name:<24}{n:5}  s@1 {first / n:.3f}  s@5 {five / n:.3f}  MRR {sum(1 / p for p in places if p) / n:.3f}  ohi {n - five}"


def parts_of(data: Mapping[str, Any]) -> frozenset[str]:
    """Words that stand alone in names and sentences: where a compound may be cut."""
    texts = (text for row in data["entries"] for text in (row["name"], row.get("line", ""), *row.get("also", []), *row.get("phrases", [])))
    return frozenset(word.casefold() for text in texts for word in re.findall(r"[^\W\d_]{4,}", text))


def main() -> int:
    """Print the measurements."""
    parser = argparse.ArgumentParser(prog="search_bench")
    parser.add_argument("--data", type=Path, default=TREE / "api" / "v1" / "search.json")
    parser.add_argument("--minisearch", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    source = options.data.read_bytes()
    data = search.unpacked(json.loads(source))
    ids = frozenset(row["id"] for row in data["entries"])
    code = len(gzip.compress(ENGINE.read_bytes(), 9))
    packed = len(gzip.compress(source, 9))
    print(
        f"{len(data['entries'])} kohdetta, tiedot {len(source) / 1000:.0f} kt, pakattuna {packed / 1000:.1f} kt, koodi {code / 1000:.1f} kt"
    )
    groups = {
        "harjoitusjoukko": from_file(SETS / "practice.yaml", "", ids),
        "arjen kysymykset": from_file(SETS / "everyday.yaml", "arjen kysymys", ids),
        "omat nimet": [*of_forms(data), *apart(data, parts_of(data)), *slips(data)],
    }
    with tempfile.TemporaryDirectory() as scratch:
        engines = {"oma moottori": ours} | ({"MiniSearch": minisearch(Path(scratch))} if options.minisearch else {})
        for name, engine in engines.items():
            print(f"\n{name}")
            times: list[float] = []
            for group, queries in groups.items():
                answers = engine(options.data, [query.text for query in queries])
                times += [answer["ms"] for answer in answers]
                places = ranks(queries, answers)
                by: dict[str, list[int]] = defaultdict(list)
                for query, place, answer in zip(queries, places, answers, strict=True):
                    by[query.category].append(place)
                    if options.misses and place != 1:
                        came = ", ".join(hit["id"] for hit in answer["hits"][:3])
                        print(f"    {place}. {query.text} | {', '.join(query.expect[:2])} | {came}")
                for category, some in by.items():
                    print(line(category, some))
                print(line(group.upper(), places))
            places = []
            for turn, (copy, queries) in enumerate(held_out(data)):
                file = Path(scratch) / f"{turn}.json"
                file.write_text(json.dumps(search.packed(copy)), "utf-8")
                places += ranks(queries, engine(file, [query.text for query in queries]))
            print(line("POISTETTU ARJEN LAUSE", places))
            times.sort()
            print(
                f"  kysely: mediaani {times[len(times) // 2]:.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms, pisin {times[-1]:.1f} ms"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
