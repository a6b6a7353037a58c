"""Rules that records must keep together. One small function each, yielding problems.

Every rule takes the catalogue and the day of the check; the docstring's first line is the
rule as an editor would say it. `check` runs them all, so that everything is told at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise

from . import deadlines, text
from .catalogue import ADDRESSED, PUBLISHED, SECONDARY_HOSTS, Catalogue, hosts
from .learn.records import Case, Module, Question
from .problems import Problem, did_you_mean
from .records import Actor, Appeal, Calculator, Measure, Situation, Source, holds
from .rulebook import RuleBook
from .toolkit.records import Lookalike, PayerOrder

# Addresses under /keinot/ that are not measures.
RESERVED_IDS = frozenset({"tarpeet", "vaiheet", "lajit", "vertailu"})
# Claims on money, time limits, conditions and appeal; these never stand without a source.
SOURCED_FIELDS = ("conditions[", "amount[", "duration[", "income[", "refusal[", "appeal_note[", "changes[", "regional[")
SOURCED_FACTS = ("apply_by", "duration", "amount", "income", "needed")
# Kinds that give money or a granted service: these need the whole set of sections.
DECIDED_KINDS = frozenset({"benefit", "rehabilitation"})
PHRASES = (6, 12)
# Records of the toolkit and learning pages that cite; records whose sources all have a key and a use.
TOOLKIT = ("payers", "lookups", "lookalikes", "modules", "cases")
KEYED = ("measures", "appeals", "situations", "calculators", *TOOLKIT)
WITH_SOURCES = ("measures", "actors", "appeals", "changes", "terms", "combinations", "situations", "calculators", *TOOLKIT)
# Words that stand in an English title and in no Finnish one.
_ENGLISH = re.compile(r"\b(?:the|of|and|for|with|from)\b", re.IGNORECASE)
SUMMARY_WORDS = 25
LONG_SENTENCE = 30
CLIENT_SENTENCE = 14

_book = RuleBook()
rule, check = _book.rule, _book.check


# --- references ------------------------------------------------------------------------


_CALLED = {
    "measures": "keino",
    "actors": "toimija",
    "acts": "säädös",
    "figures": "luku",
    "appeals": "muutoksenhaun reitti",
    "situations": "tilanne",
    "modules": "moduuli",
}


@rule
def references_exist(c: Catalogue, today: date) -> Iterator[Problem]:
    """Jokainen viittaus osoittaa olemassa olevaan tietueeseen."""
    for key, record_id, path, target, value in references(c):
        if not c.knows(target, value):
            word = _CALLED.get(target, "termi")
            hint = did_you_mean(value, getattr(c, target)) or "tarkista tunnus"
            yield c.origin(key, record_id).problem(f'tuntematon {word} "{value}"', hint, path)


@rule
def links_lead_somewhere(c: Catalogue, today: date) -> Iterator[Problem]:
    """Tekstin linkki vie omaan tunnukseen tai turvalliseen verkko-osoitteeseen."""
    for key, record_id, path, value in _texts(c):
        for target in text.links_in(value):
            if ":" in target or target.startswith("/"):
                if not text.safe_address(target):
                    yield c.origin(key, record_id).problem(
                        f'linkki "{target}" ei ole turvallinen', "käytä omaa tunnusta tai osoitetta, joka alkaa https://", path
                    )
            elif "/" in target:
                folder, _, named = target.partition("/")
                groups = {folder: key for key, folder in ADDRESSED.values()}
                if folder not in groups or not c.knows(groups[folder], named):
                    yield c.origin(key, record_id).problem(f'linkin kohdetta "{target}" ei ole', "tarkista tunnus", path)
            elif not (c.knows("measures", target) or c.knows("actors", target)):
                hint = did_you_mean(target, [*c.measures, *c.actors]) or "tarkista tunnus"
                yield c.origin(key, record_id).problem(f'linkin kohdetta "{target}" ei ole', hint, path)


@rule
def marks_are_whole(c: Catalogue, today: date) -> Iterator[Problem]:
    """Tekstiin ei jää rikkinäisiä merkintöjä: haka- tai aaltosulkeita tai tähtipareja."""
    for key, record_id, path, value in _texts(c):
        rest = "".join(span.value for span in text.parse(value) if isinstance(span, text.Text | text.Strong))
        if found := re.search(r"[\[\]{}]|\*\*", rest):
            yield c.origin(key, record_id).problem(
                f'rikkinäinen merkintä "{found.group()}"', "kirjoita lähde [avain], luku {tunnus} tai linkki [sana](tunnus)", path
            )


@rule
def acts_and_figures_are_used(c: Catalogue, today: date) -> Iterator[Problem]:
    """Säädöksellä, luvulla ja muutoksenhaun reitillä on käyttäjä (varoitus)."""
    used = defaultdict(set)
    for _, _, _, target, value in references(c):
        used[target].add(value)
    for key in ("acts", "figures", "appeals"):
        for record_id in getattr(c, key):
            if record_id not in used[key]:
                yield c.origin(key, record_id).problem("mikään ei viittaa tähän", "käytä tai poista", warning=True)


@rule
def secondary_hosts_are_used(c: Catalogue, today: date) -> Iterator[Problem]:
    """Toissijaisten sivustojen luettelossa on vain sivustoja, joihin jokin lähde viittaa."""
    records = (record for key in WITH_SOURCES for record in getattr(c, key).values())
    used = {host for record in records for source in record.sources for host in hosts(source)}
    for host in sorted(c.secondary_hosts - used):
        yield Problem(f"data/{SECONDARY_HOSTS}", 0, f'mikään lähde ei ole sivustolta "{host}"', "poista rivi")


@rule
def replaced_by_has_no_cycle(c: Catalogue, today: date) -> Iterator[Problem]:
    """Korvaavien keinojen ketju ei palaa alkuun."""
    for key in ("measures", "actors"):
        group = getattr(c, key)
        for record_id, record in group.items():
            seen, todo = set(), list(record.replaced_by)
            while todo:
                following = todo.pop()
                if following == record_id:
                    yield c.origin(key, record_id).problem("korvaavien ketju palaa tähän samaan", "poista toinen viittaus", "replaced_by")
                    break
                if following not in seen and following in group:
                    seen.add(following)
                    todo += group[following].replaced_by


# --- identity --------------------------------------------------------------------------


@rule
def ids_are_one_to_one(c: Catalogue, today: date) -> Iterator[Problem]:
    """Sama tunnus ei ole yhtä aikaa keinolla ja toimijalla, eikä käytössä olevan tunnus ole poistettu."""
    for record_id in c.actors.keys() & c.measures.keys():
        yield c.origin("actors", record_id).problem("samanniminen tunnus on jo keinolla", "valitse toinen tunnus", "id")
    for record_id in c.measures.keys() & RESERVED_IDS:
        yield c.origin("measures", record_id).problem("tunnus on varattu koosteille", "valitse toinen tunnus", "id")
    for record_id, retired in c.retired.items():
        if record_id in getattr(c, ADDRESSED[retired.kind][0]):
            yield c.origin("retired", record_id).problem(
                "tunnus on yhä käytössä", "poista rivi tai anna uudelle tietueelle oma tunnus", "id"
            )


@rule
def published_ids_stay(c: Catalogue, today: date) -> Iterator[Problem]:
    """Kerran julkaistu tunnus ei katoa: se on käytössä tai poistettujen luettelossa."""
    current = published_ids(c)
    gone = {f"{retired.kind}:{record_id}" for record_id, retired in c.retired.items()}
    broken = {f"{kind}:{i}" for kind, key in PUBLISHED.items() for i in c.broken.get(key, ())}
    for name in c.published:
        if name not in current and name not in gone and name not in broken:
            yield Problem(
                "data/published-ids.txt",
                c.published.index(name) + 1,
                f'julkaistu tunnus "{name}" on kadonnut',
                "palauta tietue tai lisää se tiedostoon retired.yaml ja kerro, mikä tuli tilalle",
            )


def published_ids(c: Catalogue) -> frozenset[str]:
    """Ids with an address of their own, written `measure:id`."""
    return frozenset(f"{kind}:{record_id}" for kind, key in PUBLISHED.items() for record_id in getattr(c, key))


@rule
def synonyms_belong_to_one(c: Catalogue, today: date) -> Iterator[Problem]:
    """Muu nimi kuuluu yhdelle keinolle, ellei se ole kummankin kentässä ambiguous."""
    owners: dict[str, list[str]] = defaultdict(list)
    for record_id, measure in c.measures.items():
        for name in dict.fromkeys(_fold(n) for n in (measure.name.fi, *measure.synonyms)):
            owners[name].append(record_id)
    for record_id, measure in c.measures.items():
        own = {_fold(measure.name.fi)}
        for index, name in enumerate(measure.synonyms):
            if _fold(name) in own:
                yield c.origin("measures", record_id).problem(f'"{name}" on jo tämän keinon nimi', "poista toisto", f"synonyms[{index}]")
            own.add(_fold(name))
            others = [other for other in owners[_fold(name)] if other != record_id]
            if others:
                yield c.origin("measures", record_id).problem(
                    f'"{name}" on myös keinolla {others[0]}',
                    "siirrä kummassakin kenttään ambiguous tai poista toiselta",
                    f"synonyms[{index}]",
                )
        for index, name in enumerate(measure.ambiguous):
            if _fold(name) in own:
                yield c.origin("measures", record_id).problem(f'"{name}" on kahdesti', "poista toinen", f"ambiguous[{index}]")


@rule
def actor_names_stand_once(c: Catalogue, today: date) -> Iterator[Problem]:
    """Toimijan muu nimi ei toista sen omaa nimeä."""
    for record_id, actor in c.actors.items():
        seen = {_fold(name) for name in (actor.name.fi, actor.name.sv, actor.name.en) if name}
        for index, name in enumerate(actor.synonyms):
            if _fold(name) in seen:
                yield c.origin("actors", record_id).problem(f'"{name}" on jo toimijan nimi', "poista toisto", f"synonyms[{index}]")
            seen.add(_fold(name))


# --- content of a measure --------------------------------------------------------------


@rule
def required_fields_by_kind(c: Catalogue, today: date) -> Iterator[Problem]:
    """Lajin mukaan pakolliset kohdat on täytetty."""
    for record_id, m in c.measures.items():
        origin = c.origin("measures", record_id)
        if m.status == "ended":
            if m.ended is None:
                yield origin.problem("lakanneelta puuttuu päivä", "lisää kenttä ended", "status")
            continue
        if m.starts and m.status == "in-force" and m.starts > today:
            yield origin.problem("keino on voimassa, vaikka se alkaa vasta", "kirjoita status: upcoming", "starts")
        required = ["facts", "for_whom", "steps", "client", "phrases"]
        if m.kind in DECIDED_KINDS and m.status == "in-force":
            required += ["conditions", "amount", "duration", "income", "decided_by", "appeal"]
        for name in required:
            if not getattr(m, name):
                yield origin.problem("kohta puuttuu", f"lisää kenttä {name}", name)
        if not (m.decided_by or m.provided_by):
            yield origin.problem("tekijä puuttuu", "lisää decided_by tai provided_by", "provided_by")


@rule
def decision_has_an_appeal(c: Catalogue, today: date) -> Iterator[Problem]:
    """Jos joku päättää, sivu kertoo, miten päätökseen haetaan muutosta."""
    for record_id, m in c.measures.items():
        if m.decided_by and not m.appeal and m.status != "ended":
            yield c.origin("measures", record_id).problem(
                "päätöksellä ei ole muutoksenhakua", "lisää kenttä appeal (reitit: appeals.yaml)", "decided_by"
            )


@rule
def claims_have_a_source(c: Catalogue, today: date) -> Iterator[Problem]:
    """Raha, määräaika, ehto ja muutos perustuvat lähteeseen tai sanovat, ettei lähdettä ole."""
    for record_id, m in c.measures.items():
        for path, texts in m.claims().items():
            if not needs_a_source(path):
                continue
            if not any(map(text.sourced, texts)):
                yield c.origin("measures", record_id).problem(
                    "väitteellä ei ole lähdettä", "lisää [avain], tai [?] jos lähdettä ei ole", path
                )


def needs_a_source(path: str) -> bool:
    """Whether the text at a field path claims something on money, time, condition, income or change."""
    return path.startswith((*SOURCED_FIELDS, *(f"facts.{name}" for name in SOURCED_FACTS)))


@rule
def compiled_rests_on_sources(c: Catalogue, today: date) -> Iterator[Problem]:
    """Tasolla compiled vähintään neljännes väitteistä viittaa lähteeseen; muuten taso on unsourced."""
    for record_id, m in c.measures.items():
        texts = [one for path, one in m.claims().items() if needs_a_source(path)]
        sourced = sum(any(set(text.cited(t)) - {text.UNSOURCED} or text.figures_in(t) for t in one) for one in texts)
        if m.review.level == "compiled" and sourced * 4 < len(texts):
            yield c.origin("measures", record_id).problem(
                f"väitteistä vain {sourced}/{len(texts)} viittaa lähteeseen", "lisää lähteitä tai käytä tasoa unsourced", "review.level"
            )


@rule
def citations_match_sources(c: Catalogue, today: date) -> Iterator[Problem]:
    """Tekstin lähdeviite on tietueen lähteissä, ja jokaiseen lähteeseen viitataan."""
    for key in ("measures", "actors", "appeals", "changes", "terms", "situations", "calculators", *TOOLKIT):
        for record_id, record in getattr(c, key).items():
            origin = c.origin(key, record_id)
            known = {source.key for source in record.sources}
            used = set()
            for path, value in texts_of(record):
                for cited in text.cited(value):
                    used.add(cited)
                    if cited != text.UNSOURCED and cited not in known:
                        hint = did_you_mean(cited, filter(None, known)) or "lisää lähde kenttään sources"
                        yield origin.problem(f'lähdettä "{cited}" ei ole', hint, path)
            for index, source in enumerate(record.sources):
                if source.key and source.key not in used and key in KEYED:
                    yield origin.problem(
                        f'lähteeseen "{source.key}" ei viitata', "viittaa tekstissä [avain] tai poista lähde", f"sources[{index}]"
                    )


@rule
def sources_are_complete(c: Catalogue, today: date) -> Iterator[Problem]:
    """Lähde on joko säädös (act) tai sivu (publisher ja title), ja avain on yksi."""
    for key in WITH_SOURCES:
        for record_id, record in getattr(c, key).items():
            seen = set()
            for index, source in enumerate(record.sources):
                path = f"sources[{index}]"
                origin = c.origin(key, record_id)
                yield from _source_shape(source, origin, path)
                if key in KEYED and not source.key:
                    yield origin.problem("lähteen avain puuttuu", "lisää key", path)
                if source.key and source.key in seen:
                    yield origin.problem(f'lähteen avain "{source.key}" on kahdesti', "anna toiselle oma avain", path)
                seen.add(source.key)
    for record_id, figure in c.figures.items():
        for index, value in enumerate(figure.values):
            yield from _source_shape(value.source, c.origin("figures", record_id), f"values[{index}].source")


def _source_shape(source: Source, origin, path: str) -> Iterator[Problem]:
    if not source.language and _ENGLISH.search(source.title or ""):
        yield origin.problem(f'lähteen otsikko "{source.title}" on englantia', "lisää kenttä language: en", path)
    if source.act and (source.publisher or source.title or source.url):
        yield origin.problem("lähteellä on sekä säädös että sivu", "tee kaksi lähdettä", path)
    if not source.act and not (source.publisher and source.title):
        yield origin.problem("lähde on vajaa", "lisää act ja section, tai publisher ja title", path)


@rule
def euros_come_from_figures(c: Catalogue, today: date) -> Iterator[Problem]:
    """Euromäärä on tiedostossa figures.yaml eikä tekstissä, jotta se vanhenee yhdessä paikassa."""
    euro = re.compile(r"\d\s?(€|euro|eur\b|e/)", re.IGNORECASE)
    for key, record_id, path, value in _texts(c):
        if key == "changes" or path.startswith("changes["):
            continue
        if found := euro.search(value):
            yield c.origin(key, record_id).problem(
                f'euromäärä tekstissä ("…{value[max(0, found.start() - 8) : found.end()]}")',
                "lisää luku tiedostoon figures.yaml ja viittaa {tunnus}",
                path,
            )


@rule
def review_dates_make_sense(c: Catalogue, today: date) -> Iterator[Problem]:
    """Tarkistuspäivä ei ole tulevaisuudessa, ja seuraava tarkistus on sen jälkeen."""
    for key in (
        "measures", "actors", "terms", "situations", "calculators", "payers", "lookalikes", "figures", "appeals", "modules", "cases",
    ):  # fmt: skip
        for record_id, record in getattr(c, key).items():
            review, origin = record.review, c.origin(key, record_id)
            if review is None:
                continue
            if review.date > today:
                yield origin.problem(f"tarkistuspäivä {review.date} on tulevaisuudessa", "korjaa päivä", "review.date")
            if review.next <= review.date:
                yield origin.problem("seuraava tarkistus ei ole tarkistuspäivän jälkeen", "korjaa päivä", "review.next")
            elif review.next < today:
                yield origin.problem(f"tarkistus on myöhässä ({review.next})", "vertaa lähteeseen ja päivitä", "review.next", warning=True)
            if review.next > review.date + timedelta(days=2 * 366):
                yield origin.problem("tarkistusväli on yli kaksi vuotta", "aikaista seuraavaa tarkistusta", "review.next")
            if review.level == "verified" and not (review.by and review.against):
                yield origin.problem(
                    "tarkistetulta puuttuu tarkistaja tai lähde", "lisää by ja against tai käytä tasoa compiled", "review.level"
                )
            if key == "measures" and review.level != "unsourced" and not record.sources:
                yield origin.problem("lähteitä ei ole", "lisää lähde tai käytä tasoa unsourced", "review.level")


@rule
def ages_are_in_order(c: Catalogue, today: date) -> Iterator[Problem]:
    """Alaikäraja on enintään yläikäraja."""
    for record_id, m in c.measures.items():
        if m.ages and m.ages.min is not None and m.ages.max is not None and m.ages.min > m.ages.max:
            yield c.origin("measures", record_id).problem("alaikäraja on suurempi kuin yläikäraja", "korjaa ikä", "ages")


@rule
def confusions_are_others(c: Catalogue, today: date) -> Iterator[Problem]:
    """Keinoa ei sekoiteta itseensä."""
    for record_id, m in c.measures.items():
        for index, confusion in enumerate(m.confusions):
            if confusion.measure == record_id:
                yield c.origin("measures", record_id).problem("viittaus itseensä", "poista", f"confusions[{index}]")


# --- words -----------------------------------------------------------------------------


@rule
def summary_is_short(c: Catalogue, today: date) -> Iterator[Problem]:
    """Yhden lauseen vastauksessa on enintään 25 sanaa."""
    for key in ("measures", "actors"):
        for record_id, record in getattr(c, key).items():
            words = len(record.summary.split())
            if words > SUMMARY_WORDS:
                yield c.origin(key, record_id).problem(f"lauseessa on {words} sanaa, enintään {SUMMARY_WORDS}", "lyhennä", "summary")


@rule
def phrases_are_enough(c: Catalogue, today: date) -> Iterator[Problem]:
    """Voimassa olevalla keinolla on 6–12 arjen lausetta, joilla haku sen löytää."""
    least, most = PHRASES
    for record_id, m in c.measures.items():
        if m.status == "in-force" and not least <= len(m.phrases) <= most:
            yield c.origin("measures", record_id).problem(
                f"arjen lauseita on {len(m.phrases)}, pitää olla {least}–{most}", "lisää tai karsi", "phrases"
            )


@rule
def texts_are_readable(c: Catalogue, today: date) -> Iterator[Problem]:
    """Virkkeessä on enintään 30 sanaa, asiakkaan kortissa 14 (varoitus)."""
    for key, record_id, path, value in _texts(c):
        limit = CLIENT_SENTENCE if path.startswith("client[") else LONG_SENTENCE
        for sentence in re.split(r"(?<=[.?])\s+", text.plain(value)):
            words = len(sentence.split())
            if words > limit:
                yield c.origin(key, record_id).problem(f"virkkeessä on {words} sanaa", "jaa kahdeksi", path, warning=True)


# --- combinations ----------------------------------------------------------------------


@rule
def pairs_stand_once(c: Catalogue, today: date) -> Iterator[Problem]:
    """Kahden keinon suhde on luettelossa kerran, eikä keino ole parissa itsensä kanssa."""
    seen: dict[frozenset[str], str] = {}
    for record_id, pair in c.combinations.items():
        origin = c.origin("combinations", record_id)
        both = frozenset((pair.a, pair.b))
        if len(both) == 1:
            yield origin.problem("keino on parissa itsensä kanssa", "korjaa a tai b")
        elif both in seen:
            first = c.combinations[seen[both]]
            same = "toistuu" if first.relation == pair.relation else f'on ristiriidassa: toisaalla "{first.relation}"'
            yield origin.problem(f"pari {same} (rivi {c.origin('combinations', seen[both]).line()})", "jätä yksi", "relation")
        seen.setdefault(both, record_id)


@rule
def ended_measures_are_not_offered(c: Catalogue, today: date) -> Iterator[Problem]:
    """Lakannutta keinoa ei yhdistetä mihinkään sanomatta, että se on lakannut."""
    for record_id, pair in c.combinations.items():
        ended = [i for i in (pair.a, pair.b) if i in c.measures and c.measures[i].status == "ended"]
        if ended and (pair.relation != "excludes" or "lakan" not in pair.why):
            yield c.origin("combinations", record_id).problem(
                f"keino {ended[0]} on lakannut", "poista pari tai sano perustelussa, että keino on lakannut", "why"
            )


# --- situations ------------------------------------------------------------------------


@rule
def a_stage_does_not_contradict_the_pairs(c: Catalogue, today: date) -> Iterator[Problem]:
    """Polun yhdessä vaiheessa ei ole tarkistettavina kahta keinoa, jotka eivät käy yhtä aikaa."""
    excluded = {frozenset((pair.a, pair.b)) for pair in c.combinations.values() if pair.relation == "excludes"}
    for record_id, situation in c.situations.items():
        for i, stage in enumerate(situation.stages):
            firm = [row.id for row in stage.measures if row.role == "must-check"]
            for one, other in combinations(firm, 2):
                if frozenset((one, other)) in excluded:
                    yield c.origin("situations", record_id).problem(
                        f"{one} ja {other} eivät käy yhtä aikaa", "siirrä toinen eri vaiheeseen tai vaihtoehdoksi", f"stages[{i}].measures"
                    )


@rule
def paths_offer_what_is_in_force(c: Catalogue, today: date) -> Iterator[Problem]:
    """Polku ei tarjoa lakannutta keinoa, ja kukin keino on vaiheessa kerran."""
    for record_id, situation in c.situations.items():
        for i, stage in enumerate(situation.stages):
            ids = [row.id for row in stage.measures]
            for j, measure_id in enumerate(ids):
                path = f"stages[{i}].measures[{j}].id"
                if measure_id in c.measures and c.measures[measure_id].status == "ended":
                    yield c.origin("situations", record_id).problem(f"keino {measure_id} on lakannut", "vaihda nykyiseen keinoon", path)
                if measure_id in ids[:j]:
                    yield c.origin("situations", record_id).problem(f"keino {measure_id} on vaiheessa kahdesti", "poista toinen", path)


@rule
def income_of_a_stage_has_a_source(c: Catalogue, today: date) -> Iterator[Problem]:
    """Se, mistä asiakas elää, perustuu lähteeseen tai sanoo, ettei lähdettä ole."""
    for record_id, situation in c.situations.items():
        for i, stage in enumerate(situation.stages):
            if not text.sourced(stage.income):
                yield c.origin("situations", record_id).problem(
                    "väitteellä ei ole lähdettä", "lisää [avain], tai [?] jos lähdettä ei ole", f"stages[{i}].income"
                )


# --- calculators -----------------------------------------------------------------------


@rule
def calculators_agree_with_their_examples(c: Catalogue, today: date) -> Iterator[Problem]:
    """Laskuri antaa käsin lasketun esimerkin päivät, ja jokainen rivi laskee aiemmasta rivistä."""
    for record_id, calculator in c.calculators.items():
        origin = c.origin("calculators", record_id)
        known = ["start"]
        for i, row in enumerate(calculator.results):
            if row.base not in known:
                yield origin.problem(f'rivi "{row.base}" ei ole tätä ennen', "käytä start tai aiemman rivin tunnusta", f"results[{i}].base")
            if row.count < 1 and (row.count == 0 or row.unit not in ("month", "day")):
                yield origin.problem("määrä ei ole positiivinen", "kirjoita vähintään 1", f"results[{i}].count")
            known.append(row.id)
        if any(row.base not in known or (row.count < 1 and row.unit != "month") for row in calculator.results):
            continue
        for i, example in enumerate(calculator.examples):
            found = deadlines.results(calculator, example.start)
            for row_id, expected in example.results.items():
                if found.get(row_id) != expected:
                    yield origin.problem(
                        f"{row_id}: laskuri antaa {found.get(row_id)}, esimerkissä {expected}",
                        "korjaa sääntö tai esimerkki",
                        f"examples[{i}]",
                    )


# --- figures ---------------------------------------------------------------------------


@rule
def figures_do_not_overlap(c: Catalogue, today: date) -> Iterator[Problem]:
    """Luvulla on kunakin päivänä enintään yksi arvo."""
    for record_id, figure in c.figures.items():
        ordered = sorted(figure.values, key=lambda value: value.valid_from)
        for value in ordered:
            if value.valid_to and value.valid_to < value.valid_from:
                yield c.origin("figures", record_id).problem("voimassaolo päättyy ennen kuin alkaa", "korjaa päivät", "values")
        for earlier, later in pairwise(ordered):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                yield c.origin("figures", record_id).problem(
                    f"arvot menevät päällekkäin {later.valid_from}", "lisää aiemmalle valid_to", "values"
                )


@rule
def figures_are_valid_today(c: Catalogue, today: date) -> Iterator[Problem]:
    """Luvulla on arvo tälle päivälle (varoitus; sivu näyttää vanhentuneen luvun merkittynä)."""
    for record_id, figure in c.figures.items():
        if not any(holds(value.valid_from, value.valid_to, today) for value in figure.values):
            yield c.origin("figures", record_id).problem(
                f"luvulla ei ole arvoa päivälle {today}", "lisää uusi arvo lähteineen", "values", warning=True
            )


# --- walking through records -----------------------------------------------------------


def texts_of(record) -> Iterator[tuple[str, str]]:
    """Every marked text of a record with its field path."""
    if isinstance(record, Measure):
        for path, texts in record.claims().items():
            yield from ((path, value) for value in texts)
        yield from ((f"client[{i}]", value) for i, value in enumerate(record.client))
    elif isinstance(record, Actor):
        for name in ("tasks", "not_tasks", "tips"):
            yield from ((f"{name}[{i}]", value) for i, value in enumerate(getattr(record, name)))
        for name in ("for_coordinator", "for_client"):
            yield from ((f"{name}[{i}].text", contact.text) for i, contact in enumerate(getattr(record, name)))
        yield from ((f"changes[{i}].text", change.text) for i, change in enumerate(record.changes))
        yield from ((f"doubts[{i}].text", doubt.text) for i, doubt in enumerate(record.doubts))
    elif isinstance(record, Appeal):
        yield from ((f"paragraphs[{i}]", value) for i, value in enumerate(record.paragraphs))
        yield from ((f"doubts[{i}].text", doubt.text) for i, doubt in enumerate(record.doubts))
    elif isinstance(record, Calculator):
        yield from (("rule", record.rule), ("unknown", record.unknown))
        yield from ((f"results[{i}].what", x.what) for i, x in enumerate(record.results))
    elif isinstance(record, Situation):
        yield "who", record.who
        for name in ("questions", "pitfalls", "talk", "meeting", "client"):
            yield from ((f"{name}[{i}]", value) for i, value in enumerate(getattr(record, name)))
        for i, stage in enumerate(record.stages):
            yield f"stages[{i}].income", stage.income
            yield from ((f"stages[{i}].papers[{j}]", value) for j, value in enumerate(stage.papers))
            yield from ((f"stages[{i}].agree[{j}]", value) for j, value in enumerate(stage.agree))
            yield from ((f"stages[{i}].measures[{j}].why", x.why) for j, x in enumerate(stage.measures))
        yield from ((f"doubts[{i}].text", doubt.text) for i, doubt in enumerate(record.doubts))
    elif isinstance(record, PayerOrder):
        for i, question in enumerate(record.questions):
            for name in ("hint", "why", "then"):
                if value := getattr(question, name):
                    yield f"questions[{i}].{name}", value
        yield "otherwise", record.otherwise
        for name in ("disagree", "beside"):
            yield from ((f"{name}[{i}]", value) for i, value in enumerate(getattr(record, name)))
        yield from ((f"doubts[{i}].text", doubt.text) for i, doubt in enumerate(record.doubts))
    elif isinstance(record, Module | Question | Case):
        yield from record.texts()
    elif isinstance(record, Lookalike):
        yield from ((f"rows[{i}].tell", row.tell) for i, row in enumerate(record.rows))
    else:
        for name in ("definition", "why", "now", "before", "meaning"):
            if value := getattr(record, name, None):
                yield name, value


def _texts(c: Catalogue) -> Iterator[tuple[str, str, str, str]]:
    kinds = ("measures", "actors", "appeals", "terms", "combinations", "changes", "situations", "calculators", *TOOLKIT)
    for key in (*kinds, "questions", "retired"):
        for record_id, record in getattr(c, key).items():
            for path, value in texts_of(record):
                yield key, record_id, path, value


def references(c: Catalogue) -> Iterator[tuple[str, str, str, str, str]]:
    """(sort, id, field path, sort referred to, id referred to) for every reference by id."""
    for record_id, m in c.measures.items():
        for name, target in (("decided_by", "actors"), ("provided_by", "actors"), ("advised_by", "actors"), ("replaced_by", "measures")):
            yield from (("measures", record_id, f"{name}[{i}]", target, value) for i, value in enumerate(getattr(m, name)))
        yield from (("measures", record_id, f"confusions[{i}].measure", "measures", x.measure) for i, x in enumerate(m.confusions))
        if m.appeal:
            yield "measures", record_id, "appeal", "appeals", m.appeal
    for record_id, actor in c.actors.items():
        if actor.group:
            yield "actors", record_id, "group", "actors", actor.group
        yield from (("actors", record_id, f"replaced_by[{i}]", "actors", value) for i, value in enumerate(actor.replaced_by))
    for record_id, term in c.terms.items():
        yield from (("terms", record_id, f"measures[{i}]", "measures", value) for i, value in enumerate(term.measures))
        yield from (("terms", record_id, f"related[{i}]", "terms", value) for i, value in enumerate(term.related))
        yield from (("terms", record_id, f"mark_for[{i}]", "actors", value) for i, value in enumerate(term.mark_for))
    for record_id, pair in c.combinations.items():
        yield "combinations", record_id, "a", "measures", pair.a
        yield "combinations", record_id, "b", "measures", pair.b
    for record_id, situation in c.situations.items():
        for i, stage in enumerate(situation.stages):
            where = f"stages[{i}]"
            yield from (("situations", record_id, f"{where}.measures[{j}].id", "measures", x.id) for j, x in enumerate(stage.measures))
            yield from (("situations", record_id, f"{where}.actors[{j}]", "actors", x) for j, x in enumerate(stage.actors))
    for record_id, calculator in c.calculators.items():
        yield from (("calculators", record_id, f"measures[{i}]", "measures", x) for i, x in enumerate(calculator.measures))
        yield from (("calculators", record_id, f"appeals[{i}]", "appeals", x) for i, x in enumerate(calculator.appeals))
    for record_id, reform in c.changes.items():
        yield from (("changes", record_id, f"measures[{i}]", "measures", value) for i, value in enumerate(reform.measures))
        yield from (("changes", record_id, f"actors[{i}]", "actors", value) for i, value in enumerate(reform.actors))
    for record_id, order in c.payers.items():
        for i, question in enumerate(order.questions):
            yield from (("payers", record_id, f"questions[{i}].actors[{j}]", "actors", x) for j, x in enumerate(question.actors))
            yield from (("payers", record_id, f"questions[{i}].measures[{j}]", "measures", x) for j, x in enumerate(question.measures))
    for record_id, lookup in c.lookups.items():
        yield from (("lookups", record_id, f"measures[{i}]", "measures", value) for i, value in enumerate(lookup.measures))
        yield from (("lookups", record_id, f"actors[{i}]", "actors", value) for i, value in enumerate(lookup.actors))
    for record_id, lookalike in c.lookalikes.items():
        for i, row in enumerate(lookalike.rows):
            yield "lookalikes", record_id, f"rows[{i}].measure", "measures", row.measure
            yield from (("lookalikes", record_id, f"rows[{i}].actors[{j}]", "actors", x) for j, x in enumerate(row.actors))
    for key in ("modules", "questions", "cases"):
        for record_id, record in getattr(c, key).items():
            yield from ((key, record_id, path, target, value) for path, target, value in record.references())
    for record_id in c.refusals:
        yield "refusals", record_id, "id", "measures", record_id
    for record_id, retired in c.retired.items():
        target = ADDRESSED[retired.kind][0]
        yield from (("retired", record_id, f"replaced_by[{i}]", target, value) for i, value in enumerate(retired.replaced_by))
    for key in ("measures", "actors", "appeals", "terms", "combinations", "changes", "situations", "calculators", *TOOLKIT):
        for record_id, record in getattr(c, key).items():
            yield from ((key, record_id, f"sources[{i}].act", "acts", s.act) for i, s in enumerate(record.sources) if s.act)
    for record_id, figure in c.figures.items():
        yield from (
            ("figures", record_id, f"values[{i}].source.act", "acts", v.source.act) for i, v in enumerate(figure.values) if v.source.act
        )
    for key, record_id, path, value in _texts(c):
        yield from ((key, record_id, path, "figures", figure) for figure in text.figures_in(value))


def _fold(name: str) -> str:
    return re.sub(r"[\s–-]+", " ", name.casefold()).strip()


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Only the problems that stop the build."""
    return tuple(problem for problem in problems if not problem.warning)
