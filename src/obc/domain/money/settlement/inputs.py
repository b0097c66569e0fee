"""Inputs: what a mechanism asks for, out of a scorecard and indicator values."""

from collections.abc import Mapping

from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.money.payment.mechanism import Input, Mechanism
from obc.domain.money.settlement.circumstances import NONE, Circumstances
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.judging import Key, figure_of
from obc.domain.outcomes.scoring.scorecard import Scorecard, ScoredAddition, ScoredOutcome

GIVEN = ("returns", "term")
"""Inputs that neither scorecard nor indicator values fill."""

_POINTS_OF = "points of "


def inputs_from(
    mechanism: Mechanism,
    scorecard: Scorecard | None,
    values: Mapping[Key, IndicatorValue],
    met: Circumstances = NONE,
    others: Mapping[str, Evidenced] | None = None,
) -> dict[str, Evidenced]:
    """The inputs of one settlement, each an array of length one.

    `scorecard` inputs are `points earned`, `points available` and `points of` an outcome or an additional item;
    `values` inputs name their indicator, and take its value for all segments together. `quality` inputs are 1 where the
    last review found the expectation met, else 0; missing before the first review. `others`: what was handed in and
    the part of the year, by input. Raises ValueError for an input that nothing can fill: a mistake in the contract,
    not a missing value.
    """
    return {
        item.input: (others or {}).get(item.input, Evidenced.missing())
        if item.from_ in GIVEN
        else _from(item, scorecard, values, met)
        for item in mechanism.inputs
    }


def _from(
    item: Input, scorecard: Scorecard | None, values: Mapping[Key, IndicatorValue], met: Circumstances
) -> Evidenced:
    if item.expectation:
        found = met.found(item.expectation)
        return Evidenced.of([None if found is None else int(found.state == "met")])
    if item.from_ == "values" and item.indicator:
        return figure_of(values.get((item.indicator, ALL)))
    if item.from_ == "values":
        raise ValueError(f"the input '{item.input}' names no indicator, and there is no published file to read it from")
    if scorecard is None:
        raise ValueError(f"the input '{item.input}' comes from a scorecard, and there is none")
    if item.input == "points earned":
        return Evidenced.of([scorecard.points_earned], scorecard.evidence)
    if item.input == "points available":
        return Evidenced.of([scorecard.points_available])
    parts: tuple[ScoredOutcome | ScoredAddition, ...] = (*scorecard.outcomes, *scorecard.additional)
    for scored in parts:
        if item.input == _POINTS_OF + scored.id:
            return Evidenced.of([scored.points_earned], scored.evidence)
    raise ValueError(
        f"the scorecard has no '{item.input}'; it has points earned, points available and points of each outcome"
    )
