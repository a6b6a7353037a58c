"""Every statement on a page has its source, or says that it has none, where it stands."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from toolbox import catalogue, coverage, publish, rules, text, views
from toolbox.site import Settings

TODAY = date(2026, 11, 23)
BLOCKS = {"p", "li", "dd", "td", "th", "h3", "h4"}
VOID = {"input", "br", "img", "use", "path", "rect", "circle", "polygon"}
MARKER = re.compile(r"#(?:[a-z0-9_-]+-)?lahde-\d+|#lahteet")


class Blocks(HTMLParser):
    """The text of each block of a page and how many source markers stand in it."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, int]] = []
        self.texts: list[str] = []
        self.markers: list[int] = []

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            return
        if tag in BLOCKS:
            self.stack.append((tag, len(self.texts)))
            self.texts.append("")
            self.markers.append(0)
        else:
            self.stack.append((tag, -1))
        values = dict(attrs)
        marker = (tag == "a" and is_marker(values.get("href", ""), "aria-label" in values)) or "kk-cite--none" in values.get("class", "")
        for _, at in self.stack:
            if at >= 0:
                self.markers[at] += bool(marker)

    def handle_endtag(self, tag):
        while tag not in VOID and self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for _, at in self.stack:
            if at >= 0:
                self.texts[at] += data


def is_marker(href: str, named: bool) -> bool:
    """A link to one source; or to all of them, when its name says that there is none for the claim."""
    return bool(MARKER.fullmatch(href)) and (named or href != "#lahteet")


def blocks(html: str) -> list[tuple[str, int]]:
    parser = Blocks()
    parser.feed(html)
    return [(re.sub(r"\s+", " ", words.replace("\u00ad", "")), n) for words, n in zip(parser.texts, parser.markers, strict=True)]


def start_of(one: str) -> str:
    """The beginning of a text that stands on the page as it is written."""
    for span in text.parse(one):
        if isinstance(span, text.Text) and len(span.value.strip()) >= 12:
            return re.sub(r"\s+", " ", span.value.strip(" .,;:"))[:40]
    return ""


def unmarked(html: str, claims: list[tuple[str, str]]) -> list[str]:
    """Claims that are not on the page, or stand there without a marker."""
    found, wrong = blocks(html), []
    for path, one in claims:
        start = start_of(one)
        if not text.sourced(one) or not start:
            continue
        inside = [(len(words), n) for words, n in found if start in words]
        if not inside:
            wrong.append(f"{path} is not on the page: {one[:60]}")
        elif not any(n for size, n in inside if size <= min(inside)[0] + len(one) + 200):
            wrong.append(f"{path} has no marker: {one[:60]}")
    return wrong


def claims_by_page(c: catalogue.Catalogue) -> dict[str, list[tuple[str, str]]]:
    """The statements of the data by the page that has to show them."""
    pages: dict[str, list[tuple[str, str]]] = {}
    for key, folder in (("measures", "keinot"), ("situations", "tilanteet"), ("actors", "toimijat"), ("terms", "sanasto"), ("payers", "kuka-maksaa"), ("lookalikes", "samannimiset"), ("calculators", "laskurit")):  # fmt: skip
        pages |= {f"{folder}/{i}/": list(rules.texts_of(record)) for i, record in getattr(c, key).items()}
    for key, path in (("appeals", "muutoksenhaku/"), ("changes", "muutokset/"), ("lookups", "mika-nyt/")):
        pages[path] = [claim for record in getattr(c, key).values() for claim in rules.texts_of(record)]
    pages["miksi-ei/"] = [claim for i in c.refusals for claim in rules.texts_of(c.measures[i]) if claim[0].startswith(("refusal", "after_"))]
    return pages


def test_every_statement_carries_its_marker_on_every_kind_of_page(whole_site):
    wrong = {path: found for path, claims in claims_by_page(whole_site.catalogue).items() if (found := unmarked(whole_site.by_path[path].html, claims))}
    assert wrong == {}


def test_the_check_itself_finds_a_statement_without_a_marker(whole_site):
    path = "keinot/sairauspaivaraha/"
    claims = claims_by_page(whole_site.catalogue)[path]
    html = whole_site.by_path[path].html
    assert unmarked(re.sub(r'<a href="#lahde-\d+"(?: aria-label="[^"]*")?>\d+</a>', "", html), claims)
    assert unmarked(html.replace("Enintään 300 arkipäivää", "Enintään"), claims)


