"""The palette can be read by everybody."""

import re
from importlib.resources import files
from itertools import combinations

import pytest

from obc.reports import palette


@pytest.mark.parametrize("ground", palette.GROUNDS)
@pytest.mark.parametrize("colour", palette.TEXT_COLOURS)
def test_text_has_the_contrast_that_wcag_asks_for(colour, ground):
    assert palette.contrast(colour, ground) >= 4.5


def test_contrast_is_that_of_wcag():
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the known first grey that fails


def test_lines_can_be_seen():
    assert palette.contrast(palette.RULE, palette.WHITE) >= 3


def _seen_without_red(colour: str) -> tuple[float, ...]:
    """What somebody without red cones sees (Viénot, Brettel, Mollon 1999, in linear light)."""
    linear = [(int(colour[i : i + 2], 16) / 255) ** 2.2 for i in (1, 3, 5)]
    red, green, blue = linear
    return (0.1124 * red + 0.8876 * green, 0.1124 * red + 0.8876 * green, 0.0040 * red - 0.0040 * green + blue)


def test_earned_and_unearned_differ_without_red_sight():
    for one, other in combinations((palette.EARNED, palette.UNEARNED), 2):
        apart = sum((a - b) ** 2 for a, b in zip(_seen_without_red(one), _seen_without_red(other), strict=True))
        assert apart > 0.02


def test_the_style_sheet_names_colours_of_the_palette_only():
    style = (files("obc.reports") / "templates" / "document.css").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb", style)
    for name in re.findall(r"\b[A-Z]{3,}\b", style):
        assert re.fullmatch(r"#[0-9a-f]{6}", getattr(palette, name))
