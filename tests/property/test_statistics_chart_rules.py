"""The rules of Making Data Count, point by point and in plain loops, against the vectorised chart."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from obc.domain.core.statistics import xmr

# whole numbers, so that ties and points on the mean come up, and the loops below are exact
SERIES = st.lists(st.none() | st.integers(0, 12), min_size=1, max_size=45)
STEPS = st.lists(st.integers(-2, 2), min_size=1, max_size=45)


def sections(values, rebase):
    cuts = sorted({0, *rebase})
    return [values[a:b] for a, b in zip(cuts, [*cuts[1:], len(values)], strict=True)]


def limits(section, baseline):
    base = section[:baseline]
    there = [v for v in base if v is not None]
    ranges = [abs(b - a) for a, b in pairwise(base) if a is not None and b is not None]
    if not there or not ranges:
        return None
    typical = Fraction(sum(ranges), len(ranges))
    if typical:
        ranges = [r for r in ranges if r < Fraction(3267, 1000) * typical]
    mean = Fraction(sum(there), len(there))
    return mean, Fraction(266, 100) * Fraction(sum(ranges), len(ranges))


def point_types(section, baseline, improvement):
    found = limits(section, baseline)
    if found is None:
        return [""] * len(section)
    mean, reach = found
    off = [None if v is None else v - mean for v in section]
    outside = [o is not None and abs(o) > reach for o in off]
    near = [o is not None and reach * 2 / 3 < abs(o) <= reach for o in off]
    flagged = list(outside)
    for i in range(len(section) - 6):
        seven = section[i : i + 7]
        if None in seven:
            continue
        sides = {(o > 0) - (o < 0) for o in off[i : i + 7]}
        steps = {(b > a) - (b < a) for a, b in pairwise(seven)}
        if sides in ({1}, {-1}) or steps in ({1}, {-1}):
            flagged[i : i + 7] = [True] * 7
    for i in range(len(section) - 2):
        three = off[i : i + 3]
        if None in three or {(o > 0) - (o < 0) for o in three} not in ({1}, {-1}):
            continue
        if sum(near[i : i + 3]) >= 2:
            for j in range(i, i + 3):
                flagged[j] = flagged[j] or near[j]
    return [
        "" if o is None else kind(o, flag, section, i, improvement)
        for i, (o, flag) in enumerate(zip(off, flagged, strict=True))
    ]


def kind(off, flag, section, i, improvement):
    if not flag:
        return "common cause"
    high = off > 0
    if off == 0:  # only a trend marks a point on the mean: it rises or falls there
        before, after = section[i - 1] if i else None, section[i + 1] if i + 1 < len(section) else None
        high = before < section[i] if before is not None and before != section[i] else after > section[i]
    return "special cause: " + ("improvement" if high == (improvement == "increase") else "concern")


@given(SERIES, st.sets(st.integers(0, 44), max_size=2), st.none() | st.integers(2, 20), st.booleans())
def test_every_point_is_what_the_loops_say(values, cuts, baseline, rises):
    improvement = "increase" if rises else "decrease"
    rebase = sorted(cut for cut in cuts if cut < len(values))
    expected = [
        kind_of_point
        for section in sections(values, rebase)
        for kind_of_point in point_types(section, baseline or len(section), improvement)
    ]
    chart = xmr(values, improvement=improvement, rebase=rebase, baseline_points=baseline)
    assert [str(point) for point in chart.point] == expected


@given(STEPS)
def test_a_wandering_series_likewise(steps):
    values = [100 + sum(steps[: i + 1]) for i in range(len(steps))]
    chart = xmr(values, improvement="increase")
    assert [str(point) for point in chart.point] == point_types(values, len(values), "increase")