def test_a_pair_names_its_source_or_says_that_there_is_none(whole_site):
    """On the page of pairs, and on the pages of both measures."""
    pairs = blocks(whole_site.by_path["yhdistelmat/"].html)
    for pair in whole_site.catalogue.combinations.values():
        why = re.sub(r"\s+", " ", text.plain(pair.why))[:40]
        row = min((words for words in pairs if why in words[0]), key=lambda words: len(words[0]))
        assert row[1] or pair.sources, pair
        for own in (pair.a, pair.b):
            inside = [n for words, n in blocks(whole_site.by_path[f"keinot/{own}/"].html) if why in words]
            assert any(inside), (own, pair.why)


def test_every_figure_of_the_list_has_its_source_in_the_row(whole_site):
    html = whole_site.by_path["tietoa/luvut/"].html
    for figure_id, figure in whole_site.catalogue.figures.items():
        row = re.search(rf'<tr id="{figure_id}">.*?</tr>', html, re.DOTALL).group()
        assert 'class="kk-dated"' in row, figure.name


def test_a_reference_to_a_statute_names_the_section_and_leads_to_its_page(whole_site):
    """In the list of sources of a page: the title, the section and the address of the statute itself."""
    html = whole_site.by_path["keinot/osatyokyvyttomyyselake/"].html
    sources = re.findall(r'<li id="lahde-\d+">(.*?)</li>', html, re.DOTALL)
    acts = [row for row in sources if "finlex.fi" in row]
    assert acts
    assert all(re.search(r"https://www\.finlex\.fi/fi/lainsaadanto/\d{4}/\d+\"", row) for row in acts)
    assert all("§" in row or "luku" in row for row in acts)


CASES = {
    "address of another statute": ("acts.yaml", "lainsaadanto/2000/1", "lainsaadanto/2001/1", "osoite ei vie säädökseen 1/2000"),
    "statute without a section": ("services.yaml", "    section: 3 §\n", "", "lakiviitteestä puuttuu pykälä"),
}


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_a_bad_reference_to_a_statute_is_told(fixture_project, case):
    file, old, new, told = CASES[case]
    path = fixture_project / "data" / file
    source = path.read_text("utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), "utf-8")
    assert any(told in problem.message for problem in publish.check(fixture_project, TODAY)[1])


def test_a_second_hand_source_is_told_to_the_reader_and_counted(fixture_project):
    hosts = fixture_project / "data" / "secondary-hosts.txt"
    hosts.write_text("# huomautus\n\nkela.fi\n", "utf-8")
    made, _ = publish.site(fixture_project, TODAY, Settings())
    page = made.by_path["keinot/kokeiluraha/"].html
    assert page.count(views.SECONDARY) == 1
    assert coverage.measure_coverage(made.catalogue).secondary > 0
    hosts.write_text("ela.fi\nkela.fi\n", "utf-8")
    _, problems = publish.check(fixture_project, TODAY)
    assert [one.message for one in problems if one.file == "data/secondary-hosts.txt"] == ['mikään lähde ei ole sivustolta "ela.fi"']


def test_without_second_hand_hosts_no_source_is_called_so(shared_project):
    made, _ = publish.site(shared_project, TODAY, Settings())
    assert all(views.SECONDARY not in page.html for page in made.pages if page.path.startswith("keinot/"))


def test_the_title_of_a_source_in_another_language_says_its_language(fixture_project):
    file = fixture_project / "data" / "services.yaml"
    text_ = file.read_text("utf-8")
    title = re.search(r"(?m)^    title: (.+)$", text_)[0]
    english = text_.replace(title, "    title: Support for the young & old", 1)
    file.write_text(english, "utf-8")
    _, problems = publish.check(fixture_project, TODAY)
    assert [one.message for one in problems if "englantia" in one.message] != []
    file.write_text(english.replace("young & old", "young & old\n    language: en", 1), "utf-8")
    made, _ = publish.site(fixture_project, TODAY, Settings())
    assert any('<span lang="en">Support for the young &amp; old</span>' in page.html for page in made.pages)
