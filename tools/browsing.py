"""What the browser tests and the audit share: a local server, a watched page, and axe."""

from __future__ import annotations

import gzip
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

# Nothing leaves the machine, also when a page or the browser itself tries.
LAUNCH = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--disable-background-networking"]
# target-size (WCAG 2.2, 2.5.8) is off in axe unless asked for; what passes need not be described, which saves half of the time.
AXE = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder as a plain web host does: 404.html for what is not there."""

    protocol_version = "HTTP/1.1"
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript", ".woff2": "font/woff2"}  # noqa: RUF012

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page instead of the server's."""
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def end_headers(self) -> None:
        """Others may load the files, as public static hosts let them (and hosting/nginx.conf)."""
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """The log of each request would hide the results."""


class PackingHandler(Handler):
    """Packs text before it travels, as static hosts do (and hosting/nginx.conf)."""

    def do_GET(self) -> None:  # the name that the standard library calls
        """A file, packed unless it is a font, which already is."""
        file = Path(self.translate_path(self.path))
        if file.is_dir() and urlsplit(self.path).path.endswith("/"):
            file /= "index.html"
        if not file.is_file() or file.suffix == ".woff2":
            super().do_GET()
            return
        content = gzip.compress(file.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Server(ThreadingHTTPServer):
    """A browser may close a connection whenever it likes; anything else is worth a trace."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of errors of ours only."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def free_port() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(folder: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives the address with a closing slash."""
    server = Server(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def open_page(browser: Browser, trouble: list[str], *, width: int = 1280, scheme: str = "light", **options: Any) -> Page:
    """A new page as a Finnish reader has it. What it does wrong is added to `trouble`.

    Wrong is a request to another host, an error on the console (a breach of the content
    security policy among them) and an uncaught exception. Close it with `page.context.close()`.
    """
    settings = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "locale": "fi-FI",
                "timezone_id": "Europe/Helsinki", "reduced_motion": "reduce", **options}
    context = browser.new_context(**settings)
    page = context.new_page()

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "file") and parts.hostname != "127.0.0.1":
            trouble.append(f"{page.url}: pyyntö muualle: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            trouble.append(f"{page.url}: {message.text}")

    context.on("request", on_request)
    context.on("console", on_console)
    page.on("pageerror", lambda error: trouble.append(f"{page.url}: {error}"))
    return page


def axe(page: Page, within: str | None = None) -> list[str]:
    """What axe finds wrong on the page as it is now, or in the part that a selector names: rule, its meaning and the places."""
    found = Axe().run(page, context=within, options=AXE).response["violations"]
    return [f"{rule['id']}: {rule['help']}: " + ", ".join(str(node["target"]) for node in rule["nodes"]) for rule in found]


def sheets(page: Page) -> int:
    """How many A4 sheets the page as it is now makes on paper."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
