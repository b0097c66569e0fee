"""Why a figure is not available. One group that cannot be computed never stops the others."""

from enum import StrEnum

import numpy as np

from obc.domain.core.statistics.arrays import Flags, Texts


class Reason(StrEnum):
    """What stands in the way, in words that can be shown beside the gap."""

    NUMERATOR_MISSING = "the numerator is missing"
    DENOMINATOR_MISSING = "the denominator is missing"
    NEGATIVE = "a count or denominator is negative"
    ABOVE_DENOMINATOR = "the numerator is greater than the denominator"
    DENOMINATOR_ZERO = "the denominator is zero"
    VALUE_MISSING = "a value is missing"
    NO_VALUES = "there are no values"
    ONE_VALUE = "one value alone has no interval"
    REFERENCE_MISSING = "a reference or standard figure is missing"
    REFERENCE_ZERO = "the reference population is zero in a stratum that has people"
    STANDARD_ZERO = "the standard population is zero"
    STRATUM_EMPTY = "a stratum of the standard population has no people here"
    STRATUM_DIFFERS = "one stratum is given two populations"
    FEW_EVENTS = "there are fewer than ten events"
    NOTHING_EXPECTED = "no events are expected"


def first_reason(*checks: tuple[Flags, Reason]) -> Texts:
    """For each entry the reason of the first check that is true there, and "" where none is."""
    reasons = np.full(np.broadcast_shapes(*(flags.shape for flags, _ in checks)), "", dtype=np.object_)
    for flags, reason in reversed(checks):
        reasons[np.broadcast_to(flags, reasons.shape)] = reason
    return reasons


def none_given(reasons: Texts) -> Flags:
    """Where there is no reason against the figure."""
    return np.asarray(reasons == "", dtype=np.bool_)
