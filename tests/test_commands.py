"""The commands, their requirements and what is published with them."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from conftest import DAY

from toolbox import publish, rules
from toolbox.site import POLICY
from tools import bench
from tools.browser import choose, is_snap

DOCUMENTED = {
    "serve",
    "build",
    "check",
    "test",
    "tree",
    "search",
    "review",
    "reviewed",
    "links",
    "year",
    "fallback",
    "modules",
    "vulnerabilities",
    "bench",
    "audit",
    "municipalities",
    "clean",
    "help",
}
OWN = "/home/x/.cache/playwright/chrome"


def which(*present: str):
    """A `shutil.which` for a machine that has these programs."""
    return lambda name: next((path for path in present if path in (name, f"/usr/bin/{name}")), None)


def test_help_tells_every_command_in_one_line_each(project_root):
    told = subprocess.run(["make", "--no-print-directory", "help"], cwd=project_root, check=True, capture_output=True, text=True).stdout
    lines = [re.fullmatch(r"make (\w+) +(\S.*)", line) for line in told.splitlines()]
    assert all(lines), told
    assert {line[1] for line in lines} >= DOCUMENTED


def test_every_command_of_the_makefile_is_phony(project_root):
    """Otherwise a file called `build` or `check` would switch the command off."""
    makefile = (project_root / "Makefile").read_text("utf-8")
    phony = set(re.search(r"(?m)^\.PHONY: (.*)$", makefile)[1].split())
    assert set(re.findall(r"(?m)^([a-z]+):", makefile)) == phony


@pytest.mark.parametrize("name", ["build", "test"])
def test_requirements_are_exact_and_carry_hashes(project_root, name):
    locked = (project_root / "requirements" / f"{name}.txt").read_text("utf-8")
    packages = locked.replace("\\\n", " ").splitlines()
    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", package), package


@pytest.mark.parametrize("name", ["build", "test"])
def test_what_is_asked_for_is_what_is_locked(project_root, name):
    """A requirement that is changed without `make lock` would silently stay uninstalled."""
    folder = project_root / "requirements"
    locked = (folder / f"{name}.txt").read_text("utf-8").lower()
    wanted = re.findall(r"(?m)^[\w-]+(?:==\S+)?$", (folder / f"{name}.in").read_text("utf-8").lower())
    assert wanted
    for package in wanted:
        assert re.search(rf"(?m)^{re.escape(package)}(?===| )", locked), package


def test_both_requirement_files_lock_the_same_versions(project_root):
    build, test = (
        dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", (project_root / "requirements" / f"{name}.txt").read_text("utf-8")))
        for name in ("build", "test")
    )
    assert {name: version for name, version in test.items() if build.get(name, version) != version} == {}


def test_no_settings_file_names_a_registry_or_a_place_of_one_machine(project_root):
    files = [project_root / name for name in ("Makefile", "pyproject.toml", ".ci/run", ".gitignore")]
    files += [path for folder in ("requirements", "tools", ".github/workflows") for path in (project_root / folder).glob("*.*")]
    for path in files:
        # Put together here, so that this file does not name them either.
        for word in (
            "py" + "pi.",
            "python" + "hosted",
            "npm" + "js",
            "deb" + "ian.org",
            "index-url",
            "trusted-host",
            "find-links",
            "/ro" + "ot/",
        ):
            assert word not in path.read_text("utf-8"), f"{path}: {word}"


def test_ci_runs_what_everybody_runs(project_root):
    script = (project_root / ".ci" / "run").read_text("utf-8")
    assert script.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in script
    assert re.search(r"make (\S+ )?test$", script.strip())
    assert "bash .ci/run" in (project_root / ".github" / "workflows" / "check.yml").read_text("utf-8")


def test_no_tests_at_all_is_a_failure_of_make(project_root, tmp_path):
    """pytest ends with 5 then, and make makes a failure of it."""
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    (tmp_path / "Makefile").write_text(
        f"test:\n\t@cd {project_root} && .venv/bin/python -m pytest -q -p no:cacheprovider {nothing}\n", "utf-8"
    )
    assert subprocess.run(["make", "-C", str(tmp_path), "test"], check=False, capture_output=True).returncode == 2


def test_actions_are_pinned_to_commits(project_root):
    used = [
        use for path in (project_root / ".github" / "workflows").glob("*.yml") for use in re.findall(r"uses: (.*)", path.read_text("utf-8"))
    ]
    assert used
    for use in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)


def test_the_example_host_has_the_policy_of_the_pages(project_root):
    header = re.search(
        r'add_header Content-Security-Policy "([^"]*)" always;', (project_root / "hosting" / "nginx.conf").read_text("utf-8")
    )
    assert header[1] == f"{POLICY}; frame-ancestors $kk_frames"


@pytest.mark.parametrize(
    ("environ", "present", "chosen"),
    [
        ({"SELAIN": "/opt/own"}, ["/opt/own", "/usr/bin/chromium"], "/opt/own"),
        ({"SELAIN": "/opt/gone"}, ["/usr/bin/chromium"], ""),
        ({"SELAIN": ""}, ["/usr/bin/chromium"], "/usr/bin/chromium"),
        ({}, [OWN, "/usr/bin/microsoft-edge", "/usr/bin/google-chrome", "/usr/bin/chromium"], "/usr/bin/chromium"),
        ({}, [OWN, "/usr/bin/microsoft-edge", "/usr/bin/google-chrome"], "/usr/bin/google-chrome"),
        ({}, [OWN, "/usr/bin/microsoft-edge"], "/usr/bin/microsoft-edge"),
        ({}, [OWN], OWN),
        ({}, [], ""),
    ],
)
def test_browsers_are_looked_for_in_order(environ, present, chosen):
    assert choose(environ, which(*present), OWN) == chosen


def test_a_snap_is_not_a_browser_for_tests(tmp_path):
    snaps = {"chromium": "/snap/bin/chromium", "google-chrome": "/usr/bin/google-chrome"}
    assert choose({}, snaps.get, OWN) == "/usr/bin/google-chrome"
    link = tmp_path / "chromium"
    link.symlink_to("/snap/chromium/current/chrome")
    assert is_snap(str(link))
    assert not is_snap("/usr/bin/snapshot")


def test_an_unusable_browser_is_told_in_one_line(project_root):
    environ = {**os.environ, "SELAIN": "/nowhere/browser"}
    command = [sys.executable, "-m", "tools.browser"]
    result = subprocess.run(command, cwd=project_root, env=environ, check=False, capture_output=True, text=True)
    assert result.returncode == 1
    assert result.stderr == "Testit tarvitsevat selaimen (SELAIN=/nowhere/browser ei kelpaa). Aja: SELAIN=/polku/selaimeen make test\n"


def test_a_failing_build_leaves_the_site_as_it_was(project_root, fixture_project):
    (fixture_project / ".venv").symlink_to(project_root / ".venv")

    def build() -> subprocess.CompletedProcess[str]:
        command = ["sh", str(project_root / "tools" / "build.sh")]
        return subprocess.run(
            command, cwd=fixture_project, check=False, capture_output=True, text=True, env={**os.environ, "KK_TODAY": "2026-11-22"}
        )

    def site() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in (fixture_project / "site").rglob("*") if path.is_file()}

    assert build().returncode == 0
    before = site()
    assert before
    assert build().returncode == 0
    assert site() == before  # two builds of the same are the same to the byte
    services = fixture_project / "data" / "services.yaml"
    services.write_text(services.read_text("utf-8").replace("decided_by: [kela]", "decided_by: [kella]", 1), "utf-8")
    failed = build()
    assert failed.returncode == 1
    assert 'tarkoititko "kela"?' in failed.stderr
    assert "Traceback" not in failed.stdout + failed.stderr
    assert site() == before
    assert list((fixture_project / "build").iterdir()) == []


def test_the_data_of_the_growth_bench_keep_the_rules(project_root, tmp_path):
    catalogue, problems = publish.check(bench.grown_project(project_root, tmp_path / "grown", 2), DAY)
    assert [str(problem) for problem in rules.errors(problems)] == []
    assert len(catalogue.measures) > 500
