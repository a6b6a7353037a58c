"""The data of the search: one compact index that the reader's browser searches.

`index` gives everything that `overrides/assets/search/engine.js` needs. The engine folds and
stems words itself, so the texts stand here as they are. `packed` is the same for the file, `unpacked`
reads it back. `unfindable` tells which names do not lead to their measure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import text
from .records import Actor, Measure, Situation, Term
from .render import slug

if TYPE_CHECKING:
    from .catalogue import Catalogue
    from .site import Page, Site


# What an entry of each kind is called, where its page stands and what it weighs: a page that only
# tells of a measure must not outrank it. `lift`: its name in a query lifts the entry
# beside the others, to this share of the best. `beside`: it comes next to the best when the query is its very name.
KINDS: Mapping[str, Mapping[str, Any]] = {
    "measure": {"label": "Keino", "path": "keinot/", "weight": 1},
    "actor": {"label": "Toimija", "path": "toimijat/", "weight": 0.8},
    "situation": {"label": "Tilanne", "path": "tilanteet/", "weight": 0.5},
    "municipality": {"label": "Kunta", "path": "alueet/kunnat/", "weight": 0.7, "lift": 0.95},
    "area": {"label": "Alue", "path": "alueet/", "weight": 0.7, "lift": 0.9},
    "term": {"label": "Termi", "path": "sanasto/", "weight": 0.5},
    "lookalike": {"label": "Samannimiset", "path": "", "weight": 0.5, "beside": True},
    "page": {"label": "Sivu", "path": "", "weight": 0.5},
    # Made by the engine when a query names two measures; no entry has it.
    "pair": {"label": "Kaksi keinoa", "path": "", "weight": 1},
}
# Kinds of pages that are found as pages; the others are found as what they tell of.
PAGES = frozenset({"page", "lookalike", "payer-order", "module"})
# What stands between two measures in a query, as the search folds it: one or the other, or both of them.
EITHER = ("vai", "vs", "versus", "kontra")
BOTH = ("ja", "tai", "seka", "och")
# Words around the names of two measures that only ask how they go together.
PAIR_WORDS = tuple(
    re.findall(
        r"\w+",
        """
        eri ero erot eroa eroavat kumpi kumman kumpaa kumpikin molemmat molempia paallekkain rinnakkain rinnalla saman samaan
        samalta samanaikaisesti vertaa vertailu verrataan yhdessa yhdistaa yhdistetaan yhdistaminen yhta yhtaaikaa
        """,
    )
)
# What readers call a page when they mean the page, not a measure.
PAGE_NAMES: Mapping[str, tuple[str, ...]] = {
    "tietoa/luvut": ("luvut", "rahamäärät", "euromäärät", "etuuksien määrät", "tulorajat", "indeksikorotus", "paljonko mikäkin etuus on"),
    "laskurit": ("laskuri", "päivälaskuri", "laske päivät", "määräaikojen laskuri", "päivien laskeminen", "sairauspäivien laskuri"),
    "muutoksenhaku": ("valitusosoitteet", "valitusohje", "valitusajat", "miten päätöksestä valitetaan", "valituksen tekeminen"),
    "kuka-maksaa": ("kuka maksaa", "kuka korvaa ensin", "maksajien järjestys", "ensisijaisuus", "kenen pitää maksaa"),
    "miksi-ei": (
        "miksi hylättiin", "hylkäyksen syyt", "kielteinen päätös", "miksi ei myönnetty", "hylkäysperusteet", "miksi hakemus hylättiin",
        "hakemus hylättiin", "hylätty hakemus", "miksi Kela hylkäsi hakemuksen", "miksi sain kielteisen päätöksen",
    ),
    "mika-nyt": ("vanhat nimet", "lomakenumerot", "lyhenteet", "mitä lyhenne tarkoittaa", "lomakkeen tunnus", "mikä lomake"),
    "samannimiset": ("sama nimi eri asia", "mihin nämä sekoitetaan", "sekaannukset"),
    "keinot/vertailu": ("vertailu", "vertaa keinoja", "rinnakkain", "kumpi kannattaa", "mitä eroa"),
    "yhdistelmat": ("mitä voi saada yhtä aikaa", "yhtä aikaa", "päällekkäiset etuudet", "yhteensopivuus"),
    "muutokset": ("mitä on muuttunut", "uudistukset", "lakimuutokset", "mikä muuttuu"),
    "tietoa/korjaa": ("ilmoita virheestä", "virhe sivulla", "palaute", "puuttuva tieto"),
    "tietoa/lisenssit": ("saako sisältöä käyttää", "käyttöehdot", "tekijänoikeus"),
    "alueet": ("mikä alue", "kartta", "oma kunta", "kuka vastaa kunnassa", "yhteystiedot", "alueen yhteystiedot", "kuntaluettelo"),
    "seuraa": ("rss", "syöte", "kalenteri", "tilaa muutokset", "ilmoitus muutoksista", "uutiskirje"),
    "upota": ("qr-koodi", "lyhyt linkki", "linkitä sivulle"),
    "opi/testi": ("testi", "testaa osaamisesi", "koe", "tietovisa"),
    "opi/itsearvio": ("itsearviointi", "osaamisen itsearviointi", "osaamiskartoitus"),
    "opi/tapaukset": ("case", "tapausesimerkit", "esimerkkitapaukset"),
    "opi/kouluttajalle": ("vihko", "oppimisvihko", "opintovihko", "moniste", "koulutusmateriaali"),
}
# A term that points to more measures than this is a general word, not another name of them.
TERM_MEASURES = 4
# An unseen word whose beginning stands in more entries than this is common.
COMMON = 3
# Words that tell little of what is looked for: they weigh next to nothing when the query has others.
# Without dots, as the search folds them.
FILLERS = tuple(
    re.findall(
        r"\w+",
        """
        a ai aika aikana aina ainakaan aion aivan an and asiakas asiakkaalla asiakkaalle asiakkaan asiakkaani att av
        edes ees ehka ei eika eiko eiks eivat eli elikka eller emme en enaa enaan enemman eniten enka enko ennaa ennen
        ensin enta et etko ett etta ette ettei etten for halua haluaa haluaisi haluaisin haluan haluis haluisin haluun
        han hanella hanelle hanen he heidan heille henkilo heti hirvee hyva i ihan ihminen in is itse itselle itseni
        itsensa ja jaa jaan jaanyt jai jain jalkeen jo joka jokin joko joku jolla jolle jolloin jonka jonkin jonku
        jonkun joo jos joskus jossa josta jota jotai jotain jotaki jotakin joten jotta juu kaa kai kaikki kans kanssa
        kauhee kautta kelle kelta kenelle keneltakaan ko kohta koko koska koskaan kovin ku kuin kuinka kuka kukaan kun
        kyl kylla liian lisaa luona luulen ma me med meidan meille meilta melko menee menen menevat meni menna mennyt
        mia mie mihin mika mikaan mikali miks miksi milla millainen millaista mille milloin milloinka mina minks minua
        minulla minulle minun missa mista mita mitaan miten mua mukaan mul mulki mulla mulle multa mun mutta myos naa
        nain nama ne niille niin niinko niinku niita no noi noin nuo nyt nytte och of ohessa ois oisin oisko ole olen
        oli olin olis olisi olisin olisko olla ollaan ollu ollut oma omaa omaan oman omassa omat on onko onkohan onks
        oon oonko oonks oot ovat paaseeko paaseeks paasisko paljon paljonko pian pitaa pitaako pitais pitaisi pitaisko
        pitas pois pystyn pystyy saa saada saako saaks saan saanko saanks saisi saisin saisko saiskoha saiskohan sano
        sanoi sanoo sanottiin se seka sen sia sie siella sielta siihe siihen siina siis siita siitahan siks siksi silla
        sille sina sinne sinulla sit sita sitku sitte sitten som sua sul sulla sulle sun taalla taalta taas tahan tahden
        tai takia talle tama tanne tarttee tartten tarttisin tarvii tarvin tarvis tarvita tarvitaan tarvitsee tarvitsen
        tassa tasta tata taytyy taytyyko te teen tehda teille tekee the to todella tonne tosi tota tulee tulen tuli
        tullut tuolla tuota vaan vaha vahan vahemman vai vaik vaikka vain varten vasta viela vielako voi voiko voiks
        voin voinko vois voisi voisko voiskohan vuoksi yha yksi
        """,
    )
)
# Words that ask for one side of a page, and words of time, number and the like that a sentence is full of: they weigh
# little beside a name ("kuntoutusrahan määrä", "palkkatuen hakeminen", "ensi kuussa").
ASPECTS = tuple(
    re.findall(
        r"\w+",
        """
        aamu aika aikuinen asia edellytykset ehdot ehto eilen elokuu ensi euroa hakea hakeminen hakemus hakeutuminen
        heinakuu helmikuu hinta huhtikuu huomenna ilman ilta jatkaminen jatko jatkuminen joulukuu kahden kaksi
        keskiviikko kesa kesakuu kesto kevat kolme kuun kuusi kuussa kuvaus kymmenen laskeminen lauantai lokakuu lomake
        maaliskuu maanantai maara maksaminen marraskuu merkitys mies muutama myontaminen nainen nelja ohje ohjeet
        paaseminen paasy pari perjantai peruste perusteet pituus saaminen sunnuntai suuruus syksy syyskuu talvi
        tammikuu tanaan tapaaminen tarkoittaa tarkoitus tieto tietoa tiistai torstai toukokuu tyontekija vaikutus
        valmistautuminen viikko viikolla viime viisi
        """,
    )
)


def index(catalogue: Catalogue, site: Site, more: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The whole data of the search, ready for JSON. `more` are finished entries (see `entry`) of further kinds."""
    entries = [
        *(_measure(catalogue, m) for m in catalogue.measures.values()),
        *(_actor(catalogue, a) for a in catalogue.actors.values()),
        *(_term(t) for t in catalogue.terms.values()),
        *(_situation(s) for s in catalogue.situations.values()),
        *more,
        *(_page(p) for p in site.pages if p.kind in PAGES and p.path and p.indexed),
        *_parts(catalogue),
    ]
    _drop_common(entries)
    everyday = [[list(row.says), list(row.means)] for row in catalogue.everyday.values()]
    return {
        "version": 2,
        "kinds": {k: dict(v) for k, v in KINDS.items()},
        "everyday": everyday,
        "fillers": list(FILLERS),
        "aspects": list(ASPECTS),
        "pairs": _pairs(catalogue, entries),
        "entries": entries,
    }


