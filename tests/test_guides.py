"""The guides by situation: which measures they hold, the picture of the path, the sheet on paper."""

from __future__ import annotations

from datetime import date

import pytest

from toolbox import guide_rules, publish

TODAY = date(2026, 11, 23)


def edit(project, file: str, old: str, new: str) -> None:
    path = project / "data" / file
    source = path.read_text("utf-8")
    assert old in source, f"{old!r} is not in {file}"
    path.write_text(source.replace(old, new, 1), "utf-8")


# --- every measure is in a guide or says why not -----------------------------------------

OUT = ("situations.yaml", "    - id: tyon-tuumaus", "    - id: kokeiluraha")
REASON = "  no_guide: Tuumaus kuuluu jokaiseen tilanteeseen.\n"
GUIDED = {
    "in no guide": ([OUT], "keino ei ole yhdenkään tilanteen polussa"),
    "in no guide with a reason": ([OUT, ("services.yaml", "  kind: method\n", f"  kind: method\n{REASON}")], ""),
    "a reason though in a guide": ([("services.yaml", "  kind: method\n", f"  kind: method\n{REASON}")], "syy on turha: keino on jo polussa"),
    "a reason of what has ended": ([("services.yaml", "  status: ended\n", f"  status: ended\n{REASON}")], "syy on turha: keino ei ole voimassa"),
    "a broken guide tells nothing": ([OUT, ("situations.yaml", "    when: heti", "    whenn: heti")], ""),
}  # fmt: skip


@pytest.mark.parametrize("case", GUIDED, ids=list(GUIDED))
def test_a_measure_is_in_a_guide_or_says_why_not(fixture_project, case):
    edits, words = GUIDED[case]
    for file, old, new in edits:
        edit(fixture_project, file, old, new)
    found = guide_rules.check(publish.check(fixture_project, TODAY)[0], TODAY)
    assert [problem.message for problem in found if words in problem.message] == [problem.message for problem in found]
    assert len(found) == (1 if words else 0)
    if found:
        assert found[0].remedy
        assert found[0].warning == (not guide_rules.MISSING_STOPS and case == "in no guide")


def test_the_reason_stands_where_the_guides_would(fixture_project):
    edit(fixture_project, *OUT)
    edit(fixture_project, "services.yaml", "  kind: method\n", f"  kind: method\n{REASON}")
    made, _ = publish.site(fixture_project, TODAY, publish.Settings())
    assert "Tuumaus kuuluu jokaiseen tilanteeseen." in made.by_path["keinot/tyon-tuumaus/"].html
