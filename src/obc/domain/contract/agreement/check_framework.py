"""Whether the framework fits together and fits its indicators' definitions."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import TERM, At, Finding, not_found
from obc.domain.core.kernel.figure import Figure
from obc.domain.core.kernel.rate import spelled
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.outcomes.framework.framework import (
    LEVELS,
    Framework,
    IndicatorUse,
    Outcome,
    Reached,
    Thresholds,
)

FILE = "framework.yaml"
MOST_INCENTIVISED = 20
"""About twenty incentivised measures a contract keep the burden of collecting data bearable (OCCG business case for
mental health, 2013, section 9: increased costs of data collection)."""


def framework_findings(parts: Parts) -> Iterator[Finding]:
    """Everything in the framework that does not fit."""
    framework = parts.framework
    if framework is None:
        return
    defined = {definition.id: definition for definition in parts.definitions}
    years = parts.agreement.term.possible_years if parts.agreement else ()
    for i, outcome in enumerate(framework.outcomes):
        at: At = ("outcomes", i)
        yield from _weights([use.weight for use in outcome.indicators], (*at, "indicators"), "indicators")
        yield from _never_earned(outcome, at)
        for j, use in enumerate(outcome.indicators):
            place: At = (*at, "indicators", j)
            if use.id in defined:
                yield from _use(use, place, defined[use.id], years, _has_model(parts, use.id))
            else:
                yield not_found(FILE, (*place, "id"), use.id, "indicator", parts.indicators)
    yield from _weights([entry.weight for entry in framework.segments], ("segments",), "segments")
    yield from _points(framework, years)
    yield from _additional(framework)
    yield from _burden(framework)


def _has_model(parts: Parts, indicator: str) -> bool:
    """Whether something is expected of the indicator by a case-mix model, as far as that can be read."""
    return "case_mix.yaml" in parts.unread or (
        parts.case_mix is not None and parts.case_mix.model(indicator) is not None
    )


def _use(
    use: IndicatorUse, at: At, definition: IndicatorDefinition, years: Sequence[int], has_model: bool
) -> Iterator[Finding]:
    if use.figure == "ratio" and definition.compared_with is None and not has_model:
        expected = (
            "write 'figure: value', compare the definition with a population, or freeze a case-mix model of it in "
            "case_mix.yaml"
        )
        yield Finding(file=FILE, at=(*at, "figure"), found=f"a ratio of '{use.id}', which has none", expected=expected)
    weights = [terms.weight for terms in use.segments if terms.weight is not None]
    yield from _weights(weights, (*at, "segments"), f"segments of {use.id}")
    yield from _order(use.thresholds, (*at, "thresholds"), definition, years)
    for k, terms in enumerate(use.segments):
        yield from _order(terms.thresholds, (*at, "segments", k, "thresholds"), definition, years)


def _order(
    thresholds: Thresholds | None, at: At, definition: IndicatorDefinition, years: Sequence[int]
) -> Iterator[Finding]:
    """A better level must ask for a better value, in every year."""
    if thresholds is None:
        return
    rising = definition.direction == "higher is better"
    for lower, higher in pairwise(LEVELS):
        before, after = getattr(thresholds, lower), getattr(thresholds, higher)
        wrong = _first_wrong(before, after, years, rising)
        if wrong is not None:
            first, second = wrong
            expected = f"{definition.direction}: '{higher}' must be no {'lower' if rising else 'higher'} than '{lower}'"
            found = f"'{lower}' at {spelled(first)} and '{higher}' at {spelled(second)}"
            rests_on = ((FILE, (*at, lower)), (FILE, (*at, higher)))
            yield Finding(file=FILE, at=(*at, higher), found=found, expected=expected, rests_on=rests_on)


def _first_wrong(before: Figure, after: Figure, years: Sequence[int], rising: bool) -> tuple[Fraction, Fraction] | None:
    looked_at = np.array(years or sorted({entry.from_ or 0 for entry in before.history + after.history}))
    (first, known_first), (second, known_second) = before.at(looked_at), after.at(looked_at)
    wrong = (first > second if rising else first < second) & known_first & known_second
    places = np.flatnonzero(wrong)
    return (first[places[0]], second[places[0]]) if len(places) else None


def _weights(weights: list[Fraction], at: At, what: str) -> Iterator[Finding]:
    """Relative weights may be any numbers; weights that are all below 1 are shares, and shares make 100 %."""
    if not weights:
        return
    total = sum(weights, Fraction())
    if total == 0:
        expected = "give at least one of them a weight above 0"
        yield Finding(file=FILE, at=at, found=f"{what} whose weights are all 0", expected=expected)
    elif all(weight < 1 for weight in weights) and total != 1:
        found = f"{what} whose weights add up to {spelled(total * 100)} %"
        yield Finding(file=FILE, at=at, found=found, expected="make them add up to 100 %")


def _never_earned(outcome: Outcome, at: At) -> Iterator[Finding]:
    if not any(use.incentivised for use in outcome.indicators):
        expected = "incentivise one of its indicators, or give it no points"
        if any(entry.value for entry in outcome.points.history):
            found = f"points for '{outcome.id}', which has no incentivised indicator"
            yield Finding(file=FILE, at=(*at, "points"), found=found, expected=expected)


def _points(framework: Framework, years: Sequence[int]) -> Iterator[Finding]:
    """In the last year everything pays, and all points together are 100."""
    if not years:
        return
    last = np.array(years[-1:])
    lasting = [
        outcome for outcome in framework.outcomes if outcome.pays_until is None or years[-1] <= outcome.pays_until
    ]
    parts = [outcome.points.at(last)[0][0] for outcome in lasting]
    parts += [extra.points for extra in framework.additional if extra.pays_in(years[-1])]
    total = sum(parts, Fraction())
    if total != 100:
        found = f"points that add up to {spelled(total)}"
        expected = "make the points of the outcomes and the additional points add up to 100"
        worth = [(FILE, ("outcomes", i, "points")) for i in range(len(framework.outcomes))]
        rests_on = (*worth, (FILE, ("outcomes", "*")), (FILE, ("additional",)), TERM)
        yield Finding(file=FILE, at=("outcomes",), found=found, expected=expected, rests_on=rests_on)


def _additional(framework: Framework) -> Iterator[Finding]:
    used = tuple(sorted(use.id for outcome in framework.outcomes for use in outcome.indicators))
    for i, extra in enumerate(framework.additional):
        if isinstance(extra.when, Reached) and extra.when.indicator not in used:
            at: At = ("additional", i, "when", "indicator")
            yield not_found(FILE, at, extra.when.indicator, "indicator", used)


def _burden(framework: Framework) -> Iterator[Finding]:
    count = len(framework.incentivised())
    if count > MOST_INCENTIVISED:
        expected = (
            f"about {MOST_INCENTIVISED} keep the burden of collecting data bearable: "
            "set 'incentivised: no' where an indicator need only be shown"
        )
        found = f"{count} incentivised indicators"
        yield Finding(file=FILE, at=("outcomes",), found=found, expected=expected, severity="warning")
