"""Checks the addresses of the data politely and tells what was found: `python -m tools.links`.

One request at a time to a host with a pause between, HEAD first and GET only when HEAD is not
answered well, `robots.txt` obeyed, no body read. What was fine is not asked again for a week:
the memory is `build/links.json`. A server that refuses or is silent is unknown, not broken.
Never fails: links of others break without any fault of ours.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
import urllib.robotparser
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from toolbox import catalogue, text, wording
from toolbox.review import ledger
from toolbox.rules import texts_of

# Says what it is and nothing of a person; the address of the site is added when it is known.
AGENT = "kaikki-keinot-links/1.0"
PAUSE = 1.0  # seconds between two requests to one host
TIMEOUT = 20.0  # seconds for one answer
HOSTS = 8  # hosts asked side by side
KEEP_DAYS = 6  # what was fine is asked again after these
SILENT_DAYS = 30  # after these an address that has not answered is told apart
HOPS = 5
GONE = (404, 410)
STATES = {"ok": "kunnossa", "moved": "muuttanut", "gone": "poissa", "unknown": "ei selvinnyt", "skipped": "ei kysytty"}


@dataclass(frozen=True)
class Found:
    """What is known of one address.

    `state` is a key of STATES; `since` is the day from which it has been in that state, `checked`
    the day of the last request, `to` where it has moved for good and `why` what the server said.
    """

    state: str
    checked: str
    since: str
    why: str = ""
    to: str = ""


@dataclass(frozen=True)
class Asker:
    """How to ask. Tests give their own pause and clock of waiting."""

    agent: str = AGENT
    timeout: float = TIMEOUT
    pause: float = PAUSE
    sleep: Callable[[float], None] = time.sleep


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


_opener = urllib.request.build_opener(_NoRedirect)


def addresses(c: catalogue.Catalogue) -> dict[str, list[str]]:
    """Every web address of the data without its fragment, and where it stands (`file:line`), in the order of the files."""
    found: dict[str, list[str]] = defaultdict(list)

    def add(url: str | None, key: str, record_id: str, path: str) -> None:
        if url and url.startswith(("http://", "https://")):
            origin = c.origin(key, record_id)
            place = f"{origin.file}:{origin.line(path)}"
            if place not in found[urldefrag(url).url]:
                found[urldefrag(url).url].append(place)

    for sort in catalogue.SORTS:
        for record_id, record in getattr(c, sort.key).items():
            for path, url in _urls(record.model_dump(mode="json"), ""):
                add(url, sort.key, record_id, path)
            if sort.key in (*ledger.REVIEWED, "changes", "combinations", "lookups", "retired"):
                for path, one in texts_of(record):
                    for target in text.links_in(one):
                        add(target, sort.key, record_id, path)
    return dict(found)


def _urls(value, path: str) -> Iterator[tuple[str, str]]:
    """Field path and value of every field that is an address."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _urls(one, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for i, one in enumerate(value):
            yield from _urls(one, f"{path}[{i}]")
    elif isinstance(value, str) and value.startswith(("http://", "https://")):
        yield path, value


def check(asker: Asker, url: str, today: date) -> Found:
    """Ask for one address. Redirects are followed by hand, to know which of them are for good."""
    day, at, lasting = today.isoformat(), url, True
    for _ in range(HOPS):
        status, target = _answer(asker, at)
        if isinstance(status, str):
            return Found("unknown", day, day, status)
        if target:
            lasting = lasting and status in (301, 308)
            at = urljoin(at, target)
            if urlsplit(at).scheme not in ("http", "https"):
                return Found("unknown", day, day, "ohjaa muualle kuin verkkosivulle")
            asker.sleep(asker.pause)
            continue
        if status in GONE:
            return Found("gone", day, day, str(status))
        if 200 <= status < 300:
            moved = at != url and lasting
            return Found("moved" if moved else "ok", day, day, str(status), at if moved else "")
        return Found("unknown", day, day, str(status))
    return Found("unknown", day, day, "liian monta ohjausta")


def _answer(asker: Asker, url: str) -> tuple[int | str, str]:
    """The status (or why there is none) and the target of a redirect."""
    status: int | str = ""
    for number, method in enumerate(("HEAD", "GET")):
        if number:
            asker.sleep(asker.pause)
        status, target = _request(asker, method, url)
        # Many servers know no HEAD; a limit on requests is not asked around.
        if isinstance(status, int) and (status < 400 or status == 429):
            return status, target
    return status, ""


def _request(asker: Asker, method: str, url: str) -> tuple[int | str, str]:
    address = quote(url, safe=":/?&=#%+,;@!$'()*[]~")
    try:
        request = urllib.request.Request(address, method=method, headers={"User-Agent": asker.agent, "Accept": "*/*"})  # noqa: S310
        with _opener.open(request, timeout=asker.timeout) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as error:
        with error:
            target = error.headers.get("Location", "") if 300 <= error.code < 400 else ""
        return error.code, target
    except TimeoutError:
        return "ei vastannut ajoissa", ""
    except urllib.error.URLError as error:
        return "ei vastannut ajoissa" if isinstance(error.reason, TimeoutError) else "yhteyttä ei saatu", ""
    except (OSError, ValueError, http.client.HTTPException):
        return "yhteyttä ei saatu", ""


