"""Measures what the budgets promise and tells each as a share of its limit: `python -m tools.bench`.

Times depend on the machine, so the build is compared with plain Material for MkDocs
with the same number of pages and a pruned navigation, built in the same run.
"""

from __future__ import annotations

import contextlib
import gzip
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from . import browsing, search_bench, theme_search

ROUNDS = 5
PATIENCE = 60  # seconds
PAUSE = 4  # seconds in which an editor reads what came and the server writes the data files
MKDOCS = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir"]
PLAIN = """
site_name: Plain
theme: {name: material, language: fi, font: false, features: [navigation.prune]}
plugins: [search]
"""


def seconds(*commands: tuple[list[str], Path]) -> list[float]:
    """The median time of each command, run in its folder. They take turns, so that other load on the machine meets all alike."""
    times: list[list[float]] = [[] for _ in commands]
    for _ in range(ROUNDS + 1):
        for taken, (command, folder) in zip(times, commands, strict=True):
            start = time.perf_counter()
            result = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
            taken.append(time.perf_counter() - start)
            if result.returncode:
                raise SystemExit(result.stdout + result.stderr)
    # The first round only fills the caches.
    return [statistics.median(taken[1:]) for taken in times]


def plain_project(folder: Path, site: Path) -> list[Path]:
    """Make a project of plain Material whose pages are as many as ours and have our words on them. Returns our pages."""
    (folder / "mkdocs.yml").write_text(PLAIN, "utf-8")
    # Short links and cards are no pages of the theme: they are written as they are.
    bare = ("k", "upota")
    pages = [page for page in sorted(site.rglob("index.html")) if page.relative_to(site).parts[0] not in bare]
    for page in pages:
        main = page.read_text("utf-8").partition("<main")[2].partition(">")[2].partition("</main>")[0]
        title = re.search(r"<h1[^>]*>(.*?)</h1>", main, re.DOTALL)
        name = re.sub(r"<[^>]+>|\u00ad", "", title[1]).strip() if title else "Sivu"
        words = re.sub(r"<[^>]+>", " ", main)
        target = folder / "docs" / page.relative_to(site).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# {name}\n\n" + re.sub(r"\s*\n\s*", "\n\n", words), "utf-8")
    return pages


