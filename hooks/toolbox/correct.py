"""How a reader tells of an error: prefilled addresses for the host's form and for mail, and the page of instructions.

Plain links only: no script of others, nothing is sent before the reader sends it. The link
tells which page it is about and from which day its data are.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from . import wording
from .views import LinkView

if TYPE_CHECKING:
    from .site import Page, Settings, _Pages

PATH = "tietoa/korjaa/"
# The forms of the host, by what they are for: file in .github/ISSUE_TEMPLATE, name, when to use it.
FORMS = (
    ("virhe.yml", "Virhe tiedossa", "Sivulla on väärä tai vanhentunut tieto."),
    ("puuttuva-sana.yml", "Haku ei löydä sanalla", "Kirjoitit sanan, ja oikea keino jäi löytymättä."),
    ("puuttuva-keino.yml", "Keino puuttuu", "Tiedät keinon, jota sivustolla ei ole."),
)
# What belongs in a report, in the order in which the forms ask it.
QUESTIONS = ("Sivulla lukee nyt:", "Pitäisi lukea:", "Mistä sen voi tarkistaa (säädös ja pykälä tai virallisen sivun osoite):")


class SettingError(ValueError):
    """A setting of the place of publication is not what it should be. Tells it in Finnish."""


def mail_address(value: str) -> str:
    """A mail address as it is, or SettingError when it could be something else."""
    if value and not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", value):
        raise SettingError(f'KK_CONTACT: "{value}" ei ole sähköpostiosoite. Anna osoite muodossa nimi@esimerkki.fi tai jätä tyhjäksi.')
    return value


def form(settings: Settings, template: str, page: str, version: str) -> str:
    """The address of one of the host's forms with the page and the version of the data filled in."""
    about = f"&sivu={quote(page)}&versio={version}" if page else f"&versio={version}"
    return f"{settings.repository}/issues/new?template={template}{about}"


def mail(settings: Settings, page: str, version: str) -> str:
    """A mailto address whose subject names the page and the version of the data."""
    subject = f"Virhe {page or 'etusivu'} {version}"
    return f"mailto:{settings.contact}?subject={quote(subject)}"


def ways(settings: Settings, page: str, version: str) -> tuple[LinkView, ...]:
    """The links at the foot of a page: the host's form, mail, or (with neither) the instructions with the page named."""
    links = []
    if settings.repository:
        links.append(LinkView("Ilmoita virheestä", form(settings, "virhe.yml", page, version)))
    if settings.contact:
        links.append(LinkView("Ilmoita sähköpostilla" if links else "Ilmoita virheestä", mail(settings, page, version)))
    about = f"?sivu={quote(page)}" if page not in ("", PATH) and not links else ""
    return (*links, LinkView("Ehdota korjausta", PATH + about))


def instructions(site: _Pages, page: type[Page], version: str) -> Page:
    """The page that tells how to report, what is honest to promise, and gives a note to copy."""
    settings = site.settings
    head = ("Virhe sivustolla Kaikki keinot käyttöön", "Sivu: ", f"Tietojen päivä: {wording.day(date.fromisoformat(version))}", "")
    note = "\n".join((*head, *(question + "\n" for question in QUESTIONS)))
    view = {
        "forms": [(LinkView(name, form(settings, file, "", version)), when) for file, name, when in FORMS] if settings.repository else [],
        "contact": settings.contact,
        "mail": mail(settings, "", version) if settings.contact else "",
        "note": note.rstrip() + "\n",
    }
    html = site.draw("correct.html", PATH, view)
    description = "Näin kerrot virheestä tai puutteesta niin, että sen voi korjata."
    return page(PATH, "Ehdota korjausta", description, "tietoa", html, crumbs=(LinkView("Tietoa", "tietoa/"),))
