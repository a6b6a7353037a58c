"""What a new reader stumbled on: each test holds one fault that was met when the site was used for a task."""

from __future__ import annotations

import pytest

# Rows of the list whose text runs under the button at their corner.
COVERED = """() => [...document.querySelectorAll("[data-kk-row]")].filter((row) => {
  const button = row.querySelector(".kk-versus-pick")?.getBoundingClientRect();
  if (!button || !button.width) return false;
  const range = document.createRange();
  return [...row.children].filter((one) => !one.matches(".kk-versus-pick")).some((one) => {
    range.selectNodeContents(one);
    return [...range.getClientRects()].some((r) => r.right > button.left && r.left < button.right && r.top < button.bottom && r.bottom > button.top);
  });
}).map((row) => row.dataset.kkRow)"""


@pytest.mark.parametrize("width", [390, 1280])
def test_controls_stand_clear_of_text_and_in_the_column(site_server, new_page, width):
    page = new_page(width)
    page.goto(f"{site_server}keinot/?q=sairausp%C3%A4iv%C3%A4raha%20loppuu")
    page.locator("[data-kk-results] .kk-versus-pick").first.wait_for()
    assert page.evaluate(COVERED) == []
    if width == 390:
        facets, found = page.locator("[data-kk-facets]").bounding_box(), page.locator("[data-kk-found]").bounding_box()
        assert found["y"] - facets["y"] - facets["height"] >= 12
    page.goto(site_server)
    share = page.locator("main > .kk-share")
    share.wait_for()
    assert share.locator("summary").bounding_box()["x"] == page.locator("h1").bounding_box()["x"]
