"""The small language of editors' texts, dates, numbers and soft hyphens."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolbox import hyphens, text, wording
from toolbox.render import relative, unbroken
from toolbox.text import Cite, FigureRef, Link, Strong, Text


def test_all_marks_are_read():
    assert text.parse("Aikaa **kaksi** kuukautta [svl, kela]. Raha {raha}, katso [tuki](palkkatuki) [?].") == (
        Text("Aikaa "),
        Strong("kaksi"),
        Text(" kuukautta"),
        Cite(("svl", "kela")),
        Text(". Raha "),
        FigureRef("raha"),
        Text(", katso "),
        Link("tuki", "palkkatuki"),
        Cite(("?",)),
        Text("."),
    )


def test_a_link_with_a_plain_one_word_label_is_not_a_citation():
    assert text.parse("katso [yleistuki](yleistuki)") == (Text("katso "), Link("yleistuki", "yleistuki"))


def test_plain_words_have_no_marks_and_figures_are_worded():
    assert text.plain("Saa {raha} [svl]. **Hae** [tukea](tuki).", {"raha": "10 €"}) == "Saa 10 €. Hae tukea."


@given(st.text(max_size=300))
def test_no_letter_of_a_text_is_lost(source):
    for span in text.parse(source):
        for part in (getattr(span, "value", ""), getattr(span, "label", ""), getattr(span, "target", "")):
            assert part in source


@pytest.mark.parametrize("address", ["https://kela.fi/x", "http://kela.fi", "mailto:a@b.fi", "tel:112"])
def test_safe_addresses(address):
    assert text.safe_address(address)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScript:1", "data:text/html,x", "//evil.example", "vbscript:x", "https://a b"]
)
def test_unsafe_addresses(address):
    assert not text.safe_address(address)


def test_dates_and_numbers_are_worded_in_finnish():
    assert wording.day(date(2026, 1, 5)) == "5.1.2026"
    assert [wording.dated(x) for x in ("2026-04-07", "2026-04", "2026", "undated")] == ["7.4.2026", "4/2026", "2026", "päiväämätön"]
    assert wording.amount(Decimal("31.9"), "€/kk") == "31,90\u00a0€/kk"
    assert wording.number(Decimal(1234567)) == "1\u00a0234\u00a0567"
    assert wording.count(1, "keino", "keinoa") == "1\u00a0keino"
    assert wording.joined(["a", "b", "c"]) == "a, b ja c"


def test_the_finnish_alphabet_puts_a_with_ring_and_dots_last():
    assert sorted(["Öljy", "Ala", "Äly", "Zeta", "Åland", "Vates", "30 päivää"], key=wording.sort_key) == [
        "30 päivää", "Ala", "Vates", "Zeta", "Åland", "Äly", "Öljy",
    ]  # fmt: skip
    assert [wording.initial(x) for x in ("äly", "30-60-90")] == ["Ä", "0–9"]


def test_soft_hyphens_go_to_the_joints_of_long_known_words_only(tmp_path):
    (tmp_path / "c.txt").write_text("# sanat\nosa|sairaus|päivä|raha\ntyö|kyky\n", "utf-8")
    known = hyphens.read_compounds(tmp_path / "c.txt")
    assert hyphens.soften("Osasairauspäiväraha ja työkyky", known) == "Osa\u00adsairaus\u00adpäivä\u00adraha ja työkyky"


@pytest.mark.parametrize(
    ("page", "to", "address"),
    [
        ("", "keinot/", "keinot/"),
        ("", "", "./"),
        ("keinot/tuki/", "toimijat/kela/", "../../toimijat/kela/"),
        ("keinot/tuki/", "", "../../"),
        ("keinot/tuki/", "#lahteet", "#lahteet"),
        ("keinot/tuki/", "https://kela.fi/", "https://kela.fi/"),
        ("/kk/", "keinot/", "/kk/keinot/"),
    ],
)
def test_addresses_are_relative_to_the_page(page, to, address):
    assert relative(page, to) == address


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("8 luku 11 §", "8 luku 11~§"),
        ("2 luku 5 a § (1075/2021) ja 6 §", "2 luku 5~a~§ (1075/2021) ja 6~§"),
        ("pykälä § yksin", "pykälä § yksin"),
    ],
)
def test_a_section_sign_stays_with_its_number(line, kept):
    assert unbroken(line) == kept.replace("~", "\u00a0")
