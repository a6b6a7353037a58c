"""The check of addresses against a server of our own that answers well, badly, slowly and not at all."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from toolbox import catalogue
from tools import browsing, links

TODAY = date(2026, 11, 23)
ANSWERS = {"/ok": 200, "/forbidden": 403, "/missing": 404, "/gone": 410, "/error": 500, "/wait": 429, "/after": 200, "/ääni": 200, "/private/x": 200}  # fmt: skip
MOVES = {"/moved": (301, "/ok"), "/for-now": (302, "/ok"), "/mixed": (302, "/moved"), "/loop": (301, "/loop"), "/away": (301, "mailto:a@b.fi"), "/to-missing": (301, "/missing")}  # fmt: skip


class Server:
    """What was asked of the local server, and its address."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.release = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_HEAD(self) -> None:
                outer.answer(self)

            def do_GET(self) -> None:
                outer.answer(self)

            def log_message(self, *_) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.root = f"http://127.0.0.1:{self.http.server_port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append((request.command, request.path, request.headers["User-Agent"]))
        path = request.path
        if path == "/robots.txt":
            request.send_response(200)
            request.end_headers()
            request.wfile.write(b"User-agent: *\nDisallow: /private/\n")
        elif path == "/slow":
            self.release.wait(10)
            request.close_connection = True
        elif path == "/only-get":
            request.send_response(405 if request.command == "HEAD" else 200)
            request.end_headers()
        elif path in MOVES:
            request.send_response(MOVES[path][0])
            request.send_header("Location", MOVES[path][1])
            request.end_headers()
        else:
            request.send_response(200 if path == "/%C3%A4%C3%A4ni" else ANSWERS.get(path, 404))
            request.end_headers()

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.asked]


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield made
    made.release.set()
    made.http.shutdown()
    made.http.server_close()
    thread.join()


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def asker(pauses) -> links.Asker:
    return links.Asker(timeout=0.3, pause=1.5, sleep=pauses.append)


@pytest.mark.parametrize(
    ("path", "state", "why"),
    [
        ("/ok", "ok", "200"),
        ("/ääni", "ok", "200"),
        ("/only-get", "ok", "200"),
        ("/moved", "moved", "200"),
        ("/for-now", "ok", "200"),
        ("/mixed", "ok", "200"),
        ("/to-missing", "gone", "404"),
        ("/loop", "unknown", "liian monta ohjausta"),
        ("/away", "unknown", "ohjaa muualle kuin verkkosivulle"),
        ("/forbidden", "unknown", "403"),
        ("/missing", "gone", "404"),
        ("/gone", "gone", "410"),
        ("/error", "unknown", "500"),
        ("/wait", "unknown", "429"),
        ("/slow", "unknown", "ei vastannut ajoissa"),
    ],
)
def test_each_answer_has_its_state(server, asker, path, state, why):
    found = links.check(asker, server.root + path, TODAY)
    assert (found.state, found.why, found.checked, found.since) == (state, why, "2026-11-23", "2026-11-23")
    assert found.to == (f"{server.root}/ok" if state == "moved" else "")


def test_a_server_that_is_not_there_is_unknown(asker):
    assert links.check(asker, f"http://127.0.0.1:{browsing.free_port()}/", TODAY).state == "unknown"
    assert links.check(asker, "http://ei-ole.invalid/", TODAY).why == "yhteyttä ei saatu"


def test_a_host_is_asked_slowly_politely_and_by_its_rules(server, asker, pauses):
    urls = [server.root + path for path in ("/ok", "/private/x", "/only-get", "/missing")]
    found = links.check_host(asker, server.root, urls, TODAY)
    assert {urlsplit(url).path: one.state for url, one in found.items()} == {
        "/ok": "ok", "/private/x": "skipped", "/only-get": "ok", "/missing": "gone",
    }  # fmt: skip
    assert server.paths()[0] == "/robots.txt"
    assert "/private/x" not in server.paths()
    # A pause before each request but that of the rules.
    assert pauses == [1.5] * (len(server.asked) - 1)
    assert {agent for _, _, agent in server.asked} == {"kaikki-keinot-links/1.0"}
    assert [command for command, path, _ in server.asked if path == "/only-get"] == ["HEAD", "GET"]
    assert [command for command, path, _ in server.asked if path == "/ok"] == ["HEAD"]


