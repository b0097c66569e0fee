"""Simulation: one contract year settled as often as its figures were drawn, all at once."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from obc.domain.core.kernel.rate import Ints, Ratios
from obc.domain.measurement.indicators.values import ALL
from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.settlement.contract_year import ContractYear
from obc.domain.money.settlement.inputs import GIVEN
from obc.domain.money.settlement.settlement import Settlement, earned, received, settle
from obc.domain.outcomes.framework.framework import Framework
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.judging import Direction, Key
from obc.domain.outcomes.scoring.score import Assessment

_POINTS_OF = "points of "


class Simulation:
    """What a party earns, and what every account receives, run by run, in minor units.

    `known`: whether anything is known of what was earned. `assessment`: the points, where the contract has a framework.
    `others`: what is the same in all runs, as in `inputs_from`. Runs whose inputs are the same are settled once.
    """

    def __init__(
        self,
        mechanism: Mechanism,
        framework: Framework | None,
        figures: Mapping[Key, Evidenced],
        directions: Mapping[str, Direction],
        year: int,
        party: str,
        others: Mapping[str, Evidenced] | None = None,
    ):
        self.assessment = Assessment(framework, figures, directions, year) if framework else None
        self.others = others or {}
        inputs = self._inputs = simulated_inputs(mechanism, self.assessment, figures, self.others)
        self._mechanism, self._year, self._party = mechanism, year, party
        runs = max((len(given) for given in figures.values()), default=1)
        distinct, back = _distinct(inputs, runs)
        alone = range(max((len(given) for given in distinct.values()), default=1))  # no run shares another's pot
        done = evaluate(mechanism, distinct, year, alone)
        amounts, known = earned(done, party)
        back = back if len(done) > 1 else np.zeros(runs, dtype=np.int64)
        self.earned: Ints = amounts[back]
        self.known = np.broadcast_to(known, len(done))[back]
        self.accounts = {account: moved[back] for account, moved in received(done, party).items()}

    def settled(self, run: int, days: ContractYear | None = None) -> Settlement:
        """The settlement of one run, with its entries; `days` dates them."""
        only = {name: taken(given, np.array([run])) for name, given in self._inputs.items()}
        calendar = {self._year: days} if days else None
        return settle(self._mechanism, only, [self._party], [self._year], calendar)[1][0]


def taken(given: Evidenced, places: npt.NDArray[Any]) -> Evidenced:
    """The values at `places`; one that holds for all stays as it is."""
    if len(given) == 1:
        return given
    return Evidenced(given.values.stretched(len(given)).taken(places), given.states[places])


def simulated_inputs(
    mechanism: Mechanism,
    assessment: Assessment | None,
    figures: Mapping[Key, Evidenced],
    others: Mapping[str, Evidenced] | None = None,
) -> dict[str, Evidenced]:
    """The inputs of a mechanism as arrays: what `inputs_from` gives for a single settlement.

    What is still to be reviewed is taken to be met.
    """
    known = _scored(assessment) if assessment else {}
    known |= {item.input: Evidenced.of([1]) for item in mechanism.inputs if item.from_ == "quality"}
    for item in mechanism.inputs:
        if item.from_ == "values" and item.indicator:
            known[item.input] = figures[item.indicator, ALL]
        elif item.from_ in GIVEN:
            known[item.input] = (others or {}).get(item.input, Evidenced.missing())
    strange = [item.input for item in mechanism.inputs if item.input not in known]
    if strange:
        raise ValueError(f"nothing to forecast the input '{strange[0]}' from")
    return {item.input: known[item.input] for item in mechanism.inputs}


def _scored(assessment: Assessment) -> dict[str, Evidenced]:
    known = {
        "points earned": assessment.points,
        "points available": Evidenced.final(assessment.points_available),
    }
    for outcome, share in assessment.share.items():
        known[_POINTS_OF + outcome] = Evidenced(share.values * assessment.available[outcome], share.states)
    for extra in assessment.extras:
        reached = assessment.reached[extra.id]
        known[_POINTS_OF + extra.id] = Evidenced(reached.values * Ratios.of([extra.points]), reached.states)
    return known


def _distinct(inputs: Mapping[str, Evidenced], runs: int) -> tuple[dict[str, Evidenced], npt.NDArray[np.int64]]:
    """Each set of inputs once, and for every run which of them is its own."""
    columns = []
    for given in inputs.values():
        values = given.values.stretched(runs)
        columns += [values.top, values.over, np.broadcast_to(given.states, runs)]
    if not columns or any(column.dtype == object for column in columns):
        return dict(inputs), np.arange(runs)
    _, first, back = np.unique(np.stack(columns, axis=1), axis=0, return_index=True, return_inverse=True)
    return {
        name: Evidenced(given.values.stretched(runs).taken(first), np.broadcast_to(given.states, runs)[first])
        for name, given in inputs.items()
    }, back.reshape(-1)
