"""The guides by situation: which measures they hold, the picture of the path, the sheet on paper."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import pytest

from toolbox import guide_rules, publish, route
from toolbox.views import Maker

TODAY = date(2026, 11, 23)


def edit(project, file: str, old: str, new: str) -> None:
    path = project / "data" / file
    source = path.read_text("utf-8")
    assert old in source, f"{old!r} is not in {file}"
    path.write_text(source.replace(old, new, 1), "utf-8")


# --- every measure is in a guide or says why not -----------------------------------------

OUT = ("situations.yaml", "    - id: tyon-tuumaus", "    - id: kokeiluraha")
REASON = "  no_guide: Tuumaus kuuluu jokaiseen tilanteeseen.\n"
GUIDED = {
    "in no guide": ([OUT], "keino ei ole yhdenkään tilanteen polussa"),
    "in no guide with a reason": ([OUT, ("services.yaml", "  kind: method\n", f"  kind: method\n{REASON}")], ""),
    "a reason though in a guide": ([("services.yaml", "  kind: method\n", f"  kind: method\n{REASON}")], "syy on turha: keino on jo polussa"),
    "a reason of what has ended": ([("services.yaml", "  status: ended\n", f"  status: ended\n{REASON}")], "syy on turha: keino ei ole voimassa"),
    "a broken guide tells nothing": ([OUT, ("situations.yaml", "    when: heti", "    whenn: heti")], ""),
}  # fmt: skip


@pytest.mark.parametrize("case", GUIDED, ids=list(GUIDED))
def test_a_measure_is_in_a_guide_or_says_why_not(fixture_project, case):
    edits, words = GUIDED[case]
    for file, old, new in edits:
        edit(fixture_project, file, old, new)
    found = guide_rules.check(publish.check(fixture_project, TODAY)[0], TODAY)
    assert [problem.message for problem in found if words in problem.message] == [problem.message for problem in found]
    assert len(found) == (1 if words else 0)
    if found:
        assert found[0].remedy
        assert not found[0].warning


def test_the_reason_stands_where_the_guides_would(fixture_project):
    edit(fixture_project, *OUT)
    edit(fixture_project, "services.yaml", "  kind: method\n", f"  kind: method\n{REASON}")
    made, _ = publish.site(fixture_project, TODAY, publish.Settings())
    assert "Tuumaus kuuluu jokaiseen tilanteeseen." in made.by_path["keinot/tyon-tuumaus/"].html


# --- the picture of the path -------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("Kela", ("Kela",)),
        ("", ()),
        ("Sairaus\u00adpäivä\u00adraha", ("Sairauspäiväraha",)),
        ("Kuntoutussuunnitelma eläkelaitokseen 9 kuukauden kuluessa", ("Kuntoutussuunnitelma eläkelaitokseen", "9 kuukauden kuluessa")),
        ("a" * 60, ("a" * 31 + "-", "a" * 29)),
    ],
)
def test_words_are_broken_to_lines_that_fit(value, lines):
    assert route.wrap(value, 15) == lines
    assert all(route.width(line, 15) <= route.WIDTH for line in lines)


def test_a_text_is_opened_in_whole_sentences():
    text = "Palkka. Sitten Kela maksaa. Lopuksi n. 3 kk tukea, jos ehdot täyttyvät."
    assert route.opening(text, 0) == "Palkka."
    assert route.opening(text, 40) == "Palkka. Sitten Kela maksaa."
    assert route.opening(text, 400) == text


def test_every_guide_has_its_path_as_a_picture(whole):
    for situation in whole.c.situations.values():
        view = whole.situation(situation)
        stops = view.route.stops
        assert [stop.anchor for stop in stops] == [stage.anchor for stage in view.stages]
        assert [stop.limit for stop in stops] == [stage.limit for stage in situation.stages]
        assert [stop.then for stop in stops] == [stage.then for stage in view.stages]
        for stop, following in pairwise(stops):
            assert stop.top + stop.height < following.top
        for stop, stage in zip(stops, view.stages, strict=True):
            words = " ".join(line.text for line in stop.lines)
            assert stage.name in words
            assert "Kuka: " in words
            assert "Tulot: " in words
            assert (route.LIMIT_WORDS in words) == stop.limit
            assert stop.lines[-1].y < stop.height <= view.route.row * route.STEP
        covered = {y for top, length in view.route.rails for y in range(top, top + length)}
        assert all((stop.top + 14 in covered) == (stop.then == "next") for stop in stops)


def test_a_lapsed_figure_is_not_told_as_true(whole):
    later = Maker(whole.c, date(2027, 3, 1))
    told = [
        words
        for s in whole.c.situations.values()
        for words in (later.stage_text(st, v).income for st, v in zip(s.stages, later.situation(s).stages, strict=True))
    ]
    now = [
        words
        for s in whole.c.situations.values()
        for words in (whole.stage_text(st, v).income for st, v in zip(s.stages, whole.situation(s).stages, strict=True))
    ]
    assert any("Tarkista luku." in words for words in told)
    assert not any("Tarkista luku." in words for words in now)


def test_names_in_the_picture_are_text_and_never_markup(fixture_project):
    edit(fixture_project, "situations.yaml", "  - name: Tilannekuva", '  - name: Tilanne & "kuva"')
    made, _ = publish.site(fixture_project, TODAY, publish.Settings())
    picture = re.search(r'<svg class="kk-route .*?</svg>', made.by_path["tilanteet/sairausloma/"].html, re.DOTALL).group()
    assert "Tilanne &amp; &#34;kuva&#34;" in picture
    assert ET.fromstring(picture).get("role") == "group"  # noqa: S314 - our own picture


def test_terms_are_marked_once_in_a_guide_and_only_when_they_mean_one_thing(whole):
    marked = set()
    for situation in whole.c.situations.values():
        view = whole.situation(situation)
        texts = [*view.questions, *view.pitfalls]
        for stage in view.stages:
            texts += [stage.income, *stage.papers, *stage.agree, *(why for _, _, rows in stage.measures for _, why in rows)]
        terms = [piece.href.split("/")[1] for text in texts for piece in text if piece.kind == "term"]
        assert len(terms) == len(set(terms)), situation.id
        marked |= set(terms)
    assert marked
    assert not any(whole.c.terms[term].mark_for for term in marked)
