"""What can be followed, as independent readers of feeds and calendars see it, and what changed in the data, in words."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser
import icalendar
import pytest
from conftest import DAY, ROOT, SMALL, TODAY, URL

from toolbox import publish
from toolbox.__main__ import main
from toolbox.follow import difference, feeds
from toolbox.follow import pages as follow
from toolbox.site import Settings
from toolbox.views import Maker


@pytest.fixture(scope="module")
def every(whole_site):
    return follow.files(whole_site)


def test_every_feed_reads_well_and_leads_to_our_pages(whole_site, every):
    pages = {URL + page.path for page in whole_site.pages}
    titles: dict[str, set[str]] = {}
    for path, content in every.items():
        if not path.endswith(".xml"):
            continue
        read = feedparser.parse(content)
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert read.version == "atom10"
        assert read.feed.rights.startswith("CC BY 4.0")
        assert {link.rel: link.href for link in read.feed.links}["self"] == URL + path
        assert 1 <= len(read.entries) <= max(follow.NEWEST, len(whole_site.catalogue.changes))
        ids = [entry.id for entry in read.entries]
        assert len(ids) == len(set(ids)), path
        for entry in read.entries:
            assert entry.link.partition("#")[0] in pages, (path, entry.link)
            assert entry.summary
            titles.setdefault(entry.id, set()).add(entry.title)
    # One change is one entry, whichever feed tells of it.
    assert all(len(told) == 1 for told in titles.values())
    assert len(set(Counter(feedparser.parse(c).feed.id for p, c in every.items() if p.endswith(".xml")).values())) == 1


def test_there_is_a_feed_for_what_has_a_history_and_only_for_that(whole_site, every):
    c = whole_site.catalogue
    touched = {i for ch in c.changes.values() for i in ch.measures} | {m.id for m in c.measures.values() if m.changes}
    assert {path.split("/")[1] for path in every if path.startswith("keinot/") and path.count("/") == 2} == touched & set(c.measures)
    assert {f"keinot/tarpeet/{e.slug}/atom.xml" for e in c.vocabulary.needs} <= set(every)
    assert "toimijat/kela/atom.xml" in every


def test_the_feeds_do_not_move_at_a_rebuild_and_new_changes_keep_the_old_ids(project_root, fixture_project):
    later = date(2026, 12, 30)
    files = [follow.files(publish.site(fixture_project, day, Settings())[0]) for day in (DAY, later)]
    assert files[0] == files[1]
    services = fixture_project / "data" / "services.yaml"
    before = {e.id: e.words for e in follow.feeds(Maker(publish.check(fixture_project, DAY)[0], DAY))[0].entries}
    text = services.read_text("utf-8").replace(
        "  changes:\n  - date: 2027-01-01",
        "  changes:\n  - date: 2027-01-01\n    text: Toinen samana päivänä [sivu].\n  - date: 2027-01-01",
        1,
    )
    services.write_text(text, "utf-8")
    after = {e.id: e.words for e in follow.feeds(Maker(publish.check(fixture_project, DAY)[0], DAY))[0].entries}
    assert before.items() < after.items()


def test_the_pages_offer_their_feeds(whole_site):
    for path, expected in (("keinot/sairauspaivaraha/", "atom.xml"), ("muutokset/", "atom.xml"), ("toimijat/kela/", "atom.xml"), ("", "")):
        html = whole_site.document(whole_site.by_path[path])
        assert ('type="application/atom+xml" href=' in html.partition("</head>")[0]) is bool(expected), path
        if expected:
            href = html.partition('rel="alternate" type="application/atom+xml" href="')[2].partition('"')[0]
            assert urljoin(URL + path, href) == f"{URL}{path}{expected}"


def test_the_calendars_are_read_by_a_calendar_program(whole_site, every):
    for path in (feeds.CALENDAR, follow.REVIEWS):
        read = icalendar.Calendar.from_ical(every[path])
        assert read.errors == []
        events = read.walk("VEVENT")
        assert len({str(e["UID"]) for e in events}) == len(events) > 0
        assert all(type(e.decoded("DTSTART")) is date and not e.errors for e in events)
    c = whole_site.catalogue
    due = {r.review.next for r in (*c.measures.values(), *c.actors.values(), *c.situations.values(), *c.calculators.values())}
    assert {e.decoded("DTSTART") for e in events} == due
    assert str(next(iter(events))["URL"]) == f"{URL}tietoa/tarkistus/"


def test_the_list_of_feeds_has_them_all(every):
    root = ET.fromstring(every[follow.OPML])  # noqa: S314 - our own file
    assert root.get("version") == "2.0"
    listed = [row.get("xmlUrl") for row in root.iter("outline") if row.get("type") == "rss"]
    assert sorted(listed) == sorted(URL + path for path in every if path.endswith(".xml"))


def test_the_page_names_every_feed(built_site):
    html = (built_site / "seuraa/index.html").read_text("utf-8")
    for path in built_site.rglob("atom.xml"):
        assert f'href="../{path.relative_to(built_site).as_posix()}"' in html, path
    assert "../seuraa/syotteet.opml" in html


# --- what changed in the data ------------------------------------------------------------

EDITS = (
    ("services.yaml", "value: 12–150 arkipäivää", "value: 12–200 arkipäivää", "Kesto: 12–150 arkipäivää – Kahden vuoden aikana. → 12–200 arkipäivää"),
    ("services.yaml", "Työaika vähenee 40–60 prosenttia", "Työaika vähenee 30–60 prosenttia", "Edellytykset, muuttui: Työaika vähenee 40–60 prosenttia"),
    ("services.yaml", "decided_by: [kela]", "decided_by: [tyollisyysalue]", "Päättää: Kela → Työllisyysalue"),
    ("services.yaml", "value: 2 kuukauden kuluessa", "value: 4 kuukauden kuluessa", "Hae viimeistään: 2 kuukauden kuluessa"),
    ("services.yaml", "requires: [employer, doctor]", "requires: [doctor]", "Edellyttää: "),
    ("services.yaml", "    max: 67", "    max: 65", "Ikä: 18–67 vuotta → 18–65 vuotta"),
    ("services.yaml", "kind: method\n", "kind: method\n  status: ended\n  ended: 2026-11-01\n  replaced_by: [kokeiluraha]\n", "Lakannut 1.11.2026. Tilalle: Kokeiluraha."),
)  # fmt: skip


@pytest.fixture
def two(tmp_path):
    """Two folders of the same data: the second one to be changed."""
    for name in ("old", "new"):
        shutil.copytree(SMALL / "data", tmp_path / name)
    return tmp_path / "old", tmp_path / "new"


def changed(folder, file, before, after):
    path = folder / file
    source = path.read_text("utf-8")
    assert before in source
    path.write_text(source.replace(before, after, 1), "utf-8")


def told(capsys, two, *more):
    assert main(["diff", str(two[0]), str(two[1]), "--today", TODAY, *more]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("file", "before", "after", "expected"), EDITS)
def test_a_change_is_told_in_words(two, capsys, file, before, after, expected):
    changed(two[1], file, before, after)
    said = told(capsys, two)
    assert f"  - {expected}" in said
    assert "Muuttuneita tietoja: keinot 1" in said


def test_a_new_amount_names_the_measures_that_it_touches(two, capsys):
    source = (two[1] / "figures.yaml").read_text("utf-8")
    first = source.split("value: ")[1].split()[0]
    changed(two[1], "figures.yaml", f"value: {first}", "value: 99.5")
    said = told(capsys, two)
    assert "→ 99,50" in said
    assert "Koskee: Kokeiluraha" in said


def test_new_and_removed_records_are_told(two, capsys):
    changed(two[1], "changes.yaml", "id: kokeiluraha-2025", "id: kokeiluraha-2025-korjattu")
    said = told(capsys, two)
    assert "Uusi, voimaan 1.1.2025." in said
    assert "Poistettu." in said


def test_nothing_is_told_when_only_the_order_or_the_review_changes(two, capsys):
    changed(two[1], "services.yaml", "date: 2026-11-22", "date: 2026-11-23")
    changed(two[1], "services.yaml", "synonyms: [kokkeli, KR 1]", "synonyms: [KR 1, kokkeli]")
    assert told(capsys, two) == "Tiedoissa ei ole muutoksia, jotka koskevat koordinaattorin työtä.\n"


def test_the_mail_is_ready_and_the_html_is_escaped(two, capsys):
    changed(two[1], "services.yaml", "decided_by: [kela]", "decided_by: [tyollisyysalue]")
    changed(two[1], "actors.yaml", "    fi: Työllisyysalue", '    fi: "Työllisyysalue & co"')
    mail = told(capsys, two, "--format", "mail", "--url", URL)
    assert mail.startswith("Aihe: Mitä muuttui koordinaattorin työssä 23.11.2026\n\nHei,\n")
    assert f"  {URL}keinot/kokeiluraha/\n" in mail
    assert max(map(len, mail.splitlines())) <= difference.WIDTH
    html = told(capsys, two, "--format", "html", "--url", URL)
    assert "Kela → Työllisyysalue &amp; co" in html
    assert f'<a href="{URL}keinot/kokeiluraha/">Kokeiluraha</a>' in html


def test_older_data_without_newer_files_is_still_compared(two, capsys):
    for name in ("releases.yaml", "payers.yaml", "situations.yaml"):
        (two[0] / name).unlink()
    changed(two[0], "vocabulary.yaml", "lookup_kinds:", "old_kinds:")
    changed(two[1], "services.yaml", "    max: 67", "    max: 65")
    assert "Ikä: 18–67 vuotta → 18–65 vuotta" in told(capsys, two)


def test_the_old_data_may_be_a_version_of_git(two, capsys, tmp_path):
    project = tmp_path / "project"
    shutil.copytree(two[0], project / "data")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "tiedot"]):
        subprocess.run([*git, *command], cwd=project, check=True, timeout=30)
    changed(project / "data", "services.yaml", "    max: 67", "    max: 65")
    run = lambda old: subprocess.run(  # noqa: E731
        ["sh", str(ROOT / "tools/old_data.sh"), old, "diff", "--today", TODAY],
        cwd=project, capture_output=True, text=True, check=False, timeout=60,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "hooks"), "TOOLBOX_PYTHON": sys.executable},
    )  # fmt: skip
    assert "Ikä: 18–67 vuotta → 18–65 vuotta" in run("HEAD").stdout
    missing = run("ei-ole")
    assert (missing.returncode, missing.stderr) == (1, "Kansiota tai versiota ei ole: ei-ole\n")


def test_a_release_is_written_and_shown(fixture_project, two):
    changed(fixture_project / "data", "services.yaml", "decided_by: [kela]", "decided_by: [tyollisyysalue]")
    assert main(["release", str(two[0]), "--root", str(fixture_project), "--today", TODAY, "--title", "Päättäjä vaihtui"]) == 0
    catalogue, problems = publish.check(fixture_project, DAY)
    assert [p for p in problems if "releases" in p.file] == []
    newest = next(iter(catalogue.releases.values()))
    assert (newest.id, newest.title, newest.notes[0].lines) == ("2026.11.23", "Päättäjä vaihtui", ("Päättää: Kela → Työllisyysalue",))
    made, _ = publish.site(fixture_project, DAY, Settings())
    html = made.by_path["muutokset/tietojen-muutokset/"].html
    assert html.index("versio-2026-11-23") < html.index("versio-2026-11-22")
    assert '<a href="../../keinot/kokeiluraha/">' in html
    assert "Tiedot 2026.11.23: Päättäjä vaihtui" in follow.files(made)[follow.EVERYTHING]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("date: 2026-11-22", "date: 2027-11-22", "tulevaisuudessa"),
        ("id: 2026.11.22", "id: 2026.11.21", "versio ei vastaa päivää"),
        ("releases:\n", "releases:\n- id: 2026.11.22\n  date: 2026-11-22\n  title: Sama\n", "kahdesti"),
        ("releases:\n", "releases:\n- id: 2026.10.9\n  date: 2026-10-09\n  title: Väärä paikka\n", "eivät ole järjestyksessä"),
        ("id: 2026.11.22", "id: marraskuu", "ei ole versio"),
    ],
)
def test_a_broken_release_is_found(fixture_project, before, after, message):
    changed(fixture_project / "data", "releases.yaml", before, after)
    _, problems = publish.check(fixture_project, DAY)
    assert any(message in p.message and p.file == "data/releases.yaml" for p in problems), problems


ROW = "- id: kokeiluraha\n  kind: measure\n  ptv: [0123abcd-0000-4000-8000-000000000000]\n  checked: 2026-11-20\n"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("id: kokeiluraha", "id: kokeiluraaha", 'tuntematon tunnus "kokeiluraaha"'),
        ("  ptv: [0123abcd-0000-4000-8000-000000000000]\n", "", "ei ole yhtään tunnusta"),
        ("0123abcd-", "123-", "ei ole PTV-tunnus"),
        ("ptv: [0123abcd-0000-4000-8000-000000000000]", "finto: [http://www.yso.fi/yso/1]", "ei ole Finto-käsitteen osoite"),
        ("checked: 2026-11-20", "checked: 2027-11-20", "tulevaisuudessa"),
        ("checked: 2026-11-20\n", "checked: 2026-11-20\n" + ROW.replace("kokeiluraha", "tyon-tuumaus"), "on jo tunnuksella kokeiluraha"),
    ],
)
def test_a_broken_crosswalk_is_found(fixture_project, before, after, message):
    path = fixture_project / "data" / "crosswalk.yaml"
    path.write_text(f"crosswalk:\n{ROW}", "utf-8")
    assert not any(p.file == "data/crosswalk.yaml" for p in publish.check(fixture_project, DAY)[1])
    path.write_text(f"crosswalk:\n{ROW.replace(before, after)}", "utf-8")
    _, problems = publish.check(fixture_project, DAY)
    assert any(message in p.message and p.file == "data/crosswalk.yaml" for p in problems), problems
