"""Finds the browser of the tests and installs it where it may: `python -m tools.browser`.

Without a browser the tests do not run: nothing is skipped in silence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

# In this order; the last one of all is Playwright's own.
NAMES = (
    "chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "microsoft-edge",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
# libatomic1 is for Playwright's own program; a browser does not bring it along.
APT = "apt-get install --no-install-recommends -y chromium libatomic1"


def choose(environ: Mapping[str, str], which: Callable[[str], str | None], own: str) -> str:
    """The browser to use, or an empty string. One that is named in $SELAIN is never replaced by another."""
    named = environ.get("SELAIN")
    for name in [named] if named else [*NAMES, own]:
        path = which(name)
        if path and not is_snap(path):
            return path
    return ""


def is_snap(path: str) -> bool:
    """A snap may not read the folders of the tests. Its commands are links to the program `snap` itself."""
    return any("/snap/" in place or place.endswith("/snap") for place in (path, os.path.realpath(path)))


def find(playwright: Playwright) -> str:
    """The browser of this machine, or an empty string."""
    return choose(os.environ, shutil.which, playwright.chromium.executable_path)


def fault() -> str:
    """Why the tests can not use a browser, or an empty string when one has really started."""
    if not _driver_starts():
        return "Playwright ei käynnisty, kirjasto libatomic puuttuu"
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        path = find(playwright)
        if not path:
            return f"SELAIN={os.environ['SELAIN']} ei kelpaa" if os.environ.get("SELAIN") else "selainta ei löytynyt"
        try:
            playwright.chromium.launch(executable_path=path).close()
        except Error:
            return f"{path} ei käynnisty"
    return ""


def install() -> None:
    """Install what may be missing, as far as we may."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Asennetaan testien selain …", flush=True)
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        _run("apt-get", "update")
        # Ubuntu has Chromium only as a snap, so there the browser is Playwright's, with the libraries it asks for.
        if _run(*APT.split()):
            _run(*APT.replace(" chromium", "").split())
            _run(sys.executable, "-m", "playwright", "install", "--with-deps", "chromium")
    else:
        print("Haetaan testien selain …", flush=True)
        _run(sys.executable, "-m", "playwright", "install", "chromium")


def advice() -> str:
    """The command that a person must run when we may not."""
    if os.environ.get("SELAIN") and _driver_starts():
        return "SELAIN=/polku/selaimeen make test"
    if shutil.which("apt-get") and "ID=ubuntu" in Path("/etc/os-release").read_text("utf-8").split():
        own = f"{os.path.relpath(sys.prefix)}/bin/python -m playwright"
        return f"sudo apt-get update && sudo {APT.replace(' chromium', '')} && sudo {own} install-deps chromium && {own} install chromium"
    if shutil.which("apt-get"):
        return f"sudo apt-get update && sudo {APT}"
    if shutil.which("dnf"):
        return "sudo dnf install -y chromium libatomic"
    return "SELAIN=/polku/chromiumiin make test"


def main() -> int:
    """See that there is a browser that starts. Returns the exit status."""
    # A browser that was named is for the one who named it to mend.
    if fault() and not (os.environ.get("SELAIN") and _driver_starts()):
        install()
    if found := fault():
        print(f"Testit tarvitsevat selaimen ({found}). Aja: {advice()}", file=sys.stderr)
        return 1
    return 0


def _driver_starts() -> bool:
    return _run(sys.executable, "-m", "playwright", "--version") == 0


def _run(*command: str) -> int:
    return subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    raise SystemExit(main())