def grown_project(root: Path, folder: Path, times: int) -> Path:
    """A copy of the project with `times` as many measures: each that is in force again under a name of its own."""
    for part in ("hooks", "overrides", "data", "docs"):
        shutil.copytree(root / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", folder)
    services = folder / "data" / "services.yaml"
    head, *measures = re.split(r"(?m)^(?=- id: )", services.read_text("utf-8"))
    current = (one for one in measures if not re.search(r"(?m)^  status: ", one))
    bare = [re.sub(r"(?m)^  (?:synonyms|ambiguous|no_guide):.*\n(?:  - .*\n)*", "", one) for one in current]
    told = "no_guide: Kopio mittausta varten."
    copies = [
        re.sub(r"(?m)\A- id: (.+)$", rf"- id: \1-{n}\n  {told}", re.sub(r"(?m)^    fi: (.+)$", rf"    fi: Kopio {n} \1", one, count=1))
        for n in range(2, times + 1)
        for one in (re.sub(r'(?m)^    fi: "(.+)"$', r"    fi: \1", text) for text in bare)
    ]
    services.write_text(head + "".join(measures) + "\n" + "".join(copies), "utf-8")
    return folder


def cost(command: list[str], folder: Path) -> tuple[float, float]:
    """Processor seconds and the largest resident memory (MB) of one run, as the system counts them."""
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = child.stderr.read().decode() if child.stderr else ""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(errors)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


def edit(project: Path) -> float:
    """Median seconds from saving one record to its new page from `mkdocs serve`. A browser with the page open reloads then."""
    port = browsing.free_port()
    services = project / "data" / "services.yaml"
    measure = re.search(r"(?m)^- id: (.+)$", services.read_text("utf-8"))
    if not measure:
        raise SystemExit(f"{services}: ei keinoja")
    address = f"http://127.0.0.1:{port}/keinot/{measure[1]}/"

    def until_there(word: str) -> float:
        start = time.perf_counter()
        while time.perf_counter() - start < PATIENCE:
            with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                if word in answer.read().decode():
                    return time.perf_counter() - start
            time.sleep(0.02)
        raise SystemExit(f"{address}: sanaa {word} ei näy")

    command = [sys.executable, "-m", "mkdocs", "serve", "--strict", "--dev-addr", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            until_there("<h1")
            taken = []
            for word in ("Ensikoe", "Toiskoe", "Kolmaskoe"):
                time.sleep(PAUSE)
                text = services.read_text("utf-8")
                services.write_text(re.sub(r"(?m)^  summary: (?:\w+koe )?", f"  summary: {word} ", text, count=1), "utf-8")
                taken.append(until_there(word))
        finally:
            server.terminate()
    return statistics.median(taken)


def growth(root: Path, scratch: Path) -> list[tuple[int, int, float, float]]:
    """(times, measures, processor seconds, MB) of whole builds of ever larger data."""
    rows = []
    for times in (1, 2, 5, 10):
        project = grown_project(root, scratch / f"grown-{times}", times)
        runs = [cost([*MKDOCS, str(scratch / f"site-{times}")], project) for _ in range(3)]
        count = (project / "data" / "services.yaml").read_text("utf-8").count("\n- id: ")
        rows.append((times, count, statistics.median(run[0] for run in runs), max(run[1] for run in runs)))
        shutil.rmtree(scratch / f"site-{times}")
    return rows


def report(rows: list[tuple[str, float, float]], grown: list[tuple[int, int, float, float]], found: list[str]) -> str:
    """The measurements as a page of the site."""
    first = grown[0]
    exponent = math.log(grown[-1][2] / first[2]) / math.log(grown[-1][1] / first[1])
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} ydintä, Python {platform.python_version()}"
    lines = [
        "---", "title: Mittaukset", "description: Sivuston nopeus ja koko rajoihin verrattuna.", f"reviewed: {date.today()}", "---", "",
        "# Mittaukset", "", f"Mitattu {date.today():%-d.%-m.%Y} koneella: {machine}. Komento `make bench` mittaa uudelleen.",
        "Ajat riippuvat koneesta, siksi niitä verrataan samassa ajossa pelkkään Material-teemaan.", "",
        "| Mitä | Tulos | Raja |", "|---|---|---|",
        *[f"| {name} | {value:.2f} | {limit:g} |" for name, value, limit in rows], "", *found,
        "## Kasvu", "", f"Kun keinoja on enemmän, aika kasvaa potenssiin {exponent:.2f} (1 on suora kasvu).", "",
        "| Keinoja | Suoritinaikaa, s | Suhde | Muistia, Mt |", "|---|---|---|---|",
        *[f"| {count} | {taken:.1f} | {taken / first[2]:.1f} | {memory:.0f} |" for _, count, taken, memory in grown],
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def first_load(site: Path, page: Path) -> int:
    """Bytes, compressed, of a page and the files that its HTML and its style sheets ask for."""
    source, base = page.read_text("utf-8"), "/" + page.relative_to(site).as_posix()
    wanted = re.findall(r'<(?:script|img)[^>]* src="([^"]+)"', source)
    wanted += re.findall(r'<link[^>]* rel="(?:stylesheet|preload|icon)"[^>]* href="([^"]+)"', source)
    total, seen = len(gzip.compress(source.encode())), set()
    for address in wanted:
        place = site / unquote(urlsplit(urljoin(base, address)).path).lstrip("/")
        if place.is_file() and place not in seen:
            seen.add(place)
            content = place.read_bytes()
            total += len(content) if place.suffix == ".woff2" else len(gzip.compress(content))
    return total


def main() -> int:
    """Print each measurement. Returns 1 when a limit is exceeded."""
    root = Path.cwd()
    rows: list[tuple[str, float, float]] = []
    with tempfile.TemporaryDirectory() as scratch:
        site, plain = Path(scratch) / "site", Path(scratch) / "plain"
        subprocess.run([*MKDOCS, str(site)], check=True, capture_output=True)
        plain.mkdir()
        pages = plain_project(plain, site)
        ours, theirs, check = seconds(
            ([*MKDOCS, str(site)], root),
            ([*MKDOCS, str(Path(scratch) / "plain-site")], plain),
            ([sys.executable, "-m", "toolbox", "check"], root),
        )
        measures = [page for page in pages if page.parent.parent.name == "keinot"]
        ratio = f"koko sivusto, {len(pages)} sivua, verrattuna pelkkään Materialiin ({ours:.2f} s / {theirs:.2f} s)"
        rows.append((ratio, ours / theirs, 1))
        rows.append(("make check, s", check, 2))
        one = grown_project(root, Path(scratch) / "edited", 1)
        rows.append(("muutos yhteen tietoon, kunnes make serve antaa uuden sivun, s", edit(one), 3))
        rows.append(("raskain keinosivu ensi kerralla, kt pakattuna", max(first_load(site, page) for page in measures) / 1000, 100))
        rows.append(("suurin keinosivun HTML, kt", max(page.stat().st_size for page in measures) / 1000, 40))
        searched = (site / "api" / "v1" / "search.json", site / "assets" / "search" / "engine.js")
        rows.append(
            ("haun tiedot ja ohjelma, kt pakattuna", sum(len(gzip.compress(file.read_bytes(), 9)) for file in searched) / 1000, 150)
        )
        queries = search_bench.from_file(search_bench.SETS / "practice.yaml", "", frozenset(path.parent.name for path in pages))
        typed = theme_search.typing(site, [query.text for query in queries])
        rows.append(("kirjaimesta ehdotuksiin neljä kertaa hidastettuna, p95, ms", theme_search.at(typed, 0.95), 50))
        found = [*theme_search.measured(site, Path(scratch) / "plain-site", queries, typed), *theme_search.unfindable(site)]
        grown = growth(root, Path(scratch))
    for name, value, limit in rows:
        print(f"{value:8.2f}  {value / limit:5.0%} rajasta {limit:g}  {name}")
    print("\n".join(found))
    for times, count, taken, memory in grown:
        print(f"{times:3d} x  {count:5d} keinoa  {taken:6.1f} s  {memory:5.0f} Mt  suhde {taken / grown[0][2]:.1f}")
    (root / "docs" / "tietoa" / "mittaukset.md").write_text(report(rows, grown, found), "utf-8")
    return int(any(value > limit for _, value, limit in rows))


if __name__ == "__main__":
    os.environ.update(NO_MKDOCS_2_WARNING="1", DISABLE_MKDOCS_2_WARNING="true")
    raise SystemExit(main())
