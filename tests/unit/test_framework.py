"""A framework refuses what the parties cannot have meant."""

import pytest
from pydantic import ValidationError

from obc.domain.core.kernel.provenance import digest
from obc.domain.outcomes.framework.framework import LEVELS, TIERS, Framework
from scoring_samples import framework, one, seven

MARKS = "thresholds: {good: 50 %, improved: 60 %, excellent: 70 %}"


def test_a_framework_reads_back_what_it_writes() -> None:
    made = seven()
    again = Framework.model_validate(made.model_dump(by_alias=True))
    assert again == made
    assert digest(again) == digest(made)


def test_level_shares_hold_until_the_next_ones() -> None:
    made = seven()
    assert made.shares(0) is None
    assert [str(made.shares(year).excellent) for year in (1, 2, 9)] == ["40", "90", "90"]
    assert len(made.incentivised()) == 7


def test_the_hierarchy_has_three_tiers_of_two_levels() -> None:
    assert [len(levels) for _, levels in TIERS] == [2, 2, 2]
    assert LEVELS == ("good", "improved", "excellent")


@pytest.mark.parametrize(
    ("indicators", "more", "said"),
    [
        ("- id: a", "", "no thresholds; give good, improved and excellent"),
        (f"- id: a\n  {MARKS}\n  judged by: difference", "", "no baseline; 'judged by: difference' needs"),
        (
            f"- id: a\n  segments: [{{segment: x, {MARKS}}}, {{segment: y}}]",
            "",
            "no thresholds for y; give good",
        ),
        (
            f"- id: a\n  judged by: relative change\n  {MARKS}\n"
            "  segments: [{segment: x, baseline: 5}, {segment: y}]",
            "",
            "no baseline for y;",
        ),
        (f"- id: a\n  {MARKS}\n  segments: [{{segment: x}}, {{segment: x}}]", "", "'x' twice among the segments of a"),
        (f"- id: a\n  {MARKS}\n- id: a\n  {MARKS}", "", "'a' twice among the indicators"),
        (f"- id: a\n  {MARKS}", "segments: [{segment: x, weight: 1}, {segment: x, weight: 2}]", "'x' twice among the"),
        (f"- id: a\n  weight: -1\n  {MARKS}", "", "greater than or equal to 0"),
        (
            f"- id: a\n  {MARKS}",
            "additional: [{id: b, title: B, points: 20, when: every outcome at full points, source: s}]",
            "110 points to be had from year 1; at most 100",
        ),
        (
            f"- id: a\n  {MARKS}",
            "additional: [{id: only, title: B, points: 5, when: every outcome at full points, source: s}]",
            "'only' twice",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(indicators: str, more: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        one(indicators, more)


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ("[{from: 1, good: 9, improved: 5, excellent: 40, source: s}]", "level shares 9, 5, 40; a better level"),
        ("[{from: 1, good: 9, improved: 18, excellent: 140, source: s}]", "less than or equal to 100"),
        (
            "[{from: 2, good: 9, improved: 18, excellent: 40, source: s},"
            " {from: 1, good: 9, improved: 18, excellent: 40, source: s}]",
            "list them by year",
        ),
        ("[]", "at least 1"),
    ],
)
def test_levels_rise_and_stand_in_order(levels: str, said: str) -> None:
    outcome = f"{{id: a, title: A, tier: survival, goal: g, points: 5, indicators: [{{id: a, {MARKS}}}]}}"
    with pytest.raises(ValidationError, match=said):
        framework(f"outcomes: [{outcome}]\nlevels: {levels}")


def test_a_later_bonus_must_fit_into_the_year_it_starts() -> None:
    bonus = "additional: [{id: b, title: B, points: 20, from: 3, when: every outcome at full points, source: s}]"
    with pytest.raises(ValidationError, match="110 points to be had from year 3"):
        one(f"- id: a\n  {MARKS}", bonus)
