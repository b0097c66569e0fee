"""Settlement: what a party is due for a year, to the penny, with the entries that move it."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np
from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import Minor
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import Flags, Ints
from obc.domain.money.payment.evaluation import Evaluation, evaluate
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.split import PARTY
from obc.domain.money.settlement.contract_year import ContractYear
from obc.domain.money.settlement.ledger import Entry, balances
from obc.domain.money.settlement.lines import PASSED_ON, Line, lines_of
from obc.domain.money.settlement.lines import received as received_in
from obc.domain.outcomes.scoring.evidenced import Evidenced


class Unsettled(BaseModel):
    """A line that moved nothing, because too little is known; `wants` are the inputs that are missing or in dispute."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: str
    wants: tuple[str, ...]


class Settlement(BaseModel):
    """One party's year.

    pot = earned + unearned + held, to the penny; `held` is what a dispute freezes. Without a pot in the mechanism, the
    pot is what was earned. `payable` is what the party receives on balance, negative where it owes; `passed_on` is what
    of it goes on down the links; `withheld` is what a sanction keeps back of it for now. A line whose evidence is not
    usable moves nothing; where that leaves nothing known, the amount is None, never 0. `evidence` is that of the
    weakest line; `unsettled` are the lines that wait.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    party: str
    year: int
    pot_minor: Minor | None
    earned_minor: Minor | None
    unearned_minor: Minor | None
    held_minor: Minor = 0
    payable_minor: Minor | None
    passed_on_minor: Minor = 0
    withheld_minor: Minor = 0
    evidence: Evidence
    unsettled: tuple[Unsettled, ...] = ()
    entries: tuple[Entry, ...]


def settle(
    mechanism: Mechanism,
    inputs: Mapping[str, Evidenced],
    parties: Sequence[str],
    years: Sequence[int],
    days: Mapping[int, ContractYear] | None = None,
    relief: Mapping[tuple[str, int], Fraction] | None = None,
) -> tuple[Evaluation, tuple[Settlement, ...]]:
    """Settle each party for the year beside it; inputs are arrays as long as `parties`, or of length one.

    `days`: when the contract runs in a year, which dates the entries; `relief`: see `evaluate`. Raises ValueError
    where a party and year stand twice, or parties, years and inputs differ in number.
    """
    if len(set(zip(parties, years, strict=True))) < len(parties):
        raise ValueError("a party is settled once a year, and one is named twice")
    done = evaluate(mechanism, inputs, years, relief=relief)
    if len(done) != len(parties):
        raise ValueError(f"{len(done)} sets of inputs for {len(parties)} parties")
    lines = lines_of(done, parties, sorted(range(len(parties)), key=parties.__getitem__))
    calendar = days or {}
    return done, tuple(
        _settlement(done, lines, i, party, year, calendar.get(year))
        for i, (party, year) in enumerate(zip(parties, done.years.tolist(), strict=True))
    )


def received(done: Evaluation, party: str) -> dict[str, Ints]:
    """What each account receives less what it gives, in every settlement of `party` at once; see `settle`."""
    result: dict[str, Ints] = {}
    for line in lines_of(done, [party] * len(done)):
        for flow in line.flows:
            for sign, side in ((-1, flow.sources), (1, flow.targets)):
                for account, amounts in side:
                    name = party if account == PARTY else account
                    result[name] = result.get(name, np.zeros_like(amounts)) + sign * np.where(line.known, amounts, 0)
    return result


def earned(done: Evaluation, party: str) -> tuple[Ints, Flags]:
    """What `Settlement.earned_minor` says, in every settlement at once, and where it is known."""
    lines = lines_of(done, [party] * len(done))
    pots = [line for line in lines if line.earned is not None]
    nothing = np.zeros(len(done), dtype=np.int64)
    if not pots:
        due = nothing
        for line in lines:
            flows = [flow for flow in line.flows if not flow.reason.startswith(PASSED_ON)]
            due = due + np.where(line.known, received_in(flows, (party, PARTY), len(done)), 0)
        return np.maximum(due, 0), np.logical_or.reduce([line.known for line in lines])
    amounts = sum((np.where(line.known, line.earned, 0) for line in pots if line.earned is not None), nothing)
    return amounts, np.logical_or.reduce([line.known for line in pots])


def due_to(party: str, entries: Sequence[Entry]) -> tuple[int, int]:
    """What a party receives on balance, before what it passes on down the links; and what it passes on."""
    passed = balances(entry for entry in entries if entry.reason.startswith(PASSED_ON)).get(party, 0)
    return balances(entries).get(party, 0) - passed, -passed


def _settlement(
    done: Evaluation, lines: Sequence[Line], i: int, party: str, year: int, days: ContractYear | None
) -> Settlement:
    known = [line for line in lines if line.known[i]]
    entries = tuple(_entries(known, i, party, year, days))
    due, passed = due_to(party, entries)
    payable = due if known else None
    pots = [line for line in lines if line.pot is not None]
    pot: int | None = sum(int(line.pot[i]) for line in known if line.pot is not None)
    earned: int | None = sum(int(line.earned[i]) for line in known if line.earned is not None)
    if not pots:
        pot = earned = None if payable is None else max(payable, 0)
    elif not any(line.known[i] for line in pots):
        pot = earned = None
    return Settlement(
        party=party,
        year=year,
        pot_minor=pot,
        earned_minor=earned,
        unearned_minor=None if pot is None or earned is None else pot - earned,
        payable_minor=payable,
        passed_on_minor=passed,
        evidence=Evidence.weakest(*(line.result.state(i) for line in lines)),
        unsettled=tuple(
            Unsettled(line=line.name, wants=done.lacking(line.step.step, i))
            for line in lines
            if not line.known[i] and line.result.state(i) != Evidence.NOT_DUE
        ),
        entries=entries,
    )


def _entries(lines: Sequence[Line], i: int, party: str, year: int, days: ContractYear | None) -> Iterator[Entry]:
    for line in lines:
        for flow in line.flows:
            sources, targets = (
                [(party if account == PARTY else account, int(amounts[i])) for account, amounts in side]
                for side in (flow.sources, flow.targets)
            )
            for credit, debit, amount in matched(sources, targets):
                if amount < 0:  # owed the other way round
                    credit, debit = debit, credit
                for due, part in days.dated(abs(amount), flow.every) if days else [(None, abs(amount))]:
                    if part:
                        yield Entry(
                            party=party,
                            year=year,
                            line=line.step.step,
                            debit=debit,
                            credit=credit,
                            amount_minor=part,
                            reason=flow.reason,
                            due=due,
                        )


def matched(sources: Sequence[tuple[str, int]], targets: Sequence[tuple[str, int]]) -> Iterator[tuple[str, str, int]]:
    """(from, to, amount) so that every source gives and every target gets its own amount, in their order.

    Both sides add up to the same, and all amounts have the same sign; nothing moves where there is nothing.
    """
    left = list(sources)
    for target, wanted in targets:
        while wanted:
            account, given = left[0]
            part = min(given, wanted, key=abs)
            if part:
                yield account, target, part
            wanted -= part
            left[0] = account, given - part
            if left[0][1] == 0:
                left.pop(0)
