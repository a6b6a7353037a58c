"""The slow checks of the whole built site: `python -m tools.audit [part of an address]`.

axe on every page in both colour schemes and both widths, with the errors of the console and
requests to other hosts. Then, where Node (and Java) are at hand, Lighthouse and the HTML checker.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools import browsing
from tools.browser import find

SITE = Path("site")
LIGHTHOUSE = "lighthouse@12.8.2"
VNU = "vnu-jar@26.9.27"
# The least points on a phone, and of how many runs the median is taken.
POINTS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3


def addresses(part: str) -> list[str]:
    """Every page of the site whose address contains the given part."""
    pages = (page.parent.relative_to(SITE).as_posix() for page in SITE.rglob("index.html"))
    return sorted(address for page in pages if part in (address := "" if page == "." else f"{page}/"))


def in_browser(base: str, pages: list[str]) -> Iterator[str]:
    """Faults that axe or the browser itself finds."""
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=find(playwright), args=browsing.LAUNCH) as browser:
        for width, scheme in product((390, 1280), ("light", "dark")):
            trouble: list[str] = []
            page = browsing.open_page(browser, trouble, width=width, scheme=scheme)
            for address in pages:
                page.goto(base + address)
                trouble += [f"{page.url}: {fault}" for fault in browsing.axe(page)]
            page.context.close()
            yield from (f"{width} px, {scheme}: {fault}" for fault in trouble)


def on_paper(base: str, pages: list[str]) -> Iterator[str]:
    """Guides that do not fit on their one sheet, and measures that take more than two."""
    limits = {"tilanteet": ("#arkki", 1), "keinot": ("", 2)}
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=find(playwright), args=browsing.LAUNCH) as browser:
        trouble: list[str] = []
        page = browsing.open_page(browser, trouble)
        for address in pages:
            kind, _, name = address.strip("/").partition("/")
            if kind not in limits or not name or "/" in name:
                continue
            anchor, limit = limits[kind]
            page.goto(base + address + anchor)
            if (found := browsing.sheets(page)) > limit:
                yield f"{address}{anchor}: {found} arkkia, rajana {limit}"
        page.context.close()


def install(*packages: str) -> Path:
    """The folder of programs that come as Node packages; their own install scripts are not run."""
    folder = Path("build") / "audit"
    subprocess.run(["npm", "install", "--prefix", str(folder), "--no-save", "--ignore-scripts", "--silent", *packages], check=True)
    return folder / "node_modules"


def html(programs: Path) -> Iterator[str]:
    """Errors of the HTML checker."""
    jar = programs / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--skip-non-html", "--errors-only", str(SITE)]
    yield from subprocess.run(command, check=False, capture_output=True, text=True).stderr.splitlines()


def lighthouse(programs: Path, base: str, pages: list[str]) -> Iterator[str]:
    """Points below the limits, on one page of each kind."""
    kinds = {(address.split("/")[0], address.count("/")): address for address in reversed(pages)}
    with sync_playwright() as playwright:
        environment = {**os.environ, "CHROME_PATH": find(playwright)}
    report = Path("build") / "audit" / "lighthouse.json"
    command = [str(programs / ".bin" / "lighthouse"), "--quiet", "--output=json", f"--output-path={report}",
               "--chrome-flags=--headless=new --no-sandbox"]
    for address in sorted(kinds.values()):
        runs = []
        for _ in range(RUNS):
            subprocess.run([*command, base + address], check=True, env=environment)
            runs.append(json.loads(report.read_text("utf-8"))["categories"])
        points = {name: 100 * statistics.median(run[name]["score"] or 0 for run in runs) for name in POINTS}
        print(f"  {base}{address} " + ", ".join(f"{name} {value:.0f}" for name, value in points.items()), flush=True)
        yield from (f"{address}: {name} {value:.0f}, rajana {POINTS[name]}" for name, value in points.items() if value < POINTS[name])


def main(part: str) -> int:
    """Run every check that this machine can run, and say which it can not. Returns the exit status."""
    pages = addresses(part)
    faults = []
    with browsing.serve(SITE) as base:
        print(f"Selaimessa {len(pages)} sivua, kaksi leveyttä ja kaksi väriteemaa …", flush=True)
        faults += in_browser(base, pages)
        print("Paperilla: tilanteet yhdelle arkille, keinot enintään kahdelle …", flush=True)
        faults += on_paper(base, pages)
        if not shutil.which("npm"):
            print("Ajamatta jäi Lighthouse ja HTML:n tarkistus: ne tarvitsevat Noden (npm).")
        else:
            programs = install(LIGHTHOUSE, VNU)
            print("Lighthouse …", flush=True)
            faults += lighthouse(programs, base, pages)
            if not shutil.which("java"):
                print("Ajamatta jäi HTML:n tarkistus: se tarvitsee Javan.")
            else:
                print("HTML:n tarkistus …", flush=True)
                faults += html(programs)
    print("\n".join(faults))
    print(f"{len(pages)} sivua, {len(faults)} vikaa")
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main(" ".join(sys.argv[1:])))
