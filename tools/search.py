"""The site's own search in the terminal: `python -m tools.search WORDS`.

It runs the same module as the reader's browser, in the JavaScript engine that Playwright
brings along, so that Node is not needed. The site must stand in build/tree.
`python -m tools.search --unfindable` lists the names that do not lead to their measure.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

from toolbox import search

TREE = Path("build") / "tree"
# Queries come in as JSON, so that nothing in them is a command to anybody.
SCRIPT = """
import { readFileSync } from "node:fs";
const [engine, data, limit] = process.argv.slice(1);
const { load } = await import("file://" + engine);
const index = await load(data);
const answer = (query) => {
  const started = performance.now();
  const hits = index.search(query, { limit: Number(limit) });
  return { ms: performance.now() - started, missing: hits.missing, weak: hits.weak, hits };
};
console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(answer)));
"""


def ask(engine: Path, data: Path, queries: Sequence[str], limit: int = 10) -> list[dict[str, Any]]:
    """What the search answers to each query: its hits, the words that nothing matches and the time it took."""
    node, _ = compute_driver_executable()
    command = [node, "--input-type=module", "--eval", SCRIPT, "--", str(engine.resolve()), str(data.resolve()), str(limit)]
    done = subprocess.run(command, check=True, input=json.dumps(list(queries)), stdout=subprocess.PIPE, text=True, encoding="utf-8")
    return json.loads(done.stdout)


def unfindable(engine: Path, data: Path) -> list[search.Unfound]:
    """The names that do not lead to their measure, as the build report tells them."""

    def run(queries: Sequence[str]) -> list[list[str]]:
        return [[hit["id"] for hit in answer["hits"]] for answer in ask(engine, data, queries)]

    return sorted(search.unfindable(search.unpacked(json.loads(data.read_text("utf-8"))), run))


def main(arguments: Sequence[str]) -> int:
    """Print the ten best hits, best first, with the reason of each. Returns the exit status."""
    engine, data = TREE / "assets" / "search" / "engine.js", TREE / "api" / "v1" / "search.json"
    if missing := [str(path) for path in (engine, data) if not path.exists()]:
        print(f"Haku ei ole vielä käytettävissä, puuttuu: {', '.join(missing)}", file=sys.stderr)
        return 1
    if list(arguments) == ["--unfindable"]:
        found = unfindable(engine, data)
        for one in found:
            print(f'{one.measure}: "{one.query}" ({one.field}) vie muualle: {", ".join(one.first) or "ei mihinkään"}')
        return 1 if found else 0
    words = " ".join(arguments)
    if not words.strip():
        print('Anna hakusanat: make search q="osasairauspäiväraha"', file=sys.stderr)
        return 1
    [answer] = ask(engine, data, [words])
    for hit in answer["hits"]:
        print(f"{hit['score']:8.2f}  {hit['kind']:<12}  {hit['id']:<48}  {hit['why']}: {hit['matched']}")
    if answer["missing"]:
        print(f"Näitä sanoja ei löytynyt: {', '.join(answer['missing'])}")
    if not answer["hits"]:
        print("Ei osumia.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
