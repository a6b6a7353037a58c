"""The site as one zip that works from a folder or a memory stick, without a server.

Under file: a folder has no first page, modules are not loaded and nothing is fetched. So every link
names its `index.html`, the modules are joined into one classic script, and the data they fetch is
shipped as scripts too. All of it is made from the same pages and modules; nothing is written twice.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from .. import publish, wording
from ..opendata import sheets
from ..problems import DataError, Problem
from ..render import TEMPLATES
from ..site import ASSET_FOLDERS, Site

FOLDER = "kaikki-keinot/"
BUNDLE = "offline/modules.js"
README = "LUE-MINUT.txt"
# Short addresses and the map for search engines belong to the net.
LEFT_OUT = ("k/", "robots.txt", "opensearch.xml")

_ADDRESS = re.compile(r'(?<= )(href|action|src)="([^"]*)"')
_MODULE = re.compile(r'<script type="module" src="((?:\.\./)*(?:\./)?)assets/([^"?]+)(?:\?[^"]*)?"></script>')
# A font is asked for across origins, which no browser allows under file:. The style sheet still finds it.
_PRELOAD = re.compile(r"<link rel=\"(?:preload|search)\"[^>]*>\n?")
_DATA = re.compile(r'data-kk-[a-z-]+="(?:\.\./)*(?:\./)?api/v1/([^"]+\.json)"')

_IMPORT = re.compile(r'^import (\{[^}]*\}|\* as \w+) from "(\.[^"]+)";$', re.MULTILINE)
_DYNAMIC = re.compile(r'\bimport\("(\.[^"]+)"\)')
_EXPORT = re.compile(r"^export (?:async )?(?:function\*? |const |let |class )(\w+)", re.MULTILINE)
_LEFT = re.compile(r"^\s*(?:import|export)\b.*$", re.MULTILINE)


def archive(made: Site, overrides: Path) -> bytes:
    """The zip. The same site gives the same bytes. Raises DataError when a module has a form that can not be joined."""
    day = wording.day(made.today)
    site = replace(made, settings=replace(made.settings, copied=day, policy=True))
    return sheets.packed({FOLDER + name: content for name, content in sorted(files(site, overrides))})


def file_name(made: Site) -> str:
    """kaikki-keinot-2026-11-23.zip"""
    return f"kaikki-keinot-{made.today.isoformat()}.zip"


def files(site: Site, overrides: Path) -> Iterator[tuple[str, str | bytes]]:
    """(address, content) of every file of the copy."""
    data = publish.data_files(site)
    asked: set[str] = set()
    entries: set[str] = set()
    for page in site.pages:
        document = site.document(page)
        asked.update(_DATA.findall(document))
        entries.update(name for _, name in _MODULE.findall(document))
        yield f"{page.path}index.html", local(document)
    for name, content in data.items():
        if not name.startswith(LEFT_OUT):
            yield name, local(content) if name.endswith(".html") else content
    modules = {}
    for path in sorted(path for folder in ASSET_FOLDERS for path in (overrides / folder).rglob("*") if path.is_file()):
        name = path.relative_to(overrides).as_posix()
        module = name.removeprefix("assets/")
        # What is no module (the scheme before the first paint) stays a script of its own.
        if path.suffix == ".js" and (module in entries or _is_module(path)):
            modules[module] = path.read_text("utf-8")
        else:
            yield name, path.read_bytes()
    yield BUNDLE, bundle(modules, sorted(asked))
    for name in sorted(entries):
        yield f"offline/run/{name}", f'kkOffline.use("{name}");\n'
    for name in sorted(asked):
        yield f"offline/{name}.js", f'kkOffline.give("{name}", {data[f"api/v1/{name}"].strip()});\n'
    yield README, _readme(wording.day(site.today))


def _is_module(path: Path) -> bool:
    return bool(re.search(r"^(?:import|export) ", path.read_text("utf-8"), re.MULTILINE))


def local(document: str) -> str:
    """A page whose links name their files and whose modules come from the joined script."""
    document = _PRELOAD.sub("", document)
    document = _ADDRESS.sub(lambda match: f'{match[1]}="{explicit(match[2])}"', document)
    first = True

    def script(match: re.Match[str]) -> str:
        nonlocal first
        ground = f'<script defer src="{match[1]}{BUNDLE}"></script>\n' if first else ""
        first = False
        return f'{ground}<script defer src="{match[1]}offline/run/{match[2]}"></script>'

    return _MODULE.sub(script, document)


def explicit(address: str) -> str:
    """An address of ours with the file it means: `../keinot/#a` → `../keinot/index.html#a`."""
    if not address or address[0] in "#?" or urlsplit(address).scheme or address.startswith("//"):
        return address
    path, rest = re.fullmatch(r"([^?#]*)(.*)", address, re.DOTALL).groups()
    if path in (".", "..") or path.endswith("/.."):
        path += "/"
    return f"{path}index.html{rest}" if path.endswith("/") else address


def bundle(modules: Mapping[str, str], data: Sequence[str] = ()) -> str:
    """All modules as functions of one classic script, and the names of the data they may ask for.

    A form of module that is not known is an error, not a broken copy.
    """
    parts = [(TEMPLATES / "offline.js").read_text("utf-8"), f"kkOffline.has({json.dumps(data)});\n"]
    for name, source in modules.items():
        at = lambda to, name=name: posixpath.normpath(posixpath.join(posixpath.dirname(name), to))  # noqa: E731

        def static(match: re.Match[str], at=at) -> str:
            names = match[1].removeprefix("* as ")
            return f'const {re.sub(r" as ", ": ", names)} = kkOffline.use("{at(match[2])}");'

        exported = _EXPORT.findall(source)
        body = _IMPORT.sub(static, source)
        body = _DYNAMIC.sub(lambda match, at=at: f'Promise.resolve().then(() => kkOffline.use("{at(match[1])}"))', body)
        body = _EXPORT.sub(lambda match: match[0].removeprefix("export "), body)
        body = body.replace("import.meta.url", f'kkOffline.at("{name}")')
        if left := _LEFT.search(body):
            raise DataError(
                [Problem(f"assets/{name}", 0, f"moduulia ei voi liittää kopioon: {left[0].strip()}", "käytä tavallista muotoa")]
            )
        give = f"Object.assign(exports, {{ {', '.join(exported)} }});" if exported else ""
        # Functions are hoisted, so a module in a circle finds them; constants come when the module has run.
        parts.append(f'kkOffline.define("{name}", (exports, URL, fetch, history) => {{\n{body}\n{give}\n}});\n')
    return "\n".join(parts)


def _readme(day: str) -> str:
    return (
        f"Kaikki keinot käyttöön – kopio {day}\n\n"
        "1. Pura zip-tiedosto kansioon tai muistitikulle.\n"
        "2. Avaa kansiosta index.html selaimella.\n\n"
        "Kopio toimii ilman verkkoa. Se ei päivity: tarkista tärkeä asia siltä, joka päättää.\n"
        "Linkit muiden sivustoille tarvitsevat verkon. Keinojen vertailu, lyhyet linkit, upotukset ja syötteiden tilaus\n"
        "toimivat vain verkkosivulla.\n"
        "Lisenssi: CC BY 4.0, Kaikki keinot käyttöön.\n"
    )
