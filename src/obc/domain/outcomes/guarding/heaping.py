"""Heaping at a threshold: more just inside a limit of time than just outside, beyond what was so a year before.

A team that works to a limit sees people just before it; so some heaping is honest, and was there before it was paid
for. What is looked at is whether the step has grown.
"""

import math
from collections.abc import Iterator

from obc.domain.core.statistics import normal_rise, step_at
from obc.domain.measurement.records.plain_counts import PlainCounts, Timed
from obc.domain.outcomes.guarding.look import MARGINS, Kind, Look, look
from obc.domain.outcomes.guarding.times import Measured


def heaping(measured: Measured, counts: PlainCounts) -> Iterator[Look]:
    """The step at each limit: how many times denser it is just inside than just outside, apart from the slope."""
    for indicator in dict.fromkeys(one.indicator for one in counts.times):
        before, now = (
            next((one for one in counts.times if (one.indicator, one.period) == (indicator, period)), None)
            for period in (measured.times.before, measured.times.now)
        )
        if now is None:
            continue
        step, error = step_at(now.inside, now.outside)
        earlier, earlier_error = step_at(before.inside, before.outside) if before else (0.0, 0.0)
        known = not math.isnan(earlier)
        kind: Kind = "just inside a limit"
        chance = normal_rise(step - earlier, math.hypot(error, earlier_error), math.log(MARGINS[kind]))
        yield look(
            kind,
            math.exp(earlier) if before and known else None,
            math.exp(step),
            (_near(before), _near(now)),
            chance,
            indicator=indicator,
            about=now.limit,
        )


def _near(one: Timed | None) -> int:
    return sum((*one.inside, *one.outside)) if one else 0
