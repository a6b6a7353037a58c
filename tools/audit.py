"""The slow checks of the whole built site: `python -m tools.audit [part of an address]`.

Every page in the browser: axe in both colour schemes and both widths with everything opened that
opens, errors of the console, breaches of the content security policy, requests to other hosts,
headings and landmarks, jumps of the layout, sideways scroll at 320 px also with the text spacing
of WCAG 1.4.12. Then, where Java is at hand, the HTML checker. A run over all pages writes its
figures to the accessibility statement; `tools.lighthouse` measures the page kinds.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools import browsing
from tools.browser import find

SITE = Path("site")
# How many pages one browser walks before it tells what it found.
BATCH = 30
STATEMENT = Path("docs") / "tietoa" / "saavutettavuus.md"
HEADING = "## Viimeisin tarkastus"
VNU = "vnu-jar@26.9.27"
WIDTHS, SCHEMES = (390, 1280), ("light", "dark")
# What may take how many sheets of paper.
SHEETS = {"tilanteet": [("#arkki", 1)], "keinot": [("", 2), ("#asiakkaalle", 1)]}
# A page may jump this much while it loads (the limit of "good" of Core Web Vitals is 0.1).
LAYOUT_SHIFT = 0.02
# WCAG 1.4.12: a reader's own spacing may not hide anything.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
WATCH = """
window.kkShift = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.kkShift += entry.value; })
  .observe({ type: 'layout-shift', buffered: true });
"""
# Everything opened; at the end of the page what floats over it has come to its own place. The page is then moved
# until no link is cut by the edge of the window or by the header that stays in view: that is where a reader has
# scrolled, not how big a link is.
OPEN_ALL = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  scrollTo(0, document.body.scrollHeight);
  const edge = document.querySelector('.kk-header')?.getBoundingClientRect().bottom ?? 0;
  const half = box => [0, edge].some(line => box.top < line && box.bottom > line);
  const cut = () => [...document.querySelectorAll('main :is(a, button, input, summary)')].some(one => half(one.getBoundingClientRect()));
  for (let moved = 0; moved < 900 && cut(); moved += 3) scrollBy(0, -3);
}"""
# One h1, no level left out, one main, names for landmarks of one kind, each id once.
STRUCTURE = """() => {
  const faults = [];
  const levels = [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter(h => h.checkVisibility()).map(h => Number(h.tagName[1]));
  if (levels.filter(level => level === 1).length !== 1) faults.push('h1-otsikoita ei ole yksi');
  levels.forEach((level, i) => { if (i && level > levels[i - 1] + 1) faults.push(`otsikkotaso hyppää ${levels[i - 1]} -> ${level}`); });
  if (document.querySelectorAll('main').length !== 1) faults.push('main ei ole yksi');
  const navs = [...document.querySelectorAll('nav')].filter(nav => nav.checkVisibility());
  const named = nav => nav.getAttribute('aria-label') || nav.getAttribute('aria-labelledby');
  if (navs.length > 1 && !navs.every(named)) faults.push('nav ilman nimeä');
  const seen = new Set();
  for (const one of document.querySelectorAll('[id]')) { if (seen.has(one.id)) faults.push(`id ${one.id} on kahdesti`); seen.add(one.id); }
  return [...new Set(faults)];
}"""
# A reader's own style is not the site's: a sheet made by script is outside its policy.
SIDEWAYS = """spacing => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(spacing);
  document.adoptedStyleSheets = [sheet];
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}"""