def _robots(asker: Asker, root: str) -> urllib.robotparser.RobotFileParser:
    """The rules of a host. No file means that all is allowed."""
    rules = urllib.robotparser.RobotFileParser()
    rules.allow_all = True
    try:
        request = urllib.request.Request(f"{root}/robots.txt", headers={"User-Agent": asker.agent})  # noqa: S310
        with urllib.request.urlopen(request, timeout=asker.timeout) as answer:  # noqa: S310
            lines = answer.read(200_000).decode("utf-8", "replace").splitlines()
        rules.allow_all = False
        rules.parse(lines)
    except (OSError, ValueError, http.client.HTTPException):
        pass
    return rules


def check_host(asker: Asker, root: str, urls: list[str], today: date) -> dict[str, Found]:
    """All addresses of one host, one after another. Stops when the host asks to wait or does not answer at all."""
    day, found = today.isoformat(), {}
    rules = _robots(asker, root)
    silent = 0
    for url in urls:
        if not rules.can_fetch(asker.agent, url):
            found[url] = Found("skipped", day, day, "robots.txt kieltää")
            continue
        if silent >= 3 or any(one.why == "429" for one in found.values()):
            found[url] = Found("skipped", day, day, "palvelin pyysi odottamaan" if silent < 3 else "palvelin ei vastaa")
            continue
        asker.sleep(asker.pause)
        found[url] = check(asker, url, today)
        silent = silent + 1 if found[url].state == "unknown" and not found[url].why.isdigit() else 0
    return found


def run(urls: list[str], memory: Mapping[str, Found], today: date, asker: Asker) -> dict[str, Found]:
    """What is known of each address after asking those that are due. `memory` is what was known before."""
    due: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        before = memory.get(url)
        fresh = before and before.state in ("ok", "moved") and (today - date.fromisoformat(before.checked)).days <= KEEP_DAYS
        if not fresh:
            parts = urlsplit(url)
            due[f"{parts.scheme}://{parts.netloc}"].append(url)
    with ThreadPoolExecutor(HOSTS) as pool:
        parts = pool.map(lambda host: check_host(asker, host[0], host[1], today), due.items())
        asked = {url: found for part in parts for url, found in part.items()}
    known = {}
    for url in urls:
        now, before = asked.get(url), memory.get(url)
        if now is None:
            known[url] = before
        elif before and before.state == now.state:
            known[url] = replace(now, since=before.since)
        else:
            known[url] = now
    return known


def read_memory(path: Path) -> dict[str, Found]:
    """The memory, or an empty one when there is none or it can not be read."""
    try:
        return {url: Found(**row) for url, row in json.loads(path.read_text("utf-8")).items() if date.fromisoformat(row["checked"])}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def report(known: Mapping[str, Found], places: Mapping[str, list[str]], today: date) -> str:
    """The findings as Markdown that reads well as text too: what to mend first."""
    counts = Counter(found.state for found in known.values())
    lines = [
        f"# Linkit {wording.day(today)}",
        "",
        f"{len(known)} osoitetta: " + ", ".join(f"{words} {counts[state]}" for state, words in STATES.items() if counts[state]) + ".",
    ]
    late = {
        url: found
        for url, found in known.items()
        if found.state in ("unknown", "skipped") and (today - date.fromisoformat(found.since)).days >= SILENT_DAYS
    }
    parts = (
        ("Poissa: etsi uusi osoite tai poista", {u: f for u, f in known.items() if f.state == "gone"}),
        ("Muuttanut pysyvästi: vaihda osoite", {u: f for u, f in known.items() if f.state == "moved"}),
        ("Ei ole selvinnyt kuukauteen: avaa itse", late),
        ("Ei selvinnyt nyt: kysytään ensi kerralla uudelleen", {u: f for u, f in known.items() if f.state == "unknown" and u not in late}),
    )
    for title, found in parts:
        if found:
            lines += ["", f"## {title} ({len(found)})", ""]
            for url, one in found.items():
                target = f" → <{one.to}>" if one.to else ""
                since = f", {wording.day(date.fromisoformat(one.since))} alkaen" if one.since != today.isoformat() else ""
                lines.append(f"- <{url}>{target} ({one.why}{since}): {', '.join(places.get(url, ())[:3])}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Ask, remember, report. Always 0: links never stop a build."""
    parser = argparse.ArgumentParser(prog="links", description="Tarkistaa tietojen verkko-osoitteet rauhallisesti.")
    parser.add_argument("--out", type=Path, default=Path("build"), help="kansio, johon muisti ja raportti kirjoitetaan")
    parser.add_argument("--limit", type=int, default=0, help="enintään näin monta osoitetta (0: kaikki)")
    parser.add_argument("--only", default="", help="vain osoitteet, joissa on tämä teksti")
    options = parser.parse_args()
    c, _ = catalogue.load(Path("data"))
    if c is None:
        print("Tietoja ei voi lukea: aja make check", file=sys.stderr)
        return 0
    today = date.fromisoformat(os.environ["KK_TODAY"]) if os.environ.get("KK_TODAY") else date.today()
    places = addresses(c)
    urls = [url for url in places if options.only in url][: options.limit or None]
    site = os.environ.get("KK_SITE_URL", "")
    memory_file = options.out / "links.json"
    memory = read_memory(memory_file)
    known = run(urls, memory, today, Asker(agent=f"{AGENT} (+{site})" if site else AGENT))
    options.out.mkdir(parents=True, exist_ok=True)
    memory_file.write_text(json.dumps({u: asdict(f) for u, f in {**memory, **known}.items()}, ensure_ascii=False, indent=0) + "\n", "utf-8")
    told = report(known, places, today)
    (options.out / "links.md").write_text(told, "utf-8")
    print(told, end="")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
