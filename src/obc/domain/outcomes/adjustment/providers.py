"""Providers side by side, as if each looked after the same mix of people: three ways, from the same counts."""

from collections.abc import Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

from obc.domain.core.statistics import (
    Estimate,
    directly_standardised_proportion,
    expected_funnel,
    observed_over_expected,
    proportion,
)
from obc.domain.measurement.indicators.strata import StratumCount
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.adjustment.case_mix import CaseMixModel
from obc.domain.outcomes.adjustment.expecting import Expected, expected_of
from obc.domain.outcomes.adjustment.fitting import kinds_of


class Figure(BaseModel):
    """A figure with its limits of 95 %, or the reason why there is none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float | None
    lower_95: float | None
    upper_95: float | None
    reason: str = ""


class Adjusted(BaseModel):
    """One provider in one period (`all` is everybody, those of no provider too).

    crude: the share as measured. ratio: observed over expected by the contract's model. adjusted: that ratio times
    the share of the people whom the model was fitted to, so that it reads as a share. direct: the share there would
    be, were the mix of people that of all providers together. indirect: observed over what the shares of all
    providers together, kind by kind, would bring. limits: those of the funnel about a ratio of 1, far below to far
    above (99.8 % and 95 %). position: 0 within them, 1 and 2 above, -1 and -2 below.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider: str
    cases: int
    observed: int
    expected: float | None
    crude: Figure
    ratio: Figure
    adjusted: Figure
    direct: Figure
    indirect: Figure
    limits: tuple[float, float, float, float] | None
    position: int | None


def adjust_providers(
    counts: Sequence[StratumCount], providers: Sequence[str], model: CaseMixModel | None
) -> tuple[Adjusted, ...]:
    """Everybody, then each provider that looks after somebody. Without a model its three figures say so."""
    there = [name for name in providers if any(one.provider == name for one in counts)]
    names = [ALL, *there]
    parts = [[one for one in counts if one.within(ALL, name)] for name in names]
    crude = proportion([_sum(part)[0] for part in parts], [_sum(part)[1] for part in parts])
    direct = _direct(counts, parts)
    peers = _peers(counts)
    indirect = _ratio([_by_peers(part, peers) for part in parts])
    found = [expected_of(model, part) if model else Expected(*_nothing(part)) for part in parts]
    ratio, funnel = _ratio(found), _funnel(found)
    share = model.events / model.cases if model else float("nan")
    strange = [_strange(one, model) for one in found]
    return tuple(
        Adjusted(
            provider=name,
            cases=found[i].size,
            observed=found[i].observed,
            expected=_number(found[i].expected),
            crude=_figure(crude, i),
            ratio=_figure(ratio, i, reason=strange[i]),
            adjusted=_figure(ratio, i, share, strange[i]),
            direct=_figure(direct, i),
            indirect=_figure(indirect, i),
            limits=funnel[0][i],
            position=funnel[1][i],
        )
        for i, name in enumerate(names)
    )


def _sum(counts: Sequence[StratumCount]) -> tuple[int, int]:
    return sum(one.numerator for one in counts), sum(one.denominator for one in counts)


def _nothing(counts: Sequence[StratumCount]) -> tuple[int, int, float, float]:
    observed, size = _sum(counts)
    return size, observed, float("nan"), float("nan")


def _direct(counts: Sequence[StratumCount], parts: Sequence[Sequence[StratumCount]]) -> Estimate:
    """The standard population is that of all providers together in the same period."""
    standard = kinds_of(counts)
    held = [kinds_of(part) for part in parts]
    rows = [(i, levels) for i in range(len(parts)) for levels in standard]
    pairs = [held[i].get(levels, (0, 0)) for i, levels in rows]
    return directly_standardised_proportion(
        [events for events, _ in pairs],
        [people for _, people in pairs],
        [standard[levels][1] for _, levels in rows],
        groups=np.array([i for i, _ in rows]),
    )


def _peers(counts: Sequence[StratumCount]) -> dict[tuple[str, ...], float]:
    return {levels: events / people for levels, (events, people) in kinds_of(counts).items()}


def _by_peers(counts: Sequence[StratumCount], peers: dict[tuple[str, ...], float]) -> Expected:
    observed, size = _sum(counts)
    chances = [(one.denominator, peers[one.levels]) for one in counts]
    return Expected(size, observed, sum(n * p for n, p in chances), sum(n * p * (1 - p) for n, p in chances))


def _columns(found: Sequence[Expected]) -> tuple[Sequence[float], Sequence[float], Sequence[float], Sequence[float]]:
    observed, size = [one.observed for one in found], [one.size for one in found]
    return observed, size, [one.expected for one in found], [one.variance for one in found]


def _ratio(found: Sequence[Expected]) -> Estimate:
    return observed_over_expected(*_columns(found))


def _funnel(
    found: Sequence[Expected],
) -> tuple[list[tuple[float, float, float, float] | None], list[int | None]]:
    """The four limits and the position of each; None where nothing is expected."""
    made = expected_funnel(*_columns(found))
    limits = [made.lower[1], made.lower[0], made.upper[0], made.upper[1]]
    there = made.available
    lines = [
        (float(a), float(b), float(c), float(d)) if known else None
        for a, b, c, d, known in zip(*limits, there, strict=True)
    ]
    return lines, [int(place) if known else None for place, known in zip(made.position, there, strict=True)]


def _strange(one: Expected, model: CaseMixModel | None) -> str:
    if model is None:
        return "there is no case-mix model"
    return f"the model has never seen {', '.join(one.strange)}" if one.strange else ""


def _figure(estimate: Estimate, i: int, scale: float = 1, reason: str = "") -> Figure:
    value, lower, upper = (_number(float(a[i]) * scale) for a in (estimate.value, estimate.lower, estimate.upper))
    return Figure(value=value, lower_95=lower, upper_95=upper, reason=reason or str(estimate.reason[i]))


def _number(value: float) -> float | None:
    """To ten digits, the same on every machine; None where there is none."""
    return None if np.isnan(value) else float(f"{value:.10g}")
