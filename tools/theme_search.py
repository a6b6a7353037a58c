"""The default search of Material for MkDocs, asked the same queries as ours, and typing on a slow processor.

The theme is driven unmodified: its own worker (lunr and all) runs in Node on the index that its own
plugin has made of our pages, and answers the messages that its page script would send.
"""

from __future__ import annotations

import gzip
import json
import subprocess
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import sync_playwright

from . import browser, browsing, search_bench
from . import search as terminal
from .search_bench import Query

WORKER = """
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
const [worker, file] = process.argv.slice(1);
const run = (path) => (0, eval)(readFileSync(path, "utf-8"));
const listeners = [];
let answered = () => {};
globalThis.self = globalThis;
globalThis.addEventListener = (type, listener) => type === "message" && listeners.push(listener);
globalThis.postMessage = (message) => answered(message);
globalThis.importScripts = (...paths) => paths.forEach((path) => run(resolve(dirname(worker), path)));
const send = (message) => new Promise((done) => {
  answered = done;
  for (const listener of listeners) listener({ data: message });
});
const queries = JSON.parse(readFileSync(0, "utf-8"));
const source = readFileSync(file, "utf-8");
const started = performance.now();
run(worker);
await send({ type: 0, data: { ...JSON.parse(source), options: { suggest: false } } });
const loaded = performance.now() - started;
const answers = [];
for (const query of queries) {
  const start = performance.now();
  const { data } = await send({ type: 2, data: query });
  answers.push({ ms: performance.now() - start, locations: (data.items ?? []).map((item) => item[0].location) });
}
console.log(JSON.stringify({ loaded, answers }));
"""
OURS = """
import { readFileSync } from "node:fs";
const [engine, file] = process.argv.slice(1);
const { create } = await import("file://" + engine);
const source = readFileSync(file, "utf-8");
const started = performance.now();
create(JSON.parse(source));
console.log(performance.now() - started);
"""
# From a letter to the new list, in the page itself: two frames after it the list is on the screen.
TYPED = """
async (queries) => {
  const field = document.querySelector("#haku");
  const times = [];
  field.focus();
  field.value = "p";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await new Promise((done) => setTimeout(done, 4000));
  for (const query of queries) {
    field.value = "";
    for (const letter of query) {
      const box = document.querySelector("#haku-ehdotukset").parentElement;
      const changed = new Promise((done) =>
        new MutationObserver((_, one) => (one.disconnect(), done())).observe(box, { childList: true, subtree: true }));
      const start = performance.now();
      field.value += letter;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await changed;
      times.push(performance.now() - start);
    }
  }
  return times;
}
"""


def _node(script: str, *arguments: Path, given: str = "") -> str:
    node, _ = compute_driver_executable()
    command = [node, "--input-type=module", "--eval", script, "--", *(str(path.resolve()) for path in arguments)]
    return subprocess.run(command, check=True, input=given, stdout=subprocess.PIPE, text=True).stdout


