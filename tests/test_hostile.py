"""Hostile data and hostile addresses: text stays text on every kind of page, and nothing falls over.

Every free text of the small project is spoilt past the schema, the pages are parsed, and they must have the
elements and attributes that the templates make of harmless text, in the same order.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints, TypeAdapter, ValidationError

from tests.conftest import SMALL
from toolbox import catalogue, guide, publish, records, render, site, text
from toolbox.reader import read_text
from toolbox.review import stamp

TODAY = date(2026, 11, 22)
PAYLOADS = {
    "script": "<script>window.hacked=1</script>",
    "end of script": "</script></style></title></textarea></template><script src=//evil.example/x.js>",
    "attribute": "\"><img src=x onerror=window.hacked=1>' onmouseover='window.hacked=1",
    "link": "(javascript:window.hacked=1) javascript:window.hacked=1 //evil.example/ data:text/html,x",
    "entities": "&lt;script&gt; &#60;img&#62; &amp; &quot;&apos;",
    "template": "{# {% %} ${window.hacked=1} `x` \\u003cscript\\u003e <!-- --> <![CDATA[ ]]>",
    "direction": "\u202eevol\u202c \u2066x\u2069 \u200f \u200b \ufeff",
    "nothing": "a\x00b\x1b\x7f\u2028\u2029",
    "long": "x" * 100_000,
}
# Free text is known by what the schema forbids in it.
FREE = {r"^[^\n<>]+$", r"^[^<>]+$"}
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


@lru_cache(maxsize=512)
def is_free(annotation: Any) -> bool:
    """Whether a field's annotation is free text or a list of it."""
    if isinstance(annotation, StringConstraints):
        return annotation.pattern in FREE
    return any(is_free(part) for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())) if _hashable(part))


def _hashable(value: Any) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def spoilt(value: Any, payload: str) -> Any:
    """A record with the payload after each of its free texts, past the schema."""
    if isinstance(value, BaseModel):
        changed = {}
        for name, info in type(value).model_fields.items():
            old = getattr(value, name)
            free = any(is_free(part) for part in (info.annotation, *info.metadata) if _hashable(part))
            if isinstance(old, str) and free:
                changed[name] = old + " " + payload
            elif isinstance(old, tuple) and old and isinstance(old[0], str) and free:
                changed[name] = tuple(f"{one} {payload}" for one in old)
            elif isinstance(old, (BaseModel, tuple)):
                changed[name] = spoilt(old, payload)
        return value.model_copy(update=changed)
    return tuple(spoilt(one, payload) for one in value) if isinstance(value, tuple) else value


def spoilt_catalogue(c: catalogue.Catalogue, payload: str) -> catalogue.Catalogue:
    """The payload in every record; a very long one in the first of each sort only, or the pages of lists grow to gigabytes."""
    first = len(payload) > 1000
    groups = {
        sort.key: {
            i: record if first and number else spoilt(record, payload) for number, (i, record) in enumerate(getattr(c, sort.key).items())
        }
        for sort in catalogue.SORTS
        if sort.key != "rhythms"
    }
    if first:
        return dataclasses.replace(c, **groups)
    return dataclasses.replace(c, **groups, vocabulary=spoilt(c.vocabulary, payload))


class Shape(HTMLParser):
    """The elements of a document with the names of their attributes, and what would run or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, ...]] = []
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, *(name for name, _ in attrs)))
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.wrong.append(f"{tag} {name}")
            if name in ("href", "src", "action") and not harmless(value or ""):
                self.wrong.append(f"{tag} {name}={value[:80]}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(f"</{tag}> closes nothing")

    def handle_comment(self, data):
        self.wrong.append(f"comment {data[:40]}")


def harmless(address: str) -> bool:
    """An address in the site, or one that may stand in a link."""
    return text.safe_address(address) or not (":" in address.split("/")[0] or address.startswith("//"))


def shape(html: str) -> Shape:
    parser = Shape()
    parser.feed(html)
    parser.close()
    return parser


def built(c: catalogue.Catalogue, project: Path) -> site.Site:
    folders = {"overrides": project / "overrides", "docs": project / "docs", "compounds": {}}
    return site.build(c, TODAY, site.Settings(contact="a@b.fi", repository="https://x.fi/y"), **folders)


@pytest.fixture(scope="module")
def harmless_site(shared_project) -> site.Site:
    """The same texts with a harmless word after each, so that lists have the same order."""
    c, _ = publish.check(shared_project, TODAY)
    return built(spoilt_catalogue(c, "sana"), shared_project)


@pytest.fixture(scope="module")
def shapes(harmless_site) -> dict[str, list[tuple[str, ...]]]:
    return {page.path: shape(harmless_site.document(page)).elements for page in (*harmless_site.pages, harmless_site.not_found)}


def markup(elements: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Elements in order, without the lines of text of a picture: a longer text has more of them."""
    return sorted(element for element in elements if element[0] != "text")


