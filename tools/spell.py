"""Spell check of all texts with Voikko: `make spell`. A development tool; nothing of it is shipped.

Words that Voikko does not know but are right stand in `tools/words.txt`, a word a line.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from toolbox import publish, rules, text

WORDS = Path(__file__).with_name("words.txt")


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """(place, plain text) of everything that a reader sees in Finnish."""
    catalogue, _ = publish.check(root, date.today())
    if catalogue is None:
        return
    learning = ("modules", "questions", "cases")
    for key in ("measures", "actors", "appeals", "terms", "combinations", "changes", "situations", "calculators", *learning):
        for record_id, record in getattr(catalogue, key).items():
            origin = catalogue.origin(key, record_id)
            for path, value in rules.texts_of(record):
                yield f"{origin.file}:{origin.line(path)}", text.plain(value)
            for name in ("summary", "phrases", "lead"):
                value = getattr(record, name, ())
                for one in (value,) if isinstance(value, str) else value:
                    yield f"{origin.file}:{origin.line(name)}", one
    for file in sorted((root / "docs").rglob("*.md")):
        if file.name in ("kentat.md", "mittaukset.md"):
            continue  # made by commands
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            # Code, addresses and names of files are no Finnish.
            prose = "" if line.startswith("    ") else re.sub(r"`[^`]*`|\]\([^)]*\)|[\w/-]+\.(?:csv|json|jsonld|ttl|xlsx|zip)\b", " ", line)
            yield f"{file.relative_to(root)}:{number}", prose


def main() -> int:
    """Print unknown words with their places. Returns 1 when there are any."""
    try:
        import libvoikko
    except (ImportError, OSError):
        need = "sudo apt-get install -y libvoikko1 voikko-fi && .venv/bin/pip install libvoikko"
        print(f"Oikoluku tarvitsee Voikon. Aja: {need}", file=sys.stderr)
        return 1
    voikko = libvoikko.Voikko("fi")
    known = {word.strip().lower() for word in WORDS.read_text("utf-8").splitlines()} if WORDS.exists() else set()
    unknown: dict[str, list[str]] = defaultdict(list)
    for place, value in texts(Path.cwd()):
        for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", value):
            if len(word) > 2 and word.lower() not in known and not word.isupper() and not voikko.spell(word):
                unknown[word].append(place)
    for word, places in sorted(unknown.items(), key=lambda item: item[0].lower()):
        print(f"{word}: {places[0]}" + (f" ja {len(places) - 1} muuta" if len(places) > 1 else ""))
    print(f"{len(unknown)} tuntematonta sanaa")
    return int(bool(unknown))


if __name__ == "__main__":
    raise SystemExit(main())
