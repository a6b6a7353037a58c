"""The services as a graph in the European vocabulary of public services (CPSV-AP 3.2): Turtle and JSON-LD.

Written here, not by a graph library: the forms are simple, the order is fixed and it takes a
hundredth of the time. A test reads both with such a library and finds the same graph in them.
Only measures that a public authority decides or provides are public services; a right or a way of
working is none. Addresses are relative to the file when the address of the site is not known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..licence import ATTRIBUTION, LICENCE_URL
from ..views import Maker

if TYPE_CHECKING:
    from .. import records as r
    from ..site import Site

TURTLE, JSON_LD = "cpsv-ap.ttl", "cpsv-ap.jsonld"
PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FINLAND = "http://publications.europa.eu/resource/authority/country/FIN"
FINNISH = "http://publications.europa.eu/resource/authority/language/FIN"
NO_SERVICES = ("right", "method")


class Iri(NamedTuple):
    """A node: a full address, one of ours relative to the site (`keinot/x/#palvelu`), or a prefixed name."""

    value: str


class Text(NamedTuple):
    """A literal with its language, or with a datatype as a prefixed name, or plain."""

    value: str
    lang: str = ""
    datatype: str = ""


Triple = tuple[Iri, str, Iri | Text]
A = "rdf:type"


def files(site: Site) -> Iterator[tuple[str, str]]:
    """(name, content) of both forms of the graph."""
    base = site.settings.url or "../../"
    nodes = grouped(triples(site))
    yield TURTLE, turtle(nodes, base)
    yield JSON_LD, json_ld(nodes, base)


def services(site: Site) -> list[r.Measure]:
    """The measures that are public services in force, by id."""
    found = [m for m in site.catalogue.measures.values() if m.status == "in-force" and m.kind not in NO_SERVICES and authorities(site, m)]
    return sorted(found, key=lambda m: m.id)


def authorities(site: Site, m: r.Measure) -> list[r.Actor]:
    """The public authorities that decide or provide a measure."""
    actors = site.catalogue.actors
    return [actors[i] for i in dict.fromkeys((*m.decided_by, *m.provided_by)) if i in actors and actors[i].kind == "authority"]


def service(m: r.Measure) -> Iri:
    """The node of a service."""
    return Iri(f"keinot/{m.id}/#palvelu")


def _concept(group: str, code: str) -> Iri:
    return Iri(f"api/v1/vocabulary.json#{group}-{code}")


def triples(site: Site) -> Iterator[Triple]:
    """The whole graph, with repeats."""
    c, maker = site.catalogue, Maker(site.catalogue, site.today)
    dataset, publisher = Iri(f"api/v1/{TURTLE}#aineisto"), Iri(f"api/v1/{TURTLE}#julkaisija")
    landing = Iri("tietoa/kehittajille/")
    yield dataset, A, Iri("dcat:Dataset")
    yield dataset, "dct:title", Text(f"{ATTRIBUTION}: julkiset palvelut", "fi")
    yield dataset, "dct:description", Text("Työkyvyn tuen palvelut ja etuudet, joista päättää tai joita järjestää viranomainen.", "fi")
    yield dataset, "dct:publisher", publisher
    yield dataset, "dct:license", Iri(LICENCE_URL)
    yield dataset, "dct:modified", Text(site.data_date.isoformat(), "", "xsd:date")
    yield dataset, "dcat:landingPage", landing
    yield landing, A, Iri("foaf:Document")
    yield publisher, A, Iri("foaf:Agent")
    yield publisher, "dct:identifier", Text("kaikki-keinot")
    yield publisher, "dct:title", Text(ATTRIBUTION, "fi")
    yield Iri(FINLAND), A, Iri("dct:Location")
    yield Iri(FINNISH), A, Iri("dct:LinguisticSystem")
    chosen = services(site)
    public = {m.id for m in chosen}
    for m in chosen:
        yield from _service(site, maker, m, dataset)
    for pair in c.combinations.values():
        if pair.relation != "excludes" and {pair.a, pair.b} <= public:
            yield service(c.measures[pair.a]), "cv:relatedService", service(c.measures[pair.b])


def _service(site: Site, maker: Maker, m: r.Measure, dataset: Iri) -> Iterator[Triple]:
    c, node = site.catalogue, service(m)
    yield node, A, Iri("cpsv:PublicService")
    yield node, "dct:identifier", Text(m.id)
    yield from ((node, "dct:title", Text(value, lang)) for lang, value in m.name.model_dump(exclude_none=True).items())
    yield node, "dct:description", Text(m.summary, "fi")
    yield node, "dct:isPartOf", dataset
    yield node, "dct:language", Iri(FINNISH)
    yield node, "rdfs:seeAlso", Iri(f"keinot/{m.id}/")
    yield from ((node, "dcat:keyword", Text(word, "fi")) for word in m.synonyms)
    concepts = (("dct:type", "kinds", (m.kind,)), ("cv:thematicArea", "needs", m.needs))
    for predicate, group, codes in concepts:
        for code in codes:
            concept = _concept(group, code)
            yield node, predicate, concept
            yield concept, A, Iri("skos:Concept")
            yield concept, "skos:notation", Text(code)
            yield concept, "skos:prefLabel", Text(c.label(group, code), "fi")
    for actor in authorities(site, m):
        authority = Iri(f"toimijat/{actor.id}/#toimija")
        yield node, "cv:hasCompetentAuthority", authority
        yield authority, A, Iri("cv:PublicOrganisation")
        yield authority, "dct:identifier", Text(actor.id)
        yield authority, "dct:spatial", Iri(FINLAND)
        for lang, value in actor.name.model_dump(exclude_none=True).items():
            yield authority, "dct:title", Text(value, lang)
            yield authority, "skos:prefLabel", Text(value, lang)
        if actor.website:
            yield authority, "foaf:homepage", Iri(actor.website)
    if m.conditions:
        rule = Iri(f"keinot/{m.id}/#edellytykset")
        yield node, "cpsv:follows", rule
        yield rule, A, Iri("cpsv:Rule")
        yield rule, "dct:identifier", Text(f"{m.id}-edellytykset")
        yield rule, "dct:title", Text("Edellytykset", "fi")
        yield rule, "dct:description", Text(" ".join(maker.plain(text) for text in m.conditions), "fi")
    for source in m.sources:
        act = c.acts.get(source.act or "")
        if act and act.url and act.status == "in-force":
            yield node, "cv:hasLegalResource", Iri(act.url)
            yield Iri(act.url), A, Iri("eli:LegalResource")
            yield Iri(act.url), "dct:title", Text(act.name, "fi")


Nodes = Mapping[str, Mapping[str, list[Iri | Text]]]


def grouped(found: Iterator[Triple]) -> Nodes:
    """Subject → predicate → objects, all sorted, each once."""
    nodes: dict[str, dict[str, set[Iri | Text]]] = {}
    for subject, predicate, value in found:
        nodes.setdefault(subject.value, {}).setdefault(predicate, set()).add(value)
    order = lambda value: (isinstance(value, Text), *value)  # noqa: E731
    return {s: {p: sorted(nodes[s][p], key=order) for p in sorted(nodes[s])} for s in sorted(nodes)}


def _prefixed(value: str) -> bool:
    return value.partition(":")[0] in PREFIXES and "//" not in value


def _full(value: str, base: str) -> str:
    """An address of ours under the base; others as they are."""
    return value if re.match(r"[a-z]+:", value) else base + value


def turtle(nodes: Nodes, base: str) -> str:
    """The graph as Turtle."""

    def node(value: str) -> str:
        if _prefixed(value):
            return value
        return "<" + re.sub(r'[\x00-\x20<>"{}|^`\\]', lambda m: f"%{ord(m[0]):02X}", _full(value, base)) + ">"

    def term(value: Iri | Text) -> str:
        if isinstance(value, Iri):
            return node(value.value)
        # The escapes of JSON are those of Turtle.
        words = json.dumps(value.value, ensure_ascii=False)
        return words + (f"@{value.lang}" if value.lang else f"^^{value.datatype}" if value.datatype else "")

    lines = [f"# {ATTRIBUTION}. {LICENCE_URL}", *(f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items())]
    for subject, predicates in nodes.items():
        rows = [f"{'a' if p == A else p} {', '.join(map(term, values))}" for p, values in predicates.items()]
        lines += ["", f"{node(subject)} " + " ;\n    ".join(rows) + " ."]
    return "\n".join(lines) + "\n"


def json_ld(nodes: Nodes, base: str) -> str:
    """The graph as JSON-LD 1.1."""

    def term(value: Iri | Text) -> dict[str, str]:
        if isinstance(value, Iri):
            return {"@id": _full(value.value, base) if not _prefixed(value.value) else value.value}
        kind = {"@language": value.lang} if value.lang else {"@type": value.datatype} if value.datatype else {}
        return {"@value": value.value, **kind}

    graph = []
    for subject, predicates in nodes.items():
        one: dict[str, Any] = {"@id": _full(subject, base)}
        for predicate, values in predicates.items():
            if predicate == A:
                one["@type"] = [value.value for value in values]
            else:
                one[predicate] = [term(value) for value in values]
        graph.append(one)
    whole = {"@context": PREFIXES, "@graph": graph}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"
