"""Why a figure is not available. One group that cannot be computed never stops the others."""

from enum import StrEnum

import numpy as np

from obc.domain.core.statistics.arrays import Flags, Texts, words


class Reason(StrEnum):
    """What stands in the way, in words that can be shown beside the gap."""

    NUMERATOR_MISSING = "the numerator is missing"
    DENOMINATOR_MISSING = "the denominator is missing"
    NEGATIVE = "a count or denominator is negative"
    ABOVE_DENOMINATOR = "the numerator is greater than the denominator"
    DENOMINATOR_ZERO = "the denominator is zero"
    VALUE_MISSING = "a value is missing"
    SQUARES_TOO_SMALL = "the sum of squares is less than such values can have"
    NO_VALUES = "there are no values"
    ONE_VALUE = "one value alone has no interval"
    REFERENCE_MISSING = "a reference or standard figure is missing"
    REFERENCE_ZERO = "the reference population is zero in a stratum that has people"
    STANDARD_ZERO = "the standard population is zero"
    STRATUM_EMPTY = "a stratum of the standard population has no people here"
    STRATUM_DIFFERS = "one stratum is given two populations"
    FEW_EVENTS = "there are fewer than ten events"
    FEWER_THAN_PARTS = "there are fewer values than parts"
    QUANTILE_MISSING = "a quantile is missing or given twice"
    FEW_QUANTILES = "there are fewer than five quantiles"
    NO_LOGARITHM = "a value at the end of its scale has no logarithm"
    FEW_POINTS = "there are too few points"
    NO_WIDTH = "the points have no chance variation to hold a trend against"
    NOTHING_EXPECTED = "no events are expected"
    ALL_EXPECTED = "everybody is expected to have the event"
    NOT_INDEPENDENT = "some columns are made of others, so that nobody can tell their effects apart"
    SEPARATED = "some columns tell everybody with the event from everybody without it"


def first_reason(*checks: tuple[Flags | np.bool_, Reason]) -> Texts:
    """For each entry the reason of the first check that is true there, and "" where none is."""
    reasons = words(np.broadcast_shapes(*(flags.shape for flags, _ in checks)), "")
    for flags, reason in reversed(checks):
        reasons[np.broadcast_to(flags, reasons.shape)] = reason
    return reasons


def none_given(reasons: Texts) -> Flags:
    """Where there is no reason against the figure."""
    return np.asarray(reasons == "", dtype=np.bool_)
