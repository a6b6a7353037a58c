"""`make serve` while an editor makes mistakes: the server lives, shows what is wrong, and recovers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest

from tools import browsing

PATIENCE = 40  # seconds to wait for something that takes about one; never measured, only a bound


def until(what: Callable[[], bool], why: str) -> None:
    """Wait until something holds. A bound, not a measurement."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if what():
            return
        time.sleep(0.1)
    pytest.fail(why)


def test_the_server_survives_bad_data_and_recovers(fixture_project, tmp_path):
    port = browsing.free_port()
    settings = {"KK_TODAY": "2026-11-22", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUNBUFFERED": "1"}
    log = tmp_path / "serve.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--strict", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=fixture_project, env={**os.environ, **settings}, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    data = fixture_project / "data" / "services.yaml"
    good = data.read_text("utf-8")

    def page(path: str = "keinot/kokeiluraha/") -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return ""

    try:
        until(lambda: "Kokeiluraha" in page(), "the server did not start")
        assert "Content-Security-Policy" not in page(), "the policy would stop live reload"
        typed = (
            good.replace("decided_by: [kela]", "decided_by: [kella]"),
            "measures:\n\t- x\n",
            "",
            "measures: [1, {}, null, [[]]]\n",
            "measures: !!python/object/apply:os.system [ls]\n",
            good[: len(good) // 2] + "\x00\u202e<script>" + good[len(good) // 2 :],
        )
        for broken in typed:
            before = page()
            data.write_text(broken, "utf-8")
            until(lambda before=before: "Tiedoissa on virhe" in page() != before, "the mistake is not shown")
            assert server.poll() is None
            assert "Kela maksaa kokeilurahaa" in page(), "the last good site is gone"
        data.write_text(good.replace("Kela maksaa kokeilurahaa", "Kela maksaa nyt kokeilurahaa"), "utf-8")
        until(lambda: "Kela maksaa nyt kokeilurahaa" in page() and "Tiedoissa on virhe" not in page(), "the server did not recover")
        # What did not change is there as before, and the data files follow the page.
        assert "<h1>Kela" in page("toimijat/kela/")
        until(lambda: "Kela maksaa nyt kokeilurahaa" in page("api/v1/measures.json"), "the data files did not follow")
        (fixture_project / "overrides" / "frame.html").write_text("<!doctype html><title>Uusi kehys</title>{{ content }}", "utf-8")
        until(lambda: "Uusi kehys" in page("toimijat/kela/"), "a page of the same values kept the old frame")
        assert "Traceback" not in log.read_text("utf-8")
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)