def theirs(site: Path, queries: Sequence[str]) -> tuple[float, list[dict[str, Any]]]:
    """Milliseconds to load the theme's search of a site, and its answers as `search_bench.ranks` wants them."""
    [worker] = (site / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    found = json.loads(_node(WORKER, worker, site / "search" / "search_index.json", given=json.dumps(list(queries))))
    answers = [
        {
            "ms": answer["ms"],
            "hits": [{"id": location.partition("#")[0].rstrip("/").rpartition("/")[2]} for location in answer["locations"]],
        }
        for answer in found["answers"]
    ]
    return found["loaded"], answers


def typing(site: Path, queries: Sequence[str], rate: int = 4) -> list[float]:
    """Milliseconds from each letter of the queries to its list of suggestions, on a processor slowed `rate` times."""
    with sync_playwright() as playwright, browsing.serve(site) as address:
        chromium = playwright.chromium.launch(executable_path=browser.find(playwright))
        page = chromium.new_page()
        page.goto(f"{address}toimijat/kela/")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
        times = page.evaluate(TYPED, list(queries))
        chromium.close()
    return times


def at(times: Sequence[float], share: float) -> float:
    """The time under which a share of the times stays: `at(times, 0.95)` is p95."""
    return sorted(times)[int(len(times) * share)]


def measured(site: Path, plain: Path, queries: Sequence[Query], typed: Sequence[float]) -> list[str]:
    """The chapter of the report on the search: by category, sizes and times, ours beside the theme's.

    `plain` is the theme's site of our pages, `typed` the milliseconds of `typing`.
    """
    data = site / "api" / "v1" / "search.json"
    engine = site / "assets" / "search" / "engine.js"
    asked = [query.text for query in queries]
    our_answers = search_bench.ask(engine, data, asked, search_bench.SHOWN)
    our_load = median(float(_node(OURS, engine, data)) for _ in range(3))
    their_load, their_answers = theirs(plain, asked)
    places = {"ours": search_bench.ranks(queries, our_answers), "theirs": search_bench.ranks(queries, their_answers)}
    by: Mapping[str, dict[str, list[int]]] = {"ours": defaultdict(list), "theirs": defaultdict(list)}
    for name, found in places.items():
        for query, place in zip(queries, found, strict=True):
            by[name][query.category].append(place)
        by[name]["kaikki"] = list(found)
    packed = len(gzip.compress(data.read_bytes(), 9)) + len(gzip.compress(engine.read_bytes(), 9))
    index = len(gzip.compress((plain / "search" / "search_index.json").read_bytes(), 9))
    [worker] = (plain / "assets" / "javascripts" / "workers").glob("search.*.min.js")
    index += len(gzip.compress(worker.read_bytes(), 9))
    ours_ms, theirs_ms = [a["ms"] for a in our_answers], [a["ms"] for a in their_answers]
    intro = (
        f"Harjoitusjoukko, {len(queries)} kyselyä. Vertailu on teeman oma haku samoista sivuista: sen oma lisäosa on tehnyt hakemiston "
        "ja sen oma hakuohjelma vastaa, kumpikin muuttamatta."
    )
    slow = (
        f"Neljä kertaa hidastetulla suorittimella ehdotukset tulevat kirjaimesta {median(typed):.0f} ms:ssa (mediaani), "
        f"95 sadasta alle {at(typed, 0.95):.0f} ms:ssa, hitaimmillaan {max(typed):.0f} ms:ssa. Kirjaimia on {len(typed)}."
    )
    p95 = at(ours_ms, 0.95), at(theirs_ms, 0.95)
    return [
        "## Haun mittaus", "", intro, "",
        "| Kyselyt | Ensimmäinen | Viiden joukossa | MRR | Teema: ensimmäinen | Viiden joukossa | MRR |",
        "|---|---|---|---|---|---|---|",
        *[f"| {name} ({len(found)}) | {_cells(found)} | {_cells(by['theirs'][name])} |" for name, found in by["ours"].items()], "",
        "| Mitä | Tämä haku | Teeman haku | Suhde |", "|---|---|---|---|",
        f"| tiedot ja ohjelma, kt pakattuna | {packed / 1000:.0f} | {index / 1000:.0f} | {packed / index:.2f} |",
        f"| lataus, ms | {our_load:.0f} | {their_load:.0f} | {our_load / their_load:.2f} |",
        f"| kysely, mediaani, ms | {median(ours_ms):.1f} | {median(theirs_ms):.1f} | {median(ours_ms) / median(theirs_ms):.2f} |",
        f"| kysely, p95, ms | {p95[0]:.1f} | {p95[1]:.1f} | {p95[0] / p95[1]:.2f} |", "",
        slow, "",
    ]  # fmt: skip


def _cells(places: Sequence[int]) -> str:
    n = len(places)
    return f"{sum(p == 1 for p in places) / n:.2f} | {sum(0 < p <= 5 for p in places) / n:.2f} | {sum(1 / p for p in places if p) / n:.2f}"


def unfindable(site: Path) -> list[str]:
    """The chapter of the report on names that do not lead to their measure among the first three."""
    rows = terminal.unfindable(site / "assets" / "search" / "engine.js", site / "api" / "v1" / "search.json")
    told = [f"- {row.measure}: ”{row.query}” vie muualle ({', '.join(row.first) or 'ei mihinkään'})" for row in rows]
    return ["### Nimet, joilla keinoa ei löydä", "", *(told or ["Jokainen nimi vie keinoonsa kolmen ensimmäisen joukossa."]), ""]
