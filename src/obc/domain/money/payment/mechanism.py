"""The payment mechanism: inputs, and an ordered list of named steps. The order is the contract's to say."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple, Self, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from obc.domain.core.kernel.figure import Figure, Written, WrittenFigure
from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.money.payment.link import Link, misfits
from obc.domain.money.payment.pool import Pool
from obc.domain.money.payment.pooled_budget import PooledBudget
from obc.domain.money.payment.rounding import Round
from obc.domain.money.payment.scale import Scale
from obc.domain.money.payment.settle import Settle
from obc.domain.money.payment.split import Split
from obc.domain.money.payment.total import TOGETHER, Total
from obc.domain.money.payment.withholding import WithholdingClause
from obc.domain.outcomes.scoring.combine import Combine
from obc.domain.outcomes.scoring.compare import Compare
from obc.domain.outcomes.scoring.curve import Curve
from obc.domain.outcomes.scoring.hurdle import Hurdle
from obc.domain.outcomes.scoring.pick import Pick
from obc.domain.outcomes.scoring.step import Name, Operand, Step, found

YEAR, NOTHING = "year", "missing"
"""Names that are always known: the year being settled, and the value that is not there."""

Unit = Literal["money", "rate", "points", "number"]


class Input(Written):
    """What comes in from outside: a figure of the scorecard, an indicator value, a published column, a return.

    Money is in the currency's major unit (pounds). `scorecard` inputs are its points, by name; `values` inputs
    are an indicator of the contract, or come through a mapping under the input's own name. `returns` inputs are what
    the parties hand in for a year, such as open-book costs; `term` inputs the part of a year that the contract runs.
    """

    input: Name
    unit: Unit = "number"
    from_: Literal["scorecard", "values", "quality", "returns", "term"] = "values"
    indicator: Slug | None = Field(default=None, description="the indicator whose value this is")
    expectation: Slug | None = Field(default=None, description="the quality expectation whose last review this is")
    means: str | None = None

    @model_validator(mode="after")
    def _cites(self) -> Self:
        if (self.from_ == "quality") != (self.expectation is not None):
            found = "an expectation" if self.expectation else "no expectation"
            raise wrong(f"{found} in an input from {self.from_}", "write 'from: quality' and 'expectation: …' together")
        return self


class Agreed(Written):
    """A number that the parties agreed, by name, where it is not written into the step that uses it."""

    figure: Name
    unit: Unit = "number"
    is_: WrittenFigure
    source: str | None = None


PRIMITIVES: Mapping[str, type[Step]] = {
    "compare": Compare,
    "curve": Curve,
    "pick": Pick,
    "combine": Combine,
    "hurdle": Hurdle,
    "scale": Scale,
    "round": Round,
    "split": Split,
    "total": Total,
    "pool": Pool,
    "settle": Settle,
}


def primitive(step: Any) -> str | None:
    """The key that says what a step does; None where there is not exactly one."""
    if isinstance(step, Step):
        return type(step).__name__.lower()
    # 'round' is also how a split or a settlement rounds
    keys = [key for key in PRIMITIVES if isinstance(step, dict) and key in step]
    keys = [key for key in keys if key != "round"] or keys
    return keys[0] if len(keys) == 1 else None


AnyStep = Annotated[
    Annotated[Compare, Tag("compare")]
    | Annotated[Curve, Tag("curve")]
    | Annotated[Pick, Tag("pick")]
    | Annotated[Combine, Tag("combine")]
    | Annotated[Hurdle, Tag("hurdle")]
    | Annotated[Scale, Tag("scale")]
    | Annotated[Round, Tag("round")]
    | Annotated[Split, Tag("split")]
    | Annotated[Total, Tag("total")]
    | Annotated[Pool, Tag("pool")]
    | Annotated[Settle, Tag("settle")],
    Discriminator(
        primitive,
        custom_error_type="wrong",
        custom_error_message="{found}; {expected}",
        custom_error_context={
            "found": "a step that does not say what it does, or says several things",
            "expected": f"give it one of the keys {', '.join(PRIMITIVES)}",
        },
    ),
]


class _Placed(NamedTuple):
    """A step as written, with the names that the steps above it leave."""

    given: Any
    known: tuple[str, ...]


def _place(given: Any, info: ValidationInfo) -> Any:
    if not isinstance(given, list | tuple) or not {"inputs", "figures"} <= info.data.keys():
        return given
    known = [YEAR, NOTHING, *(item.input for item in info.data["inputs"])]
    known += [item.figure for item in info.data["figures"]]
    placed = []
    for step in given:
        placed.append(_Placed(step, tuple(known)))
        known += _names_left(step)
    return placed


def _names_left(step: Any) -> Iterator[str]:
    """The names that later steps may use, read before anything is validated."""
    name = step.step if isinstance(step, Step) else step.get("step") if isinstance(step, dict) else None
    if isinstance(name, str):
        yield name
        if primitive(step) == "pool":
            yield from (f"size of {name}", f"unearned of {name}")
        if primitive(step) == "split":
            between = step.between if isinstance(step, Split) else step.get("between")
            for share in between if isinstance(between, list | tuple) else []:
                account = share.get("account") if isinstance(share, dict) else getattr(share, "account", None)
                yield f"{account} of {name}"


def _in_place(placed: Any, handler: ValidatorFunctionWrapHandler) -> Step:
    given, known = placed if isinstance(placed, _Placed) else (placed, None)
    step: Step = handler(given)
    if known is not None:
        wrongs = [*_unknown(step, known), *_unsourced(step, step.source)]
        if wrongs:
            raise wrong("; ".join(what for what, _ in wrongs), "; ".join(dict.fromkeys(cure for _, cure in wrongs)))
    return step


def _unknown(step: Step, known: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if step.step in (*known, TOGETHER):
        yield f"a second '{step.step}'", "give every input and step a name of its own"
    for name in dict.fromkeys(operand.name for operand in found(step, Operand) if operand.name):
        if name not in known:
            yield f"'{name}', which no input or step above is called", f"use one of {', '.join(known)}"


def _unsourced(node: Step | Agreed | Link | PooledBudget, source: str | None) -> Iterator[tuple[str, str]]:
    """Numbers that change what is paid, and do not say who agreed them. 0, 1 and −1 are no terms of a contract."""
    for figure in found(node, Figure):
        values = {entry.value for entry in figure.history}
        if values - {-1, 0, 1} and not figure.sourced() and not source:
            yield f"the number {figure} without a source", "add 'source: …' ('illustrative' where there is none)"


Sourced = TypeVar("Sourced", Agreed, Link, PooledBudget)


def _sourced(given: Sourced) -> Sourced:
    for what, cure in _unsourced(given, given.source):
        raise wrong(what, cure)
    return given


class Mechanism(Written):
    """How points, values and amounts become money: a commissioner and a provider can both read it, in order."""

    inputs: tuple[Input, ...] = ()
    figures: tuple[Annotated[Agreed, AfterValidator(_sourced)], ...] = ()
    pooled_budgets: tuple[Annotated[PooledBudget, AfterValidator(_sourced)], ...] = ()
    links: tuple[Annotated[Link, AfterValidator(_sourced)], ...] = ()
    withholding: WithholdingClause | None = None
    steps: Annotated[
        tuple[Annotated[AnyStep, WrapValidator(_in_place)], ...], BeforeValidator(_place), Field(min_length=1)
    ]

    @model_validator(mode="after")
    def _ends_in_money(self) -> Self:
        names = [*(item.input for item in self.inputs), *(item.figure for item in self.figures)]
        if len(set(names)) < len(names) or {YEAR, NOTHING, TOGETHER} & set(names):
            raise wrong("a name given twice, or 'year' or 'missing'", "give every input and figure a name of its own")
        settled = {step.settle.name for step in self.steps if isinstance(step, Settle)}
        if not settled:
            raise wrong("a mechanism that settles nothing", "end it with a 'settle' step")
        pools = {step.step for step in self.steps if isinstance(step, Pool)}
        for i, step in enumerate(self.steps):
            if isinstance(step, Pool) and step.step not in settled:
                raise wrong(f"a pool that nobody empties: '{step.step}'", f"add a step 'settle: {step.step}'")
            if isinstance(step, Settle) and step.instalments and step.settle.name in pools:
                cure = "settle what is paid on account and the pool in steps of their own"
                raise wrong(f"instalments of the pool '{step.settle.name}'", cure, "steps", i, "instalments")
        for place, what, cure in misfits(self.links, [step.step for step in self.steps if isinstance(step, Settle)]):
            raise wrong(what, cure, "links", place)
        budgets = [budget.account for budget in self.pooled_budgets]
        if len(set(budgets)) < len(budgets):
            raise wrong("a pooled budget named twice", "give each a name of its own", "pooled budgets")
        return self
