"""Score: from the values of indicators and the framework to points."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np

from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import ONE, ZERO, Ratios
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.framework.framework import Additional, Framework, IndicatorUse, Outcome, Reached
from obc.domain.outcomes.scoring.combine import mean, weights_in_force
from obc.domain.outcomes.scoring.curve import stepped
from obc.domain.outcomes.scoring.evidenced import Evidenced, select, weakest
from obc.domain.outcomes.scoring.hurdle import passes
from obc.domain.outcomes.scoring.judging import (
    LEVEL_NUMBERS,
    Direction,
    Judged,
    Key,
    chosen,
    earned_by_level,
    figures,
    in_year,
    judge,
    terms_of,
)
from obc.domain.outcomes.scoring.scorecard import (
    REACHED,
    LevelReached,
    Scorecard,
    ScoredAddition,
    ScoredIndicator,
    ScoredOutcome,
)


class Assessment:
    """All points of one contract year as arrays: of length one for a scorecard, of length n for a simulation."""

    def __init__(
        self, framework: Framework, found: Mapping[Key, Evidenced], directions: Mapping[str, Direction], year: int
    ):
        shares = framework.shares(year)
        if shares is None:
            raise ValueError(f"the framework has no level shares for year {year}")
        self.framework, self.year, self.shares = framework, year, shares
        self.judged: dict[Key, Judged] = {
            (use.id, terms.segment): judge(
                use, terms, framework, found[use.id, terms.segment], directions[use.id], shares, year
            )
            for outcome in framework.outcomes
            for use in outcome.indicators
            for terms in terms_of(use, framework)
        }
        self.share = {outcome.id: self._share(outcome) for outcome in framework.outcomes}
        paying = [outcome for outcome in framework.outcomes if outcome.pays_in(year)]
        weighed = [(self.share[outcome.id], in_year(outcome.points, year)) for outcome in paying]
        self.available: dict[str, Ratios] = dict.fromkeys(self.share, ZERO)
        pot = Ratios.of([shares.excellent])
        for outcome, force in zip(paying, weights_in_force(weighed, framework.unscored_outcomes), strict=True):
            self.available[outcome.id] = force * pot
        earned = mean(weighed, framework.unscored_outcomes) if weighed else Evidenced.missing()
        self.earned_by_outcomes = Evidenced(earned.values * pot, earned.states)
        self.reached = {extra.id: self._reached(extra, found, paying) for extra in self.extras}

    @property
    def extras(self) -> tuple[Additional, ...]:
        """The additional points to be had in the year."""
        return tuple(extra for extra in self.framework.additional if extra.pays_in(self.year))

    @property
    def points(self) -> Evidenced:
        """All points earned. Points that cannot be judged are not earned, and do not hide the rest."""
        parts = [self.earned_by_outcomes]
        for extra in self.extras:
            reached = self.reached[extra.id]
            parts.append(Evidenced(reached.values * Ratios.of([extra.points]), reached.states))
        total = Evidenced.missing()
        for part in parts:
            both = Evidenced(total.values + part.values, weakest(total, part))
            total = select(total.known & part.known, both, select(part.known, part, total))
        return total

    @property
    def points_available(self) -> Ratios:
        """All points that could be had."""
        return sum([*self.available.values(), *(Ratios.of([extra.points]) for extra in self.extras)], ZERO)

    def weights(self, outcome: Outcome) -> dict[Key, Ratios]:
        """Each indicator's and segment's part of the outcome's points; together 1, where any is scored."""
        rule = self.framework.unscored_indicators
        uses = [use for use in outcome.indicators if use.incentivised]
        inner = [(self._of_use(use), Evidenced.of([use.weight])) for use in uses]
        parts: dict[Key, Ratios] = {}
        for use, force in zip(uses, weights_in_force(inner, rule), strict=True):
            keys = [(use.id, terms.segment) for terms in terms_of(use, self.framework)]
            judged = [self.judged[key] for key in keys]
            within = weights_in_force([(one.share, one.weight) for one in judged], rule)
            parts |= {key: force * part for key, part in zip(keys, within, strict=True)}
        return parts

    def _of_use(self, use: IndicatorUse) -> Evidenced:
        judged = [self.judged[use.id, terms.segment] for terms in terms_of(use, self.framework)]
        return mean([(one.share, one.weight) for one in judged], self.framework.unscored_indicators)

    def _share(self, outcome: Outcome) -> Evidenced:
        uses = [use for use in outcome.indicators if use.incentivised]
        parts = [(self._of_use(use), Evidenced.of([use.weight])) for use in uses]
        return mean(parts, self.framework.unscored_indicators) if parts else Evidenced.missing(state=Evidence.NOT_DUE)

    def _reached(self, extra: Additional, found: Mapping[Key, Evidenced], paying: list[Outcome]) -> Evidenced:
        if isinstance(extra.when, Reached):
            value = found.get((extra.when.indicator, ALL), Evidenced.missing())
            mark = in_year(extra.when.at_least, self.year)
            both = Evidenced(value.values, weakest(value, mark))
            conditions = [(both.known, both.known & (value.values >= mark.values), both.states)]
        else:
            whole = [self.share[outcome.id] for outcome in paying] or [Evidenced.missing(state=Evidence.NOT_DUE)]
            conditions = [(share.known, share.known & (share.values >= ONE), share.states) for share in whole]
        _, passed, states = passes(conditions, len(conditions))
        return Evidenced(Ratios(passed.astype(np.int64), np.ones(len(passed), dtype=np.int64)), states)


