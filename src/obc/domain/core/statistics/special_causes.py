"""Special causes: what is unlikely to be chance in a chart, by the rules of Making Data Count."""

from dataclasses import dataclass

import numpy as np

from obc.domain.core.statistics.arrays import Flags, Floats, Index

RUN = 7
"""How many points on one side of the mean, or running or falling, are a signal (NHS England)."""

_SAME = 1e-12  # what rounding leaves between figures that are equal


@dataclass(frozen=True, slots=True, eq=False)
class SpecialCauses:
    """Which rule each point meets. side: 1 above the mean, -1 below, 0 on it or missing."""

    outside: Flags
    trend: Flags
    two_of_three: Flags
    shift: Flags
    side: Floats
    direction: Floats

    @property
    def any(self) -> Flags:
        """Whether a point meets any rule."""
        return self.outside | self.trend | self.two_of_three | self.shift


def special_causes(
    value: Floats, centre: Floats, lower: Floats, upper: Floats, near: Floats, begins: Flags
) -> SpecialCauses:
    """The four rules of NHS England's Making Data Count, for points in time order.

    outside: beyond a limit. trend: seven points each higher than the last, or each lower. two of three: two of
    three points in a row beyond `near` (two thirds of the way to the limit) but within it, all three on one
    side; only those near are marked. shift: seven on one side of the mean. A missing point, a tie (trend), a
    point on the mean (shift) and the start of a section (`begins`) end a run. All points of a run are marked.
    """
    slack = _SAME * np.maximum(np.abs(value), np.abs(centre))
    off = value - centre
    side = np.where(np.abs(off) <= slack, 0.0, np.nan_to_num(np.sign(off)))
    outside = (value > upper + slack) | (value < lower - slack)

    step = np.nan_to_num(np.sign(np.diff(value, prepend=np.nan)))
    step[begins] = 0.0
    running = _in_run(step, step == 0, RUN - 1)
    trend = running | np.append(running[1:], False)
    direction = np.where(running, step, np.where(trend, np.append(step[1:], 0.0), 0.0))

    close = ~outside & (np.abs(off) > near)
    two = np.zeros(len(value), dtype=np.bool_)
    section = np.cumsum(begins)
    if len(value) > 2:
        window = np.arange(len(value) - 2)[:, np.newaxis] + np.arange(3)
        together = (section[window[:, 0]] == section[window[:, 2]]) & (np.abs(side[window].sum(axis=1)) == 3)
        signal = together & (close[window].sum(axis=1) >= 2)
        two[window[signal].ravel()] = True
    shift = _in_run(side, begins | (side == 0), RUN)
    return SpecialCauses(outside, trend, two & close, shift, side, direction)


def _in_run(sign: Floats, ends: Flags, length: int) -> Flags:
    """Whether a point is in a run of at least `length` equal signs that are not zero."""
    if not len(sign):
        return np.zeros(0, dtype=np.bool_)
    run: Index = np.cumsum(ends | (np.diff(sign, prepend=np.nan) != 0)) - 1
    return np.asarray((np.bincount(run)[run] >= length) & (sign != 0), dtype=np.bool_)