def test_a_host_that_asks_to_wait_is_left_alone(server, asker):
    found = links.check_host(asker, server.root, [server.root + "/wait", server.root + "/after"], TODAY)
    assert found[server.root + "/after"].why == "palvelin pyysi odottamaan"
    assert "/after" not in server.paths()
    assert server.paths().count("/wait") == 1, "a limit is not asked around with another method"


def test_a_host_that_is_silent_is_left_alone(asker):
    urls = [f"http://ei-ole.invalid/{i}" for i in range(6)]
    found = links.check_host(asker, "http://ei-ole.invalid", urls, TODAY)
    assert [one.state for one in found.values()] == ["unknown"] * 3 + ["skipped"] * 3


def test_the_memory_saves_requests_and_keeps_the_first_day(server, asker):
    urls = [server.root + path for path in ("/ok", "/forbidden", "/missing")]
    first = links.run(urls, {}, TODAY, asker)
    server.asked.clear()
    second = links.run(urls, first, TODAY + timedelta(days=3), asker)
    assert "/ok" not in server.paths()
    assert {"/forbidden", "/missing"} <= set(server.paths())
    assert second[urls[1]].since == "2026-11-23"
    assert second[urls[1]].checked == "2026-11-26"
    server.asked.clear()
    links.run(urls, second, TODAY + timedelta(days=7), asker)
    assert "/ok" in server.paths()


def test_the_report_tells_what_to_mend_and_where(server, asker):
    urls = [server.root + path for path in ("/ok", "/moved", "/missing", "/error")]
    known = links.run(urls, {}, TODAY, asker)
    places = {url: ["data/services.yaml:7"] for url in urls}
    told = links.report(known, places, TODAY)
    assert "4 osoitetta: kunnossa 1, muuttanut 1, poissa 1, ei selvinnyt 1." in told
    assert f"- <{server.root}/missing> (404): data/services.yaml:7" in told
    assert f"- <{server.root}/moved> → <{server.root}/ok> (200): data/services.yaml:7" in told
    assert "Ei selvinnyt nyt" in told
    later = links.report(known, places, TODAY + timedelta(days=31))
    assert "Ei ole selvinnyt kuukauteen" in later
    assert "23.11.2026 alkaen" in later


@pytest.mark.parametrize("content", ["", "{", "[]", '{"a": 1}', '{"a": {"state": "ok"}}', '{"a": {"state": "ok", "checked": "x", "since": "x"}}'])
def test_a_broken_memory_is_an_empty_one(tmp_path, content):
    file = tmp_path / "links.json"
    file.write_text(content, "utf-8")
    assert links.read_memory(file) == {}
    assert links.read_memory(tmp_path / "none.json") == {}


def test_the_command_never_fails_and_leaves_a_report(server, fixture_project, tmp_path, monkeypatch, capsys):
    file = fixture_project / "data" / "services.yaml"
    file.write_text(file.read_text("utf-8").replace("https://www.kela.fi/kokeiluraha", f"{server.root}/missing"), "utf-8")
    monkeypatch.chdir(fixture_project)
    monkeypatch.setenv("KK_TODAY", TODAY.isoformat())
    monkeypatch.setattr("sys.argv", ["links", "--out", str(tmp_path), "--only", server.root])
    monkeypatch.setattr(links, "PAUSE", 0.0)
    assert links.main() == 0
    assert "poissa 1" in capsys.readouterr().out
    assert list(json.loads((tmp_path / "links.json").read_text("utf-8"))) == [f"{server.root}/missing"]
    assert "data/services.yaml:" in (tmp_path / "links.md").read_text("utf-8")


def test_every_address_of_the_data_is_found_with_its_place(project_root):
    c, _ = catalogue.load(project_root / "data")
    found = links.addresses(c)
    written = {line.split("#")[0] for path in (project_root / "data").rglob("*.yaml") for line in _written(path.read_text("utf-8"))}
    assert {url for url in written if url not in found} == set()
    assert all(place.startswith("data/") for places in found.values() for place in places)


def _written(source: str) -> list[str]:
    return re.findall(r"(?m)^\s*(?:- )?(?:url|website): ['\"]?(https?://[^\s'\"]+)", source)
