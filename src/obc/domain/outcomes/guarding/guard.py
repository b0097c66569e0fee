"""The guard: all looks of a contract, corrected together, beside the flat zones of what it pays for."""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.records.plain_counts import PlainCounts
from obc.domain.outcomes.guarding.clusters import clusters
from obc.domain.outcomes.guarding.denominators import denominators
from obc.domain.outcomes.guarding.exclusions import exclusions
from obc.domain.outcomes.guarding.flat_zones import FlatStretch, FlatZone
from obc.domain.outcomes.guarding.heaping import heaping
from obc.domain.outcomes.guarding.look import FALSE_ALARMS, Look, corrected
from obc.domain.outcomes.guarding.need_groups import need_groups
from obc.domain.outcomes.guarding.raters import raters
from obc.domain.outcomes.guarding.recording import recording
from obc.domain.outcomes.guarding.times import Measured


class Guarded(BaseModel):
    """What was looked at, and what is raised. `counted`: whether there were plain counts of records to look at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: Period
    now: Period
    false_alarms: float
    counted: bool
    looks: tuple[Look, ...]
    zones: tuple[FlatZone, ...]
    stretches: tuple[FlatStretch, ...]
    counts: PlainCounts

    @property
    def raised(self) -> tuple[Look, ...]:
        """The looks that are raised, the surest first."""
        return tuple(sorted((one for one in self.looks if one.raised), key=lambda one: one.corrected or 0))


def looks_at(
    definitions: Sequence[IndicatorDefinition],
    measured: Measured,
    counts: PlainCounts | None,
    false_alarms: float = FALSE_ALARMS,
) -> tuple[Look, ...]:
    """Every look that values and plain counts allow; without counts those of the values alone."""
    plain = counts or PlainCounts()
    return corrected(
        (
            *exclusions(definitions, measured, plain),
            *denominators(definitions, measured),
            *clusters(measured, plain),
            *need_groups(definitions, measured, plain),
            *recording(definitions, measured, plain),
            *raters(measured, plain),
            *heaping(measured, plain),
        ),
        false_alarms,
    )