@dataclass
class Outcome:
    """What a part of the pages gave: faults in words, and how many checks were run and breaches found."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def addresses(part: str) -> list[str]:
    """Every page of the site whose address contains the given part. Short links only lead on, so they are left out."""
    pages = (page.parent.relative_to(SITE).as_posix() for page in SITE.rglob("index.html"))
    every = ("" if page == "." else f"{page}/" for page in pages)
    return sorted(address for address in every if part in address and not address.startswith("k/"))


def in_browser(base: str, pages: list[str]) -> Outcome:
    """Faults that axe or the browser itself finds on some pages. A page is loaded once; width and scheme change on it."""
    outcome = Outcome()
    trouble: list[str] = []
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=find(playwright), args=browsing.LAUNCH) as browser:
        page = browsing.open_page(browser, trouble, width=WIDTHS[0])
        page.add_init_script(WATCH)
        for address in pages:
            page.set_viewport_size({"width": WIDTHS[0], "height": 800})
            page.goto(base + address)
            if (shift := page.evaluate("() => window.kkShift")) > LAYOUT_SHIFT:
                trouble.append(f"{page.url}: sivu hyppää latautuessaan ({shift:.3f})")
            # A card for other sites is as wide as its frame; the site's own pages are seen on both widths.
            for width in WIDTHS[:1] if is_card(address) else WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                page.evaluate(OPEN_ALL)
                for scheme in SCHEMES:
                    page.emulate_media(color_scheme=scheme)
                    found = browsing.axe(page)
                    outcome.counts["axe"] += 1
                    outcome.counts["violations"] += len(found)
                    trouble += [f"{page.url}: {width} px, {scheme}: {fault}" for fault in found]
            outcome.counts["structure"] += 1
            trouble += [f"{page.url}: {fault}" for fault in page.evaluate(STRUCTURE)]
            # 320 px is a window of 1280 px at 400 %: once as it is, once with a reader's spacing.
            page.set_viewport_size({"width": 320, "height": 800})
            page.evaluate(OPEN_ALL)
            outcome.counts["narrow"] += 1
            for spacing, words in (("", ""), (SPACING, ", kun tekstin välit ovat suuret")):
                if (over := page.evaluate(SIDEWAYS, spacing)) > 0:
                    trouble.append(f"{page.url}: 320 px: vierii sivulle {over} px{words}")
        page.context.close()
        _paper(browser, base, pages, outcome)
    outcome.counts["csp"] += sum("Content Security Policy" in fault for fault in trouble)
    outcome.faults += trouble
    return outcome


def is_card(address: str) -> bool:
    """Whether an address is of a card to be embedded, not of a page of the site."""
    return address.startswith("upota/") and address != "upota/"


def _paper(browser: Browser, base: str, pages: list[str], outcome: Outcome) -> None:
    """Guides fit on their one sheet, measures on two and what the client takes home on one."""
    page = browsing.open_page(browser, outcome.faults)
    for address in pages:
        kind, _, name = address.strip("/").partition("/")
        if kind not in SHEETS or not name or "/" in name:
            continue
        for anchor, limit in SHEETS[kind]:
            page.goto(base + address + anchor)
            if anchor and not page.locator(anchor).count():
                continue
            outcome.counts["paper"] += 1
            if (found := browsing.sheets(page)) > limit:
                outcome.faults.append(f"paperilla: {address}{anchor}: {found} arkkia, rajana {limit}")
    page.context.close()


def html() -> Iterator[str]:
    """Errors of the HTML checker. It comes as a Node package whose own install scripts are not run."""
    folder = Path("build") / "audit"
    subprocess.run(["npm", "install", "--prefix", str(folder), "--no-save", "--ignore-scripts", "--silent", VNU], check=True)
    jar = folder / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", str(jar), "--skip-non-html", "--errors-only", str(SITE)]
    yield from subprocess.run(command, check=False, capture_output=True, text=True).stderr.splitlines()


def stated(statement: str, results: str) -> str:
    """The accessibility statement with the results under their heading in place of the former ones."""
    before, _, rest = statement.partition(HEADING)
    after = re.search(r"^## ", rest, re.MULTILINE)
    return f"{before}{HEADING}\n\n{results}\n\n{rest[after.start() :] if after else ''}"


def in_words(pages: int, counts: Counter[str], faults: int, day: date) -> str:
    """The results as the statement tells them."""
    number = lambda value: f"{value:,}".replace(",", " ")  # noqa: E731
    return (
        f"Koko sivusto käytiin läpi {day.day}.{day.month}.{day.year} Chromium-selaimella (`make audit`). "
        f"Sivuja oli {number(pages)}.\n\n"
        f"- axe-core ajettiin {number(counts['axe'])} kertaa: jokainen sivu 390 ja 1 280 pikselin leveydellä, vaaleana ja tummana, "
        "upotettavat kortit 390 pikselin leveydellä, "
        f"kaikki avattava avattuna. Rikkomuksia oli {number(counts['violations'])}.\n"
        f"- Otsikot, maamerkit ja tunnisteet tarkistettiin {number(counts['structure'])} sivulta.\n"
        f"- 320 pikselin leveydellä (400 prosentin suurennos) tarkistettiin {number(counts['narrow'])} sivua, "
        "myös lukijan omilla tekstiväleillä.\n"
        f"- Tulosteita tarkistettiin {number(counts['paper'])}: tilanteen ohje yhdelle arkille, keino enintään kahdelle "
        "ja asiakkaan osuus siitä yhdelle.\n"
        f"- Suojauskäytännön rikkomuksia selaimessa oli {number(counts['csp'])}.\n"
        f"- Vikoja oli yhteensä {number(faults)}."
    )


def main(part: str) -> int:
    """Run every check that this machine can run, and say which it can not. Returns the exit status."""
    pages = addresses(part)
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with browsing.serve(SITE) as base:
        print(f"Selaimessa {len(pages)} sivua, kaksi leveyttä ja kaksi väriteemaa …", flush=True)
        batches = [pages[start : start + BATCH] for start in range(0, len(pages), BATCH)]
        with ProcessPoolExecutor(os.cpu_count() or 1) as pool:
            # The walk is long: what is found is told as it goes, so that mending can begin.
            for number, outcome in enumerate(pool.map(in_browser, [base] * len(batches), batches), 1):
                counts += outcome.counts
                faults += outcome.faults
                print(*sorted(outcome.faults), f"{min(number * BATCH, len(pages))}/{len(pages)}", sep="\n", flush=True)
    if shutil.which("npm") and shutil.which("java"):
        print("HTML:n tarkistus …", flush=True)
        for error in html():
            print(error)
            faults.append(error)
    else:
        print("Ajamatta jäi HTML:n tarkistus: se tarvitsee Noden (npm) ja Javan.")
    results = in_words(len(pages), counts, len(faults), date.today())
    print(results)
    if not part:
        STATEMENT.write_text(stated(STATEMENT.read_text("utf-8"), results), "utf-8", newline="\n")
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main(" ".join(sys.argv[1:])))
