"""Flat zones: where more effort earns nothing, by what is paid for, and edges, where the next person earns a step."""

import pytest

from obc.domain.core.kernel.period import Period
from obc.domain.outcomes.guarding.flat_zones import flat_stretches, flat_zones
from obc.domain.outcomes.monitoring.monitor import Monitored
from obc.domain.outcomes.monitoring.signals import Signals
from obc.domain.outcomes.monitoring.year_end import Gap, YearEnd
from obc.domain.outcomes.scoring.curve import Curve
from obc.reports.gaming import zones_sentence
from obc.services.guard import times_of
from report_samples import contract, values

YEAR = Period(start="2026-04-01", end="2027-03-31")
NOTHING = Signals(
    kind="p", improvement="increase", target=None, points=(), variation="", assurance="", provisional=False, rebased=()
)


def monitored(figure: float, reach: float, gaps: list[int | None], judged: bool = True) -> Monitored:
    """Of 1,000 people; `gaps` are the people missing to each level, 0 where it is reached."""
    levels = ("good", "improved", "excellent")
    return Monitored(
        indicator="home",
        segment="all",
        outcome="homes",
        judged=judged,
        signals=NOTHING,
        year_end=YearEnd(
            ends=YEAR,
            whole=False,
            known=2,
            size=1_000,
            figure=figure,
            lower=figure - reach,
            upper=figure + reach,
            gaps=tuple(
                Gap(level=level, mark=figure + (gap or 0) / 1_000, people=gap, reached=gap == 0)
                for level, gap in zip(levels, gaps, strict=True)
            ),
        ),
    )


@pytest.mark.parametrize(
    ("reach", "gaps", "stand", "people"),
    [
        (0.02, [0, 0, 0], "nothing more to earn", None),
        (0.02, [0, 60, 120], "out of reach", 60),
        (0.02, [0, 10, 120], "at the edge", 10),
        (0.02, [15, 60, 120], "on the way", 15),
        (0.02, [None, None, None], "on the way", None),
    ],
)
def test_a_figure_stands_between_two_steps(reach, gaps, stand, people):
    (zone,) = flat_zones([monitored(0.5, reach, gaps)])
    assert (zone.stand, zone.people) == (stand, people)
    assert zone.reached == ("excellent" if people is None and gaps[0] == 0 else "good" if gaps[0] == 0 else None)


def test_what_is_not_judged_or_not_measured_has_no_zone():
    bare = monitored(0.5, 0.1, [0, 0, 0]).model_copy(update={"year_end": None})
    assert flat_zones([monitored(0.5, 0.1, [0, 0, 0], judged=False), bare]) == ()


def test_the_sentence_counts_them():
    zones = flat_zones([monitored(0.5, 0.02, [0, 0, 0]), monitored(0.5, 0.02, [5, 60, 90])])
    assert zones_sentence(zones) == (
        "Of 2 judged figures, 1 has nothing more to earn, 0 cannot be expected to reach their next step this year, "
        "and 1 stands at the edge of one."
    )


def curve(**fields: object) -> Curve:
    return Curve.model_validate({"step": "share earned", "curve": "score", **fields})


def flat(**fields: object) -> list[tuple[float | None, float | None, float]]:
    return [(one.starts, one.ends, one.gives) for one in flat_stretches([curve(**fields)])]


def test_a_step_curve_is_flat_between_its_points():
    assert flat(shape="step", points=[[10, "20 %"], [20, "50 %"]]) == [(10, 20, 0.2), (20, None, 0.5)]


def test_a_line_is_flat_before_and_after_and_where_two_points_give_the_same():
    found = flat(shape="linear", points=[[0, 0], [10, 5], [20, 5], [30, 9]])
    assert found == [(None, 0, 0), (10, 20, 5), (30, None, 9)]


def test_bands_are_flat_where_their_rate_is_nought():
    assert flat(shape="marginal", points=[[0, "10 %"], [100, 0], [200, "5 %"]]) == [(100, 200, 0)]


def test_of_curves_whose_points_have_names_nothing_is_said():
    assert flat(shape="step", points=[["target", "20 %"], ["stretch", "50 %"]]) == []
    assert flat(at_most=5) == []


def test_where_no_year_is_whole_the_latest_quarter_is_held_against_that_of_a_year_before():
    held = contract()
    quarters = [*held.quarters(1), *held.quarters(2)[:2]]
    kept = {(quarter.start, quarter.end) for quarter in quarters}
    some = tuple(one for one in values().values if (one.period_start, one.period_end) in kept)
    times = times_of(held, values().model_copy(update={"values": some}))
    assert times.now == held.quarters(2)[1] and times.before == held.quarters(1)[1]
    assert times.quarters_now == (times.now,)
