"""The site's own search in the terminal: `python -m tools.search WORDS`.

It runs the same module as the reader's browser, in the JavaScript engine that Playwright
brings along, so that Node is not needed. The site must stand in build/tree.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

TREE = Path("build") / "tree"
# The data goes in as a data: address, because fetch does not read files.
SCRIPT = """
import { readFileSync } from "node:fs";
const [engine, data, words] = process.argv.slice(1);
const { load } = await import("file://" + engine);
const index = await load("data:application/json;base64," + readFileSync(data).toString("base64"));
for (const hit of index.search(words, { limit: 10 })) console.log(`${hit.score.toFixed(2)}  ${hit.kind}  ${hit.id}`);
"""


def main(words: str) -> int:
    """Print the ten best hits, best first. Returns the exit status."""
    engine, data = TREE / "assets" / "search" / "engine.js", TREE / "api" / "v1" / "search.json"
    if missing := [str(path) for path in (engine, data) if not path.exists()]:
        print(f"Haku ei ole vielä käytettävissä, puuttuu: {', '.join(missing)}", file=sys.stderr)
        return 1
    if not words.strip():
        print('Anna hakusanat: make search q="osasairauspäiväraha"', file=sys.stderr)
        return 1
    node, _ = compute_driver_executable()
    command = [node, "--input-type=module", "--eval", SCRIPT, "--", str(engine.resolve()), str(data.resolve()), words]
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(" ".join(sys.argv[1:])))
