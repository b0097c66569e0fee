"""The forecast: what a year may earn, how sure that is, and what one person more is worth."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

import numpy as np
from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import Minor
from obc.domain.core.kernel.rate import Ints, Ratios
from obc.domain.measurement.indicators.values import ALL
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.settlement.cash_flow import Cash
from obc.domain.money.settlement.settlement import Settlement
from obc.domain.money.settlement.simulation import Simulation, taken
from obc.domain.outcomes.framework.framework import Framework, Outcome, Reached
from obc.domain.outcomes.scoring.curve import stepped
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.judging import LEVEL_NUMBERS, Direction, Key, earned_by_level
from obc.domain.outcomes.scoring.score import Assessment
from obc.domain.outcomes.scoring.scorecard import REACHED, LevelReached, Number


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Spread(_Row):
    """How an amount is spread over the runs: 90 % of them lie from `low_90` to `high_90`, half within the 50."""

    mean_minor: Minor
    low_90_minor: Minor
    low_50_minor: Minor
    median_minor: Minor
    high_50_minor: Minor
    high_90_minor: Minor


class Known(_Row):
    """The year's earning as it could be forecast once so many quarters were known; `to` is the last day of them."""

    quarters: int
    to: date
    earned: Spread


class LevelChance(_Row):
    """In which part of the runs a level is reached."""

    level: LevelReached
    chance: Number


class OutcomeAhead(_Row):
    """An outcome at the year's end: its points on average over the runs, and how often it reaches each level."""

    id: str
    title: str
    points_available: Number
    points_expected: Number
    levels: tuple[LevelChance, ...]


class AccountAhead(_Row):
    """What an account receives less what it gives in the year."""

    account: str
    received: Spread


class Gain(_Row):
    """What one unit more brings an account on average; negative: what it loses."""

    account: str
    worth_minor: Minor


class Worth(_Row):
    """What one unit more of the better side (or one fewer of the worse) is worth, on average over the runs.

    Levels make it uneven: most often one person moves nothing, now and then the year's points of an indicator. In
    `moves` of the runs it changed what was earned.
    """

    indicator: str
    segment: str
    moves: Number
    gains: tuple[Gain, ...]


class Forecast(_Row):
    """Where a contract year may end.

    `central`: the settlement of the run in the middle, with its entries. `fan`: how the forecast narrowed with each
    quarter that became known; its last is the forecast itself. `cash`: when the central settlement's money moves, where
    the contract has a calendar. `unforeseen`: indicators paid for in the year of which nothing can be said in any
    segment, for want of values or cases; they earn nothing here.
    """

    contract: str
    contract_hash: str
    values_hash: str
    currency: str
    year: int
    runs: int
    seed: int
    scenario: str | None
    quarters_known: int
    central: Settlement
    earned: Spread
    fan: tuple[Known, ...]
    outcomes: tuple[OutcomeAhead, ...]
    accounts: tuple[AccountAhead, ...]
    cash: tuple[Cash, ...]
    worth: tuple[Worth, ...]
    unforeseen: tuple[str, ...]


_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def spread(amounts: Ints) -> Spread:
    """The spread of amounts in minor units; each quantile is an amount that occurred."""
    low, low_mid, middle, high_mid, high = np.quantile(amounts, _QUANTILES, method="inverted_cdf")
    return Spread(
        mean_minor=_mean(amounts, len(amounts)),
        low_90_minor=int(low),
        low_50_minor=int(low_mid),
        median_minor=int(middle),
        high_50_minor=int(high_mid),
        high_90_minor=int(high),
    )


def _mean(amounts: Ints, runs: int) -> int:
    return round(Fraction(int(amounts.sum()), runs))


def outcomes_ahead(assessment: Assessment | None, runs: int) -> tuple[OutcomeAhead, ...]:
    """Points and levels of the outcomes that pay in the year."""
    if assessment is None:
        return ()
    paying = (one for one in assessment.framework.outcomes if one.pays_in(assessment.year))
    return tuple(_outcome(assessment, outcome, runs) for outcome in paying)


def _outcome(assessment: Assessment, outcome: Outcome, runs: int) -> OutcomeAhead:
    share = assessment.share[outcome.id]
    available = assessment.available[outcome.id]
    level = stepped(share.values, earned_by_level(assessment.shares), LEVEL_NUMBERS).stretched(runs).top
    known = np.broadcast_to(share.known, runs)
    chances = [
        LevelChance(level=name, chance=Fraction(int((known & (level == n)).sum()), runs))
        for n, name in enumerate(REACHED)
    ]
    return OutcomeAhead(
        id=outcome.id,
        title=outcome.title,
        points_available=_average(available.stretched(runs)),
        points_expected=_average((share.values * available).stretched(runs)),
        levels=(*chances, LevelChance(level="not scored", chance=Fraction(int((~known).sum()), runs))),
    )


def _average(values: Ratios) -> Fraction:
    """The mean of many numbers, few of which differ."""
    pairs, counts = np.unique(np.stack([values.top, values.over], axis=1), axis=0, return_counts=True)
    total = sum(
        (Fraction(int(top), int(over)) * int(n) for (top, over), n in zip(pairs, counts, strict=True)), Fraction(0)
    )
    return total / len(values)


def accounts_ahead(simulation: Simulation) -> tuple[AccountAhead, ...]:
    """The spread of every account that moves in any run."""
    return tuple(
        AccountAhead(account=account, received=spread(moved))
        for account, moved in simulation.accounts.items()
        if moved.any()
    )


def worth(
    base: Simulation,
    figures: Mapping[Key, Evidenced],
    changed: Mapping[Key, Evidenced],
    mechanism: Mechanism,
    framework: Framework,
    directions: Mapping[str, Direction],
    party: str,
) -> Iterator[Worth]:
    """What each of the `changed` figures (one unit better, run by run) is worth beside the `base` with `figures`.

    Only the runs are settled again in which the figure crosses a mark; all of them where points or pounds hang on the
    figure itself.
    """
    assessment = base.assessment
    assert assessment is not None, "units are worth something through points"
    runs = len(base.earned)
    direct = {(item.indicator, ALL) for item in mechanism.inputs if item.indicator}
    direct |= {(extra.when.indicator, ALL) for extra in assessment.extras if isinstance(extra.when, Reached)}
    for key, figure in changed.items():
        again = Assessment(framework, {**_first(figures), key: figure}, directions, assessment.year)
        level, before = again.judged[key].level, assessment.judged[key].level
        crossing = np.broadcast_to((level.values != before.values) | (key in direct), runs)
        places = np.flatnonzero(crossing)
        gains: tuple[Gain, ...] = ()
        moved = 0
        if len(places):
            few = {name: taken(value, places) for name, value in {**figures, key: figure}.items()}
            after = Simulation(mechanism, framework, few, directions, assessment.year, party, base.others)
            moved = int((after.earned != base.earned[places]).sum())
            gains = _gains(base.accounts, after.accounts, places, runs)
        yield Worth(indicator=key[0], segment=key[1], moves=Fraction(moved, runs), gains=gains)


def _gains(
    before: Mapping[str, Ints], after: Mapping[str, Ints], places: Sequence[int] | Ints, runs: int
) -> tuple[Gain, ...]:
    gains = ((account, _mean(moved - before[account][places], runs)) for account, moved in after.items())
    return tuple(Gain(account=account, worth_minor=amount) for account, amount in gains if amount)


def _first(figures: Mapping[Key, Evidenced]) -> dict[Key, Evidenced]:
    return {key: taken(value, np.arange(1)) for key, value in figures.items()}
