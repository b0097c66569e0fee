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
    way = _Way(done, i)
    return tuple(way.line(step) for step in done.mechanism.steps)


def inputs_of(done: Evaluation, i: int = 0) -> tuple[Traced, ...]:
    """The inputs of the settlement at place `i`."""
    way = _Way(done, i)
    return tuple(way.named(item.input)[0] for item in done.mechanism.inputs)


class _Way:
    """One settlement among many: each name is read, and put into words, once."""

    def __init__(self, done: Evaluation, i: int):
        self.done, self.i = done, i
        self._names: dict[str, tuple[Traced, str]] = {}

    def named(self, name: str) -> tuple[Traced, str]:
        """What a name stands for, and its value as people read it."""
        if name not in self._names:
            value = self.done[name]
            number = value[self.i]
            self._names[name] = Traced(name=name, value=number, evidence=value.state(self.i)), said(number)
        return self._names[name]

    def tell(self, operand: Operand) -> str:
        """An operand as people read it: its name with its value, or the number."""
        if operand.name:
            return f"{operand.name} ({self.named(operand.name)[1]})"
        return said(self.done.read(operand)[self.i])

    def line(self, step: Step) -> TraceLine:
        """One step."""
        result, told = self.named(step.step)
        relief = self.done[RELIEF + step.step][self.i] if isinstance(step, Settle) else None
        relieved = f"; of a loss {spelled(relief * 100)} % is relieved" if relief else ""
        return TraceLine(
            name=step.step,
            value=result.value,
            evidence=result.evidence,
            primitive=str(primitive(step)),
            sentence=f"{step.step} = {step.sentence(self.tell)}{relieved} = {told}",
            uses=tuple(self.named(name)[0] for name in self.done.uses(step)),
            source=step.source,
        )


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
