"""The outcomes framework: what matters to people, how many points it is worth, which indicators show it.

Points, weights, thresholds and level shares are the parties' agreement about what matters; how points
become pounds is the payment mechanism's business.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from obc.domain.core.kernel.figure import Written, WrittenFigure, Year
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact, spelled

Text = Annotated[str, StringConstraints(min_length=1)]

Tier = Literal[
    "survival",
    "degree of recovery or health",
    "time to recovery",
    "disutility of care or treatment",
    "sustainability of recovery or health",
    "long-term consequences of therapy",
]
"""The six levels in the three tiers of the outcomes hierarchy (Porter 2010, NEJM 363:2477–2481)."""

TIERS: tuple[tuple[str, tuple[Tier, ...]], ...] = (
    ("health status achieved or retained", ("survival", "degree of recovery or health")),
    ("process of recovery", ("time to recovery", "disutility of care or treatment")),
    ("sustainability of health", ("sustainability of recovery or health", "long-term consequences of therapy")),
)

Level = Literal["good", "improved", "excellent"]
LEVELS: tuple[Level, ...] = ("good", "improved", "excellent")

Unscored = Literal["excluded", "lost"]
"""excluded: what cannot be scored is left out and the weights of the rest grow; lost: it earns nothing."""


class Thresholds(Written):
    """The values from which each level is reached, approached from the indicator's worse side."""

    good: WrittenFigure
    improved: WrittenFigure
    excellent: WrittenFigure


class SegmentTerms(Written):
    """What one segment has of its own under an indicator: weight, baseline, thresholds."""

    segment: Slug
    weight: Exact | None = Field(default=None, ge=0)
    baseline: WrittenFigure | None = None
    thresholds: Thresholds | None = None


class IndicatorUse(Written):
    """An indicator at work under an outcome.

    `figure` is the value itself, or `ratio`: observed over expected at the comparison population's rates.
    `judged by` its level, its difference from the baseline, or its relative change on the baseline.
    `minimum cases`: with a smaller denominator the evidence is insufficient. Not `incentivised`: shown, not paid.
    """

    id: Slug
    weight: Exact = Field(default=Fraction(1), ge=0)
    incentivised: bool = True
    figure: Literal["value", "ratio"] = "value"
    judged_by: Literal["level", "difference", "relative change"] = "level"
    baseline: WrittenFigure | None = None
    minimum_cases: int = Field(default=0, ge=0)
    thresholds: Thresholds | None = None
    segments: tuple[SegmentTerms, ...] = ()
    source: Text | None = None

    @model_validator(mode="after")
    def _judged(self) -> Self:
        bare = [terms.segment for terms in self.segments if terms.thresholds is None]
        if self.incentivised and self.thresholds is None and (bare or not self.segments):
            raise wrong(f"no thresholds{_of(bare)}", "give good, improved and excellent, for all or by segment")
        bare = [terms.segment for terms in self.segments if terms.baseline is None]
        if self.judged_by != "level" and self.baseline is None and (bare or not self.segments):
            raise wrong(f"no baseline{_of(bare)}", f"'judged by: {self.judged_by}' needs a baseline to start from")
        _once(f"segments of {self.id}", (((i, "segment"), t.segment) for i, t in enumerate(self.segments)), "segments")
        return self


class Outcome(Written):
    """A gain in people's lives, worth points. It pays from its first year with data, to its last if it has one."""

    id: Slug
    title: Text
    tier: Tier
    goal: Text
    points: WrittenFigure
    pays_from: Year = 1
    pays_until: Year | None = None
    indicators: tuple[IndicatorUse, ...] = Field(min_length=1)
    evidence: tuple[Text, ...] = Field(default=(), description="what supports it: studies, national frameworks")

    def pays_in(self, year: int) -> bool:
        """Whether points are to be had for it in `year`."""
        return self.pays_from <= year and (self.pays_until is None or year <= self.pays_until)


class SegmentWeight(Written):
    """How much a segment weighs in every indicator that does not say otherwise."""

    segment: Slug
    weight: Exact = Field(ge=0)


