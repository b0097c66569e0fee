"""Circumstances: what is in dispute, what nobody can be blamed for, what reviews found, what is withheld."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from obc.domain.core.kernel.figure import Written, Year
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.period import Period
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import Exact
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.scoring.step import Name

Text = Annotated[str, StringConstraints(min_length=1)]


class _About(Written):
    """Which figure of which contract year."""

    id: Slug
    year: Year
    indicator: Slug
    segment: Slug = ALL
    why: Text

    @property
    def key(self) -> tuple[str, str, int]:
        """The figure, and its year."""
        return self.indicator, self.segment, self.year


class Dispute(_About):
    """A figure that a party does not accept. What hangs on it is frozen; all else is paid.

    `settled`: the day on which the parties agreed; from then on the figure counts as it stands in the values.
    """

    raised_by: Slug
    raised: date
    settled: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.settled and self.settled < self.raised:
            raise wrong(f"settled on {self.settled}, before it was raised on {self.raised}", "check the two days")
        return self

    def open_on(self, day: date | None) -> bool:
        """Whether it is in dispute on a day; without a day: whether it is not settled yet."""
        if day is None:
            return self.settled is None
        return self.raised <= day and (self.settled is None or day < self.settled)


class Relief(_About):
    """A figure that an event beyond the parties' control spoilt (force majeure), and what they agreed instead.

    excluded: it is not scored, and the weights of the rest grow where the framework says so. as the year before: the
    figure of the year before stands for it.
    """

    agreed: date
    instead: Literal["excluded", "as the year before"]


class RelievedLoss(Written):
    """A loss or penalty that the parties agreed to spare a party after such an event. A gain under the same line stays.

    `line`: the settle step. `part`: how much of the loss is spared; half of it where half of the year was hit, say.
    """

    id: Slug
    year: Year
    line: Name
    part: Exact = Field(default=Fraction(1), gt=0, le=1)
    agreed: date
    why: Text


class Reviewed(Written):
    """What a review of a quality expectation found for a year; it fills the inputs that cite the expectation."""

    expectation: Slug
    year: Year
    state: Literal["met", "partly met", "not met"]
    on: date
    evidence: Text


class Withheld(Written):
    """A sanction: a share of what is due for a year is kept back, on a decision that can be looked up.

    `released`: the day on which it was paid after all. `retained`: the day on which it was lost for good.
    """

    id: Slug
    year: Year
    share: Exact = Field(gt=0, le=1)
    decided: date
    released: date | None = None
    retained: date | None = None
    why: Text

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if self.released and self.retained:
            raise wrong(f"'{self.id}' both released and retained", "it ends in one way; leave the other out")
        end = self.released or self.retained
        if end and end < self.decided:
            raise wrong(f"an end on {end}, before it was decided on {self.decided}", "check the two days")
        return self

    def on(self, day: date | None) -> "Withheld | None":
        """As it stands on a day: None where it is not decided yet, or released; not retained before its day."""
        if self.released and (day is None or self.released <= day):
            return None
        if day is None:
            return self
        if day < self.decided:
            return None
        early = self.retained and day < self.retained
        return self.model_copy(update={"retained": None}) if early else self


class Circumstances(Written):
    """The disputes and reliefs of a contract, what its quality reviews found, and what is withheld."""

    disputes: tuple[Dispute, ...] = ()
    relief: tuple[Relief, ...] = ()
    relieved_losses: tuple[RelievedLoss, ...] = ()
    quality: tuple[Reviewed, ...] = ()
    withheld: tuple[Withheld, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        ids = [one.id for one in (*self.disputes, *self.relief)]
        ids += [*(one.id for one in self.relieved_losses), *(one.id for one in self.withheld)]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise wrong(f"'{twice[0]}' twice", "give each dispute, relief and withholding an id of its own")
        keys = [one.key for one in self.relief]
        if len(set(keys)) < len(keys):
            raise wrong("two reliefs for one figure and year", "agree on one")
        lines = [(one.line, one.year) for one in self.relieved_losses]
        if len(set(lines)) < len(lines):
            raise wrong("two reliefs for the losses of one line and year", "agree on one")
        reviews = [(one.expectation, one.year, one.on) for one in self.quality]
        if len(set(reviews)) < len(reviews):
            raise wrong("two reviews of one expectation on one day", "say what the day's review found in the end")
        return self

    def in_force(self, day: date | None) -> "Circumstances":
        """Those that hold on a day: open disputes, agreed reliefs, the last review of each, what is not released."""
        last: dict[tuple[str, int], Reviewed] = {}
        for one in sorted(self.quality, key=lambda review: review.on):
            if day is None or one.on <= day:
                last[one.expectation, one.year] = one
        return Circumstances(
            disputes=tuple(one for one in self.disputes if one.open_on(day)),
            relief=tuple(one for one in self.relief if day is None or one.agreed <= day),
            relieved_losses=tuple(one for one in self.relieved_losses if day is None or one.agreed <= day),
            quality=tuple(last.values()),
            withheld=tuple(held for one in self.withheld if (held := one.on(day))),
        )

    def of_year(self, year: int) -> "Circumstances":
        """Those about one contract year."""
        return Circumstances(
            disputes=tuple(one for one in self.disputes if one.year == year),
            relief=tuple(one for one in self.relief if one.year == year),
            relieved_losses=tuple(one for one in self.relieved_losses if one.year == year),
            quality=tuple(one for one in self.quality if one.year == year),
            withheld=tuple(one for one in self.withheld if one.year == year),
        )

    @property
    def relieved(self) -> dict[tuple[str, int], Fraction]:
        """The part of a loss that is spared, by line and contract year."""
        return {(one.line, one.year): one.part for one in self.relieved_losses}

    def found(self, expectation: str) -> Reviewed | None:
        """What the last review of an expectation found; None where there was none."""
        reviews = [one for one in self.quality if one.expectation == expectation]
        return max(reviews, key=lambda review: review.on, default=None)


NONE = Circumstances()
"""Nothing in dispute, nothing relieved, nothing reviewed, nothing withheld."""


def under(
    circumstances: Circumstances, values: Iterable[IndicatorValue], year: int, periods: Mapping[int, Period]
) -> tuple[IndicatorValue, ...]:
    """The values as the circumstances of a year leave them: relieved first, then in dispute.

    `periods`: the days of that year and, for relief, of the year before. Raises ValueError that names a figure for
    which there is no value, or none of the year before to stand for it.
    """
    given = list(values)
    own = circumstances.of_year(year)
    for relief in own.relief:
        place = _place(given, relief, periods[year])
        if relief.instead == "excluded":
            given[place] = given[place].model_copy(update={"evidence": Evidence.NOT_DUE})
        elif year - 1 not in periods:
            raise ValueError(f"{relief.id}: there is no year before year {year}")
        else:
            before = given[_place(given, relief, periods[year - 1])]
            days = {"period_start": periods[year].start, "period_end": periods[year].end}
            given[place] = before.model_copy(update=days)
    for dispute in own.disputes:
        place = _place(given, dispute, periods[year])
        given[place] = given[place].model_copy(update={"evidence": Evidence.DISPUTED})
    return tuple(given)


def _place(values: Sequence[IndicatorValue], about: _About, period: Period) -> int:
    key = (about.indicator, about.segment, ALL, period.start, period.end)
    for i, value in enumerate(values):
        if value.key == key:
            return i
    raise ValueError(f"{about.id}: no value of '{about.indicator}' for segment '{about.segment}' in {period}")
