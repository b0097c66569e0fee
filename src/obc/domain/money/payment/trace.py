"""The trace: how each figure of a settlement came about, one line a step."""

from fractions import Fraction

from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import Exact, spelled
from obc.domain.money.payment.evaluation import Evaluation
from obc.domain.money.payment.mechanism import primitive
from obc.domain.money.payment.settle import RELIEF, Settle
from obc.domain.outcomes.scoring.step import Operand, Step


class Traced(Written):
    """A name with its value and evidence, as it stood in one settlement."""

    name: str
    value: Exact | None
    evidence: Evidence


class TraceLine(Traced):
    """One step of one settlement: what it used, what came out, and the sentence that says so."""

    primitive: str
    sentence: str
    uses: tuple[Traced, ...]
    source: str | None = None


def trace(done: Evaluation, i: int = 0) -> tuple[TraceLine, ...]:
    """The way through the mechanism of the settlement at place `i`."""
    return tuple(_line(done, step, i) for step in done.mechanism.steps)


def inputs_of(done: Evaluation, i: int = 0) -> tuple[Traced, ...]:
    """The inputs of the settlement at place `i`."""
    return tuple(_traced(done, item.input, i) for item in done.mechanism.inputs)


def _line(done: Evaluation, step: Step, i: int) -> TraceLine:
    def tell(operand: Operand) -> str:
        value = said(done.read(operand)[i])
        return f"{operand.name} ({value})" if operand.name else value

    result = done[step.step]
    relief = done[RELIEF + step.step][i] if isinstance(step, Settle) else None
    relieved = f"; of a loss {spelled(relief * 100)} % is relieved" if relief else ""
    return TraceLine(
        name=step.step,
        value=result[i],
        evidence=result.state(i),
        primitive=str(primitive(step)),
        sentence=f"{step.step} = {step.sentence(tell)}{relieved} = {said(result[i])}",
        uses=tuple(_traced(done, name, i) for name in done.uses(step)),
        source=step.source,
    )


def _traced(done: Evaluation, name: str, i: int) -> Traced:
    return Traced(name=name, value=done[name][i], evidence=done[name].state(i))


_SHOWN = 10**6


def said(value: Fraction | None) -> str:
    """A value as people read it: thousands apart; six decimals and `≈` where it goes on."""
    if value is None:
        return "missing"
    top, over = value.as_integer_ratio()
    shown, rest = divmod(abs(top) * _SHOWN, over)
    whole, decimals = divmod(shown + (2 * rest >= over), _SHOWN)
    dot = f".{decimals:06d}".rstrip("0") if decimals else ""
    return f"{'≈' if rest else ''}{'−' if top < 0 else ''}{whole:,}{dot}"
