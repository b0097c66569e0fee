"""A score grid that somebody loads: what fits, and what is refused. Its ranges here are invented."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from obc.domain.measurement.segmentation.score_grid import ScoreGrid
from shipped import DEFINITIONS, code_lists, read

FRAME = {"id": "a-grid", "title": "A grid", "edition": "invented", "source": "a test"}
ITEMS = {"6": ["six", "six-older"], "7": ["seven"], "9": ["nine"]}
MOOD = {"cluster": "04", "must": {"7": "2-4", "6": "0-1"}, "expected": {"9": "1-3"}}
LOW = {"cluster": "03", "must": {"7": "2-3"}, "expected": {"6": "0"}}


def grid(*clusters: dict[str, Any], items: dict[str, list[str]] | None = None) -> ScoreGrid:
    return ScoreGrid.model_validate({**FRAME, "items": ITEMS if items is None else items, "clusters": list(clusters)})


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"seven": 3, "six": 0, "nine": 2}, ["03", "04"]),
        ({"seven": 3, "six": 1, "nine": 2}, ["04", "03"]),
        ({"seven": 4, "six": 1, "nine": 2}, ["04"]),
        ({"seven": 2, "six": 0}, ["03", "04"]),
        ({"seven": 1, "six": 0, "nine": 2}, []),
        ({"seven": 3, "six-older": 2, "nine": 2}, ["03"]),
        ({"seven": 9, "six": 0}, []),
        ({"six": 0, "nine": 2}, []),
        ({}, []),
    ],
)
def test_clusters_that_scores_allow(scores: dict[str, int], expected: list[str]) -> None:
    found = grid(MOOD, LOW).fits({item: Decimal(score) for item, score in scores.items()})
    assert [fit.cluster for fit in found] == expected


def test_a_fit_says_how_many_expectations_are_met() -> None:
    (found,) = grid(MOOD).fits({"seven": Decimal(4), "six": Decimal(1), "nine": Decimal(4)})
    assert (found.met, found.expected) == (0, 1)


@pytest.mark.parametrize(
    ("clusters", "words"),
    [
        ([{**MOOD, "cluster": "09"}], "09 is blank"),
        ([{**MOOD, "cluster": "4"}], "two digits"),
        ([{**MOOD, "cluster": "22"}], "00 to 21"),
        ([{**MOOD, "must": {"7": "4-2"}}], "the lower first"),
        ([{**MOOD, "must": {"7": "2-5"}}], "from 0 to 4"),
        ([{**MOOD, "must": {"F": "2"}}], "Input should be '1'"),
        ([{**MOOD, "must": {"7": ["2", "4"]}}], "valid dictionary or instance of Range"),
        ([{**MOOD, "expected": {"7": "2"}}], "scale 7 twice in cluster 04"),
        ([{**MOOD, "must": {}}], "would fit everybody"),
        ([MOOD, MOOD], "cluster 04 twice"),
        ([{**MOOD, "expected": {"13": "2"}}], "no codes for scale 13"),
    ],
)
def test_a_grid_that_cannot_be_right(clusters: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(ValidationError) as caught:
        grid(*clusters)
    assert words in str(caught.value)


def test_a_code_stands_for_one_scale() -> None:
    with pytest.raises(ValidationError, match="a code stands for one scale"):
        grid(items={"6": ["same"], "7": ["same"]})


def test_a_grid_can_be_read_back_from_what_it_writes() -> None:
    whole = grid(MOOD, LOW)
    assert ScoreGrid.model_validate(whole.model_dump()) == whole


def test_the_shipped_grid_is_empty_and_fits_nothing() -> None:
    shipped = read(DEFINITIONS / "score_grids" / "mental-health-clustering-tool.yaml", ScoreGrid)
    items = [code for item in shipped.items for code in item.codes]
    assert shipped.clusters == () and shipped.fits({code: Decimal(4) for code in items}) == ()
    valid = {code.code for code in code_lists()["score-item"].codes}
    assert [code for code in items if code not in valid] == []
