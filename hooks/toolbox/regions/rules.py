"""Rules of the regions: each municipality has one answer on each day. Same form as in `rules`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from .. import text
from ..catalogue import SHAPES, Catalogue
from ..problems import Problem, did_you_mean
from ..records import holds
from ..rulebook import RuleBook
from .table import AREA_COLUMNS

_book = RuleBook()
rule, check = _book.rule, _book.check


def days_to_check(c: Catalogue, today: date) -> tuple[date, ...]:
    """Today and each coming day on which something changes."""
    days = {today}
    for m in c.municipalities.values():
        for one in (m, *m.memberships):
            days |= {one.valid_from} if one.valid_from else set()
            days |= {one.valid_to + timedelta(days=1)} if one.valid_to else set()
    return tuple(sorted(day for day in days if day >= today))


@rule
def references_exist(c: Catalogue, today: date) -> Iterator[Problem]:
    """Kunnan, alueen ja paikan viittaukset osoittavat olemassa olevaan kuntaan tai alueeseen."""
    for key, record_id, path, target, value in _references(c):
        if not c.knows(target, value):
            word = {"municipalities": "kunta", "areas": "alue"}[target]
            hint = did_you_mean(value, getattr(c, target)) or "tarkista tunnus"
            yield c.origin(key, record_id).problem(f'tuntematon {word} "{value}"', hint, path)


def _references(c: Catalogue) -> Iterator[tuple[str, str, str, str, str]]:
    for record_id, m in c.municipalities.items():
        yield from (("municipalities", record_id, f"memberships[{i}].area", "areas", one.area) for i, one in enumerate(m.memberships))
        for name in ("neighbours", "neighbours_by_water"):
            yield from (("municipalities", record_id, f"{name}[{i}]", "municipalities", one) for i, one in enumerate(getattr(m, name)))
        if m.merged_into:
            yield "municipalities", record_id, "merged_into", "municipalities", m.merged_into
    for record_id, area in c.areas.items():
        if area.host:
            yield "areas", record_id, "host.municipality", "municipalities", area.host.municipality
        yield from (("areas", record_id, f"replaced_by[{i}]", "areas", one) for i, one in enumerate(area.replaced_by))
    for record_id, place in c.places.items():
        yield "places", record_id, "municipality", "municipalities", place.municipality
    for record_id, m in c.measures.items():
        yield from (("measures", record_id, f"regional[{i}].area", "areas", one.area) for i, one in enumerate(m.regional))


@rule
def one_area_of_each_kind(c: Catalogue, today: date) -> Iterator[Problem]:
    """Kunta kuuluu kunakin päivänä täsmälleen yhteen alueeseen kutakin lajia."""
    for day in days_to_check(c, today):
        for record_id, m in c.municipalities.items():
            if not holds(m.valid_from, m.valid_to, day):
                continue
            found: dict[str, list[str]] = defaultdict(list)
            for one in m.memberships:
                if one.area in c.areas and holds(one.valid_from, one.valid_to, day):
                    found[c.areas[one.area].kind].append(one.area)
            exempt = {kind for area in found["region"] for kind in c.areas[area].exempt}
            origin = c.origin("municipalities", record_id)
            for kind in AREA_COLUMNS:
                label = c.label("area_kinds", kind).lower()
                if kind in exempt and found[kind]:
                    yield origin.problem(f"{label} {found[kind][0]}, vaikka maakunta ei kuulu lajiin", "korjaa exempt", "memberships")
                elif kind not in exempt and not found[kind]:
                    yield origin.problem(f"{label} puuttuu päivältä {day}", "lisää jäsenyys", "memberships")
                elif len(found[kind]) > 1:
                    both = " ja ".join(found[kind])
                    yield origin.problem(f"{label} on kahdesti päivänä {day}: {both}", "päätä toinen: valid_to", "memberships")


@rule
def codes_stand_once(c: Catalogue, today: date) -> Iterator[Problem]:
    """Samaa koodia ei ole kahdella kunnalla eikä kahdella saman lajin alueella samana päivänä."""
    for key, groups in (("municipalities", [("", c.municipalities)]), ("areas", [(kind, c.areas) for kind in AREA_COLUMNS])):
        for kind, records in groups:
            owners: dict[str, str] = {}
            for record_id, record in records.items():
                if kind and record.kind != kind:
                    continue
                first = owners.setdefault(record.code, record_id)
                if first == record_id:
                    continue
                other = records[first]
                if holds(record.valid_from, record.valid_to, max(other.valid_from or date.min, record.valid_from or date.min)) and holds(
                    other.valid_from, other.valid_to, max(other.valid_from or date.min, record.valid_from or date.min)
                ):
                    yield c.origin(key, record_id).problem(f"koodi {record.code} on myös tunnuksella {first}", "korjaa koodi", "code")


@rule
def names_have_swedish_forms(c: Catalogue, today: date) -> Iterator[Problem]:
    """Kunnalla ja alueella on nimi myös ruotsiksi."""
    for key in ("municipalities", "areas"):
        for record_id, record in getattr(c, key).items():
            if not record.name.sv:
                yield c.origin(key, record_id).problem(
                    "ruotsinkielinen nimi puuttuu", "lisää sv (sama kuin suomeksi, jos nimi on sama)", "name"
                )


@rule
def neighbours_are_mutual(c: Catalogue, today: date) -> Iterator[Problem]:
    """Naapuruus on molemminpuolinen, eikä kunta ole oma naapurinsa."""
    for record_id, m in c.municipalities.items():
        if m.valid_to:
            continue
        for name in ("neighbours", "neighbours_by_water"):
            for index, other in enumerate(getattr(m, name)):
                path = f"{name}[{index}]"
                origin = c.origin("municipalities", record_id)
                if other == record_id:
                    yield origin.problem("kunta on oma naapurinsa", "poista", path)
                elif (there := c.municipalities.get(other)) and record_id not in getattr(there, name):
                    yield origin.problem(f"{other} ei mainitse tätä kuntaa", "lisää naapuruus molempiin tai poista", path)
        if both := set(m.neighbours) & set(m.neighbours_by_water):
            yield c.origin("municipalities", record_id).problem(
                f"{min(both)} on kahdesti", "jätä yksi: maaraja tai vesiraja", "neighbours_by_water"
            )


@rule
def no_area_is_an_orphan(c: Catalogue, today: date) -> Iterator[Problem]:
    """Alueella on kuntia, jäsenyys on alueen voimassaolon sisällä, ja lakanneella alueella on seuraaja."""
    members: dict[str, int] = defaultdict(int)
    for record_id, m in c.municipalities.items():
        for index, one in enumerate(m.memberships):
            origin, path = c.origin("municipalities", record_id), f"memberships[{index}]"
            if one.valid_to and one.valid_to < one.valid_from:
                yield origin.problem("jäsenyys päättyy ennen kuin alkaa", "korjaa päivät", path)
            area = c.areas.get(one.area)
            if area is None:
                continue
            members[one.area] += 1
            if one.valid_from < area.valid_from:
                yield origin.problem(f"jäsenyys alkaa ennen aluetta ({area.valid_from})", "korjaa päivät", path)
            last = min(filter(None, (one.valid_to, m.valid_to)), default=None)
            if area.valid_to and (last is None or last > area.valid_to):
                yield origin.problem(f"alue lakkaa {area.valid_to}", "päätä jäsenyys ja lisää uusi alue", path)
    for record_id, area in c.areas.items():
        if not members[record_id]:
            yield c.origin("areas", record_id).problem("alueella ei ole kuntia", "lisää jäsenyydet tiedostoon municipalities.yaml")
        if area.valid_to and not area.replaced_by:
            yield c.origin("areas", record_id).problem("lakanneella alueella ei ole seuraajaa", "lisää replaced_by", "valid_to")


@rule
def ended_municipalities_point_on(c: Catalogue, today: date) -> Iterator[Problem]:
    """Lakannut kunta kertoo kunnan, johon se liittyi, ja ketju päättyy kuntaan, joka jatkaa."""
    for record_id, m in c.municipalities.items():
        origin = c.origin("municipalities", record_id)
        if bool(m.valid_to) != bool(m.merged_into):
            missing = "merged_into" if m.valid_to else "valid_to"
            yield origin.problem(f"{missing} puuttuu", "kunta lakkaa liittymällä: kirjoita valid_to ja merged_into", missing)
        seen = {record_id}
        following = m.merged_into
        while following and following in c.municipalities:
            if following in seen:
                yield origin.problem("liitosten ketju palaa alkuun", "korjaa merged_into", "merged_into")
                break
            seen.add(following)
            following = c.municipalities[following].merged_into


@rule
def shapes_and_municipalities_match(c: Catalogue, today: date) -> Iterator[Problem]:
    """Jokaisella kunnalla on kartalla muoto, ja jokaisella muodolla on kunta."""
    for record_id in c.municipalities:
        parts = (record_id, *(i for i, other in c.municipalities.items() if other.merged_into == record_id))
        if not any(part in c.shapes.outlines for part in parts):
            yield c.origin("municipalities", record_id).problem("kunnalta puuttuu muoto kartalta", f"lisää se tiedostoon {SHAPES}")
    for name in c.shapes.outlines:
        if not c.knows("municipalities", name):
            yield Problem(f"data/{SHAPES}", 0, f'muodolla "{name}" ei ole kuntaa', "poista muoto tai korjaa tunnus")


@rule
def fields_fit_the_kind(c: Catalogue, today: date) -> Iterator[Problem]:
    """Vastuukunta ja malli ovat vain työllisyysalueella, yliopistosairaala vain yhteistyöalueella."""
    for record_id, area in c.areas.items():
        origin = c.origin("areas", record_id)
        for name, kind in (
            ("model", "employment-area"),
            ("host", "employment-area"),
            ("joint_authority", "employment-area"),
            ("hospital", "collaborative-area"),
            ("exempt", "region"),
        ):
            if getattr(area, name) and area.kind != kind:
                yield origin.problem("kenttä ei kuulu tähän lajiin", "poista kenttä", name)
        if area.kind == "employment-area" and not area.model:
            yield origin.problem("järjestämismalli puuttuu", "lisää model", "kind")
        if area.host and area.model != "host":
            yield origin.problem("vastuukunta on vain mallissa host", "korjaa model tai poista host", "host")
        host = c.municipalities.get(area.host.municipality) if area.host else None
        if host and record_id not in {one.area for one in host.memberships if holds(one.valid_from, one.valid_to, today)}:
            yield origin.problem("vastuukunta ei kuulu alueeseen", "korjaa vastuukunta tai jäsenyys", "host.municipality")


@rule
def regional_notes_have_a_source(c: Catalogue, today: date) -> Iterator[Problem]:
    """Alueellisella erolla on aina lähde; merkintä [?] ei riitä."""
    for record_id, m in c.measures.items():
        for index, note in enumerate(m.regional):
            if not [key for key in text.cited(note.text) if key != text.UNSOURCED]:
                yield c.origin("measures", record_id).problem(
                    "alueellisella erolla ei ole lähdettä", "lisää [avain] tai jätä ero pois", f"regional[{index}].text"
                )
