"""The booklet of the learning material as one tagged PDF with contents: `python -m tools.booklet`.

The site is built without a browser, so the PDF is made of its finished page: same records, same words.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from toolbox.learn.pages import BOOKLET
from tools import browsing
from tools.browser import find

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGE = "opi/vihko/"
# On paper and in a file, a link leads to the published site, not to the server of this run; without an address it is text.
LASTING_LINKS = """() => {
  const home = document.querySelector("link[rel=canonical]")?.href;
  for (const link of document.querySelectorAll("a[href]")) {
    const address = link.getAttribute("href");
    if (/^(#|[a-z]+:)/.test(address)) continue;
    if (home) link.href = new URL(address, home).href;
    else link.removeAttribute("href");
  }
}"""


def make(browser: Browser, site: Path, out: Path) -> None:
    """Print the page of the booklet of a built site to the file `out`. Raises RuntimeError when the page is not in order."""
    trouble: list[str] = []
    with browsing.serve(site) as address:
        page = browsing.open_page(browser, trouble)
        page.goto(address + PAGE, wait_until="networkidle")
        page.evaluate(LASTING_LINKS)
        out.parent.mkdir(parents=True, exist_ok=True)
        page.pdf(path=out, tagged=True, outline=True, prefer_css_page_size=True, print_background=True)
        page.context.close()
    if trouble:
        raise RuntimeError("\n".join(trouble))


def main() -> int:
    """Make the PDF of site/ into build/ and put it into the site."""
    site, out = Path("site"), Path("build") / Path(BOOKLET).name
    with sync_playwright() as playwright:
        path = find(playwright)
        if not path:
            print("Selainta ei löytynyt. Aja: make browser", file=sys.stderr)
            return 1
        with playwright.chromium.launch(executable_path=path, args=browsing.LAUNCH) as browser:
            make(browser, site, out)
    shutil.copy(out, site / BOOKLET)
    print(f"Vihko: {out} ja {site / BOOKLET} ({out.stat().st_size // 1024} kt)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
