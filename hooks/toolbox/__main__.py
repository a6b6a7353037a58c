"""Commands on the data: `check`, `tree`, `schema`, `ids`, `municipalities`, `review`, `reviewed`, `diff`, `release`, `offline`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from . import correct, coverage, publish, rules, schema, wording
from .catalogue import Catalogue, load
from .follow import difference
from .problems import DataError, report
from .records import Vocabulary
from .regions import yearly
from .review import report as review_report
from .review import stamp, turn
from .share import offline, short_links
from .site import Settings

STAMP = {
    "id": "tietueen tunnus",
    "source": "lähteen avain, johon verrattiin",
    "by": "rooli, joka vertasi",
    "day": "päivä, jona verrattiin (muuten tänään)",
    "level": "uusi taso; verified vaatii näytön",
    "url": "osoite, joka oli auki",
    "what": "mitkä kohdat verrattiin",
}


def _today() -> date:
    """The day of the machine, or that of KK_TODAY."""
    return date.fromisoformat(os.environ["KK_TODAY"]) if os.environ.get("KK_TODAY") else date.today()


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 in order, 1 problems in the data."""
    parser = argparse.ArgumentParser(prog="toolbox", description="Kaikki keinot: tietojen tarkistus ja julkaisu.")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--root", type=Path, default=Path(), help="projektin kansio")
    common.add_argument("--today", type=date.fromisoformat, default=_today(), help="päivä, jolle sivut tehdään (2026-11-22)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="komento")

    def command(name: str, run: Callable[[argparse.Namespace], int], help_text: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, parents=[common], help=help_text)
        one.set_defaults(run=run)
        return one

    command("check", _check, "tarkista tiedot")
    command("schema", _schema, "tee tietokenttien kuvaukset uudelleen")
    command("ids", _ids, "lisää uudet tunnukset julkaistujen luetteloon")
    tree = command("tree", _tree, "kirjoita sivusto ilman MkDocsia")
    tree.add_argument("--out", type=Path, default=Path("build/tree"), help="kansio, johon sivusto kirjoitetaan")
    table = command("municipalities", _municipalities, "vuodenvaihteen kuntamuutos")
    table.add_argument("--table", type=Path, help="kuntataulukko (CSV)")
    table.add_argument("--since", type=date.fromisoformat, help="päivä, josta taulukko on voimassa; muuten lähin 1.1.")
    table.add_argument("--merged", action="append", default=[], metavar="VANHA=UUSI", help="kuntanumerot: kunta liittyi toiseen")
    table.add_argument("--write", action="store_true", help="kirjoita muutokset, jos säännöt pitävät")
    command("year", _year, "mikä vanhenee tai muuttuu vuodenvaihteessa")
    review = command("review", _review, "mitä tarkistetaan seuraavaksi")
    review.add_argument("--limit", type=int, default=10, help="montako tietuetta näytetään")
    reviewed = command("reviewed", _reviewed, "kirjaa tarkistus")
    for name, words in STAMP.items():
        reviewed.add_argument(f"--{name}", default="", help=words)
    for name, run, words in (
        ("diff", _diff, "kerro, mikä muuttui tiedoissa"),
        ("release", _release, "lisää julkaisu tiedostoon data/releases.yaml"),
    ):
        one = command(name, run, words)
        one.add_argument("folders", type=Path, nargs="*", help="entiset tiedot ja nykyiset tiedot (kansioita)")
        one.add_argument("--format", choices=("text", "html", "mail"), default="text", help="muoto (diff)")
        one.add_argument("--url", default="", help="sivuston osoite, jos linkit halutaan mukaan (diff)")
        one.add_argument("--title", default="Tietojen muutokset", help="otsikko (release)")
    copy = command("offline", _offline, "sivusto zip-tiedostona, joka toimii kansiosta")
    copy.add_argument("--out", type=Path, default=Path("build"), help="kansio, johon zip kirjoitetaan")
    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except DataError as error:
        print(report(error.problems), file=sys.stderr)
        return 1
    except correct.SettingError as error:
        print(error, file=sys.stderr)
        return 1


def _overlay() -> Path | None:
    """The folder of an organisation's own copy, from the environment."""
    return Path(os.environ["KK_OVERLAY"]) if os.environ.get("KK_OVERLAY") else None


def _settings() -> Settings:
    """What the place of publication decides, from the environment."""
    where = Settings(*(os.environ.get(name, "") for name in ("KK_SITE_URL", "KK_REPOSITORY", "KK_CONTACT")), overlay=_overlay())
    correct.mail_address(where.contact)
    return where


def _check(options: argparse.Namespace) -> int:
    catalogue, problems = publish.check(options.root, options.today)
    problems = (*problems, *schema.out_of_date(options.root), *publish.check_overlay(_overlay(), catalogue)[1])
    print(report(problems))
    if catalogue is not None:
        print(coverage.in_words(coverage.measure_coverage(catalogue)))
        print(
            f"{len(catalogue.measures)} keinoa, {len(catalogue.actors)} toimijaa, {len(catalogue.acts)} säädöstä, "
            f"{len(catalogue.figures)} lukua, {len(catalogue.combinations)} paria, {len(catalogue.terms)} termiä"
        )
    return 1 if rules.errors(problems) else 0


def _tree(options: argparse.Namespace) -> int:
    site, _ = publish.site(options.root, options.today, _settings())
    pages = publish.write_tree(site, options.out, options.root / "overrides")
    print(f"{pages} sivua kansiossa {options.out}")
    return 0


def _schema(options: argparse.Namespace) -> int:
    schema.write(options.root)
    return 0


def _ids(options: argparse.Namespace) -> int:
    """Add the ids that are new to the list of all ids ever published, and their short links. None is ever removed."""
    catalogue, problems = publish.check(options.root, options.today)
    if catalogue is None or rules.errors(problems):
        print(report(problems), file=sys.stderr)
        return 1
    every = sorted({*catalogue.published, *rules.published_ids(catalogue)})
    (options.root / "data" / "published-ids.txt").write_text("\n".join(every) + "\n", "utf-8")
    short_links.write(options.root / "data" / short_links.FILE, short_links.extended(catalogue.short_links, every))
    print(f"{len(every)} julkaistua tunnusta")
    return 0


def _municipalities(options: argparse.Namespace) -> int:
    """Show what a new table of municipalities changes; with --write, write it when the rules hold."""
    if options.table is None:
        print("Anna taulukko: make municipalities file=kunnat.csv", file=sys.stderr)
        return 1
    since = options.since or date(options.today.year + (options.today.month > 6), 1, 1)
    outcome = yearly.change(options.root, options.today, options.table, since, tuple(options.merged))
    print(f"Taulukko {options.table}, voimassa {wording.day(since)} alkaen")
    print("\n".join(outcome.changes) or "Ei muutoksia.")
    if found := rules.errors(outcome.problems):
        print(report(found), file=sys.stderr)
        print("Mitään ei kirjoitettu.", file=sys.stderr)
        return 1
    if not options.write:
        print("Säännöt pitävät. Mitään ei kirjoitettu: lisää write=1 (--write).")
        return 0
    (options.root / yearly.FILE).write_text(outcome.text, "utf-8", newline="\n")
    print(f"Kirjoitettu {yearly.FILE}. Aja seuraavaksi: make ids, make test")
    return 0


def _review(options: argparse.Namespace) -> int:
    """List what to check next, with the source beside each claim."""
    catalogue, problems = publish.check(options.root, options.today)
    if catalogue is None or rules.errors(problems):
        print(report(problems), file=sys.stderr)
        return 1
    print(review_report.report(catalogue, options.today, options.limit))
    return 0


def _year(options: argparse.Namespace) -> int:
    """Show what lapses and changes at the coming turn of the year, and what would then be wrong in the data."""
    catalogue, problems = publish.check(options.root, options.today)
    if catalogue is None or rules.errors(problems):
        print(report(problems), file=sys.stderr)
        return 1
    print(turn.in_words(catalogue, options.today))
    later = rules.errors(publish.check(options.root, date(options.today.year + 1, 1, 1))[1])
    if later:
        print("\nTiedoissa on silloin virhe, ellei niitä muuteta:\n" + report(later))
    return 0


def _reviewed(options: argparse.Namespace) -> int:
    """Stamp a review into the data, or say everything that is wrong with the request."""
    asked = stamp.Stamp(**{name: getattr(options, name) for name in STAMP})
    outcome = stamp.plan(options.root, asked, options.today)
    if outcome.refusals:
        print("\n".join((*outcome.refusals, "Mitään ei kirjoitettu.")), file=sys.stderr)
        return 1
    stamp.write(options.root, outcome)
    print(f"{outcome.told}\nKirjoitettu data/{outcome.file}.")
    return 0


def _read_data(folder: Path, words: Vocabulary | None = None) -> Catalogue:
    """The records of a data folder, or of a project folder. Older data may lack files that are new: what can be read is read."""
    data = folder / "data" if (folder / "data").is_dir() else folder
    catalogue, problems = load(data, str(data), words)
    if catalogue is None or not (data / "services.yaml").is_file():
        raise DataError(problems)
    return catalogue


def _differences(options: argparse.Namespace) -> tuple[Catalogue, tuple[difference.Difference, ...]]:
    new = _read_data(options.folders[1] if len(options.folders) > 1 else options.root)
    return new, difference.compare(_read_data(options.folders[0], new.vocabulary), new, options.today)


def _diff(options: argparse.Namespace) -> int:
    """Tell what changed for the coordinator between two folders of data."""
    if not options.folders:
        print("Anna entiset tiedot: make diff old=<kansio tai gitin versio>", file=sys.stderr)
        return 1
    _, found = _differences(options)
    forms = {
        "text": lambda: difference.as_text(found),
        "html": lambda: difference.as_html(found, options.url),
        "mail": lambda: difference.as_mail(found, options.today, options.url),
    }
    print(forms[options.format](), end="")
    return 0


def _release(options: argparse.Namespace) -> int:
    """Add an entry on the changes since the old data to data/releases.yaml; a person reads and shortens it."""
    if not options.folders:
        print("Anna edellisen julkaisun tiedot: make release old=<kansio tai gitin versio>", file=sys.stderr)
        return 1
    new, found = _differences(options)
    version = difference.version_of(options.today)
    if version in new.releases:
        print(f"Julkaisu {version} on jo tiedostossa data/releases.yaml. Muuta sitä käsin.", file=sys.stderr)
        return 1
    path = options.root / "data" / "releases.yaml"
    head, mark, rest = path.read_text("utf-8").partition("releases:\n")
    entry = difference.as_release(found, version, options.today, options.title)
    path.write_text(f"{head}{mark}\n{entry}{rest}", "utf-8", newline="\n")
    print(f"{difference.in_short(found)} Lisätty julkaisu {version} tiedostoon data/releases.yaml: lue ja lyhennä se.")
    return 0


def _offline(options: argparse.Namespace) -> int:
    """Write the copy that works without the net into a folder, as a zip named by the day."""
    made, _ = publish.site(options.root, options.today, _settings())
    content = offline.archive(made, options.root / "overrides")
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / offline.file_name(made)
    path.write_bytes(content)
    print(f"{path}: {len(made.pages)} sivua, {len(content) / 1_000_000:.1f} Mt")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