def entry(
    kind: str,
    id: str,  # noqa: A002
    name: str,
    line: str = "",
    *,
    who: str = "",
    label: str = "",
    status: str = "in-force",
    path: str = "",
    also: Iterable[str] = (),
    official: Iterable[str | None] = (),
    related: Iterable[str] = (),
    phrases: Iterable[str] = (),
    words: Iterable[str] = (),
) -> dict[str, Any]:
    """One entry. What is empty or follows from the kind is left out: the file is small.

    `words` are texts that are searched but not shown; only words that the entry does not have
    elsewhere are kept, in alphabetical order.
    """
    also = _different(also, [name])
    official = _different(filter(None, official), [name, *also])
    related = _different(related, [name, *also, *official])
    phrases = list(phrases)
    have = set(_words(" ".join([name, line, who, *also, *official, *phrases])))
    rest = sorted({word for one in words for word in _words(one)} - have)
    row = {
        "id": id,
        "kind": kind,
        "name": name,
        "line": line,
        "who": who,
        "label": label,
        "status": "" if status == "in-force" else status,
        "path": "" if path == f"{KINDS[kind]['path']}{id}{'' if '#' in id else '/'}" else path,
        "also": also,
        "official": official,
        "related": related,
        "phrases": phrases,
        "words": " ".join(rest),
    }
    return {key: value for key, value in row.items() if value}