@pytest.mark.parametrize("name", PAYLOADS)
def test_no_text_of_the_data_becomes_markup_on_any_page(harmless_site, shapes, shared_project, name):
    c, _ = publish.check(shared_project, TODAY)
    spoilt_site = built(spoilt_catalogue(c, PAYLOADS[name]), shared_project)
    assert [page.path for page in spoilt_site.pages] == [page.path for page in harmless_site.pages]
    for page in (*spoilt_site.pages, spoilt_site.not_found):
        found = shape(spoilt_site.document(page))
        assert found.wrong == [], page.path
        # Longer texts may sort otherwise, so what is in the page counts, not only its order.
        assert markup(found.elements) == markup(shapes[page.path]), page.path
    for address, content in publish.data_files(spoilt_site).items():
        if address.endswith(".json"):
            json.loads(content)
        elif address.endswith((".svg", ".xml")) and name != "nothing":
            ElementTree.fromstring(content)  # noqa: S314 - our own text
            assert "<script" not in content


def test_the_check_itself_sees_markup():
    assert shape("<p onclick=x>").wrong == ["p onclick"]
    assert shape('<a href="javascript:x">y</a>').wrong
    assert shape("<p><b></p>").wrong
    assert shape("<p>&lt;script&gt;</p>").elements == [("p",)]


def test_nearly_every_text_field_is_spoilt(shared_project):
    """A new field of another type of text would go round the test."""
    c, _ = publish.check(shared_project, TODAY)
    changed = spoilt_catalogue(c, "MERKKI")
    assert json.dumps(changed.measures["kokeiluraha"].model_dump(mode="json")).count("MERKKI") > 40
    for key in ("actors", "terms", "appeals", "changes", "situations", "calculators", "payers", "lookups", "lookalikes", "municipalities", "areas"):
        assert all("MERKKI" in record.model_dump_json() for record in getattr(changed, key).values()), key


# What is not seen at all, the reader has refused before.
seen = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=80)


@given(seen)
def test_an_address_of_the_data_is_of_the_web_or_refused(value):
    adapter = TypeAdapter(records.Address)
    for candidate in (value, f"javascript:{value}", f"https://{value}", f"data:{value}", f" https://{value}"):
        try:
            accepted = adapter.validate_python(candidate)
        except ValidationError:
            continue
        assert accepted.startswith(("https://", "http://"))
        assert text.safe_address(accepted)
        assert not set(accepted) & set("<>\"' \n\t")


@given(st.text(max_size=120))
def test_marks_lose_no_text_and_links_lead_only_to_the_web(value):
    source = f"a [b]({value}) [{value}] {{{value}}} **{value}** {value}"
    for span in text.parse(source):
        assert isinstance(span, text.Text | text.Strong | text.Cite | text.FigureRef | text.Link)
    text.plain(source)
    for target in text.links_in(source):
        if ":" in target and text.safe_address(target):
            assert target.lower().startswith(("http://", "https://", "mailto:", "tel:"))


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_a_page_written_by_hand_has_only_the_elements_of_markdown(value):
    page = guide.Text("docs/x.md", "x/", "X", "X", None, f"# {value}\n\n{value}\n\n- [x]({value})\n\n![y]({value})\n\n<script>{value}</script>\n")
    found = shape(str(guide.to_html(page, lambda to: f"../{to}")))
    allowed = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "a", "strong", "em", "code", "pre", "blockquote", "hr", "br", "img"}
    allowed |= {"div", "table", "thead", "tbody", "tr", "th", "td"}
    assert {element[0] for element in found.elements} <= allowed
    assert {name for element in found.elements for name in element[1:]} <= {"href", "id", "title", "alt", "src", "class", "role", "aria-label", "tabindex"}
    assert [one for one in found.wrong if one.startswith("a ")] == []


nested = st.recursive(
    st.none() | st.booleans() | st.text(max_size=12) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "fi", "review", "sources", "x"]), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from([sort.file for sort in catalogue.SORTS if "/" not in sort.file]), nested)
@settings(max_examples=40)
def test_any_structure_in_a_data_file_gives_problems_never_an_error(tmp_path_factory, file, value):
    """Whatever an editor types while `make serve` runs, the rules answer with problems."""
    data = small_data(tmp_path_factory)
    key = next(sort.key for sort in catalogue.SORTS if sort.file == file)
    original = (data / file).read_text("utf-8")
    try:
        for source in (yaml.safe_dump({key: value}, allow_unicode=True), yaml.safe_dump(value, allow_unicode=True), f"{key}: {value}\n"):
            (data / file).write_text(source, "utf-8", errors="replace")
            _, problems = publish.check(data.parent, TODAY)
            assert all(str(problem) for problem in problems)
    finally:
        (data / file).write_text(original, "utf-8")


