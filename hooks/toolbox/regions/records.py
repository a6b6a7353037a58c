"""The records of the regions: municipalities, the areas they belong to and local places.

A membership lives with the municipality and has its own dates, so one day has one answer
and a change on 1 January is an edit that can be made in December.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from ..records import Address, Claim, Code, Day, Flag, Id, Line, Names, Record, Whole, _f

Digits3 = Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
Year = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}|undated)$")]

AreaKind = Literal["employment-area", "wellbeing-county", "vitality-centre", "collaborative-area", "region"]
Language = Literal["fi", "bilingual-fi", "bilingual-sv", "sv"]
OrganisingModel = Literal["host", "alone", "joint-authority"]
PlaceKind = Literal["ohjaamo", "clubhouse"]
Covers = Literal["division", "population", "website", "neighbours", "water-neighbours", "shapes", "places"]


class Membership(Record):
    """Alue, johon kunta kuuluu, ja aika, jolta se tiedetään."""

    area: Id = _f("Alue", "Alueen tunnus tiedostosta areas.yaml.")
    valid_from: Day = _f("Alkaen", "Ensimmäinen päivä, jolta jäsenyys tiedetään.")
    valid_to: Day | None = _f("Asti", "Viimeinen päivä. Puuttuu, jos jäsenyys jatkuu.", None)


class Population(Record):
    """Väkiluku ja sen päivä."""

    value: Whole = _f("Asukkaita", "Asukkaiden määrä.", ge=0)
    date: Day = _f("Päivä", "Minkä päivän väkiluku on.")


class Municipality(Record):
    """Kunta. Lakannut kunta jää osoitteeseensa ja kertoo, mihin se liittyi."""

    id: Id = _f("Tunnus", "Osoitteen osa. Ei muutu koskaan julkaisun jälkeen.")
    code: Digits3 = _f("Kuntanumero", 'Kolme numeroa lainausmerkeissä, etunollat mukaan: "020".')
    name: Names = _f("Nimi")
    also: tuple[Line, ...] = _f("Muut nimet", "Nimiä, joilla kunta löytyy hausta.", ())
    language: Language = _f("Kieli", "fi, sv, bilingual-fi (enemmistö suomi) tai bilingual-sv (enemmistö ruotsi).")
    population: Population = _f("Väkiluku")
    website: Address | None = _f("Verkkosivu", "Kunnan oma sivu.", None)
    valid_from: Day | None = _f("Alkaen", "Kunnan ensimmäinen päivä. Puuttuu, jos kunta oli jo ennen aineistoa.", None)
    valid_to: Day | None = _f("Asti", "Kunnan viimeinen päivä.", None)
    merged_into: Id | None = _f("Liittyi kuntaan", "Kunta, jonka osa tämä nyt on.", None)
    memberships: tuple[Membership, ...] = _f("Alueet", "Yksi kutakin lajia kunakin päivänä.", min_length=1)
    neighbours: tuple[Id, ...] = _f("Naapurikunnat", "Kunnat, joiden kanssa on maaraja.", ())
    neighbours_by_water: tuple[Id, ...] = _f("Naapurit veden yli", "Kunnat, joiden kanssa on raja vain vedessä.", ())


class Told(Record):
    """Tieto, jonka varmuus sanotaan lukijalle."""

    value: Line = _f("Tieto")
    confirmed: Flag = _f("Vahvistettu", "false: sivu sanoo vahvistamatta ja pyytää tarkistamaan.")
    source: Line = _f("Lähde", "Mistä tieto on ja miltä ajalta.")


class Host(Record):
    """Vastuukunta."""

    municipality: Id = _f("Kunta", "Kunnan tunnus.")
    confirmed: Flag = _f("Vahvistettu", "false: sivu sanoo vahvistamatta ja pyytää tarkistamaan.")
    source: Line = _f("Lähde", "Mistä tieto on ja miltä ajalta.")


class Website(Record):
    """Alueen oma sivu."""

    url: Address = _f("Osoite")
    confirmed: Flag = _f("Vahvistettu", "false: sivu sanoo vahvistamatta ja pyytää tarkistamaan.")
    source: Line = _f("Lähde", "Mistä tieto on ja miltä ajalta.")


class Area(Record):
    """Alue: työllisyysalue, hyvinvointialue, elinvoimakeskus, yhteistyöalue tai maakunta."""

    id: Id = _f("Tunnus", "Osoitteen osa. Ei muutu koskaan julkaisun jälkeen.")
    kind: AreaKind = _f("Laji", "Katso arvojen selitykset tiedostosta vocabulary.yaml.")
    code: Code = _f("Koodi", 'Tilastokeskuksen koodi lainausmerkeissä: "01".')
    name: Names = _f("Nimi")
    short: Line | None = _f("Lyhyt nimi", "Nimi luokituksessa tai käytössä oleva lyhyt nimi.", None)
    name_confirmed: Flag = _f("Nimi vahvistettu", "false: nimi on muodostettu luokituksen lyhyestä nimestä.", True)
    valid_from: Day = _f("Alkaen", "Ensimmäinen päivä, jolta alue tiedetään.")
    valid_to: Day | None = _f("Asti", "Viimeinen päivä.", None)
    replaced_by: tuple[Id, ...] = _f("Tilalle tuli", "Alueet, jotka hoitavat tehtävän nyt.", ())
    model: OrganisingModel | None = _f("Järjestämismalli", "Vain työllisyysalueella.", None)
    host: Host | None = _f("Vastuukunta", "Jätä pois, jos lähdettä ei ole: sivu sanoo Ei tiedossa.", None)
    joint_authority: Told | None = _f("Kuntayhtymä", "Kuntayhtymän nimi.", None)
    seat: Told | None = _f("Päätoimipaikka", "Paikkakunta.", None)
    offices: tuple[Line, ...] = _f("Muut toimipaikat", "Paikkakunnat, jotka lähde nimeää.", ())
    website: Website | None = _f("Verkkosivu", "Alueen oma sivu.", None)
    hospital: Told | None = _f("Yliopistosairaala", "Vain yhteistyöalueella.", None)
    note: Claim | None = _f("Huomautus", "Yksi lause, jonka lukijan on hyvä tietää.", None)
    exempt: tuple[AreaKind, ...] = _f("Ei kuulu", "Vain maakunnalla: lajit, joihin sen kunnat eivät kuulu.", ())
    checked: Line | None = _f("Ristiintarkistus", "Toinen lähde, johon kuntien luetteloa on verrattu.", None)


class Place(Record):
    """Paikka, joka palvelee kunnassa: Ohjaamo tai klubitalo. Vain lähteessä nähdyt."""

    id: Id = _f("Tunnus")
    kind: PlaceKind = _f("Laji", "ohjaamo tai clubhouse.")
    name: Line = _f("Nimi")
    municipality: Id = _f("Kunta", "Kunta, jossa paikka on.")
    serves: Line | None = _f("Ketä palvelee", "Vain jos lähde sen kertoo.", None)
    url: Address | None = _f("Osoite", "Paikan oma sivu.", None)
    seen: Year = _f("Nähty", "Vuosi, jolta lähde on, tai undated.")
    source: Line = _f("Lähde", "Mistä tieto on.")
    note: Line | None = _f("Huomautus", "Epävarmuus, joka näytetään lukijalle.", None)


class RegionSource(Record):
    """Aluetietojen yhteinen lähde ja sen lisenssi."""

    id: Id = _f("Tunnus")
    covers: tuple[Covers, ...] = _f("Mitä kattaa", "Tiedot, jotka ovat tästä lähteestä.", min_length=1)
    publisher: Line = _f("Julkaisija")
    title: Line = _f("Otsikko", "Aineiston nimi ja versio.")
    url: Address | None = _f("Osoite", "Mistä aineisto on saatu.", None)
    licence: Line = _f("Lisenssi", "Ehdot, joilla aineistoa saa käyttää.")
    dated: Day = _f("Päivä", "Minkä päivän tilanne aineistossa on.")
    note: Line | None = _f("Huomautus", "Mitä aineistolle on tehty.", None)
