"""Benefits: what the change is for, by which measure, from what to what, and how far it has come."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import refusal, wrong
from obc.domain.core.kernel.rate import Exact, spelled
from obc.domain.programme.engagement.missing import Missing

Stands = Literal["no baseline", "not measured", "reached", "on the way", "behind"]


class Reading(Written):
    """What the measure came to on a day."""

    value: Exact
    on: date
    source: Text


class Target(Written):
    """What it is to come to, and by when."""

    value: Exact
    by: date
    source: Text


class Benefit(Written):
    """One benefit. `decides`: who looks at it, and what they do if it does not come. `indicator`: of the contract."""

    id: Slug
    benefit: Text
    measure: Text
    unit: Literal["share", "number"] = "share"
    indicator: Slug | None = None
    decides: Text
    owner: Slug
    baseline: Reading | None = None
    target: Target
    readings: tuple[Reading, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [one.on for one in self.readings]
        if days != sorted(set(days)):
            raise wrong("readings out of order", "list them by day, each day once", "readings")
        if self.baseline:
            if self.baseline.value == self.target.value:
                raise wrong(f"a target of {spelled(self.target.value)}, which is the baseline", "aim at more", "target")
            if self.target.by <= self.baseline.on or any(day <= self.baseline.on for day in days):
                raise wrong(f"a day not after the baseline of {self.baseline.on}", "write a later day", "baseline")
        return self


class Tracked(BaseModel):
    """How far a benefit has come. `way`: the share of the way from baseline to target that is behind it (below 0: away
    from it), and `due`: the share that should be by then, in a straight line over time. None where unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    benefit: Benefit
    stands: Stands
    now: Exact | None
    measured: date | None
    way: Exact | None
    due: Exact | None


def tracked(benefit: Benefit, on: date) -> Tracked:
    """The benefit as known on a day, by its last reading up to then."""
    known = [one for one in benefit.readings if one.on <= on]
    last = known[-1] if known else None
    base, target = benefit.baseline, benefit.target
    if base is None:
        return _tracked(benefit, "no baseline", last)
    if last is None:
        return _tracked(benefit, "not measured", None)
    way = (last.value - base.value) / (target.value - base.value)
    due = min(Fraction(1), Fraction((last.on - base.on).days, (target.by - base.on).days))
    stands: Stands = "reached" if way >= 1 else "on the way" if way >= due else "behind"
    return _tracked(benefit, stands, last, way, due)


def _tracked(
    benefit: Benefit, stands: Stands, last: Reading | None, way: Fraction | None = None, due: Fraction | None = None
) -> Tracked:
    return Tracked(
        benefit=benefit,
        stands=stands,
        now=last.value if last else None,
        measured=last.on if last else None,
        way=way,
        due=due,
    )


def measured(benefit: Benefit, reading: Reading, today: date) -> Benefit:
    """The benefit with one more reading, later than all before. Raises `Problems`."""
    where = f"benefit '{benefit.id}'"
    if reading.on > today:
        raise refusal(where, "measure", f"a reading of {reading.on}, which is to come", "record what was measured")
    last = max([one.on for one in (benefit.baseline, *benefit.readings) if one], default=None)
    if last and reading.on <= last:
        raise refusal(where, "measure", f"a reading of {reading.on}, where there is one of {last}", "give a later one")
    given = benefit.model_dump()
    return Benefit.model_validate(given | {"readings": [*given["readings"], reading.model_dump()]})


def not_coming(found: Sequence[Tracked], on: date) -> Iterator[Missing]:
    """Benefits that do not come, or of which nobody can say."""
    for one in found:
        if one.stands == "no baseline":
            said = "nobody measured where it starts from, so nobody will know whether it came"
            yield Missing(what="a baseline", which=one.benefit.id, says=said)
        elif one.stands == "behind" or (one.stands != "reached" and one.benefit.target.by < on):
            late = f"{one.stands}, to be reached by {one.benefit.target.by}; {one.benefit.decides}"
            yield Missing(what="a benefit", which=one.benefit.id, says=late)
