"""Draws the modules of the code into ARCHITECTURE.md, so that the picture can not go stale: `python -m tools.modules`.

A test compares the drawing with the code. The words are the first sentence of each module's own description.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

FILE = Path("ARCHITECTURE.md")
BEGIN, END = "<!-- tästä eteenpäin: make modules -->", "<!-- tähän asti: make modules -->"


def first_sentence(description: str) -> str:
    """The first paragraph's first sentence without its full stop, as one line."""
    paragraph = " ".join((description or "").strip().split("\n\n")[0].split())
    return re.split(r"(?<=[a-zäöå`)])\.(?:\s|$)", paragraph)[0].rstrip(".").replace("|", "\\|")


def packages(folder: Path) -> list[Path]:
    """The folder itself and the packages in it."""
    return [folder, *sorted(path.parent for path in folder.glob("*/__init__.py"))]


def python_rows(folder: Path, top: Path | None = None) -> list[tuple[str, str, str]]:
    """Name, sentence and the modules that each module of a package needs to run; those of packages as `package.module`.

    `top` is the package that holds it, when it is not the folder itself.
    """
    top = top or folder
    rows = []
    for path in sorted(folder.glob("*.py")):
        if path.stem == "__init__":
            continue
        tree = ast.parse(path.read_text("utf-8"))
        needed: set[Path] = set()
        for node in tree.body:  # imports for type checkers stand inside an if and are no need
            if isinstance(node, ast.ImportFrom) and node.level:
                start = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
                files = (start.with_suffix(".py"), *(start / f"{alias.name}.py" for alias in node.names))
                needed |= {file for file in files if file.is_file()}
        named = sorted(".".join(file.relative_to(top).with_suffix("").parts) for file in needed)
        rows.append((path.stem, first_sentence(ast.get_docstring(tree) or ""), ", ".join(f"`{name}`" for name in named)))
    return rows


def script_rows(folder: Path) -> list[tuple[str, str, str]]:
    """The same of the browser's modules, from the comment at the top of each."""
    rows = []
    for path in sorted(folder.rglob("*.js")):
        source = path.read_text("utf-8")
        comment = re.search(r"/\*\*(.*?)\*/|^((?://(?! @ts-check).*\n)+)", source, re.DOTALL | re.MULTILINE)
        words = re.sub(r"(?m)^\s*(?:\*|//) ?", "", (comment[1] or comment[2]) if comment else "")
        needed = sorted(set(re.findall(r"""(?:from|import)\s*\(?"\./([\w/-]+)\.js\"""", source)))
        rows.append((path.relative_to(folder).with_suffix("").as_posix(), first_sentence(words), ", ".join(f"`{name}`" for name in needed)))
    return rows


def drawing(root: Path) -> str:
    """The tables of the code as Markdown."""
    parts = []
    toolbox = root / "hooks" / "toolbox"
    for title, rows in (
        *((f"`{folder.relative_to(root).as_posix()}/`", python_rows(folder, toolbox)) for folder in packages(toolbox)),
        ("`tools/`", python_rows(root / "tools")),
        ("`overrides/assets/`", script_rows(root / "overrides" / "assets")),
    ):
        lines = [f"### {title}", "", "| moduuli | mitä se tekee | tarvitsee |", "|---|---|---|"]
        parts.append("\n".join([*lines, *(f"| `{name}` | {words} | {needed} |" for name, words, needed in rows)]))
    return "\n\n".join(parts)


def drawn(source: str, root: Path) -> str:
    """The text of ARCHITECTURE.md with the drawing of today."""
    before, rest = source.split(BEGIN, 1)
    return f"{before}{BEGIN}\n\n{drawing(root)}\n\n{END}{rest.split(END, 1)[1]}"


def main() -> int:
    """Write the drawing of today into the file of this folder."""
    FILE.write_text(drawn(FILE.read_text("utf-8"), Path()), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
