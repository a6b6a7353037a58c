"""Lighthouse as on a phone, on a page of each kind: `python -m tools.lighthouse`. Needs Node."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools import browsing
from tools.browser import find

SITE = Path("site")
LIGHTHOUSE = "lighthouse@12.8.2"
# The least points, and of how many runs the median is taken.
POINTS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3
# The heaviest page of each kind that readers open most.
PAGES = ("", "keinot/", "keinot/sairauspaivaraha/", "tilanteet/enimmaisaika-300/", "alueet/kunnat/kouvola/", "toimijat/kela/",
         "yhdistelmat/", "laskurit/", "muutokset/")


def main() -> int:
    """Print the medians; returns 1 when one is below its limit, 2 when Node is missing."""
    if not shutil.which("npm"):
        print("Lighthouse tarvitsee Noden (npm).", file=sys.stderr)
        return 2
    folder = Path("build") / "audit"
    subprocess.run(["npm", "install", "--prefix", str(folder), "--no-save", "--ignore-scripts", "--silent", LIGHTHOUSE], check=True)
    report = folder / "lighthouse.json"
    command = [str(folder / "node_modules" / ".bin" / "lighthouse"), "--quiet", "--output=json", f"--output-path={report}",
               "--chrome-flags=--headless=new --no-sandbox"]
    with sync_playwright() as playwright:
        environment = {**os.environ, "CHROME_PATH": find(playwright)}
    low = False
    with browsing.serve(SITE, browsing.PackingHandler) as base:
        for address in PAGES:
            runs = []
            for _ in range(RUNS):
                subprocess.run([*command, base + address], check=True, env=environment)
                runs.append(json.loads(report.read_text("utf-8")))
            points = {name: 100 * statistics.median(run["categories"][name]["score"] or 0 for run in runs) for name in POINTS}
            shift = statistics.median(run["audits"]["cumulative-layout-shift"]["numericValue"] for run in runs)
            words = ", ".join(f"{name} {value:.0f}" for name, value in points.items())
            print(f"{'/' + address:36} {words}, layout shift {shift:.3f}", flush=True)
            low |= any(value < POINTS[name] for name, value in points.items())
    return int(low)


if __name__ == "__main__":
    raise SystemExit(main())