def score(
    framework: Framework,
    values: Iterable[IndicatorValue],
    directions: Mapping[str, Direction],
    year: int,
    period: Period,
    provider: str = ALL,
) -> Scorecard:
    """The scorecard of a contract year, from the values of its `period`.

    `directions`: which way each indicator is better, by id. Figures by `provider` are diagnostic unless the
    contract settles with providers one by one. Raises ValueError where the framework has no level shares for the
    year or two values stand for one thing, KeyError where an indicator's direction is not given.
    """
    found = chosen(values, period, provider)
    done = Assessment(framework, figures(framework, found), directions, year)
    total = done.points
    return Scorecard(
        year=year,
        points_available=done.points_available[0],
        points_earned=total.values[0],
        evidence=total.state(),
        outcomes=tuple(_outcome(done, outcome, found) for outcome in framework.outcomes),
        additional=tuple(_addition(done, extra) for extra in done.extras),
    )


def _outcome(done: Assessment, outcome: Outcome, found: Mapping[Key, IndicatorValue]) -> ScoredOutcome:
    share, available = done.share[outcome.id], done.available[outcome.id][0]
    weights = done.weights(outcome)
    level = Evidenced(stepped(share.values, earned_by_level(done.shares), LEVEL_NUMBERS), share.states)
    return ScoredOutcome(
        id=outcome.id,
        title=outcome.title,
        tier=outcome.tier,
        points_available=available,
        points_earned=available * (share[0] or 0),
        level=_level(level),
        evidence=share.state(),
        pays=outcome.pays_in(done.year),
        indicators=tuple(
            _indicator(use, key, done.judged[key], weights.get(key, ZERO)[0], available, found.get(key))
            for use in outcome.indicators
            for key in [(use.id, terms.segment) for terms in terms_of(use, done.framework)]
        ),
    )


def _indicator(
    use: IndicatorUse, key: Key, judged: Judged, weight: Fraction, available: Fraction, value: IndicatorValue | None
) -> ScoredIndicator:
    reached = int(judged.level[0] or 0)
    return ScoredIndicator(
        id=key[0],
        segment=key[1],
        value=judged.value[0],
        judged=judged.judged[0],
        level=_level(judged.level),
        threshold=judged.thresholds[reached - 1] if reached else None,
        weight=weight,
        share=judged.share[0],
        points_available=available * weight,
        points_earned=available * weight * (judged.share[0] or 0),
        evidence=judged.share.state(),
        incentivised=use.incentivised,
        numerator=value.numerator if value else None,
        denominator=value.denominator if value else None,
        unknown=value.unknown if value else None,
    )


def _addition(done: Assessment, extra: Additional) -> ScoredAddition:
    reached = done.reached[extra.id]
    return ScoredAddition(
        id=extra.id,
        title=extra.title,
        points_available=extra.points,
        points_earned=extra.points * (reached[0] or 0),
        reached=reached[0] == 1,
        evidence=reached.state(),
    )


def _level(level: Evidenced) -> LevelReached:
    reached = level[0]
    return "not scored" if reached is None else REACHED[int(reached)]
