"""The records: what a measure, an actor, an act, a figure, a term is.

Pydantic is used, not dataclasses, because one definition gives the check of the shape,
the frozen object, the JSON Schema that helps the editor complete a field, and the field
guide in CONTRIBUTING. Titles and descriptions are Finnish: editors read them.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\n<>]+$")]
Summary = Annotated[str, StringConstraints(min_length=20, max_length=200, pattern=r"^[^\n<>]+$")]
Claim = Annotated[str, StringConstraints(min_length=1, max_length=700, pattern=r"^[^\n<>]+$")]
Paragraphs = Annotated[str, StringConstraints(min_length=1, max_length=6000, pattern=r"^[^<>]+$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=500)]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,6}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[^\W_]{2,40}$")]
DatedText = Annotated[str, StringConstraints(pattern=r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|undated)$")]


def _iso_date(value: Any) -> Any:
    """Only 2026-11-22. Pydantic alone would also take numbers as seconds since 1970."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError("date_form")
    return date.fromisoformat(value)


def _plain_number(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", value):
        raise ValueError("number_form")
    return value


def _true_or_false(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise ValueError("bool_form")
        return value == "true"
    return value


Day = Annotated[date, BeforeValidator(_iso_date)]
Number = Annotated[Decimal, BeforeValidator(_plain_number)]
Whole = Annotated[int, BeforeValidator(_plain_number)]
Flag = Annotated[bool, BeforeValidator(_true_or_false)]

Kind = Literal["benefit", "rehabilitation", "service", "assessment", "workplace", "education", "advice", "right", "method"]
Status = Literal["in-force", "ended", "upcoming"]
Phase = Literal["at-work", "on-sick-leave", "returning", "unemployed", "student", "outside-work", "entrepreneur"]
Need = Literal[
    "income",
    "treatment-and-rehabilitation",
    "work-adjustment",
    "job-finding",
    "training",
    "assessment",
    "coaching-and-guidance",
    "daily-life-and-social",
    "money-and-debt",
    "rights-and-appeal",
]
Limitation = Literal[
    "mental-health",
    "musculoskeletal",
    "neuropsychiatric",
    "substance-use",
    "sensory",
    "cognitive",
    "pain",
    "learning",
    "long-term-illness",
]
Requirement = Literal["employer", "doctor", "referral", "decision-first"]
ReviewLevel = Literal["verified", "compiled", "unsourced"]
Relation = Literal["together", "sequence", "conditional", "excludes"]
ActorKind = Literal["authority", "insurer", "health-care", "employer", "ngo", "education", "network", "fund", "provider"]
DoubtPlace = Literal["for_whom", "conditions", "steps", "amount", "duration", "income", "combinations", "appeal", "legal", "changes"]
Topic = Literal["sick-leave", "rehabilitation", "unemployment", "accident", "appeal"]
FactName = Literal["decides", "apply_by", "duration", "amount", "income", "needed"]


# The day of the first list of reforms: what has no later day of its own stood in it.
FIRST_NOTED = date(2026, 11, 22)


def holds(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Whether a day is inside a time whose ends may be open; both ends count."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


class Record(BaseModel):
    """Frozen, knows its fields and refuses all others."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _f(title: str, description: str = "", default: Any = ..., **more: Any) -> Any:
    return Field(default, title=title, description=description or title, **more)


class Names(Record):
    """Nimi suomeksi, ruotsiksi ja englanniksi."""

    fi: Line = _f("Nimi", "Virallinen tai vakiintunut nimi suomeksi.")
    sv: Line | None = _f("Nimi ruotsiksi", "Vakiintunut ruotsinkielinen nimi. Jätä pois, jos et ole varma.", None)
    en: Line | None = _f("Nimi englanniksi", "Vakiintunut englanninkielinen nimi. Jätä pois, jos et ole varma.", None)


class Source(Record):
    """Lähde: joko säädös (act ja section) tai sivu (publisher, title, url)."""

    key: Id | None = _f("Avain", "Lyhyt nimi, jolla tekstit viittaavat lähteeseen: [avain].", None)
    act: Id | None = _f("Säädös", "Säädöksen tunnus tiedostosta acts.yaml.", None)
    section: Line | None = _f("Pykälä", "Luku, pykälä ja momentti, esim. 8 luku 11 §.", None)
    publisher: Line | None = _f("Julkaisija", "Kuka sivun tai tiedotteen on julkaissut.", None)
    title: Line | None = _f("Otsikko", "Sivun tai julkaisun nimi.", None)
    language: Literal["en", "sv"] | None = _f("Kieli", "Otsikon kieli ruudunlukijaa varten, jos se ei ole suomi: en tai sv.", None)
    url: Address | None = _f("Osoite", "Sivun osoite, alkaa https://.", None)
    dated: DatedText = _f(
        "Päiväys",
        "Miltä päivältä tieto on: 2026, 2026-04 tai 2026-04-27. Säädöksistä nähdyn tekstin päivä. undated, jos päiväystä ei ole.",
    )


class Review(Record):
    """Tarkistuksen tila."""

    level: ReviewLevel = _f(
        "Taso",
        "verified: nimetty rooli vertasi tiedot viralliseen lähteeseen. compiled: koottu lähteistä. unsourced: vain yleistä tietoa.",
    )
    date: Day = _f("Päivä", "Milloin tietoa on viimeksi käyty läpi.")
    next: Day = _f("Seuraava tarkistus", "Milloin tieto on viimeistään tarkistettava.")
    by: Line | None = _f("Kuka", "Rooli, joka tarkisti (vocabulary.yaml: reviewer_roles). Pakollinen tasolla verified.", None)
    against: Line | None = _f("Mitä vasten", "Lähde, johon verrattiin. Pakollinen tasolla verified.", None)
    url: Address | None = _f("Mistä osoitteesta", "Sivu, joka oli auki vertailussa. Pakollinen tasolla verified.", None)
    what: Line | None = _f("Mitä verrattiin", "Mitkä kohdat verrattiin lähteeseen. Pakollinen tasolla verified.", None)


class Fact(Record):
    """Yksi avaintieto vastauslaatikossa."""

    value: Line | None = _f("Arvo", "Lyhyt vastaus, muutama sana. Puuttuu: sivu näyttää Ei tiedossa.", None)
    note: Claim | None = _f("Selite", "Yksi selittävä rivi ja lähdeviite.", None)


class Facts(Record):
    """Kuusi avaintietoa, aina samassa järjestyksessä."""

    decides: Fact = _f("Päättää", "Arvo tulee kentästä decided_by, jos sen jättää pois.", Fact())
    apply_by: Fact = _f("Hae viimeistään", "Hakuaika. Jos sitä ei ole: Ei määräaikaa.")
    duration: Fact = _f("Kesto")
    amount: Fact = _f("Määrä", "Raha tai maksuttomuus. Eurot tiedostosta figures.yaml: {tunnus}.")
    income: Fact = _f("Vaikutus tuloihin", "Mitä keino tekee asiakkaan muihin tuloihin.")
    needed: Fact = _f("Tarvitaan", "Todistus, sopimus, lähete tai muu paperi.")


class Step(Record):
    """Yksi askel: kuka tekee ja mitä."""

    who: Line = _f("Kuka", "Tekijä, esim. Työntekijä hakee. Näytetään lihavoituna.")
    text: Claim = _f("Mitä", "Mitä tekijä tekee, jatkaa tekijän nimestä.")


class Ages(Record):
    """Ikärajat kokonaisina vuosina, rajat mukaan lukien."""

    min: Whole | None = _f("Alaikäraja", "Nuorin ikä vuosina.", None, ge=0, le=120)
    max: Whole | None = _f("Yläikäraja", "Vanhin ikä vuosina.", None, ge=0, le=120)


class Confusion(Record):
    """Samannäköinen keino, johon tämä sekoitetaan."""

    measure: Id = _f("Keino", "Toisen keinon tunnus.")
    difference: Line = _f("Ero", "Yksi ero, josta keinot erottaa.")


class Change(Record):
    """Mitä tässä keinossa on muuttunut tai muuttuu."""

    date: Day = _f("Päivä", "Voimaantulopäivä.")
    text: Claim = _f("Muutos", "Mitä muuttui, lähdeviitteen kanssa.")
    noted: Day = _f("Kirjattu", "Päivä, jona muutos lisättiin tai viimeksi muuttui täällä. Puuttuu: 22.11.2026.", FIRST_NOTED)


class Doubt(Record):
    """Epävarma kohta, joka sanotaan lukijalle."""

    ask: Line = _f("Keneltä", "Taivutettuna: Kelasta, eläkelaitokselta, työllisyysalueelta.")
    text: Claim = _f("Mitä tarkistetaan", "Jatkaa sanoja Tarkista Kelasta:")
    place: DoubtPlace = _f("Kohta", "Minkä osan lopussa huomautus näytetään.", "conditions")


class RegionalNote(Record):
    """Mitä keinossa on toisin yhdellä alueella."""

    area: Id = _f("Alue", "Alueen tunnus tiedostosta regions/areas.yaml.")
    text: Claim = _f("Ero", "Mitä alueella on toisin tai missä keino siellä toimii, lähdeviitteen kanssa.")


class Measure(Record):
    """Keino: etuus, palvelu, kuntoutus, työpaikan keino, oikeus tai menetelmä."""

    id: Id = _f("Tunnus", "Osoitteen osa. Ei muutu koskaan julkaisun jälkeen.")
    name: Names = _f("Nimi")
    kind: Kind = _f("Laji", "Katso arvojen selitykset tiedostosta vocabulary.yaml.")
    status: Status = _f("Tila", "in-force: voimassa, ended: lakannut, upcoming: tulossa.", "in-force")
    starts: Day | None = _f("Alkaa", "Päivä, josta tulossa oleva keino on voimassa. Tila vaihtuu silloin itsestään.", None)
    ended: Day | None = _f("Lakkasi", "Päivä, josta keinoa ei enää ole. Tuleva päivä: tila vaihtuu silloin itsestään.", None)
    replaced_by: tuple[Id, ...] = _f("Tilalle tuli", "Keinot, joita nyt käytetään.", ())
    summary: Summary = _f("Yksi lause", "Mitä asiakas saa ja keneltä. Tekijä ensin, enintään 200 merkkiä ja 25 sanaa.")
    synonyms: tuple[Line, ...] = _f("Muut nimet", "Lyhenteet, vanhat nimet, puhekieli, lomakkeet. Haku löytää näillä.", ())
    ambiguous: tuple[Line, ...] = _f("Yhteiset nimet", "Muut nimet, joita tarkoituksella käyttää moni keino (esim. työkokeilu).", ())
    phrases: tuple[Line, ...] = _f("Arjen sanat", "6–12 tilannetta niillä sanoilla, joilla asiakas ne kertoo.", ())
    phases: tuple[Phase, ...] = _f("Vaiheet", "Missä vaiheessa asiakas on, kun keino sopii.", min_length=1)
    needs: tuple[Need, ...] = _f("Tarpeet", "Mihin tarpeeseen keino vastaa.", min_length=1)
    limitations: tuple[Limitation, ...] = _f("Toimintarajoite", "Vain jos keino on rajattu tai tyypillinen.", ())
    ages: Ages | None = _f("Ikä", "Vain jos keinolla on ikäraja.", None)
    requires: tuple[Requirement, ...] = _f(
        "Edellyttää",
        "employer: työnantajan, doctor: lääkärin lausunnon, referral: lähetteen tai ohjauksen, decision-first: päätöksen ennen aloitusta.",
        (),
    )
    decided_by: tuple[Id, ...] = _f("Päättää", "Toimijat, jotka tekevät päätöksen.", ())
    provided_by: tuple[Id, ...] = _f("Järjestää tai maksaa", "Toimijat, joilta asiakas saa keinon.", ())
    advised_by: tuple[Id, ...] = _f("Kuka auttaa", "Toimijat, jotka neuvovat tai ohjaavat keinoon.", ())
    facts: Facts | None = _f("Avaintiedot", "Kuusi tietoa vastauslaatikkoon.", None)
    for_whom: tuple[Claim, ...] = _f("Kenelle", "Yksi rivi kutakin ryhmää kohden.", ())
    conditions: tuple[Claim, ...] = _f("Edellytykset", "Yksi tarkistettava ehto riviä kohden, lähde joka riville.", ())
    steps: tuple[Step, ...] = _f("Näin haetaan", "2–6 askelta järjestyksessä.", (), max_length=8)
    amount: tuple[Claim, ...] = _f("Määrä", "Rahasta ja maksuista, lähde joka kohtaan.", ())
    duration: tuple[Claim, ...] = _f("Kesto", "Ajasta, lähde joka kohtaan. Sano, ovatko päivät arkipäiviä.", ())
    income: tuple[Claim, ...] = _f("Vaikutus tuloihin", "Mitä muille tuloille tapahtuu, lähde joka kohtaan.", ())
    refusal: tuple[Claim, ...] = _f("Miksi ei", "Tavalliset hylkäyksen syyt.", ())
    after_refusal: tuple[Claim, ...] = _f("Mitä sitten", "Mitä hylkäyksen jälkeen voi kokeilla.", ())
    appeal: Id | None = _f("Muutoksenhaku", "Reitin tunnus tiedostosta appeals.yaml.", None)
    appeal_note: tuple[Claim, ...] = _f("Lisätieto muutoksenhausta", "Vain tätä keinoa koskeva lisä.", ())
    confusions: tuple[Confusion, ...] = _f("Älä sekoita näihin", "Enintään viisi.", (), max_length=5)
    changes: tuple[Change, ...] = _f("Muutokset", "Uusin ensin.", ())
    doubts: tuple[Doubt, ...] = _f("Tarkista", "Kohdat, joista emme ole varmoja.", ())
    tips: tuple[Claim, ...] = _f("Koordinaattorille", "Käytännön vinkki työhön.", (), max_length=3)
    regional: tuple[RegionalNote, ...] = _f("Alueittain", "Alueelliset erot ja paikalliset toteutukset. Lähde joka kohtaan.", ())
    no_guide: Claim | None = _f(
        "Ei tilanteissa", "Miksi keino ei ole yhdenkään tilanteen polussa. Jätä pois, jos keino on jossakin polussa.", None
    )
    client: tuple[Line, ...] = _f("Asiakkaalle", "2–5 lyhyttä lausetta, sinä-muoto, ei lyhenteitä.", (), max_length=6)
    sources: tuple[Source, ...] = _f("Lähteet", "Järjestys on sivun numerojärjestys.", ())
    review: Review = _f("Tarkistus")

    def claims(self) -> dict[str, tuple[str, ...]]:
        """Every text that may cite, by field path: the ground for all rules on sources."""
        facts = {
            f"facts.{name}": tuple(filter(None, (fact.value, fact.note)))
            for name in Facts.model_fields
            if (fact := getattr(self.facts, name, None))
        }
        return {
            **facts,
            **{f"for_whom[{i}]": (text,) for i, text in enumerate(self.for_whom)},
            **{f"conditions[{i}]": (text,) for i, text in enumerate(self.conditions)},
            **{f"steps[{i}].text": (step.text,) for i, step in enumerate(self.steps)},
            **{f"amount[{i}]": (text,) for i, text in enumerate(self.amount)},
            **{f"duration[{i}]": (text,) for i, text in enumerate(self.duration)},
            **{f"income[{i}]": (text,) for i, text in enumerate(self.income)},
            **{f"refusal[{i}]": (text,) for i, text in enumerate(self.refusal)},
            **{f"after_refusal[{i}]": (text,) for i, text in enumerate(self.after_refusal)},
            **{f"appeal_note[{i}]": (text,) for i, text in enumerate(self.appeal_note)},
            **{f"changes[{i}].text": (change.text,) for i, change in enumerate(self.changes)},
            **{f"doubts[{i}].text": (doubt.text,) for i, doubt in enumerate(self.doubts)},
            **{f"tips[{i}]": (text,) for i, text in enumerate(self.tips)},
            **{f"regional[{i}].text": (note.text,) for i, note in enumerate(self.regional)},
            **({"no_guide": (self.no_guide,)} if self.no_guide else {}),
        }


class Contact(Record):
    """Yhteystieto tai paikka, josta asia alkaa."""

    text: Claim = _f("Ohje", "Mihin otetaan yhteyttä ja miten.")
    url: Address | None = _f("Osoite", "Virallinen sivu.", None)


class Actor(Record):
    """Toimija: viranomainen, vakuutuslaitos, työnantaja, järjestö tai verkosto."""

    id: Id = _f("Tunnus", "Osoitteen osa. Ei muutu koskaan julkaisun jälkeen.")
    name: Names = _f("Nimi")
    kind: ActorKind = _f("Laji")
    common: Flag = _f("Yleisnimi", "true, kun nimi on yleisnimi, joka kirjoitetaan virkkeen keskellä pienellä: työnantaja.", False)
    status: Status = _f("Tila", "in-force, ended tai upcoming.", "in-force")
    ended: Day | None = _f("Lakkasi", "Päivä, josta toimijaa ei enää ole.", None)
    replaced_by: tuple[Id, ...] = _f("Tilalle tuli", "Toimijat, jotka hoitavat tehtävän nyt.", ())
    summary: Summary = _f("Yksi lause", "Mitä toimija tekee osatyökykyisen hyväksi.")
    synonyms: tuple[Line, ...] = _f("Muut nimet", "Lyhenteet, vanhat nimet, puhekieli.", ())
    tasks: tuple[Claim, ...] = _f("Tehtävät", "Mistä toimija vastaa.", ())
    not_tasks: tuple[Claim, ...] = _f("Tämä ei kuulu tälle", "Mitä toimijalta usein turhaan kysytään ja kuka vastaa.", ())
    for_coordinator: tuple[Contact, ...] = _f("Koordinaattorille", "Miten koordinaattori saa yhteyden.", ())
    for_client: tuple[Contact, ...] = _f("Asiakkaalle", "Mistä asiakas aloittaa.", ())
    group: Id | None = _f("Kuuluu ryhmään", "Toimija, jonka sivulla yhteiset keinot ovat, esim. tyoelakelaitokset.", None)
    website: Address | None = _f("Verkkosivu", "Virallinen sivu.", None)
    regional: Literal["hyvinvointialueet", "tyollisyysalueet", "elinvoimakeskukset", "kunnat"] | None = _f(
        "Alueittain", "Aluehakemisto, jos vastuutaho vaihtelee alueittain.", None
    )
    changes: tuple[Change, ...] = _f("Muutokset", "Uusin ensin.", ())
    doubts: tuple[Doubt, ...] = _f("Tarkista", "Kohdat, joista emme ole varmoja.", ())
    tips: tuple[Claim, ...] = _f("Vinkit", "Käytännön vinkki koordinaattorille.", (), max_length=3)
    sources: tuple[Source, ...] = _f("Lähteet", "", ())
    review: Review = _f("Tarkistus")


class Act(Record):
    """Säädös."""

    id: Id = _f("Tunnus")
    name: Line = _f("Nimi", "Säädöksen nimike.")
    short: Line | None = _f("Lyhyt nimi", "Nimi, jota sivuilla käytetään.", None)
    number: Line | None = _f("Säädösnumero", "Muodossa 1224/2004. Puuttuu, jos ei varmistettu.", None)
    type: Literal["act", "decree", "bill"] = _f("Laji", "act: laki, decree: asetus, bill: esitys.")
    status: Literal["in-force", "repealed", "upcoming", "unverified"] = _f("Tila")
    url: Address | None = _f("Osoite", "Säädöksen sivu.", None)
    repealed_by: Line | None = _f("Kumosi", "Kumonnut säädös.", None)
    repealed: Day | None = _f("Kumottu", "Kumoamispäivä.", None)
    note: Line | None = _f("Huomautus", "Epävarmuus, joka näytetään lukijalle.", None)


class FigureValue(Record):
    """Luku ja aika, jona se on voimassa."""

    value: Number = _f("Luku", "Desimaalipisteellä: 31.99.")
    valid_from: Day = _f("Voimassa alkaen")
    valid_to: Day | None = _f("Voimassa asti", "Viimeinen päivä. Puuttuu, jos laissa ei ole päättymistä.", None)
    basis: Literal["published", "statute", "computed"] = _f(
        "Peruste", "published: julkaistu, statute: laissa, computed: laskettu indeksistä."
    )
    source: Source = _f("Lähde")


class Figure(Record):
    """Rahamäärä tai muu luku, joka muuttuu vuosittain."""

    id: Id = _f("Tunnus", "Tekstit viittaavat tähän: {tunnus}.")
    name: Line = _f("Mikä luku on")
    unit: Literal[
        "eur",
        "eur-workday",
        "eur-day",
        "eur-month",
        "eur-year",
        "eur-hour",
        "percent",
        "factor",
        "index-point",
        "eur-week",
        "cent-km",
    ] = _f("Yksikkö", "Euroa ja mitä kohden. Päivä eur-workday on arkipäivä.")
    values: tuple[FigureValue, ...] = _f("Arvot", "Uusin ensin.", min_length=1)
    review: Review | None = _f("Tarkistus", "Puuttuu: lukua ei ole merkitty tarkistetuksi.", None)


class Term(Record):
    """Sanaston termi."""

    id: Id = _f("Tunnus")
    name: Names = _f("Termi")
    synonyms: tuple[Line, ...] = _f("Muut nimet", "", ())
    definition: Claim = _f("Selitys", "Yksi tai kaksi lausetta.")
    measures: tuple[Id, ...] = _f("Keinot", "Keinot, joihin termi liittyy.", ())
    related: tuple[Id, ...] = _f("Liittyy", "Muut termit.", ())
    mark: tuple[Line, ...] = _f("Merkitään tekstiin", "Taivutusmuodot, joista keinon tekstissä ensimmäinen on linkki tähän.", ())
    mark_for: tuple[Id, ...] = _f("Merkitään vain näiden keinoihin", "Toimijat. Puuttuu: merkitään kaikkien keinoihin.", ())
    sources: tuple[Source, ...] = _f("Lähteet", "", ())
    review: Review = _f("Tarkistus")


class Combination(Record):
    """Kahden keinon suhde. Kukin pari on luettelossa kerran."""

    a: Id = _f("Keino", "Suhteessa sequence tämä on ensin.")
    b: Id = _f("Toinen keino")
    relation: Relation = _f("Suhde", "together: yhdessä, sequence: ensin a, sitten b, conditional: vain ehdoin, excludes: ei yhtä aikaa.")
    why: Claim = _f("Perustelu", "Yksi lause: miksi näin.")
    sources: tuple[Source, ...] = _f("Lähteet", "Puuttuu, jos kyse on käytännön havainnosta.", ())


class Appeal(Record):
    """Muutoksenhaun reitti, jota moni keino käyttää."""

    id: Id = _f("Tunnus")
    name: Line = _f("Nimi", "Mitä päätöstä reitti koskee.")
    deadline: Line | None = _f("Määräaika", "Lyhyesti. Puuttuu, jos valitusoikeutta ei ole.", None)
    paragraphs: tuple[Claim, ...] = _f(
        "Ohje", "Mihin, miten ja kuka ratkaisee, lähde joka kohtaan. Kolme ensimmäistä näkyvät keinon sivulla.", min_length=1
    )
    doubts: tuple[Doubt, ...] = _f("Tarkista", "", ())
    sources: tuple[Source, ...] = _f("Lähteet", "", ())
    review: Review | None = _f("Tarkistus", "Puuttuu: reittiä ei ole merkitty tarkistetuksi.", None)


class Reform(Record):
    """Muutos palvelujärjestelmässä."""

    id: Id = _f("Tunnus")
    date: Day = _f("Päivä", "Voimaantulo.")
    certainty: Literal["in-force", "adopted", "proposed", "inferred"] = _f(
        "Varmuus", "in-force: voimassa, adopted: hyväksytty, proposed: ehdotettu, inferred: voimaantulo päätelty."
    )
    title: Line = _f("Otsikko", "Mitä muuttui, enintään 80 merkkiä.")
    before: Claim | None = _f("Ennen", "Miten oli.", None)
    now: Claim = _f("Nyt", "Miten on tai miten tulee olemaan.")
    measures: tuple[Id, ...] = _f("Keinot", "", ())
    actors: tuple[Id, ...] = _f("Toimijat", "", ())
    noted: Day = _f("Kirjattu", "Päivä, jona muutos lisättiin tai viimeksi muuttui täällä. Puuttuu: 22.11.2026.", FIRST_NOTED)
    sources: tuple[Source, ...] = _f("Lähteet", "", ())


class StageMeasure(Record):
    """Keino polun vaiheessa."""

    id: Id = _f("Keino", "Keinon tunnus.")
    role: Literal["must-check", "consider", "alternative"] = _f(
        "Rooli", "must-check: tarkista aina, consider: harkitse, alternative: jos edellinen ei sovi."
    )
    why: Claim = _f("Miksi nyt", "Yksi lause: mitä keino tekee juuri tässä vaiheessa.")


class Stage(Record):
    """Polun vaihe."""

    name: Line = _f("Nimi", "Mitä vaiheessa tehdään, muutama sana.")
    when: Line = _f("Milloin", "Mihin mennessä tai mistä alkaen. Sano, ovatko päivät arkipäiviä.")
    day: Line | None = _f("Päivä", "Lyhyt luku polun reunaan, esim. 90 pv. Vain jos vaiheella on oma päivä.", None)
    limit: Flag = _f("Ehdoton raja", "true, jos määräajan ylitys vie oikeuden tai rahan.", False)
    actors: tuple[Id, ...] = _f("Kuka toimii", "Toimijat, joiden vuoro on.", ())
    who: Line | None = _f("Kuka toimii sanoin", "Esim. Asiakas ja työterveyslääkäri. Täydentää toimijoita.", None)
    income: Claim = _f("Mistä asiakas elää", "Tulot tämän vaiheen ajan, lähde.")
    papers: tuple[Claim, ...] = _f("Paperit", "Mitä tarvitaan.", ())
    measures: tuple[StageMeasure, ...] = _f("Keinot nyt", "Järjestyksessä: tarkista aina, harkitse, vaihtoehto.", min_length=1)
    agree: tuple[Claim, ...] = _f("Sovi asiakkaan kanssa", "Mitä sovitaan ja kuka tekee.", ())
    then: Literal["next", "or"] = _f("Jatko", "next: tämän jälkeen seuraava vaihe, or: seuraava vaihe on tämän vaihtoehto.", "next")


class Situation(Record):
    """Tilanne: polku vaiheittain."""

    id: Id = _f("Tunnus", "Osoitteen osa. Ei muutu koskaan julkaisun jälkeen.")
    name: Line = _f("Nimi", "Tilanne asiakkaan kannalta, enintään 60 merkkiä.")
    summary: Summary = _f("Yksi lause", "Mitä tehdään ensin ja mikä ratkaisee.")
    who: Claim = _f("Kenen tilanne", "Kenestä on kyse.")
    synonyms: tuple[Line, ...] = _f("Muut nimet", "Hakusanoja.", ())
    phrases: tuple[Line, ...] = _f("Arjen sanat", "Millä sanoilla tilanne kerrotaan.", min_length=4, max_length=10)
    phases: tuple[Phase, ...] = _f("Vaiheet", "Missä vaiheessa asiakas on.", min_length=1)
    needs: tuple[Need, ...] = _f("Tarpeet", "Mihin tarpeeseen polku vastaa.", min_length=1)
    questions: tuple[Claim, ...] = _f("Kysy ensin", "3–6 kysymystä, joihin vastaus ratkaisee polun.", min_length=3, max_length=6)
    stages: tuple[Stage, ...] = _f("Polku", "Vaiheet järjestyksessä.", min_length=2, max_length=7)
    pitfalls: tuple[Claim, ...] = _f("Sudenkuopat", "Mikä menee usein vikaan, lähde jos väite koskee lakia.", ())
    talk: tuple[Line, ...] = _f("Puheeksi", "3–5 ratkaisukeskeistä kysymystä asiakkaalle.", min_length=3, max_length=5)
    meeting: tuple[Line, ...] = _f("Verkostokokous", "Mitä sovitaan: kuka, mitä, milloin.", ())
    client: tuple[Line, ...] = _f("Asiakkaalle", "2–5 lyhyttä lausetta, sinä-muoto.", min_length=2, max_length=6)
    doubts: tuple[Doubt, ...] = _f("Tarkista", "Kohdat, joista emme ole varmoja.", ())
    sources: tuple[Source, ...] = _f("Lähteet", "", ())
    review: Review = _f("Tarkistus")

    def measure_ids(self) -> tuple[str, ...]:
        """Every measure of the path, each once, in the order of the path."""
        return tuple(dict.fromkeys(row.id for stage in self.stages for row in stage.measures))


class Calculation(Record):
    """Yksi päivä, jonka laskuri antaa."""

    id: Id = _f("Tunnus", "Saman laskurin myöhempi rivi voi laskea tästä.")
    label: Line = _f("Nimi", "Mitä päivä tarkoittaa.")
    base: Id = _f("Mistä", "start tai aiemman rivin tunnus.", "start")
    count: Whole = _f("Määrä", "Montako yksikköä. Kuukausissa ja kalenteripäivissä voi olla myös taaksepäin: -3.")
    unit: Literal["weekday", "office-day", "day", "week", "month", "maximum-period"] = _f(
        "Yksikkö",
        "weekday: arkipäivä ma–la, office-day: arkipäivä ma–pe, day: kalenteripäivä, week, month, "
        "maximum-period: sairauspäivärahan enimmäisaika.",
    )
    first: Flag = _f("Alkupäivä mukaan", "true, jos laskun alkupäivä on ensimmäinen laskettava päivä (myös kuukausissa).", False)
    shift: Flag = _f("Siirtyy", "true, jos määräaika siirtyy viikonlopulta tai pyhältä seuraavaan arkipäivään.", False)
    limit: Flag = _f("Ehdoton raja", "true, jos myöhästyminen vie oikeuden tai rahan.", False)
    who: Line = _f("Kuka toimii", "Kenen vuoro on.")
    what: Claim = _f("Mitä tehdään", "Mitä päivään mennessä tehdään ja mitä myöhästyminen tekee, lähde.")


class CalculatorExample(Record):
    """Käsin laskettu esimerkki, joka ajetaan testinä."""

    start: Day = _f("Alku", "Alkupäivä.")
    results: dict[Id, Day] = _f("Tulokset", "Rivin tunnus ja oikea päivä.")


class Calculator(Record):
    """Päivälaskuri."""

    id: Id = _f("Tunnus", "Osoitteen osa.")
    name: Line = _f("Nimi")
    topic: Topic = _f("Aihe", "Minkä aiheen alla laskuri on luettelossa.")
    start: Line = _f("Mitä kysytään", "Alkupäivän nimi, esim. Ensimmäinen sairauspäivä.")
    rule: Claim = _f("Laskutapa", "Miten päivät lasketaan.")
    unknown: Claim = _f("Mitä emme tiedä", "Mistä oikea luku selviää. Näytetään ensin.")
    results: tuple[Calculation, ...] = _f("Päivät", "Aikajärjestyksessä.", min_length=1)
    measures: tuple[Id, ...] = _f("Keinot", "Mihin keinoihin laskuri liittyy.", min_length=1)
    appeals: tuple[Id, ...] = _f("Muutoksenhaku", "Reitit, joiden määräajan laskuri laskee. Näkyy keinon sivulla.", ())
    examples: tuple[CalculatorExample, ...] = _f("Esimerkit", "Vähintään yksi.", min_length=1)
    sources: tuple[Source, ...] = _f("Lähteet", "", min_length=1)
    review: Review = _f("Tarkistus")


class EverydayWord(Record):
    """Arjen sana: mitä lukija kirjoittaa ja millä sanalla sivut puhuvat samasta."""

    id: Id = _f("Tunnus", "Lyhyt nimi riville. Ei näy lukijalle.")
    says: tuple[Line, ...] = _f("Lukija kirjoittaa", "Puhekielen sanat, yksi tai kaksi sanaa kussakin.", min_length=1)
    means: tuple[Line, ...] = _f("Sivut sanovat", "Sanat tai kokonaiset nimet, joilla sama asia on sivuilla.", min_length=1, max_length=6)


class Retired(Record):
    """Julkaistu tunnus, jota ei enää käytetä. Osoite jää kertomaan, mikä tuli tilalle."""

    id: Id = _f("Tunnus")
    kind: Literal["measure", "actor", "term", "situation", "lookalike", "payer-order", "module", "case"] = _f("Laji")
    name: Line = _f("Nimi")
    retired: Day = _f("Poistettu")
    replaced_by: tuple[Id, ...] = _f("Tilalle tuli", "", ())
    why: Claim = _f("Syy", "Mitä tapahtui ja mihin nyt katsotaan.")


class VocabularyEntry(Record):
    """Koodin näkyvä nimi."""

    code: Id = _f("Koodi")
    label: Line = _f("Nimi", "Näkyy sivuilla.")
    plural: Line | None = _f("Monikko", "Otsikoissa.", None)
    slug: Id | None = _f("Osoitteen osa", "Koosteen osoite.", None)
    icon: Id | None = _f("Kuvake", "Kuvakkeen nimi.", None)
    hint: Line | None = _f("Selite", "Yksi rivi.", None)


class Vocabulary(Record):
    """Koodit ja niiden suomenkieliset nimet. Ainoa paikka, jossa nimet ovat."""

    kinds: tuple[VocabularyEntry, ...]
    statuses: tuple[VocabularyEntry, ...]
    phases: tuple[VocabularyEntry, ...]
    needs: tuple[VocabularyEntry, ...]
    limitations: tuple[VocabularyEntry, ...]
    requirements: tuple[VocabularyEntry, ...]
    relations: tuple[VocabularyEntry, ...]
    review_levels: tuple[VocabularyEntry, ...]
    reviewer_roles: tuple[VocabularyEntry, ...]
    actor_kinds: tuple[VocabularyEntry, ...]
    certainties: tuple[VocabularyEntry, ...]
    units: tuple[VocabularyEntry, ...]
    roles: tuple[VocabularyEntry, ...]
    area_kinds: tuple[VocabularyEntry, ...]
    languages: tuple[VocabularyEntry, ...]
    organising_models: tuple[VocabularyEntry, ...]
    place_kinds: tuple[VocabularyEntry, ...]
    lookup_kinds: tuple[VocabularyEntry, ...]
    learning_areas: tuple[VocabularyEntry, ...]
    verdicts: tuple[VocabularyEntry, ...]
    calculator_topics: tuple[VocabularyEntry, ...]
