"""Contrast, computed from the style sheet itself with the WCAG formula."""

from __future__ import annotations

import re

import pytest

# foreground: grounds on which it stands as text (4.5) or as a border or focus ring (3).
TEXT = {
    "ink": "bg surface sunken brand-tint accent-tint mark yes-tint seq-tint cond-tint no-tint",
    "ink-2": "bg surface sunken brand-tint cond-tint",
    "ink-3": "bg surface sunken cond-tint",
    "link": "bg surface sunken brand-tint yes-tint seq-tint cond-tint no-tint accent-tint",
    "link-hover": "surface bg",
    "visited": "surface bg",
    "brand": "surface bg",
    "on-brand": "brand link-hover",
    "accent": "surface bg accent-tint",
    "yes": "surface yes-tint",
    "seq": "surface seq-tint",
    "cond": "surface cond-tint",
    "no": "surface no-tint",
}
LINES = {"line-strong": "surface bg sunken", "focus": "bg surface sunken brand-tint"}


@pytest.fixture(scope="module")
def css(project_root) -> str:
    return (project_root / "overrides/assets/kaikki-keinot.css").read_text("utf-8")


def tokens(css: str, selector: str) -> dict[str, str]:
    block = re.search(re.escape(selector) + r" \{(.*?)\n\s*\}", css, re.DOTALL).group(1)
    return dict(re.findall(r"--kk-([a-z0-9-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("selector", [":root", ':root[data-kk-scheme="dark"]'])
def test_every_pair_of_the_palette_has_enough_contrast(css, selector):
    palette = tokens(css, selector)
    weak = [
        (fore, ground, round(contrast(palette[fore], palette[ground]), 2))
        for pairs, least in ((TEXT, 4.5), (LINES, 3.0))
        for fore, grounds in pairs.items()
        for ground in grounds.split()
        if contrast(palette[fore], palette[ground]) < least
    ]
    assert weak == []


def test_white_on_the_hero_and_the_footer(css):
    for colour in ("#0a2f3b", "#0a1b22", "#10303b"):
        assert contrast("#ffffff", colour) >= 4.5
        assert contrast("#d7e6ea", colour) >= 4.5
    assert contrast("#566870", "#ffffff") >= 4.5
    assert contrast("#2b0a20", "#f0a3d2") >= 4.5


def test_the_dark_scheme_is_the_same_with_and_without_script(css):
    assert tokens(css, ':root[data-kk-scheme="dark"]') == tokens(css, ":root:not([data-kk-scheme])")


def test_dark_colours_stay_on_the_screen(css):
    before = css.split(':root[data-kk-scheme="dark"]')[0]
    assert before.rstrip().endswith("@media screen {")


def test_every_colour_in_use_is_a_token(css):
    used = set(re.findall(r"var\(--kk-([a-z0-9-]+)\)", css))
    defined = set(re.findall(r"--kk-([a-z0-9-]+):", css))
    assert used <= defined
    assert {name for name in defined if not name.startswith("fs-")} - used - {"on-brand"} == set()


def test_every_block_is_closed(css):
    """A block left open takes all that follows with it, and the browser does not complain."""
    depth = 0
    for line in css.splitlines():
        bare = re.sub(r'/\*.*?\*/|"[^"]*"', "", line)
        assert not (line.startswith("/* --- ") and depth), line
        depth += bare.count("{") - bare.count("}")
    assert depth == 0
