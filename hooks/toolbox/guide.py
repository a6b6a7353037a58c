"""Pages written by hand: Markdown with a head, raw HTML shown as text, safe links only."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

import markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from .problems import Problem
from .reader import read_text
from .text import safe_address

_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """A page written by hand: its address, head and Markdown body."""

    file: str
    path: str
    title: str
    description: str
    reviewed: date | None
    body: str


def read_texts(docs: Path) -> tuple[tuple[Text, ...], tuple[Problem, ...]]:
    """All Markdown files of a folder as pages; a broken head is a problem."""
    texts, problems = [], []
    for file in sorted(docs.rglob("*.md")):
        shown = f"{docs.name}/{file.relative_to(docs).as_posix()}"
        source = file.read_text("utf-8-sig").replace("\r\n", "\n")
        head = _HEAD.match(source)
        document, found = read_text(head.group(1), shown) if head else (None, ())
        problems += found
        values = document.value if document and isinstance(document.value, dict) else {}
        if not values.get("title") or not values.get("description"):
            problems.append(
                Problem(shown, 1, "sivun alusta puuttuu title tai description", "aloita sivu riveillä ---, title:, description:, ---")
            )
            continue
        try:
            reviewed = date.fromisoformat(values["reviewed"]) if "reviewed" in values else None
        except ValueError:
            problems.append(Problem(shown, 1, f'"{values["reviewed"]}" ei ole päivämäärä', "kirjoita muodossa 2026-11-22"))
            continue
        address = file.relative_to(docs).with_suffix("").as_posix()
        address = "" if address == "index" else address.removesuffix("/index") + "/"
        texts.append(Text(shown, address, values["title"], values["description"], reviewed, source[head.end() :]))
    return tuple(texts), tuple(problems)


class _Links(Treeprocessor):
    def __init__(self, md: markdown.Markdown, url: Callable[[str], str]) -> None:
        super().__init__(md)
        self.url = url

    def run(self, root):
        for element in root.iter("a"):
            target = element.get("href", "")
            if target.startswith("/"):
                element.set("href", self.url(target[1:]))
            elif not target.startswith("#") and not safe_address(target):
                del element.attrib["href"]


def to_html(page: Text, url: Callable[[str], str]) -> Markup:
    """The body as HTML. Links to own pages are site paths from the root: `/keinot/`."""
    md = markdown.Markdown(extensions=["tables", "sane_lists", "toc"], output_format="html")
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.treeprocessors.register(_Links(md, url), "kk-links", 0)
    html = md.convert(page.body)
    # A wide table scrolls inside its own box, which the keyboard can reach.
    number = count(1)
    html = re.sub(
        "<table>",
        lambda _: f'<div class="kk-scroll" role="region" aria-label="Taulukko {next(number)}" tabindex="0"><table class="kk-table">',
        html,
    )
    # So does a long line of code.
    html = html.replace("<pre>", '<pre tabindex="0">')
    return Markup(html.replace("</table>", "</table></div>"))  # noqa: S704 - raw HTML was escaped above
