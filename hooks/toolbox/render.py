"""Views to HTML. Autoescape is on, an unknown name in a template is an error."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from .hyphens import soften
from .wording import lower_first

TEMPLATES = Path(__file__).parent / "templates"
# What a data address in a style sheet may hold as it is; the rest is escaped.
_SAFE_IN_DATA = " ='/:,"


def relative(from_path: str, to: str) -> str:
    """A site path as seen from another page.

    `relative("keinot/palkkatuki/", "toimijat/kela/")` is `../../toimijat/kela/`.
    Web addresses and anchors stay as they are. A page path that begins with `/` (the page
    of unknown addresses, served anywhere) gets addresses from the root of the site.
    """
    if to.startswith("#") or urlsplit(to).scheme:
        return to
    if from_path.startswith("/"):
        return from_path + to
    return ("../" * from_path.count("/") + to) or "./"


def icon_style() -> str:
    """A style sheet with the drawing of every icon, so that no page carries drawings of its own.

    Drawings are masks: they take the colour of the text around them in every scheme.
    """
    rules = []
    for path in sorted((TEMPLATES / "icons").glob("*.svg")):
        drawing = re.search(r' d="([^"]+)"', path.read_text("utf-8")).group(1)
        svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><path d='{drawing}'/></svg>"
        rules.append(f'.k-{path.stem} {{ --drawing: url("data:image/svg+xml,{quote(svg, safe=_SAFE_IN_DATA)}"); }}\n')
    return "".join(rules)


def host(address: str) -> str:
    """www.kela.fi of https://www.kela.fi/kuntoutus"""
    return urlsplit(address).netloc.removeprefix("www.")


def slug(value: str) -> str:
    """Lower case ASCII for anchors: Ä → a, 0–9 → 0-9."""
    ascii_only = unicodedata.normalize("NFKD", value.replace("–", "-")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")


def anchor_letter(letter: str) -> str:
    """An anchor for a letter of the alphabet that keeps Å, Ä and Ö apart from A and O."""
    return {"Å": "ruotsalainen-o", "Ä": "ae", "Ö": "oe", "0–9": "numerot"}.get(letter, letter.lower())


class _Compiled(BytecodeCache):
    """Templates compiled once in a process: each build has an environment of its own, and compiling is a tenth of a build.

    Jinja compares the text of the template with what was compiled, so an edited template is compiled anew.
    """

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if found := self.code.get(bucket.key):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


@dataclass
class Drawings:
    """What was drawn last, kept while an editor works: what is drawn of the same values is not drawn again.

    Views are plain values, so equal views make the same page. Everything is drawn anew when a template
    or the table of hyphens changes.
    """

    ground: object = None
    kept: dict[tuple[str, str], tuple[Mapping[str, Any], str]] = field(default_factory=dict)

    def on(self, ground: object) -> None:
        """Begin a build on the given templates and tables."""
        if ground != self.ground:
            self.kept.clear()
        self.ground = ground

    def of(self, name: str, path: str, values: Mapping[str, Any], draw: Callable[[], str]) -> str:
        """The drawing of a template on a page: the last one, or a new one when the values are not the same."""
        last = self.kept.get((name, path))
        if last is None or last[0] != values:
            last = self.kept[name, path] = (values, draw())
        return last[1]


def environment(
    overrides: Path | None = None, compounds: Mapping[str, str] | None = None, drawings: Drawings | None = None
) -> Environment:
    """The Jinja environment of the pages; `overrides` adds the frames of the theme. `drawings` are those of the last build, if kept."""
    folders = [TEMPLATES, *([overrides] if overrides else [])]
    env = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    env.filters["host"] = host
    env.filters["slug"] = anchor_letter
    env.filters["lower_first"] = lower_first
    env.filters["soft"] = lambda value: soften(value, compounds or {})
    env.extend(drawings=drawings)
    if drawings:
        templates = sorted((str(path), path.stat().st_mtime_ns) for folder in folders for path in folder.rglob("*.html"))
        drawings.on((templates, dict(compounds or {})))
    return env


_SECTION_SIGN = re.compile(r"(\d(?: [a-z])?) §")


def unbroken(html: str) -> str:
    """The same page where a section sign never begins a line: 8 luku 5 a § keeps its last parts together."""
    return _SECTION_SIGN.sub(lambda found: f"{found[1]} §".replace(" ", "\u00a0"), html)


def render(env: Environment, template: str, page_path: str, **context: Any) -> str:
    """One page's article. `url` in the templates makes site paths relative to the page."""

    def draw() -> str:
        html = env.get_template(template).render(url=lambda to: relative(page_path, to), **context)
        return unbroken(html.strip()) + "\n"

    return drawn(env, template, page_path, context, draw)


def drawn(env: Environment, template: str, page_path: str, values: Mapping[str, Any], draw: Callable[[], str]) -> str:
    """What a template makes of the values on a page: the last drawing when the environment keeps it, else a new one."""
    return env.drawings.of(template, page_path, values, draw) if env.drawings else draw()