class LevelShares(Written):
    """From a year on: the points to be had by all outcomes together when they reach a level.

    One point is one hundredth of the year's pot.
    """

    from_: Year
    good: Exact = Field(ge=0, le=100)
    improved: Exact = Field(ge=0, le=100)
    excellent: Exact = Field(gt=0, le=100)
    source: Text

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if not self.good <= self.improved <= self.excellent:
            shares = ", ".join(spelled(share) for share in (self.good, self.improved, self.excellent))
            raise wrong(f"level shares {shares}", "a better level must not earn less")
        return self


class Reached(Written):
    """A condition on one indicator: its value for all segments is at least so much."""

    indicator: Slug
    at_least: WrittenFigure


Condition = Annotated[
    Annotated[Literal["every outcome at full points"], Tag("all")] | Annotated[Reached, Tag("reached")],
    Discriminator(lambda given: "all" if isinstance(given, str) else "reached"),
]
"""What must hold for additional points."""


class Additional(Written):
    """Points beyond the outcomes': for all of them together, or for collecting complete data in a first year."""

    id: Slug
    title: Text
    points: Exact = Field(gt=0, le=100)
    from_: Year = 1
    until: Year | None = None
    when: Condition
    source: Text

    def pays_in(self, year: int) -> bool:
        """Whether these points are to be had in `year`."""
        return self.from_ <= year and (self.until is None or year <= self.until)


class Framework(Written):
    """The outcomes with their points, the level shares by year and what happens to what cannot be scored."""

    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    segments: tuple[SegmentWeight, ...] = ()
    levels: tuple[LevelShares, ...] = Field(min_length=1)
    additional: tuple[Additional, ...] = ()
    unscored_indicators: Unscored = "excluded"
    unscored_outcomes: Unscored = "excluded"
    source: Text | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        _once("outcomes", (((i, "id"), outcome.id) for i, outcome in enumerate(self.outcomes)), "outcomes")
        _once("segments", (((i, "segment"), entry.segment) for i, entry in enumerate(self.segments)), "segments")
        uses = (
            ((i, "indicators", k, "id"), use.id)
            for i, outcome in enumerate(self.outcomes)
            for k, use in enumerate(outcome.indicators)
        )
        _once("indicators", uses, "outcomes")
        outcomes = [outcome.id for outcome in self.outcomes]
        for i, extra in enumerate(self.additional):
            if extra.id in [*outcomes, *(other.id for other in self.additional[:i])]:
                raise wrong(f"'{extra.id}' twice among what earns points", "name each once", "additional", i, "id")
        years = [entry.from_ for entry in self.levels]
        if years != sorted(set(years)):
            raise wrong(f"levels from the years {years}", "list them by year, each year once", "levels")
        for year in sorted({*years, *(extra.from_ for extra in self.additional)}):
            held = self.shares(year)
            more = sum(extra.points for extra in self.additional if extra.pays_in(year))
            if held and held.excellent + more > 100:
                found = f"{spelled(held.excellent + more)} points to be had from year {year}"
                at = "levels", self.levels.index(held), "excellent"
                raise wrong(found, "at most 100: a point is a hundredth of the pot", *at)
        return self

    def shares(self, year: int) -> LevelShares | None:
        """The level shares that hold in `year`; None before the first."""
        held = [entry for entry in self.levels if entry.from_ <= year]
        return held[-1] if held else None

    def incentivised(self) -> tuple[str, ...]:
        """The indicators that money hangs on."""
        return tuple(use.id for outcome in self.outcomes for use in outcome.indicators if use.incentivised)


def _of(segments: list[str]) -> str:
    return f" for {', '.join(segments)}" if segments else ""


def _once(what: str, named: Iterable[tuple[tuple[str | int, ...], str]], within: str) -> None:
    """Refuse a second of a name, at its place `within` the model."""
    seen: set[str] = set()
    for at, name in named:
        if name in seen:
            raise wrong(f"'{name}' twice among the {what}", "name each once", within, *at)
        seen.add(name)
