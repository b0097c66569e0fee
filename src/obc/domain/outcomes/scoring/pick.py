"""Pick: one of several values: the highest, the lowest, the first there is."""

from collections.abc import Callable
from typing import Any, Literal

from pydantic import Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.rate import ZERO, Flags, Ratios
from obc.domain.outcomes.scoring.evidenced import Evidenced, select, weakest
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell


class Candidate(Written):
    """A value to pick from; with `when`, only where that hurdle is passed."""

    value: Operand
    when: Operand | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, given: Any) -> Any:
        return given if isinstance(given, dict) and "value" in given and "source" not in given else {"value": given}


class Pick(Step):
    """One of several.

    highest, lowest: of those there are (achievement or improvement, whichever pays more; the best earlier year).
    first available: in the order they are listed. Where there is none, the result is missing.
    """

    pick: Literal["highest", "lowest", "first available"]
    of: tuple[Candidate, ...] = Field(min_length=1)

    def work(self, read: Read) -> Evidenced:
        """See the class."""
        candidates = [_eligible(candidate, read) for candidate in self.of]
        if self.pick == "first available":
            return first_available(candidates)
        return best(candidates, Ratios.__gt__ if self.pick == "highest" else Ratios.__lt__)

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        told = [
            tell(candidate.value) + (f" (if {tell(candidate.when)})" if candidate.when else "") for candidate in self.of
        ]
        return f"the {self.pick} of {', '.join(told)}"


def _eligible(candidate: Candidate, read: Read) -> Evidenced:
    value = read(candidate.value)
    if candidate.when is None:
        return value
    hurdle = read(candidate.when)
    held = select(hurdle.known, Evidenced(value.values, weakest(value, hurdle)), hurdle)
    passed = hurdle.known & (hurdle.values != ZERO)
    return select(passed, held, Evidenced.missing())


def first_available(candidates: list[Evidenced]) -> Evidenced:
    """The first of them that there is."""
    result = candidates[0]
    for candidate in candidates[1:]:
        result = select(result.known | ~candidate.known, result, candidate)
    return result


def best(candidates: list[Evidenced], beats: Callable[[Ratios, Ratios], Flags]) -> Evidenced:
    """The one that beats all others there are, with the weakest evidence of those that were weighed."""
    result = candidates[0]
    for candidate in candidates[1:]:
        wins = candidate.known & (~result.known | beats(candidate.values, result.values))
        weighed = select(result.known & candidate.known, Evidenced(result.values, weakest(result, candidate)), result)
        taken = select(result.known, Evidenced(candidate.values, weakest(result, candidate)), candidate)
        result = select(wins, taken, weighed)
    return result
