"""The records of the toolkit pages: who pays first, what an old name is now, look-alikes, refusals."""

from __future__ import annotations

from typing import Literal

from ..records import Claim, Doubt, Id, Line, Record, Review, Source, Summary, _f

LookupKind = Literal["form", "decision-word", "old-name", "abbreviation"]


class PayerQuestion(Record):
    """Yksi kysymys maksajien järjestyksessä. Ensimmäinen kyllä ratkaisee."""

    id: Id = _f("Tunnus", "Ankkuri sivulla, muoto aina-sama.")
    question: Line = _f("Kysymys", "Kysymys, johon vastataan kyllä tai ei.")
    hint: Claim | None = _f("Jos et tiedä", "Mistä vastaus selviää.", None)
    payer: Line = _f("Maksaja", "Kuka todennäköisesti maksaa ensin, muutama sana.")
    actors: tuple[Id, ...] = _f("Toimijat", "Maksajat toimijoina.", min_length=1)
    measures: tuple[Id, ...] = _f("Keinot", "Mitä tältä maksajalta haetaan.", min_length=1)
    why: Claim = _f("Peruste", "Miksi tämä maksaja on ensin, lähde.")
    then: Claim | None = _f("Näin etenet", "Mitä tehdään seuraavaksi.", None)


class PayerOrder(Record):
    """Maksajien järjestys yhdessä asiassa: kysymykset järjestyksessä."""

    id: Id = _f("Tunnus", "Osoitteen osa. Ei muutu koskaan julkaisun jälkeen.")
    name: Line = _f("Nimi", "Mistä maksetaan.")
    summary: Summary = _f("Yksi lause", "Mitä järjestys ratkaisee.")
    questions: tuple[PayerQuestion, ...] = _f("Kysymykset", "Järjestyksessä: ensisijaisin maksaja ensin.", min_length=2)
    otherwise: Claim = _f("Jos mikään ei sovi", "Mitä tehdään, kun kaikkiin vastataan ei.")
    disagree: tuple[Claim, ...] = _f("Jos maksajat ovat eri mieltä", "Mitä tehdään, lähde jos väite koskee lakia.", min_length=1)
    beside: tuple[Claim, ...] = _f("Näiden rinnalla", "Mikä kulkee minkä tahansa maksajan rinnalla.", ())
    doubts: tuple[Doubt, ...] = _f("Tarkista", "Kohdat, joista emme ole varmoja.", ())
    sources: tuple[Source, ...] = _f("Lähteet", "", min_length=1)
    review: Review = _f("Tarkistus")


class Lookup(Record):
    """Vanha nimi, lomake, lyhenne tai päätöksen sana ja se, mihin se nyt vie."""

    id: Id = _f("Tunnus", "Ankkuri sivulla.")
    kind: LookupKind = _f("Laji", "form: lomake, decision-word: päätöksen sana, old-name: vanha nimi, abbreviation: lyhenne.")
    name: Line = _f("Hakusana", "Niin kuin se lukee paperissa.")
    also: tuple[Line, ...] = _f("Muut muodot", "Muut kirjoitustavat.", ())
    meaning: Claim = _f("Mitä se on nyt", "Yksi tai kaksi lausetta, lähde tai [?].")
    measures: tuple[Id, ...] = _f("Keinot", "Minne tästä mennään.", ())
    actors: tuple[Id, ...] = _f("Toimijat", "Kuka asiaa hoitaa.", ())
    sources: tuple[Source, ...] = _f("Lähteet", "", ())


class LookalikeRow(Record):
    """Yksi samannimisistä."""

    measure: Id = _f("Keino", "Maksaja, tulo, kesto ja kohderyhmä tulevat keinon omista tiedoista.")
    name: Line | None = _f("Nimi", "Vain jos sama keino on taulukossa kahdesti.", None)
    actors: tuple[Id, ...] = _f("Maksaja", "Vain jos se on eri kuin keinon päättäjä.", ())
    tell: Claim = _f("Mistä tunnistaa", "Yksi merkki, josta tämän erottaa muista, lähde tai [?].")


class Lookalike(Record):
    """Samannimiset: yksi sana, monta eri asiaa."""

    id: Id = _f("Tunnus", "Osoitteen osa. Ei muutu koskaan julkaisun jälkeen.")
    name: Line = _f("Sana", "Yhteinen nimi.")
    ask: Line = _f("Kysy ensin", "Kysymys, joka ratkaisee, mistä on kyse.")
    rows: tuple[LookalikeRow, ...] = _f("Samannimiset", "Vähintään kaksi.", min_length=2, max_length=8)
    sources: tuple[Source, ...] = _f("Lähteet", "", ())
    review: Review = _f("Tarkistus")


class Refusal(Record):
    """Keino, johon tulee usein hylkäys. Syyt ovat keinon omissa tiedoissa."""

    id: Id = _f("Keino", "Keinon tunnus. Keinolla on oltava refusal, after_refusal ja appeal.")
