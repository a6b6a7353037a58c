"""The flash cards as a deck file for Anki (.apkg), the same bytes from the same cards.

genanki knows the tables of the format. The package is put together here, because its own
writer stamps the files in the package with the time of the build.
"""

from __future__ import annotations

import hashlib
import html
import io
import itertools
import sqlite3
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, time

import genanki

from .views import Card, CardDeck

ADDRESS = "opi/kaikki-keinot.apkg"
# Ids of Anki: any number, but the same for ever, or the reader's progress is lost at the next import.
TERM_MODEL, MEASURE_MODEL = 1763856001, 1763856002
ROOT = "Kaikki keinot"
CSS = """.card { font-family: sans-serif; font-size: 20px; text-align: left; max-width: 36em; margin: 0 auto; }
.q { color: #777; font-size: 16px; }"""
_FIELDS = [{"name": "Tunnus"}, {"name": "Nimi"}, {"name": "Selitys"}, {"name": "Paattaa"}, {"name": "Sivu"}]
_END = '<hr id="answer">'
_MEANING = {
    "name": "Mitä se on",
    "qfmt": '<p class="q">Mitä tämä on?</p><p>{{Nimi}}</p>',
    "afmt": f"{{{{FrontSide}}}}{_END}<p>{{{{Selitys}}}}</p>{{{{#Paattaa}}}}<p>Päättää: {{{{Paattaa}}}}</p>{{{{/Paattaa}}}}{{{{Sivu}}}}",
}
_NAME = {
    "name": "Mikä on nimi",
    "qfmt": '<p class="q">Mikä tämän nimi on?</p><p>{{Selitys}}</p>',
    "afmt": f"{{{{FrontSide}}}}{_END}<p>{{{{Nimi}}}}</p>{{{{Sivu}}}}",
}
_DECIDES = {
    "name": "Kuka päättää",
    "qfmt": '{{#Paattaa}}<p class="q">Kuka tästä päättää?</p><p>{{Nimi}}</p>{{/Paattaa}}',
    "afmt": f"{{{{FrontSide}}}}{_END}<p>{{{{Paattaa}}}}</p>{{{{Sivu}}}}",
}


def _deck_id(name: str) -> int:
    """A lasting number of a deck from its id."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") + 2**31


def _note(model: genanki.Model, card: Card, site_url: str) -> genanki.Note:
    address = f'<p><a href="{html.escape(site_url + card.href)}">{html.escape(card.href)}</a></p>' if site_url else ""
    fields = [card.id, *(html.escape(value, quote=False) for value in (card.front, card.back, card.who)), address]
    return genanki.Note(model=model, fields=fields, guid=genanki.guid_for("kaikki-keinot", card.id))


def package(decks: Iterable[CardDeck], day: date, site_url: str = "") -> bytes:
    """The deck file. `day` is the date of the data: it stands for the clock. With `site_url` each card leads to its page."""
    terms = genanki.Model(TERM_MODEL, f"{ROOT}: termi", fields=_FIELDS, templates=[_MEANING, _NAME], css=CSS)
    measures = genanki.Model(MEASURE_MODEL, f"{ROOT}: keino", fields=_FIELDS, templates=[_MEANING, _DECIDES, _NAME], css=CSS)
    made = []
    for deck in decks:
        one = genanki.Deck(_deck_id(deck.id), f"{ROOT}::{deck.name}")
        for card in deck.cards:
            one.add_note(_note(measures if card.who else terms, card, site_url))
        made.append(one)
    stamp = datetime.combine(day, time(), UTC).timestamp()
    connection = sqlite3.connect(":memory:")
    genanki.Package(made).write_to_db(connection.cursor(), stamp, itertools.count(int(stamp * 1000)))
    connection.commit()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in (("collection.anki2", connection.serialize()), ("media", b"{}")):
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    connection.close()
    return content.getvalue()
