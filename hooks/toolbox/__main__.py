"""Commands on the data: `python -m toolbox check`, `tree`, `schema`, `ids`, `municipalities`, `diff`, `release`, `offline`."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from . import coverage, difference, offline, publish, rules, schema, wording, yearly
from .catalogue import Catalogue, load
from .problems import DataError, report
from .records import Vocabulary
from .site import Settings

# Where the tree is written; other outputs stand beside it.
TREE = Path("build/tree")


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns the exit status: 0 in order, 1 problems in the data."""
    parser = argparse.ArgumentParser(prog="toolbox", description="Kaikki keinot: tietojen tarkistus ja julkaisu.")
    parser.add_argument(
        "command", choices=("check", "tree", "schema", "ids", "municipalities", "diff", "release", "offline"), help="mitä tehdään"
    )
    parser.add_argument("folders", type=Path, nargs="*", help="diff ja release: entiset tiedot ja nykyiset tiedot (kansioita)")
    parser.add_argument("--root", type=Path, default=Path(), help="projektin kansio")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="päivä, jolle sivut tehdään (2026-11-22)")
    parser.add_argument("--out", type=Path, default=TREE, help="kansio, johon tree kirjoittaa")
    parser.add_argument("--table", type=Path, help="kuntataulukko (CSV), josta municipalities lukee")
    parser.add_argument("--since", type=date.fromisoformat, help="päivä, josta taulukko on voimassa; muuten lähin 1.1.")
    parser.add_argument("--merged", action="append", default=[], metavar="VANHA=UUSI", help="kuntanumerot: kunta liittyi toiseen")
    parser.add_argument("--write", action="store_true", help="kirjoita muutokset, jos säännöt pitävät")
    parser.add_argument("--format", choices=("text", "html", "mail"), default="text", help="diff: muoto")
    parser.add_argument("--url", default="", help="diff: sivuston osoite, jos linkit halutaan mukaan")
    parser.add_argument("--title", default="Tietojen muutokset", help="release: otsikko")
    options = parser.parse_args(arguments)
    commands = {
        "check": _check,
        "tree": _tree,
        "schema": _schema,
        "ids": _ids,
        "municipalities": _municipalities,
        "diff": _diff,
        "release": _release,
        "offline": _offline,
    }
    return commands[options.command](options)


def _overlay() -> Path | None:
    """The folder of an organisation's own copy, from the environment."""
    return Path(os.environ["KK_OVERLAY"]) if os.environ.get("KK_OVERLAY") else None


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
    try:
        site, _ = publish.site(options.root, options.today, Settings(overlay=_overlay()))
        pages = publish.write_tree(site, options.out, options.root / "overrides")
    except DataError as error:
        print(report(error.problems), file=sys.stderr)
        return 1
    print(f"{pages} sivua kansiossa {options.out}")
    return 0


def _schema(options: argparse.Namespace) -> int:
    schema.write(options.root)
    return 0


def _ids(options: argparse.Namespace) -> int:
    """Add the ids that are new to the list of all ids ever published. None is ever removed."""
    catalogue, problems = publish.check(options.root, options.today)
    if catalogue is None or rules.errors(problems):
        print(report(problems), file=sys.stderr)
        return 1
    every = sorted({*catalogue.published, *rules.published_ids(catalogue)})
    (options.root / "data" / "published-ids.txt").write_text("\n".join(every) + "\n", "utf-8")
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
    try:
        _, found = _differences(options)
    except DataError as error:
        print(report(error.problems), file=sys.stderr)
        return 1
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
    try:
        new, found = _differences(options)
    except DataError as error:
        print(report(error.problems), file=sys.stderr)
        return 1
    version = difference.next_version(new.releases, options.today)
    path = options.root / "data" / "releases.yaml"
    head, mark, rest = path.read_text("utf-8").partition("releases:\n")
    entry = difference.as_release(found, version, options.today, options.title)
    path.write_text(f"{head}{mark}\n{entry}{rest}", "utf-8", newline="\n")
    print(f"{difference.in_short(found)} Lisätty julkaisu {version} tiedostoon data/releases.yaml: lue ja lyhennä se.")
    return 0


def _offline(options: argparse.Namespace) -> int:
    """Write the copy that works without the net into a folder, as a zip named by the day."""
    folder = options.out if options.out != TREE else TREE.parent
    try:
        made, _ = publish.site(options.root, options.today, Settings(overlay=_overlay()))
        content = offline.archive(made, options.root / "overrides")
    except DataError as error:
        print(report(error.problems), file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / offline.file_name(made)
    path.write_bytes(content)
    print(f"{path}: {len(made.pages)} sivua, {len(content) / 1_000_000:.1f} Mt")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
