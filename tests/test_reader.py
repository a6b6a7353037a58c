"""The strict reader: what it takes, what it refuses and in which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolbox.reader import read_file, read_text


def test_every_scalar_stays_text():
    document, problems = read_text("a: 020\nb: no\nc: 12:30\nd: 2026-11-22\ne: 1_000\non: 1.10\n", "x.yaml")
    assert problems == ()
    assert document.value == {"a": "020", "b": "no", "c": "12:30", "d": "2026-11-22", "e": "1_000", "on": "1.10"}


def test_an_empty_value_is_nothing_but_a_quoted_one_is_text():
    document, _ = read_text('a:\nb: ""\nc: ~\n', "x.yaml")
    assert document.value == {"a": None, "b": "", "c": None}


def test_every_value_knows_its_line():
    document, _ = read_text("list:\n- name: yksi\n  tags: [x, y]\n- name: kaksi\n", "x.yaml")
    assert document.line(("list", 1, "name")) == 4
    assert document.line(("list", 0, "tags", 1)) == 3
    assert document.line(("list", 0, "tags", 1, "missing", "deeper")) == 3


def test_windows_line_ends_and_byte_order_mark_are_accepted(tmp_path):
    file = tmp_path / "x.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: yksi\r\nb: kaksi\r\n")
    document, problems = read_file(file, "x.yaml")
    assert problems == ()
    assert document.value == {"a": "yksi", "b": "kaksi"}


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("a: 1\na: 2\n", 2, 'kenttä "a" on kahdesti (myös rivillä 1)'),
        ("a: &x 1\n", 1, "ankkuri &x"),
        ("a: *x\n", 1, "viittaus *x"),
        ("a: !!python/object:os.system 1\n", 1, "tyyppimerkintä"),
        ("a:\n\t- b\n", 2, "sarkain sarakkeessa 1"),
        ("a: b\x07\n", 1, "näkymätön merkki U+0007"),
        ("a: b\u202ec\n", 1, "näkymätön merkki U+202E"),
        ('a: "b\nc: d\n', 1, "lainausmerkki jää sulkematta"),
        ("a: b: c\n", 1, "kaksoispiste keskellä tekstiä"),
        ("a: [b\n", 2, "YAML-rakenne on rikki"),
        ("a: 1\n---\nb: 2\n", 2, "toinen YAML-dokumentti"),
        ("? [a]\n: b\n", 1, "kentän nimi ei ole tekstiä"),
        ("", 1, "tiedosto on tyhjä"),
        ("# vain kommentti\n", 1, "tiedosto on tyhjä"),
    ],
)
def test_what_is_refused_is_told_with_line_and_remedy(source, line, words):
    _, problems = read_text(source, "data/x.yaml")
    assert len(problems) == 1
    assert problems[0].line == line
    assert words in problems[0].message
    assert problems[0].remedy
    assert str(problems[0]).startswith(f"data/x.yaml:{line}: ")


def test_a_missing_file_and_a_wrong_encoding_are_problems(tmp_path):
    _, missing = read_file(tmp_path / "ei.yaml", "data/ei.yaml")
    (tmp_path / "latin.yaml").write_bytes("a: 1\nb: päivä\n".encode("latin-1"))
    _, encoding = read_file(tmp_path / "latin.yaml", "data/latin.yaml")
    assert "tiedosto puuttuu" in missing[0].message
    assert (encoding[0].line, encoding[0].message) == (2, "tiedosto ei ole UTF-8-muodossa")


@given(st.text(max_size=200))
def test_any_text_gives_a_value_or_problems_never_an_error(source):
    document, problems = read_text(source, "x.yaml")
    assert problems or document.lines
    assert all(problem.line >= 0 and problem.message for problem in problems)