def _pairs(c: Catalogue, entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The known pairs of measures, and the words that tell them from a query.

    Rows: the place of a measure among the entries, then the place and the relation of each of its pairs.
    """
    place = {row["id"]: at for at, row in enumerate(entries) if row["kind"] == "measure"}
    codes = [relation.code for relation in c.vocabulary.relations]
    rows: dict[int, list[int]] = {}
    for x in c.combinations.values():
        if x.a in place and x.b in place:
            rows.setdefault(place[x.a], []).extend((place[x.b], codes.index(x.relation)))
    return {
        "either": list(EITHER),
        "both": list(BOTH),
        "words": list(PAIR_WORDS),
        "relations": [relation.label for relation in c.vocabulary.relations],
        "rows": ";".join(" ".join(map(str, (a, *rest))) for a, rest in sorted(rows.items())),
    }


def _drop_common(entries: Iterable[dict[str, Any]]) -> None:
    """Leave out unseen words that are common or stand in the entry in another form: they tell nothing apart."""
    entries = list(entries)
    seen = [set(map(_beginning, _words(" ".join(_shown(row))))) for row in entries]
    count = Counter(one for row, own in zip(entries, seen, strict=True) for one in own | set(map(_beginning, row.get("words", "").split())))
    for row, own in zip(entries, seen, strict=True):
        forms = {_beginning(word): word for word in reversed(row.pop("words", "").split())}
        if rest := sorted(word for one, word in forms.items() if one not in own and count[one] <= COMMON):
            row["words"] = " ".join(rest)


def _shown(row: Mapping[str, Any]) -> Iterator[str]:
    yield from (row["name"], row.get("line", ""), row.get("who", ""))
    for field in MANY:
        yield from row.get(field, ())


def _beginning(word: str) -> str:
    """Roughly the stem, which the build does not know: enough to see forms of one word."""
    return word[: max(5, len(word) - 3)] if len(word) > 6 else word


def _measure(c: Catalogue, m: Measure) -> dict[str, Any]:
    deciders = m.decided_by or m.provided_by
    return entry(
        "measure",
        m.id,
        m.name.fi,
        m.summary,
        who=", ".join(c.actor_names(deciders)),
        label=c.label("kinds", m.kind),
        status=m.status,
        also=[*m.synonyms, *m.ambiguous, *_former(m, c.measures)],
        official=(m.name.sv, m.name.en),
        related=[*_partly_former(m, c.measures), *_terms_of(m, (t for t in c.terms.values() if t.id not in c.actors))],
        phrases=m.phrases,
        words=map(text.plain, (*m.conditions, *m.for_whom, *m.client)),
    )


def _actor(c: Catalogue, a: Actor) -> dict[str, Any]:
    return entry(
        "actor",
        a.id,
        a.name.fi,
        a.summary,
        label=c.label("actor_kinds", a.kind),
        status=a.status,
        also=[*a.synonyms, *_former(a, c.actors), *(b.name.fi for b in c.actors.values() if a.id in b.replaced_by)],
        official=(a.name.sv, a.name.en),
    )


def _former(record: Measure | Actor, group: Mapping[str, Any]) -> Iterator[str]:
    """The names of what this record alone has replaced: they are its own old names."""
    for other in group.values():
        if other.replaced_by == (record.id,):
            yield other.name.fi
            yield from other.synonyms


def _partly_former(record: Measure, group: Mapping[str, Any]) -> Iterator[str]:
    """The names of what this record has replaced among others: the page of what ended knows better which."""
    for other in group.values():
        if record.id in other.replaced_by and len(other.replaced_by) > 1:
            yield other.name.fi


def _situation(s: Situation) -> dict[str, Any]:
    return entry("situation", s.id, s.name, s.summary, also=s.synonyms, phrases=s.phrases, words=map(text.plain, (s.who, *s.client)))


def _terms_of(m: Measure, terms: Iterable[Term]) -> Iterator[str]:
    """The names of the terms that mean this measure: those that point to few measures."""
    for t in terms:
        if m.id in t.measures and len(t.measures) <= TERM_MEASURES:
            yield from filter(None, (t.name.fi, t.name.sv, t.name.en, *t.synonyms))


def _term(t: Term) -> dict[str, Any]:
    return entry("term", t.id, t.name.fi, _first_sentence(text.plain(t.definition)), also=t.synonyms, official=(t.name.sv, t.name.en))


def _page(p: Page) -> dict[str, Any]:
    # "Tarve: Toimeentulo" is looked for as "toimeentulo".
    place = p.path.rstrip("/")
    also = [p.title.partition(": ")[2]] if ": " in p.title else []
    if p.kind == "lookalike":
        return entry("lookalike", place, p.title, p.description.strip(), path=p.path)
    return entry("page", place, p.title, p.description.strip(), also=[*also, *PAGE_NAMES.get(place, ())])


def _parts(c: Catalogue) -> Iterator[dict[str, Any]]:
    """Parts of pages that are looked for by themselves: calculators, routes of appeal, and old names that no measure has."""
    for x in c.calculators.values():
        yield _part("laskurit/", x.id, x.name, f"Laske: {x.start[:1].lower()}{x.start[1:]}.", "Laskuri", ("laskuri", f"{x.name} laskuri"))
    for a in c.appeals.values():
        line = f"Määräaika: {a.deadline}." if a.deadline else ""
        yield _part("muutoksenhaku/", a.id, a.name, line, "Muutoksenhaku", (f"valitus: {a.name}",))
    known = {
        _plain(name)
        for m in c.measures.values()
        for name in (m.name.fi, m.name.sv, m.name.en, *m.synonyms, *m.ambiguous, *_terms_of(m, c.terms.values()))
        if name
    } | {_plain(name) for a in c.actors.values() for name in (a.name.fi, *a.synonyms)}
    for x in c.lookups.values():
        if new := [name for name in (x.name, *x.also) if _plain(name) not in known]:
            line = _first_sentence(text.plain(x.meaning))
            yield _part("mika-nyt/", x.id, new[0], line, c.label("lookup_kinds", x.kind), new[1:])


def _part(page: str, anchor: str, name: str, line: str, label: str, also: Iterable[str]) -> dict[str, Any]:
    return entry("page", f"{page}#{anchor}", name, line, label=label, path=f"{page}#{anchor}", also=also)


# The columns of the packed entries: those of one text, and those of several, whose texts a line end would divide.
ONE = ("kind", "name", "line", "who", "label", "status", "path", "words")
MANY = ("also", "official", "related", "phrases")


def packed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with its entries by column: like beside like packs an eighth smaller. An id that follows from the name is left out."""
    entries = data["entries"]
    columns = {"id": ["" if row["id"] == slug(row["name"]) else row["id"] for row in entries]}
    columns |= {key: [row.get(key, "") for row in entries] for key in ONE}
    columns |= {key: ["\n".join(row.get(key, ())) for row in entries] for key in MANY}
    return {**{key: value for key, value in data.items() if key != "entries"}, "columns": {k: "\t".join(v) for k, v in columns.items()}}


def unpacked(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data of `index` from that of `packed`."""
    columns = {key: value.split("\t") for key, value in data["columns"].items()}
    entries = []
    for at, name in enumerate(columns["name"]):
        row = {"id": columns["id"][at] or slug(name)}
        row |= {key: columns[key][at] for key in ONE}
        row |= {key: columns[key][at].split("\n") for key in MANY if columns[key][at]}
        entries.append({key: value for key, value in row.items() if value})
    return {**{key: value for key, value in data.items() if key != "columns"}, "entries": entries}


def _first_sentence(value: str) -> str:
    found = re.match(r".{20,}?[.?!](?=\s+[A-ZÅÄÖ])", value)
    return found.group() if found else value


def _words(value: str) -> list[str]:
    return [word for word in re.findall(r"[^\W_]+", value.casefold()) if len(word) > 2 and not word.isdigit()]


def _different(names: Iterable[str], before: Sequence[str]) -> list[str]:
    seen = {_plain(name) for name in before}
    return [name for name in names if not (_plain(name) in seen or seen.add(_plain(name)))]


def _plain(name: str) -> str:
    return re.sub(r"[\s–-]+", " ", name.casefold()).strip()


@dataclass(frozen=True, order=True)
class Unfound:
    """A name of a measure that does not lead to it, and the ids that came instead."""

    measure: str
    field: str
    query: str
    first: tuple[str, ...]


def unfindable(data: Mapping[str, Any], search: Callable[[Sequence[str]], Sequence[Sequence[str]]], within: int = 3) -> Iterator[Unfound]:
    """Names (own, other, Swedish, English) that do not lead to their measure among the first `within`.

    `search` answers many queries at once: for each the ids of its hits, best first. A name that
    several entries carry may give the others first, but nothing else.
    """
    asked = [
        (row["id"], field, name)
        for row in data["entries"]
        if row["kind"] == "measure"
        for field, names in (("name", [row["name"]]), ("also", row.get("also", [])), ("official", row.get("official", [])))
        for name in names
    ]
    carriers: dict[str, set[str]] = {}
    for row in data["entries"]:
        for name in (row["name"], *row.get("also", []), *row.get("official", [])):
            carriers.setdefault(_plain(name), set()).add(row["id"])
    for (measure, field, name), found in zip(asked, search([name for _, _, name in asked]), strict=True):
        others = carriers[_plain(name)] - {measure}
        place = [i for i in dict.fromkeys(found) if i not in others][:within]
        if measure not in place:
            yield Unfound(measure, field, name, tuple(found[:within]))
