"""Evaluation: a mechanism worked through, step by step, for one settlement or for thousands at once."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from obc.domain.core.kernel.figure import Figure
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import ZERO, Ratios
from obc.domain.money.payment.mechanism import NOTHING, YEAR, Mechanism
from obc.domain.money.payment.pool import Pool
from obc.domain.money.payment.settle import RELIEF, Settle
from obc.domain.money.payment.split import Split
from obc.domain.money.payment.total import TOGETHER
from obc.domain.outcomes.scoring.evidenced import Evidenced, code
from obc.domain.outcomes.scoring.step import Operand, Step, found


class Evaluation:
    """The values of all inputs and steps, by name, each an array as long as the settlements are many."""

    def __init__(self, mechanism: Mechanism, years: npt.NDArray[np.int64], rounds: npt.NDArray[np.int64]):
        self.mechanism = mechanism
        self.years = years
        self.rounds = rounds
        self.values: dict[str, Evidenced] = {}
        self._fixed: dict[int, Evidenced] = {}
        self._uses: dict[str, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self.years)

    def __getitem__(self, name: str) -> Evidenced:
        return self.values[name]

    def read(self, operand: Operand) -> Evidenced:
        """An operand's values: what a name stands for, or a number as it holds in each year."""
        if operand.name:
            return self.values[operand.name]
        return self.fixed(operand.fixed)

    def uses(self, step: Step) -> tuple[str, ...]:
        """The inputs and earlier steps that a step works on, each once, in its order."""
        if step.step not in self._uses:
            names = (operand.name for operand in found(step, Operand) if operand.name)
            self._uses[step.step] = tuple(dict.fromkeys(names))
        return self._uses[step.step]

    def lacking(self, name: str, i: int) -> tuple[str, ...]:
        """The inputs for want of which a step has no value in settlement `i`, in the order in which they are met."""
        steps = {step.step: step for step in self.mechanism.steps}
        _, _, whole = name.partition(" of ")  # of a pool or a split
        step = steps.get(name) or steps.get(whole)
        if step is None:
            return (name,) if name in {item.input for item in self.mechanism.inputs} else ()
        unknown = [used for used in self.uses(step) if not self.values[used].state(i).usable]
        return tuple(dict.fromkeys(found for used in unknown for found in self.lacking(used, i)))

    def fixed(self, figure: Figure) -> Evidenced:
        """An agreed number as it holds in each year; not due before the first it holds for."""
        key = id(figure)  # the mechanism outlives its evaluation, and figures never change
        if key not in self._fixed:
            numbers, agreed = figure.at(self.years)
            states = np.where(agreed, code(Evidence.FINAL), code(Evidence.NOT_DUE)).astype(np.int8)
            self._fixed[key] = Evidenced(numbers, states)
        return self._fixed[key]


def evaluate(
    mechanism: Mechanism,
    inputs: Mapping[str, Evidenced],
    years: int | Sequence[int],
    rounds: Sequence[int] | None = None,
    relief: Mapping[tuple[str, int], Fraction] | None = None,
) -> Evaluation:
    """Work through the steps in their order.

    `inputs` by name, in major units of money; one that is absent is missing. Arrays of length one hold for all
    settlements; `years` says for which year each settlement is, `rounds` which of them share totals and pots: those of
    one year, unless said otherwise (a simulation has a round for every draw). `relief`: the part of the
    losses of a settle step and year that is not taken from the party. Raises ValueError for an input of another name.
    """
    strange = inputs.keys() - {item.input for item in mechanism.inputs}
    if strange:
        raise ValueError(f"no input of the mechanism is called {', '.join(sorted(strange))}")
    when = np.atleast_1d(np.asarray(years, dtype=np.int64))
    length = max([len(when), *(len(given) for given in inputs.values())])
    when = np.broadcast_to(when, length)
    shared = when if rounds is None else np.broadcast_to(np.asarray(rounds, dtype=np.int64), length)
    done = Evaluation(mechanism, when, shared)
    done.values[YEAR] = Evidenced.final(Ratios(when, np.ones_like(when)))
    done.values[TOGETHER] = Evidenced.final(Ratios(shared, np.ones_like(shared)))
    done.values[NOTHING] = Evidenced.missing()
    for step in mechanism.steps:
        if isinstance(step, Settle):
            spared = Ratios.of([relief.get((step.step, year), 0) for year in when.tolist()]) if relief else ZERO
            done.values[RELIEF + step.step] = Evidenced.final(spared.stretched(length))
    for item in mechanism.inputs:
        done.values[item.input] = inputs.get(item.input, Evidenced.missing())
    for agreed in mechanism.figures:
        done.values[agreed.figure] = done.fixed(agreed.is_)
    for step in mechanism.steps:
        result = done.values[step.step] = step.work(done.read)
        if isinstance(step, Pool):
            done.values.update(step.parts(done.read, result))
        elif isinstance(step, Split):
            done.values.update(step.parts(result, when))
    return done
