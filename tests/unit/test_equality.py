"""Equality: what is worked out of counts by kind of people, what stays hidden, and the slope."""

from decimal import Decimal

import pytest

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.factors import NOT_KNOWN
from obc.domain.measurement.indicators.strata import StratumCount
from obc.domain.outcomes.monitoring.comparators import Comparator, peers_in_part
from obc.domain.outcomes.monitoring.equality import rank_of, splits_of, splits_published
from obc.domain.outcomes.publication.suppression import PROFILES

YEAR = Period(start="2026-04-01", end="2027-03-31")
TENTHS = [str(n) for n in range(1, 11)]
NONE, NHS = PROFILES["none"], PROFILES["nhs"]


def count(level: str, top: int, under: int, segment: str = "psychosis") -> StratumCount:
    return StratumCount(
        indicator="home",
        period_start=YEAR.start,
        period_end=YEAR.end,
        segment=segment,
        provider="RNU",
        levels=(level,),
        numerator=top,
        denominator=under,
    )


def tenths(shares: list[int], size: int = 400) -> list[StratumCount]:
    return [count(name, share * size // 100, size) for name, share in zip(TENTHS, shares, strict=True)]


def test_segments_and_providers_are_added_up_and_the_unknown_stand_last():
    rows = [
        count("Male", 30, 60),
        count("Male", 10, 40, "depression"),
        count(NOT_KNOWN, 9, 20),
        count("Female", 60, 80),
    ]
    split = splits_of("home", "sex", rows, (), NONE)
    assert [part.name for part in split.parts] == ["Female", "Male", NOT_KNOWN]
    assert (split.parts[1].numerator, split.parts[1].denominator) == (40, 100)
    assert split.whole == Decimal(109) / 200 and split.slope is None
    assert [part.differs for part in split.parts] == ["higher", "within chance", "within chance"]


def test_a_slope_across_all_tenths_is_given_with_its_limits():
    falling = splits_of("home", "deprivation", tenths([40, 42, 44, 46, 48, 50, 52, 54, 56, 58]), TENTHS, NONE).slope
    assert falling.slope == pytest.approx(0.2, abs=0.02) and falling.sure
    assert falling.lower < falling.slope < falling.upper
    level = splits_of("home", "deprivation", tenths([50, 51, 49, 50, 52, 48, 50, 51, 49, 50]), TENTHS, NONE).slope
    assert level.lower < 0 < level.upper and not level.sure


def test_nobody_counted_is_not_nought_and_leaves_no_slope():
    split = splits_of("home", "deprivation", tenths([50] * 10)[:-1], TENTHS, NONE)
    assert split.parts[-1].state == "nobody counted" and split.parts[-1].value is None
    assert split.slope.slope is None and split.slope.not_known == "parts that are hidden or missing"


def test_a_small_part_is_hidden_with_another_so_that_the_rest_does_not_give_it_away():
    rows = [count("White", 200, 400), count("Black", 3, 40), count("Asian", 30, 60), count("Mixed", 40, 70)]
    split = splits_of("home", "ethnic group", rows, (), NHS)
    states = {part.name: part.state for part in split.parts}
    assert states["Black"] == "suppressed" and list(states.values()).count("suppressed") == 2
    assert all(part.numerator is None for part in split.parts if part.state == "suppressed")
    assert all(part.numerator % 5 == 0 for part in split.parts if part.state == "measured")


@pytest.mark.parametrize(
    ("category", "rank"),
    [
        ("Most deprived decile (IMD2019)", 1),
        ("Second most deprived decile (IMD2019)", 2),
        ("Fifth less deprived decile (IMD2019)", 6),
        ("Least deprived decile (IMD2019)", 10),
        ("01 Most deprived", 1),
        ("Decile 7", 7),
        ("White", None),
    ],
)
def test_a_category_is_ranked_by_number_or_words(category, rank):
    assert rank_of(category) == rank


def published(category: str, top: int | None, kind: str = "IMD deciles") -> Comparator:
    return Comparator(
        source="x",
        measure="Waits",
        area_type="ICB",
        area="QU9",
        name="Here",
        category_type=kind if category else "",
        category=category,
        numerator=None if top is None else Decimal(top),
        denominator=None if top is None else Decimal(100),
        value=None if top is None else Decimal(top) / 100,
        lower_95=None if top is None else max(0.0, top / 100 - 0.1),
        upper_95=None if top is None else min(1.0, top / 100 + 0.1),
        state="suppressed at source" if top is None else "as published",
    )


def test_divisions_that_a_source_publishes_are_ranked_and_what_it_hides_stays_hidden():
    rows = [published("", 50), *(published(f"{n:02d} part", 30 + 4 * n) for n in reversed(range(1, 11)))]
    (split,) = splits_published(rows, "QU9")
    assert [part.name for part in split.parts] == [f"{n:02d} part" for n in range(1, 11)]
    assert split.slope.slope == pytest.approx(0.4, abs=0.01)
    (hidden,) = splits_published([*rows[:-1], published("01 part", None)], "QU9")
    assert hidden.parts[0].state == "suppressed at source" and hidden.slope.slope is None
    (sexes,) = splits_published(
        [published("", 50), published("Female", 60, "Sex"), published("Male", 20, "Sex")], "QU9"
    )
    assert sexes.slope is None and [part.differs for part in sexes.parts] == ["within chance", "lower"]


def test_peers_in_the_same_tenth_have_scores_next_to_ones_own():
    scores = {f"P{n:02d}": float(n) for n in range(40)}
    assert peers_in_part("P05", scores) == ("P05", "P04", "P06", "P07")
    assert peers_in_part("a", {"a": 1.0, "b": 2.0}) == ("a",)
    with pytest.raises(KeyError):
        peers_in_part("Z", scores)
