"""Hurdle: conditions that must hold before something counts. Nothing is rounded before it."""

import re
from collections.abc import Sequence
from functools import reduce
from typing import Annotated, Any, Literal, Self

import numpy as np
from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import Flags, Ratios
from obc.domain.outcomes.scoring.evidenced import Evidenced, States, code, select, weakest
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell, number

Test = Literal["is at least", "is above", "is at most", "is below", "is one of", "is known"]

_TESTS = "is at least|is above|is at most|is below|is one of|is known"
_CONDITION = re.compile(rf"(?P<left>.+?) (?P<test>{_TESTS})(?: (?P<right>.+))?")


class Condition(Written):
    """One condition, written as people say it: `savings rate is at least minimum savings rate`."""

    left: Operand
    test: Test
    right: tuple[Operand, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        found = _CONDITION.fullmatch(given.strip())
        if not found or (found["right"] is None) != (found["test"] == "is known"):
            raise wrong(
                f"'{given}'",
                "write a name, a test and what it is tested against, for example "
                "'savings rate is at least 2 %' (is above, is at most, is below, is one of a; b; c, is known)",
            )
        right = (found["right"] or "").split(";") if found["test"] == "is one of" else [found["right"]]
        return {"left": found["left"], "test": found["test"], "right": [r.strip() for r in right if r]}

    def holds(self, read: Read) -> tuple[Flags, Flags, States]:
        """Whether it is known, whether it holds, and on what evidence."""
        left = read(self.left)
        if self.test == "is known":
            return np.ones_like(left.known), left.known, np.full(len(left), code(Evidence.FINAL), dtype=np.int8)
        rights = [read(right) for right in self.right]
        states = weakest(left, *rights)
        flags = np.zeros(len(states), dtype=np.bool_)
        for right in rights:
            flags = flags | _tested(self.test, left.values, right.values)
        known = Evidenced(left.values, states).known
        return known, flags & known, states


def _tested(test: Test, left: Ratios, right: Ratios) -> Flags:
    match test:
        case "is at least":
            return left >= right
        case "is above":
            return left > right
        case "is at most":
            return left <= right
        case "is below":
            return left < right
        case _:
            return left == right


def _needed(given: Any) -> Any:
    if isinstance(given, str):
        if given in ("all", "any"):
            return given
        if found := re.fullmatch(r"(\d+) of", given):
            return int(found[1])
        raise wrong(f"'{given}'", "write all, any, or how many must hold: '2 of'")
    return given


class Hurdle(Step):
    """`then` where the conditions hold, `otherwise` where they do not (1 and 0 unless it says so).

    Whether they hold cannot be said where too much is missing: then it `withholds`, and the result is missing,
    or it `fails`, as if the conditions did not hold.
    """

    hurdle: Annotated[
        Literal["all", "any"] | int,
        BeforeValidator(_needed),
        WithJsonSchema({"type": "string", "pattern": r"^(all|any|\d+ of)$"}),
    ]
    of: tuple[Condition, ...] = Field(min_length=1)
    then: Operand = Field(default_factory=lambda: number(1))
    otherwise: Operand = Field(default_factory=lambda: number(0))
    missing: Literal["withholds", "fails"]

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if isinstance(self.hurdle, int) and not 1 <= self.hurdle <= len(self.of):
            raise wrong(f"{self.hurdle} of {len(self.of)} conditions", f"ask for 1 to {len(self.of)}")
        return self

    def work(self, read: Read) -> Evidenced:
        """See the class."""
        needed = {"all": len(self.of), "any": 1}.get(str(self.hurdle), self.hurdle)
        known, passed, evidence = passes([condition.holds(read) for condition in self.of], int(needed))
        if self.missing == "fails":
            evidence = np.where(known, evidence, code(Evidence.FINAL)).astype(np.int8)
        judged = Evidenced(Ratios(passed.astype(np.int64), np.ones(len(passed), dtype=np.int64)), evidence)
        branch = select(passed, read(self.then), read(self.otherwise))
        return Evidenced(branch.values, weakest(branch, judged))

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        wanted = self.hurdle if isinstance(self.hurdle, str) else f"{self.hurdle} of"
        told = "; ".join(
            " ".join([tell(item.left), item.test, ", ".join(map(tell, item.right))]).strip() for item in self.of
        )
        return f"{tell(self.then)} where {wanted} hold: {told}; otherwise {tell(self.otherwise)}"


def passes(conditions: Sequence[tuple[Flags, Flags, States]], needed: int) -> tuple[Flags, Flags, States]:
    """Whether `needed` of the (known, holds, state) conditions hold, as far as what is missing leaves it open.

    A condition that cannot be judged decides nothing: `all` is not passed once one fails, `any` is passed once
    one holds. Where it stays open, the state is the weakest of all; elsewhere of those that are known.
    """
    held = sum(np.asarray(flags, dtype=np.int64) for _, flags, _ in conditions)
    open_ = sum(np.asarray(~flags, dtype=np.int64) for flags, _, _ in conditions)
    decided = np.asarray((held >= needed) | (held + open_ < needed))
    final = np.int8(code(Evidence.FINAL))
    strong = reduce(np.minimum, [np.where(k, state, final) for k, _, state in conditions])
    weak = reduce(np.minimum, [state for _, _, state in conditions])
    return decided, np.asarray(held >= needed), np.where(decided, strong, weak).astype(np.int8)