_DATA: list[Path] = []


def small_data(factory: pytest.TempPathFactory) -> Path:
    """One copy of the small data for all examples."""
    if not _DATA:
        _DATA.append(factory.mktemp("typed") / "data")
        shutil.copytree(SMALL / "data", _DATA[0])
    return _DATA[0]


@given(st.text(min_size=1, max_size=60).filter(lambda value: value.isprintable()))
def test_a_stamp_writes_any_words_so_that_they_are_read_again(value):
    document, problems = read_text(f"a: {stamp.scalar(value)}\n", "x.yaml")
    assert problems or document.value == {"a": value}


@given(st.text(max_size=60), st.text(max_size=60))
def test_relative_addresses_never_lead_to_another_host(page, target):
    path = "".join(char for char in page if char.isalnum()) + "/"
    target = "".join(char for char in target if char not in ":#?\n\r\t").lstrip("/\\")
    assert not render.relative(path, target).startswith("//")


ADDRESSES = (
    "keinot/?q={}", "keinot/?tarve={}&vaihe={}&toimija={}&tila={}&ehto={}", "yhdistelmat/?keinot={}&tarve={}&keino={}#{}", "laskurit/?alku={}&laskuri={}#{}",
    "alueet/?kunta={}#{}", "alueet/kunnat/?kunta={}", "mika-nyt/?q={}#{}", "samannimiset/?q={}", "tietoa/korjaa/?sivu={}#{}", "keinot/palkkatuki/?x={}#{}",
)  # fmt: skip
VALUES = ("<img src=x onerror=window.hacked=1>", "__proto__,constructor,toString", "%00%ff%", "\u202ea\u2066", "x" * 3000, "javascript:window.hacked=1", "../../..//evil.example/", "[](){}.*+?^$|\\")  # fmt: skip


def test_hostile_addresses_change_nothing_on_any_page_that_reads_them(site_server, new_page):
    page = new_page(1280)
    page.goto(site_server)
    for address in ADDRESSES:
        for value in VALUES[:5]:
            raw = value if "%" in value else quote(value)
            page.goto(site_server + address.replace("{}", raw))
            state = page.evaluate(
                "({hacked: window.hacked, outside: [...document.querySelectorAll('[src],[href],form')]"
                ".filter((e) => /^(javascript|data):/i.test(e.getAttribute('href') || e.getAttribute('src') || e.getAttribute('action') || '')).length,"
                "images: document.querySelectorAll('main img[src=x], [onerror], [onload]').length, heading: document.querySelectorAll('h1').length})"
            )
            assert state == {"hacked": None, "outside": 0, "images": 0, "heading": 1}, address + value


MODULES = """
async ([root, typed]) => {
  const url = (name) => new URL(`assets/${name}`, root).href;
  const [engine, deadlines, filter, matrix, names] = await Promise.all(
    ["search/engine.js", "deadlines.js", "filter.js", "matrix.js", "region-names.js"].map((name) => import(url(name))));
  const index = await engine.load(new URL("api/v1/search.json", root).href);
  const places = names.read(await (await fetch(new URL("api/v1/municipality-names.json", root).href)).json());
  const wrong = [];
  for (const value of typed) {
    try {
      const hits = index.search(value, { limit: 5 });
      if (!Array.isArray(hits) || hits.length > 5 || hits.some((hit) => typeof hit.id !== "string" || !Number.isFinite(hit.score))) wrong.push(["search", value]);
      const day = deadlines.parse(value);
      if (day !== null && Number.isNaN(day.getTime())) wrong.push(["day", value]);
      filter.matches(filter.words(value), "työkokeilu");
      filter.named(value, ["SV 8"]);
      const state = matrix.read("?keinot=" + encodeURIComponent(value) + "&tarve=" + encodeURIComponent(value), "#" + value, []);
      if (state.chosen.length || state.need || state.pair) wrong.push(["pairs", value]);
      names.find(places, value);
      names.meant(places, value);
    } catch (error) {
      wrong.push([String(error), value]);
    }
  }
  return wrong;
}
"""


def test_the_logic_of_the_browser_takes_any_words(site_server, new_page):
    """The search, the calculators, the lists, the pairs and the municipalities, with words that nobody writes."""
    typed: list[str] = []

    @settings(max_examples=300)
    @given(st.text(max_size=60) | st.from_regex(r"[0-9]{1,4}[.\-/ ][0-9]{1,3}[.\-/ ]?[0-9]{0,6}", fullmatch=True))
    def collect(value: str) -> None:
        typed.append(value.encode("utf-8", "replace").decode("utf-8"))

    collect()
    page = new_page(1280)
    page.goto(site_server + "tietoa/")
    assert page.evaluate(MODULES, [site_server, [*typed, *VALUES]]) == []
