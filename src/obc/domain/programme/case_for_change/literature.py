"""The literature on savings: what each study measured, what carries over, and what people judged from it."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact, spelled
from obc.domain.money.finance.amount import Share

Benefit = Literal[
    "health outcomes",
    "cost",
    "acute activity",
    "emergency admissions",
    "bed days",
    "institutionalisation",
    "experience",
]
Method = Literal["capitation", "outcome measures", "integrated provision"]


class Saving(Written):
    """A measured saving: a share of spend (`low`, `high`; `up to` has no low end), or another unit `as stated`."""

    low: Share | None = None
    high: Share | None = None
    as_stated: str | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.high is None) == (self.as_stated is None):
            raise wrong("a saving with neither or both of 'high' and 'as stated'", "write the one or the other")
        if self.low is not None and self.high is not None and self.low > self.high:
            found = f"{spelled(self.low * 100)} % to {spelled(self.high * 100)} %"
            raise wrong(found, "write the lower end first", "low")
        return self


class Study(Written):
    """A case study: what was measured, and by which methods care was joined up."""

    id: Slug
    title: str
    place: str
    population: str
    benefits: tuple[Benefit, ...]
    saving: Saving | None = None
    methods: tuple[Method, ...]
    source: str


class Adjustment(Written):
    """How much of a measured saving may carry over: its share by `weight`, and what a source printed for it."""

    studies: tuple[Slug, ...]
    saving: Saving
    weight: Share
    because: str
    used: bool
    printed: Saving | None = None
    source: str


class Judgement(Written):
    """A range that people judged from the studies: for whom, and for whom it was then used."""

    low: Share
    high: Share
    made_for: str
    used_for: str
    source: str


class Literature(Written):
    """Studies, adjustments, and the judgement made of them."""

    studies: tuple[Study, ...]
    adjustments: tuple[Adjustment, ...] = ()
    judgement: Judgement | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        known = [study.id for study in self.studies]
        for i, one in enumerate(self.adjustments):
            for j, name in enumerate(one.studies):
                if name not in known:
                    cure = f"write one of {', '.join(known)}"
                    raise wrong(f"the study '{name}', which is nowhere", cure, "adjustments", i, "studies", j)
        return self


class Adjusted(BaseModel):
    """A saving times its weight. `low` is None where no low end was measured; printed ends beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    population: str
    measured_low: Exact | None
    measured_high: Exact
    weight: Exact
    because: str
    used: bool
    low: Exact | None
    high: Exact
    printed_low: Exact | None
    printed_high: Exact | None


class Benchmark(BaseModel):
    """What the studies support, computed; and what was judged, apart.

    `holds_low`, `holds_high`: the rows in use within which each end of the judged range lies.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    studies: int
    with_savings: int
    quantified_low: Exact | None
    quantified_high: Exact | None
    rows: tuple[Adjusted, ...]
    supported_low: Exact | None
    supported_high: Exact | None
    judged_low: Exact | None
    judged_high: Exact | None
    judged_for: str | None
    used_for: str | None
    holds_low: tuple[str, ...]
    holds_high: tuple[str, ...]


def benchmark(given: Literature) -> Benchmark:
    """The computation, with the judgement beside it and not in it."""
    shares = [study.saving for study in given.studies if study.saving and study.saving.high is not None]
    ends = [end for saving in shares for end in (saving.low, saving.high) if end is not None]
    rows = tuple(_adjusted(given, one) for one in given.adjustments if one.saving.high is not None)
    used = [row for row in rows if row.used]
    reached = [end for row in used for end in (row.low, row.high) if end is not None]
    judged = given.judgement
    return Benchmark(
        studies=len(given.studies),
        with_savings=sum(study.saving is not None for study in given.studies),
        quantified_low=min(ends, default=None),
        quantified_high=max(ends, default=None),
        rows=rows,
        supported_low=min(reached, default=None),
        supported_high=max(reached, default=None),
        judged_low=judged.low if judged else None,
        judged_high=judged.high if judged else None,
        judged_for=judged.made_for if judged else None,
        used_for=judged.used_for if judged else None,
        holds_low=tuple(_holding(used, judged.low)) if judged else (),
        holds_high=tuple(_holding(used, judged.high)) if judged else (),
    )


def _adjusted(given: Literature, one: Adjustment) -> Adjusted:
    studies = [study for study in given.studies if study.id in one.studies]
    low, high = one.saving.low, one.saving.high
    assert high is not None
    return Adjusted(
        title=" and ".join(study.title for study in studies),
        population=studies[0].population,
        measured_low=low,
        measured_high=high,
        weight=one.weight,
        because=one.because,
        used=one.used,
        low=None if low is None else low * one.weight,
        high=high * one.weight,
        printed_low=one.printed.low if one.printed else None,
        printed_high=one.printed.high if one.printed else None,
    )


def _holding(rows: list[Adjusted], value: Fraction) -> Iterator[str]:
    return (row.title for row in rows if (row.low or Fraction(0)) <= value <= row.high)
