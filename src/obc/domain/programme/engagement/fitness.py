"""What makes an outcome fit for a contract: the criteria, and how each outcome stands against them."""

from collections.abc import Mapping, Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.people import Text
from obc.domain.core.kernel.problem import wrong
from obc.domain.programme.engagement.missing import Missing


class Criterion(Written):
    """A question that an outcome must answer with yes. `must`: with a plain no it is not fit for a contract."""

    id: Slug
    asks: Text
    must: bool = True
    source: Text


class Judged(Written):
    """One outcome against the criteria: the ids it meets, meets in part, and fails; and why."""

    outcome: Slug
    meets: tuple[Slug, ...] = ()
    partly: tuple[Slug, ...] = ()
    fails: tuple[Slug, ...] = ()
    why: Text | None = Field(default=None, description="for what it meets in part or fails")
    source: Text

    @model_validator(mode="after")
    def _sound(self) -> Self:
        named = [*self.meets, *self.partly, *self.fails]
        twice = next((one for i, one in enumerate(named) if one in named[:i]), None)
        if twice:
            raise wrong(f"'{twice}' judged twice", "say once whether it is met, met in part or failed")
        if (self.partly or self.fails) and self.why is None:
            raise wrong("a criterion that is not met, without a reason", "say why", "why")
        return self


class Fitness(BaseModel):
    """How an outcome stands. `fit`: every criterion was judged and it fails none that it must meet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: str
    title: str
    met: tuple[str, ...]
    partly: tuple[str, ...]
    failed: tuple[str, ...]
    unjudged: tuple[str, ...]
    why: str | None
    fit: bool


def fitness(
    criteria: Sequence[Criterion], judged: Sequence[Judged], outcomes: Mapping[str, str]
) -> tuple[Fitness, ...]:
    """Every outcome (title by id) against every criterion; nobody's judgement stands for none."""
    by_outcome = {one.outcome: one for one in judged}
    musts = {one.id for one in criteria if one.must}
    found = []
    for outcome, title in outcomes.items():
        one = by_outcome.get(outcome)
        met, partly, failed = (one.meets, one.partly, one.fails) if one else ((), (), ())
        unjudged = tuple(c.id for c in criteria if c.id not in {*met, *partly, *failed})
        found.append(
            Fitness(
                outcome=outcome,
                title=title,
                met=met,
                partly=partly,
                failed=failed,
                unjudged=unjudged,
                why=one.why if one else None,
                fit=bool(criteria) and not unjudged and not musts & set(failed),
            )
        )
    return tuple(found)


def unfit(found: Sequence[Fitness]) -> tuple[Missing, ...]:
    """What stands between outcomes and a contract."""
    missing = []
    for one in found:
        if one.unjudged:
            said = f"nobody has judged it by {', '.join(one.unjudged)}"
            missing.append(Missing(what="a judgement by the criteria", which=one.outcome, says=said))
        elif not one.fit:
            said = (
                f"it fails {', '.join(one.failed) or 'for want of criteria'}: change it, or keep it out of the contract"
            )
            missing.append(Missing(what="fitness for a contract", which=one.outcome, says=said))
    return tuple(missing)
