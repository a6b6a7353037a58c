"""The ledger of freshness: rhythms, what to check next, stamping in place, public pages and badges."""

from __future__ import annotations

import re
import shutil
from datetime import date
from xml.etree import ElementTree

import pytest

from toolbox import publish, rules
from toolbox.__main__ import main
from toolbox.reader import read_text
from toolbox.review import badges, ledger, stamp
from toolbox.review import pages as review_pages
from toolbox.review import report as review_report
from toolbox.review.records import Rhythm

TODAY = date(2026, 11, 23)
YEARLY = Rhythm(id="luvut", name="Luvut", covers=("figure",), months=12, before_january=True)
HALF = Rhythm(id="etuudet", name="Etuudet", covers=("benefit",), months=6)


@pytest.mark.parametrize(
    ("rhythm", "reviewed", "due"),
    [
        (HALF, date(2026, 11, 22), date(2027, 5, 22)),
        (HALF, date(2026, 8, 31), date(2027, 2, 28)),
        (HALF, date(2027, 8, 31), date(2028, 2, 29)),
        (YEARLY, date(2026, 1, 1), date(2026, 12, 31)),
        (YEARLY, date(2026, 11, 30), date(2026, 12, 31)),
        (YEARLY, date(2026, 12, 1), date(2027, 12, 1)),
        (YEARLY, date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_a_rhythm_gives_the_last_day_of_the_next_review(rhythm, reviewed, due):
    assert ledger.latest_next(rhythm, reviewed) == due


def edit(project, file: str, old: str, new: str) -> None:
    path = project / "data" / file
    source = path.read_text("utf-8")
    assert old in source, f"{old!r} is not in {file}"
    path.write_text(source.replace(old, new, 1), "utf-8")


BENEFIT = "    date: 2026-11-22\n    next: 2027-05-22"
CASES = {
    "benefit after half a year": ("services.yaml", BENEFIT, BENEFIT.replace("05-22", "05-23"), "keino kokeiluraha: review.next: seuraava tarkistus on liian myöhään"),
    "figure after the turn of the year": ("figures.yaml", "next: 2026-12-31", "next: 2027-01-01", "luku kokeiluraha-taysi: review.next: seuraava tarkistus on liian myöhään"),
    "figure reviewed in the future": ("figures.yaml", "date: 2026-11-22", "date: 2026-12-22", "on tulevaisuudessa"),
    "a person as reviewer": ("services.yaml", BENEFIT, BENEFIT + "\n    by: Maija Malli", "tarkistaja ei ole rooli; käytä näitä: "),
    "verified without an address": ("services.yaml", "    level: compiled\n" + BENEFIT, "    level: verified\n" + BENEFIT + "\n    by: Lakimies\n    against: Laki\n    what: kaikki ehdot", "puuttuu osoite tai se, mitä verrattiin"),
    "kind in two rhythms": ("review-rhythms.yaml", "covers: [benefit]", "covers: [benefit, ended]", 'laji "ended" on jo välissä etuudet'),
    "kind in no rhythm": ("review-rhythms.yaml", "  - method\n", "", 'lajilla "method" ei ole tarkistusväliä'),
    "rhythm of three years": ("review-rhythms.yaml", "months: 24", "months: 36", "tarkistusväli historia: months"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_a_broken_review_is_told(fixture_project, case):
    file, old, new, words = CASES[case]
    edit(fixture_project, file, old, new)
    found = [str(p) for p in rules.errors(publish.check(fixture_project, TODAY)[1])]
    assert any(words in line for line in found), found


def test_a_figure_that_nobody_has_stamped_is_overdue_and_told(fixture_project):
    path = fixture_project / "data" / "figures.yaml"
    path.write_text(path.read_text("utf-8").rpartition("  review:")[0], "utf-8")
    c, problems = publish.check(fixture_project, TODAY)
    assert [p.message for p in problems if "tarkistuksen tiedot puuttuvat" in p.message] == [
        "luku vanha-raja: tarkistuksen tiedot puuttuvat"
    ]
    assert not rules.errors(problems)
    entry = next(e for e in ledger.entries(c) if e.id == "vanha-raja")
    assert entry.overdue(TODAY)
    assert ledger.next_to_check(c, TODAY)[0].weight(TODAY) >= entry.weight(TODAY) >= 64


def test_what_to_check_next_goes_by_lateness_doubts_and_use(project_root):
    c, _ = publish.check(project_root, TODAY)
    queue = ledger.next_to_check(c, TODAY)
    assert len(queue) == sum(len(getattr(c, key)) for key in ledger.REVIEWED)
    weights = [entry.weight(TODAY) for entry in queue]
    assert weights == sorted(weights, reverse=True)
    assert queue == ledger.next_to_check(c, TODAY)
    ended = [i for i, entry in enumerate(queue) if entry.code == "ended"]
    assert min(ended) > 20, "what has ended is not the most urgent"
    told = review_report.report(c, TODAY, 3)
    first = queue[0]
    assert told.startswith(f"1. {first.name} (")
    source = ledger.sources_of(first.key, getattr(c, first.key)[first.id])[0]
    title, address = ledger.source_words(c, source)
    assert title in told
    assert address in told
    assert "[" not in re.sub(r"make reviewed.*", "", told), "marks of the editors are not words"


# --- stamping --------------------------------------------------------------------------


def asked(**changes: str) -> stamp.Stamp:
    return stamp.Stamp(**({"id": "kokeiluraha", "source": "laki", "by": "editor"} | changes))


def refusals(project, **changes: str) -> str:
    outcome = stamp.plan(project, asked(**changes), TODAY)
    assert outcome.text == ""
    return "\n".join(outcome.refusals)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": "kokeilurha"}, 'tunnusta "kokeilurha" ei ole. tarkoititko "kokeiluraha"?'),
        ({"id": ""}, "id puuttuu"),
        ({"source": "lakki"}, 'lähdettä "lakki" ei ole tässä tietueessa: laki'),
        ({"source": ""}, "source puuttuu: laki"),
        ({"by": ""}, "by puuttuu"),
        ({"by": "Maija Malli"}, "Henkilön nimeä ei kirjoiteta. Roolit: Työkykykoordinaattori"),
        ({"day": "2026-11-24"}, "päivä 24.11.2026 on tulevaisuudessa"),
        ({"day": "24.11.2026"}, "ei ole päivä"),
        ({"day": "2026-02-30"}, "ei ole päivä"),
        ({"day": "2026-11-21"}, "tietue on jo tarkistettu 22.11.2026"),
        ({"level": "sure"}, 'tasoa "sure" ei ole'),
        ({"url": "javascript:alert(1)"}, "ei ole osoite"),
        ({"what": "<b>"}, "what: tekstissä"),
        ({"level": "verified"}, "taso verified vaatii näytön: url, date, what"),
        ({"level": "verified", "url": "https://kela.fi/", "day": "2026-11-23", "what": "kaikki"}, "taso verified vaatii näytön: what"),
    ],
)
def test_nonsense_is_refused(fixture_project, changes, words):
    assert words in refusals(fixture_project, **changes)


def test_all_refusals_come_at_once_and_nothing_is_written(fixture_project, capsys):
    before = {path: path.read_bytes() for path in (fixture_project / "data").rglob("*") if path.is_file()}
    arguments = ["--id=kokeiluraha", "--source=x", "--by=Maija Malli", "--day=2027-01-01", "--level=verified"]
    assert main(["reviewed", f"--root={fixture_project}", f"--today={TODAY}", *arguments]) == 1
    told = capsys.readouterr().err
    assert [word in told for word in ('lähdettä "x"', "ei ole rooli", "tulevaisuudessa", "näytön", "Mitään ei kirjoitettu.")] == [True] * 5
    assert {path: path.read_bytes() for path in (fixture_project / "data").rglob("*") if path.is_file()} == before


def test_data_with_errors_are_not_stamped(fixture_project):
    edit(fixture_project, "services.yaml", "decided_by: [kela]", "decided_by: [kella]")
    assert refusals(fixture_project) == "tiedoissa on virheitä: aja ensin make check"


def test_a_stamp_changes_only_the_review_and_keeps_comments(fixture_project, capsys):
    edit(
        fixture_project,
        "services.yaml",
        "    date: 2026-11-22\n    next: 2027-05-22",
        "    date: 2026-11-22  # koottu\n    next: 2027-05-22",
    )
    path = fixture_project / "data" / "services.yaml"
    before = path.read_text("utf-8").split("\n")
    what = 'Ehdot, määrä: "kaikki" kohdat'
    arguments = ["--id=kokeiluraha", "--source=laki", "--by=lawyer", "--level=verified", "--day=2026-11-23", f"--what={what}"]
    assert main(["reviewed", f"--root={fixture_project}", f"--today={TODAY}", *arguments, "--url=https://www.kela.fi/raha?a=1"]) == 0
    assert "Lakimies vertasi 23.11.2026 lähteeseen Kokeilulaki" in capsys.readouterr().out
    after = path.read_text("utf-8").split("\n")
    gone, new = [line for line in before if line not in after], [line for line in after if line not in before]
    assert set(gone) == {"    date: 2026-11-22  # koottu", "    next: 2027-05-22"}
    assert len(after) - len(before) == 4
    assert "    date: 2026-11-23  # koottu" in new
    c, problems = publish.check(fixture_project, TODAY)
    assert not rules.errors(problems)
    review = c.measures["kokeiluraha"].review
    assert (review.level, review.by, review.what, review.next) == ("verified", "Lakimies", what, date(2027, 5, 23))
    assert "taso" not in (c.measures["kokeiluraha"].model_dump_json())
    # What was verified is not silently stamped with less.
    assert "tasolla verified" in refusals(fixture_project)
    html = publish.site(fixture_project, TODAY, publish.Settings())[0].by_path[review_pages.PATH].html
    assert "23.11.2026 Lakimies:" in html
    assert 'href="https://www.kela.fi/raha?a=1"' in html


@pytest.mark.parametrize("end", ["", "\n", "\n# loppu\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_review_is_added_where_there_is_none(fixture_project, end, newline):
    path = fixture_project / "data" / "figures.yaml"
    source = path.read_text("utf-8").rpartition("  review:")[0].rstrip("\n") + end
    path.write_bytes(source.replace("\n", newline).encode())
    outcome = stamp.plan(fixture_project, asked(id="vanha-raja", source="1"), TODAY)
    assert outcome.refusals == ()
    stamp.write(fixture_project, outcome)
    c, problems = publish.check(fixture_project, TODAY)
    assert not rules.errors(problems)
    assert c.figures["vanha-raja"].review.next == date(2026, 12, 31)
    assert c.figures["vanha-raja"].review.against == "Kela: Rajat"


def test_a_review_on_one_line_is_opened(fixture_project):
    edit(
        fixture_project,
        "figures.yaml",
        "  review:\n    level: compiled\n    date: 2026-11-22\n    next: 2026-12-31\n",
        "  review: {level: compiled, date: 2026-11-22, next: 2026-12-31}\n",
    )
    outcome = stamp.plan(fixture_project, asked(id="kokeiluraha-taysi", source="kokeilulaki"), TODAY)
    assert outcome.refusals == ()
    assert "    by: Tietojen toimittaja\n" in outcome.text


@pytest.mark.parametrize(
    "value",
    [
        "2026",
        "1.5",
        "true",
        "no",
        "a: b",
        "# a",
        "'",
        '"',
        "- a",
        "[x]",
        "{x}",
        "&a",
        "ää – öö (8 §)",
        "https://a.fi/?b=1&c=2",
        "@",
        "x #y",
        " ",
        "%",
    ],
)
def test_every_text_survives_as_a_scalar(value):
    assert read_text(f"a: {stamp.scalar(value)}\n", "x.yaml")[0].value == {"a": value}


def test_stamps_of_every_sort_survive_a_round_trip_on_the_real_data(project_root, tmp_path):
    """Stamp one record of each sort one after another by rewriting alone; the data then hold, and nothing else has changed."""
    shutil.copytree(project_root / "data", tmp_path / "data")
    c, _ = publish.check(tmp_path, TODAY)
    before = {path: path.read_text("utf-8") for path in (tmp_path / "data").glob("*.yaml")}
    chosen = {key: list(getattr(c, key))[len(getattr(c, key)) // 2] for key in ledger.REVIEWED}
    values = {
        "level": "compiled",
        "date": "2026-11-23",
        "next": "2026-12-31",
        "by": "Lakimies",
        "against": "Laki: 1 §",
        "url": "",
        "what": "kaikki kohdat",
    }
    for key, record_id in chosen.items():
        origin = c.origin(key, record_id)
        path = tmp_path / origin.file
        path.write_text(stamp.rewrite(path.read_text("utf-8"), origin.line("review"), 0, values), "utf-8")
    after, problems = publish.check(tmp_path, TODAY)
    assert not rules.errors(problems)
    for key, record_id in chosen.items():
        assert getattr(after, key)[record_id].review.by == "Lakimies"
        others = {i: r for i, r in getattr(c, key).items() if i != record_id}
        assert {i: r for i, r in getattr(after, key).items() if i != record_id} == others
    for path, source in before.items():
        old, new = source.split("\n"), path.read_text("utf-8").split("\n")
        assert len(new) - len(old) in (0, 3)
        assert sum(line not in new for line in set(old)) <= 3


# --- pages and badges ------------------------------------------------------------------


def test_the_pages_of_reviews_stay_light_even_when_everything_is_late(project_root):
    """The lists grow to the whole of the data when nobody checks anything."""
    day = date(2029, 6, 1)
    site, _ = publish.site(project_root, day, publish.Settings())
    pages = [page for page in site.pages if page.path.startswith(review_pages.PATH)]
    late = [page for page in pages if "/myohassa/" in page.path]
    assert len(late) > 1
    for page in pages:
        assert len(site.document(page).encode()) <= 40_000, page.path
    entries = ledger.entries(site.catalogue)
    listed = sum(len(re.findall("</a> [^<]", page.html)) for page in late)
    assert listed == sum(entry.overdue(day) for entry in entries) == len(entries)


def test_a_badge_tells_level_and_day(fixture_project):
    c, _ = publish.check(fixture_project, TODAY)
    addresses = dict(badges.files(c, TODAY))
    assert set(addresses) == {f"api/v1/badges/{i}.svg" for i in c.measures}
    drawn = ElementTree.fromstring(addresses["api/v1/badges/kokeiluraha.svg"])  # noqa: S314 - our own text
    said = " ".join(node.text for node in drawn.iter("{http://www.w3.org/2000/svg}text"))
    assert said == "Kaikki keinot Koottu lähteistä 22.11.2026"
    assert "Tarkistetaan viimeistään 22.5.2027" in drawn.attrib["aria-label"]
    late = badges.svg(c, c.measures["kokeiluraha"], date(2027, 5, 23))
    assert "tarkistus myöhässä" in late
    assert "Tarkistus on myöhässä" in late
    assert all(len(svg.encode()) < 1500 for svg in addresses.values())
