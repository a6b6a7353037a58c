"""The records as tables for people: CSV files and one spreadsheet.

The workbook is written here, not by a library: a table of text needs five small parts, and the
libraries write the clock into the file. A cell that a spreadsheet could take for a formula is
never one: in CSV an apostrophe stands before it, in the workbook it is text that says so.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from .. import licence
from ..licence import ATTRIBUTION, LICENCE_URL, REGION_ATTRIBUTION, json_text
from ..regions import table as municipal_table
from ..views import Maker, figure_on

if TYPE_CHECKING:
    from ..site import Site

WORKBOOK = "kaikki-keinot.xlsx"
Rows = Sequence[Sequence[str]]
# A spreadsheet takes these for the start of a formula or a command.
_FORMULA = re.compile(r"[=+\-@\t\r]")
# Excel's own limit for the text of a cell.
CELL = 32_767


# --- the tables --------------------------------------------------------------------------


def _actors(site: Site, ids: Sequence[str]) -> str:
    return "; ".join(site.catalogue.actors[i].name.fi for i in ids if i in site.catalogue.actors)


def measures(site: Site) -> Iterator[tuple[str, ...]]:
    """A row for each measure, the header first."""
    c, maker = site.catalogue, Maker(site.catalogue, site.today)
    yield (
        "tunnus", "nimi", "nimi_sv", "nimi_en", "laji", "tila", "yksi_lause", "paattaa", "jarjestaa", "auttaa", "vaiheet", "tarpeet",
        "hae_viimeistaan", "kesto", "maara", "vaikutus_tuloihin", "tarvitaan", "edellytykset", "tarkistettu", "tarkistustaso", "osoite",
    )  # fmt: skip
    for m in c.measures.values():
        facts = [getattr(m.facts, name) if m.facts else None for name in ("apply_by", "duration", "amount", "income", "needed")]
        yield (
            m.id, m.name.fi, m.name.sv or "", m.name.en or "", c.label("kinds", m.kind), c.label("statuses", m.status), m.summary,
            _actors(site, m.decided_by), _actors(site, m.provided_by), _actors(site, m.advised_by),
            "; ".join(c.label("phases", p) for p in m.phases), "; ".join(c.label("needs", n) for n in m.needs),
            *(maker.plain(f.value) if f and f.value else "" for f in facts),
            " ".join(maker.plain(text) for text in m.conditions)[:CELL],
            m.review.date.isoformat(), c.label("review_levels", m.review.level), f"{site.settings.url}keinot/{m.id}/",
        )  # fmt: skip


def actors(site: Site) -> Iterator[tuple[str, ...]]:
    """A row for each actor, the header first."""
    c = site.catalogue
    yield "tunnus", "nimi", "nimi_sv", "nimi_en", "laji", "tila", "yksi_lause", "verkkosivu", "tarkistettu", "tarkistustaso", "osoite"
    for a in c.actors.values():
        yield (
            a.id, a.name.fi, a.name.sv or "", a.name.en or "", c.label("actor_kinds", a.kind), c.label("statuses", a.status), a.summary,
            a.website or "", a.review.date.isoformat(), c.label("review_levels", a.review.level), f"{site.settings.url}toimijat/{a.id}/",
        )  # fmt: skip


def figures(site: Site) -> Iterator[tuple[str, ...]]:
    """A row for each value of each figure with its time and source, the header first."""
    c = site.catalogue
    yield "tunnus", "nimi", "luku", "yksikko", "voimassa_alkaen", "voimassa_asti", "nyt", "lahde", "lahteen_osoite"
    for f in c.figures.values():
        now, state = figure_on(f, site.today)
        for value in f.values:
            source = value.source
            act = c.acts.get(source.act or "")
            title = source.title or " ".join(filter(None, (act.short or act.name if act else "", source.section)))
            address = source.url or (act.url if act else "") or ""
            yield (
                f.id, f.name, str(value.value), c.label("units", f.unit), value.valid_from.isoformat(),
                value.valid_to.isoformat() if value.valid_to else "", "kyllä" if value == now and state == "valid" else "", title, address,
            )  # fmt: skip


def combinations(site: Site) -> Iterator[tuple[str, ...]]:
    """A row for each pair, the header first."""
    c, maker = site.catalogue, Maker(site.catalogue, site.today)
    yield "keino", "keinon_nimi", "toinen_keino", "toisen_nimi", "suhde", "perustelu"
    for pair in c.combinations.values():
        names = [c.measures[i].name.fi for i in (pair.a, pair.b)]
        yield pair.a, names[0], pair.b, names[1], c.label("relations", pair.relation), maker.plain(pair.why)


def municipalities(site: Site) -> Iterator[tuple[str, ...]]:
    """A row for each municipality of the day with the names of its areas, the header first."""
    c = site.catalogue
    kinds = municipal_table.AREA_COLUMNS
    yield "tunnus", "kuntanumero", "nimi", "nimi_sv", *(column.removesuffix("_koodi") for column in kinds.values()), "vaesto", "verkkosivu"
    for m in municipal_table.in_force(c, site.today):
        areas = municipal_table.areas_on(m, c.areas, site.today)
        names = [areas[kind].name.fi if kind in areas else "" for kind in kinds]
        yield m.id, m.code, m.name.fi, m.name.sv or "", *names, str(m.population.value), m.website or ""


# Name of the file, title of the sheet, rows. The file of municipalities is an exchange form of its own (`municipal_table`).
TABLES = (
    ("measures", "Keinot", measures),
    ("actors", "Toimijat", actors),
    ("figures", "Luvut", figures),
    ("combinations", "Yhdistelmät", combinations),
    ("municipalities", "Kunnat", municipalities),
)


def files(site: Site) -> Iterator[tuple[str, str | bytes]]:
    """(name, content) of the tables. The licence stands on every row of CSV and on the first sheet."""
    terms = licence.line(site.data_date.isoformat())
    tables = [(name, title, [*rows(site)]) for name, title, rows in TABLES]
    for name, _, rows in tables:
        if name != "municipalities":
            yield f"{name}.csv", as_csv([[*row, "lisenssi" if n == 0 else terms] for n, row in enumerate(rows)])
    about = [
        ("Kaikki keinot käyttöön",),
        (terms,),
        (REGION_ATTRIBUTION,),
        (site.settings.url,),
        *((f"Taulukko {t}: {len(x) - 1} riviä",) for _, t, x in tables),
    ]
    yield WORKBOOK, workbook([("Tietoja", about), *((title, rows) for _, title, rows in tables)])
    yield "csv-metadata.json", _metadata(site, tables)


def _metadata(site: Site, tables: list) -> str:
    def one(name: str, title: str, columns: Sequence[str]) -> dict:
        own = {"dc:source": REGION_ATTRIBUTION} if name == "municipalities" else {}
        return {
            "url": f"{name}.csv",
            "dc:title": title,
            **own,
            "tableSchema": {"columns": [{"name": column, "titles": column, "datatype": "string"} for column in columns]},
        }

    rows = [one(n, t, municipal_table.COLUMNS if n == "municipalities" else [*x[0], "lisenssi"]) for n, t, x in tables]
    about = {"dc:license": {"@id": LICENCE_URL}, "dc:source": ATTRIBUTION, "dc:modified": site.data_date.isoformat()}
    return json_text({"@context": ["http://www.w3.org/ns/csvw", {"@language": "fi"}], **about, "tables": rows})


# --- the forms ---------------------------------------------------------------------------


def guarded(cell: str) -> str:
    """A cell of CSV that no spreadsheet runs: what looks like a formula gets an apostrophe."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def as_csv(rows: Rows) -> str:
    """RFC 4180 with the line ends of Unix, every dangerous cell guarded."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[guarded(cell) for cell in row] for row in rows])
    return out.getvalue()


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Style 0: text. 1: header. 2: text that begins like a formula and stays text when somebody edits it.
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3">'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook(tables: Sequence[tuple[str, Rows]]) -> bytes:
    """A workbook (Office Open XML) of text cells, a sheet for each (title, rows). No clock, no formula."""
    numbers = range(1, len(tables) + 1)
    sheets = "".join(f'<sheet name="{escape(title)}" sheetId="{n}" r:id="r{n}"/>' for n, (title, _) in zip(numbers, tables, strict=True))
    relation = lambda n, kind, target: f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'  # noqa: E731
    links = "".join(relation(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers) + relation(0, "styles", "styles.xml")
    part = lambda name, kind: f'<Override PartName="/xl/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'  # noqa: E731
    types = (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + part("workbook", "sheet.main")
        + part("styles", "styles")
        + "".join(part(f"worksheets/sheet{n}", "worksheet") for n in numbers)
        + "</Types>"
    )
    related = lambda rows: f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'  # noqa: E731
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": related(relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related(links),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{n}.xml": _sheet(rows) for n, (_, rows) in zip(numbers, tables, strict=True)},
    }
    return packed(parts)


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip whose bytes depend on its content only: fixed times, the given order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(info, content)
    return out.getvalue()


def _sheet(rows: Rows) -> str:
    width = max(len(row) for row in rows)
    header = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
    columns = f'<cols><col min="1" max="{width}" width="28" customWidth="1"/></cols>'
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(_cell(f"{_column(n)}{number}", value, number == 1) for n, value in enumerate(row) if value)
        lines.append(f'<row r="{number}">{cells}</row>')
    # A filter in every column: the municipalities of one area, the measures of one actor.
    chosen = f'<autoFilter ref="A1:{_column(width - 1)}{len(rows)}"/>'
    return f'{_XML}<worksheet xmlns="{_MAIN}">{header}{columns}<sheetData>{"".join(lines)}</sheetData>{chosen}</worksheet>'


def _cell(place: str, value: str, header: bool) -> str:
    style = ' s="1"' if header else ' s="2"' if _FORMULA.match(value) else ""
    return f'<c r="{place}" t="inlineStr"{style}><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def _column(number: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
