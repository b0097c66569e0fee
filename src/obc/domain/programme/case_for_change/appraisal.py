"""Options appraised: cost from the model; benefit, deliverability and fit as scored by people, with their reasons."""

from fractions import Fraction
from itertools import combinations
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Exact, spelled
from obc.domain.money.finance.amount import Share
from obc.domain.money.finance.projection import OPTIONS
from obc.domain.programme.case_for_change.comparison import Compared

Criterion = Literal["cost", "benefit", "deliverability", "strategic fit"]
"""deliverability: how sure it is to come about, the opposite of how much can go wrong."""

TOP = 5
"""The best score; 0 is the worst."""


class Weight(Written):
    """What a criterion counts for."""

    criterion: Criterion
    weight: Share


def _pairs(key: str, value: str) -> BeforeValidator:
    def read(given: Any) -> Any:
        return [{key: k, value: v} for k, v in given.items()] if isinstance(given, dict) else given

    return BeforeValidator(read)


class Scored(Written):
    """How an option does on a criterion, and why."""

    criterion: Literal["benefit", "deliverability", "strategic fit"]
    score: int = Field(ge=0, le=TOP)
    because: str


class OptionScores(Written):
    """An option with its scores. Its cost is not scored by anybody: the projection gives it."""

    option: Literal["do nothing", "do nothing with efficiency savings", "outcomes based"]
    scores: tuple[Scored, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        given = sorted(one.criterion for one in self.scores)
        if given != ["benefit", "deliverability", "strategic fit"]:
            raise wrong(
                f"scores for {', '.join(given) or 'nothing'}",
                "score benefit, deliverability and strategic fit, each once; cost comes from the projection",
                "scores",
            )
        return self


class Appraisal(Written):
    """Weights and scores."""

    weights: Annotated[tuple[Weight, ...], _pairs("criterion", "weight")]
    options: tuple[OptionScores, ...]
    scored_by: str
    source: str

    @model_validator(mode="after")
    def _whole(self) -> Self:
        together = sum((one.weight for one in self.weights), Fraction(0))
        if together != 1:
            raise wrong(f"weights of {spelled(together * 100)} %", "make the weights add up to 100 %", "weights")
        if sorted(one.option for one in self.options) != sorted(OPTIONS):
            raise wrong(f"{len(self.options)} options", f"score each once: {', '.join(OPTIONS)}", "options")
        return self

    def weight(self, criterion: str) -> Fraction:
        """What a criterion counts for; 0 where it is not named."""
        return next((one.weight for one in self.weights if one.criterion == criterion), Fraction(0))


class Appraised(BaseModel):
    """An option's scores by criterion (0 to 5) and their weighted sum."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    option: str
    scores: tuple[tuple[str, Exact, str], ...]
    total: Exact


class AppraisalResult(BaseModel):
    """Options, best first. `turns`: weights of cost at which another option comes first, and which."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    options: tuple[Appraised, ...]
    cost_weight: Exact
    first_without_cost: str
    turns: tuple[tuple[Exact, str], ...]
    scored_by: str


def appraised(given: Appraisal, compared: tuple[Compared, ...]) -> AppraisalResult:
    """The weighted scores. The cost score is 5 times the cheapest total over the option's own."""
    totals = {one.option: one.total_minor for one in compared}
    rows = tuple(_row(given, one, totals) for one in given.options)
    lines = {row.option: _line(given, row) for row in rows}
    order = sorted(rows, key=lambda row: (-row.total, row.option))
    first = _first(lines, Fraction(0))
    return AppraisalResult(
        options=tuple(order),
        cost_weight=given.weight("cost"),
        first_without_cost=first,
        turns=tuple(_turns(lines, first)),
        scored_by=given.scored_by,
    )


def _row(given: Appraisal, one: OptionScores, totals: dict[str, int]) -> Appraised:
    own = totals[one.option]
    cost = Fraction(TOP * min(totals.values()), own) if own else Fraction(TOP)
    scores = (("cost", cost, "from the projection"), *((s.criterion, Fraction(s.score), s.because) for s in one.scores))
    total = sum((given.weight(name) * score for name, score, _ in scores), Fraction(0))
    return Appraised(option=one.option, scores=scores, total=total)


def _line(given: Appraisal, row: Appraised) -> tuple[Fraction, Fraction]:
    """The total as a straight line in the weight of cost: at 0 the others share it all, at 1 only cost counts."""
    cost = row.scores[0][1]
    rest = 1 - given.weight("cost")
    others = sum((given.weight(name) * score for name, score, _ in row.scores[1:]), Fraction(0))
    return (others / rest if rest else Fraction(0)), cost


def _first(lines: dict[str, tuple[Fraction, Fraction]], at: Fraction) -> str:
    return max(sorted(lines), key=lambda name: lines[name][0] * (1 - at) + lines[name][1] * at)


def _turns(lines: dict[str, tuple[Fraction, Fraction]], first: str) -> list[tuple[Fraction, str]]:
    crossings = set()
    for (a0, a1), (b0, b1) in combinations(lines.values(), 2):
        slope = (a1 - a0) - (b1 - b0)
        if slope:
            crossings.add((b0 - a0) / slope)
    found = []
    edges = sorted(at for at in crossings if 0 <= at <= 1)
    for i, at in enumerate(edges):
        after = edges[i + 1] if i + 1 < len(edges) else Fraction(1)
        name = _first(lines, (at + after) / 2)
        if name != first:
            found.append((at, name))
            first = name
    return found
