"""What adjusting one year for the mix of people comes to."""

from typing import NamedTuple

from obc.domain.core.kernel.period import Period
from obc.domain.core.statistics import Calibration
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.outcomes.adjustment.case_mix import CaseMix, CaseMixModel
from obc.domain.outcomes.adjustment.fitting import Refused
from obc.domain.outcomes.adjustment.providers import Adjusted


class AdjustedIndicator(NamedTuple):
    """One indicator: its model, how well that foretells this period, and the providers side by side."""

    definition: IndicatorDefinition
    model: CaseMixModel | None
    calibration: Calibration | None
    c_statistic: float | None
    doubts: tuple[str, ...]
    providers: tuple[Adjusted, ...]


class Adjustment(NamedTuple):
    """One year of all adjusted indicators. `fitted`: the models made now, to be agreed; None where none was asked for.

    `refused`: the indicators that cannot be adjusted, each with its reason.
    """

    year: int
    period: Period
    indicators: tuple[AdjustedIndicator, ...]
    refused: tuple[Refused, ...]
    fitted: CaseMix | None
