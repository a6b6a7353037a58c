"""The graph of public services, read by a graph library, against what CPSV-AP 3.2 asks of each class."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import TODAY
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.compare import to_isomorphic
from rdflib.namespace import RDF

from toolbox import publish
from toolbox.opendata import graph
from toolbox.site import Settings

DAY = date.fromisoformat(TODAY)
URL = "https://keinot.example.org/"
CV, CPSV, DCT = (Namespace(graph.PREFIXES[name]) for name in ("cv", "cpsv", "dct"))
DCAT, FOAF, SKOS, ELI = (Namespace(graph.PREFIXES[name]) for name in ("dcat", "foaf", "skos", "eli"))
# Class: properties of which there is at least one, and those of which there is exactly one.
REQUIRED = {
    CPSV.PublicService: ((DCT.title, DCT.description, CV.hasCompetentAuthority), (DCT.identifier,)),
    CV.PublicOrganisation: ((SKOS.prefLabel, DCT.spatial), (DCT.identifier,)),
    CPSV.Rule: ((DCT.title, DCT.description), (DCT.identifier,)),
    DCAT.Dataset: ((DCT.title, DCT.description), (DCT.publisher,)),
    FOAF.Agent: ((DCT.title,), (DCT.identifier,)),
}
# Property: the class of what it leads to.
RANGES = {
    CV.hasCompetentAuthority: CV.PublicOrganisation,
    CV.hasLegalResource: ELI.LegalResource,
    CV.thematicArea: SKOS.Concept,
    CV.relatedService: CPSV.PublicService,
    CPSV.follows: CPSV.Rule,
    DCT.type: SKOS.Concept,
    DCT.isPartOf: DCAT.Dataset,
    DCT.publisher: FOAF.Agent,
    DCT.language: DCT.LinguisticSystem,
    DCT.spatial: DCT.Location,
    DCAT.landingPage: FOAF.Document,
}
WITH_LANGUAGE = (DCT.title, DCT.description, DCAT.keyword, SKOS.prefLabel)


@pytest.fixture(scope="module")
def read(whole_site) -> Graph:
    return Graph().parse(data=dict(graph.files(whole_site))[graph.TURTLE], format="turtle")


# The parser itself still uses what its next version leaves out.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("url", [URL, ""])
def test_both_forms_are_one_graph(shared_project, url):
    made = publish.site(shared_project, DAY, Settings(url=url))[0]
    forms = dict(graph.files(made))
    at = {"publicID": f"{URL}api/v1/{graph.TURTLE}"}
    one = Graph().parse(data=forms[graph.TURTLE], format="turtle", **at)
    other = Graph().parse(data=forms[graph.JSON_LD], format="json-ld", **at)
    assert len(one) > 20
    assert to_isomorphic(one) == to_isomorphic(other)
    # Relative addresses mean the same pages as absolute ones.
    assert (URIRef(f"{URL}keinot/kokeiluraha/#palvelu"), RDF.type, CPSV.PublicService) in one


def test_every_thing_has_what_the_profile_asks(read):
    wrong = []
    for kind, (some, single) in REQUIRED.items():
        things = list(read.subjects(RDF.type, kind))
        assert things, kind
        for thing in things:
            wrong += [(thing, p) for p in some if not list(read.objects(thing, p))]
            wrong += [(thing, p) for p in single if len(list(read.objects(thing, p))) != 1]
    wrong += [(p, o) for p, kind in RANGES.items() for o in read.objects(None, p) if (o, RDF.type, kind) not in read]
    wrong += [(p, o) for p in WITH_LANGUAGE for o in read.objects(None, p) if not (isinstance(o, Literal) and o.language)]
    assert wrong == []


def test_only_what_an_authority_gives_is_a_public_service(whole_site, read):
    found = {str(s).removeprefix(f"{URL}keinot/").removesuffix("/#palvelu") for s in read.subjects(RDF.type, CPSV.PublicService)}
    assert found == {m.id for m in graph.services(whole_site)}
    assert {"sairauspaivaraha", "palkkatuki"} <= found
    assert not found & {m.id for m in whole_site.catalogue.measures.values() if m.status == "ended" or m.kind in graph.NO_SERVICES}
    assert len(found) > 100
    pages = {URL + page.path for page in whole_site.pages}
    assert {str(o) for o in read.objects(None, URIRef(graph.PREFIXES["rdfs"] + "seeAlso"))} <= pages
    assert (None, DCT.license, URIRef("https://creativecommons.org/licenses/by/4.0/deed.fi")) in read


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_no_text_ends_its_literal_or_its_address():
    hard = 'a "b" \\ c\nd\t<e> ^^x @fi . ä 😀'
    address = 'https://x.example/a b<c>"d'
    nodes = graph.grouped(
        iter([(graph.Iri("keinot/x/"), "dct:title", graph.Text(hard, "fi")), (graph.Iri("keinot/x/"), "rdfs:seeAlso", graph.Iri(address))])
    )
    read = Graph().parse(data=graph.turtle(nodes, URL), format="turtle")
    assert {str(o) for o in read.objects(None, DCT.title)} == {hard}
    assert len(read) == 2
    assert {str(o) for o in Graph().parse(data=graph.json_ld(nodes, URL), format="json-ld").objects(None, DCT.title)} == {hard}
