"""Fitting a case-mix model to counts by stratum, or saying in words why it cannot be fitted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from obc.domain.core.kernel.period import Period
from obc.domain.core.statistics import Calibration, Reason, calibration, discrimination, logistic
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.domain.measurement.indicators.estimates import decimals
from obc.domain.measurement.indicators.factors import NOT_KNOWN, Factor, Levels
from obc.domain.measurement.indicators.strata import StratumCount, digest_of
from obc.domain.outcomes.adjustment.case_mix import CaseMixModel, Effect, FactorEffects, meaning_of

EVENTS_A_COEFFICIENT = 10
"""With fewer a model says more about these people than about the next: Peduzzi, Concato, Kemper, Holford and Feinstein
(1996), Journal of Clinical Epidemiology 49: 1373–1379."""


class Fitted(NamedTuple):
    """A model, how well what it foretells agrees with the counts that it was fitted to, and what to doubt."""

    model: CaseMixModel
    calibration: Calibration
    doubts: tuple[str, ...]


class Refused(NamedTuple):
    """An indicator for which there is no model, and why, in words."""

    indicator: str
    reason: str


Kinds = Mapping[Levels, tuple[int, int]]
"""Events and people of each kind, whoever looks after them."""


def fit(definition: IndicatorDefinition, counts: Sequence[StratumCount], period: Period) -> Fitted | Refused:
    """The logistic model of a definition's counts in a period, whose factors are those that it is adjusted by.

    Every factor has an effect of its own (no interactions), with the commonest level for reference. Raises
    ValueError for a definition that is not adjusted.
    """
    if not definition.adjusted_by:
        raise ValueError(f"'{definition.id}' is not adjusted by anything")
    kinds = kinds_of(counts)
    cases, events = (sum(pair[i] for pair in kinds.values()) for i in (1, 0))
    if not cases:
        return Refused(definition.id, f"nobody is counted from {period}")
    if events in (0, cases):
        return Refused(definition.id, f"{'nobody' if not events else 'everybody'} of {cases:,} has the outcome")
    levels = [_levels(factor, i, kinds) for i, factor in enumerate(definition.adjusted_by)]
    places = [(i, level) for i, known in enumerate(levels) for level in known[1:]]
    rows = sorted(kinds)
    design = np.array([[1.0, *(float(row[i] == level) for i, level in places)] for row in rows])
    numerator, denominator = (np.array([kinds[row][k] for row in rows], dtype=np.float64) for k in (0, 1))
    found = logistic(numerator, denominator, design)
    if not found.available:
        names = [(definition.adjusted_by[i].name, i, level) for i, level in places]
        guilty = [names[k - 1] for k in np.flatnonzero(found.separating) if k]
        return Refused(definition.id, _why(found.reason, guilty, kinds))
    coefficients, errors = decimals(found.coefficients), decimals(found.standard_errors)
    effects = {
        place: Effect(level=place[1], coefficient=coefficients[k] or 0, standard_error=errors[k] or 0)
        for k, place in enumerate(places, start=1)
    }
    model = CaseMixModel(
        indicator=definition.id,
        fitted_on=period,
        definition=meaning_of(definition),
        counts=digest_of(counts),
        cases=cases,
        events=events,
        c_statistic=decimals(np.array([discrimination(numerator, denominator, found.chance)]))[0],
        constant=coefficients[0],
        factors=tuple(
            FactorEffects(
                factor=factor.name, reference=known[0], effects=tuple(effects[i, level] for level in known[1:])
            )
            for i, (factor, known) in enumerate(zip(definition.adjusted_by, levels, strict=True))
        ),
    )
    doubts = tuple(_doubts(model, min(events, cases - events)))
    return Fitted(model, calibration(numerator, denominator, found.chance), doubts)


def kinds_of(counts: Iterable[StratumCount]) -> Kinds:
    """Events and people by kind, over all segments and providers."""
    found: dict[Levels, tuple[int, int]] = {}
    for one in counts:
        events, people = found.get(one.levels, (0, 0))
        found[one.levels] = events + one.numerator, people + one.denominator
    return found


def _levels(factor: Factor, place: int, kinds: Kinds) -> list[str]:
    """The levels at which anybody stands: the commonest, then the others in the order in which people read them."""
    people: dict[str, int] = {}
    for levels, (_, cases) in kinds.items():
        people[levels[place]] = people.get(levels[place], 0) + cases
    bands = [name for _, name in factor.bands] if factor.factor == "age" else sorted(people)
    order = [level for level in bands if level in people and level != NOT_KNOWN]
    order += [NOT_KNOWN] if NOT_KNOWN in people else []
    commonest = max(order, key=lambda level: people[level])
    return [commonest, *(level for level in order if level != commonest)]


def _why(reason: str, guilty: Sequence[tuple[str, int, str]], kinds: Kinds) -> str:
    """The reason in words that name the levels."""
    if reason == Reason.NOT_INDEPENDENT:
        return "some levels always go together, so that nobody can tell their effects apart: adjust by one factor less"
    if reason != Reason.SEPARATED:
        return reason
    told = []
    for name, place, level in guilty:
        events, people = (sum(pair[k] for row, pair in kinds.items() if row[place] == level) for k in (0, 1))
        if events in (0, people):
            told.append(f"{'none' if not events else 'all'} of {people:,} at '{name}: {level}'")
    found = " and ".join(told) or "people who share " + " and ".join(f"'{name}: {level}'" for name, _, level in guilty)
    has = "have the outcome" if told else "all have the outcome, or none of them has"
    return f"{found} {has}, so that no chance can be put to it: put the level together with another, or leave it out"


def _doubts(model: CaseMixModel, rarer: int) -> Iterable[str]:
    coefficients = sum(len(factor.effects) for factor in model.factors)
    if rarer < EVENTS_A_COEFFICIENT * coefficients:
        yield (
            f"{rarer:,} people have (or have not) the outcome, for {coefficients} effects: with fewer than "
            f"{EVENTS_A_COEFFICIENT} for each the effects may be chance"
        )
    for factor in model.factors:
        if not factor.effects:
            yield f"everybody is at '{factor.factor}: {factor.reference}', so that it tells nobody apart"


def checked(model: CaseMixModel, counts: Iterable[StratumCount]) -> tuple[Calibration, float]:
    """How well a model foretells other counts: its calibration, and its c statistic there.

    Kinds of people that it has never seen are left out: nothing is foretold of them.
    """
    kinds = kinds_of(counts)
    rows = sorted(kinds)
    events, people = ([kinds[row][k] for row in rows] for k in (0, 1))
    chances = [model.chance(row) for row in rows]
    told = np.array([np.nan if chance is None else chance for chance in chances])
    return calibration(events, people, told), discrimination(events, people, told)
