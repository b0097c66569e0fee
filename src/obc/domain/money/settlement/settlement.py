"""Settlement: what a party is due for a year, to the penny, with the entries that move it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict

from obc.domain.core.kernel.money import Minor
from obc.domain.core.kernel.provenance import Evidence
from obc.domain.core.kernel.rate import Flags, Ints
from obc.domain.money.payment.evaluation import Evaluation, evaluate
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.pool import Pool, Redistributed, Reinvested
from obc.domain.money.payment.redistribution import redistributed
from obc.domain.money.payment.rounding import PENNY
from obc.domain.money.payment.settle import Settle
from obc.domain.money.payment.split import PARTY, Share, minor, pennies, sole
from obc.domain.money.settlement.ledger import Entry, balances
from obc.domain.outcomes.scoring.evidenced import Evidenced

RESIDUAL = "unearned"
"""How the reasons of entries begin that empty a pot of what was not earned."""


class Settlement(BaseModel):
    """One party's year.

    pot = earned + unearned + held, to the penny; `held` is what a dispute freezes. Without a pot in the mechanism, the
    pot is what was earned. `payable` is what the party receives on balance, negative where it owes. A line whose
    evidence is not usable moves nothing; where that leaves nothing known, the amount is None, never 0. `evidence` is
    that of the weakest line.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    party: str
    year: int
    pot_minor: Minor | None
    earned_minor: Minor | None
    unearned_minor: Minor | None
    held_minor: Minor = 0
    payable_minor: Minor | None
    evidence: Evidence
    entries: tuple[Entry, ...]


def settle(
    mechanism: Mechanism, inputs: Mapping[str, Evidenced], parties: Sequence[str], years: Sequence[int]
) -> tuple[Evaluation, tuple[Settlement, ...]]:
    """Settle each party for the year beside it; inputs are arrays as long as `parties`, or of length one.

    Raises ValueError where a party and year stand twice, or parties, years and inputs differ in number.
    """
    if len(set(zip(parties, years, strict=True))) < len(parties):
        raise ValueError("a party is settled once a year, and one is named twice")
    done = evaluate(mechanism, inputs, years)
    if len(done) != len(parties):
        raise ValueError(f"{len(done)} sets of inputs for {len(parties)} parties")
    lines = _all_lines(done, sorted(range(len(parties)), key=parties.__getitem__))
    return done, tuple(_settlement(lines, i, party, int(done.years[i])) for i, party in enumerate(parties))


def received(done: Evaluation, party: str) -> dict[str, Ints]:
    """What each account receives less what it gives, in every settlement of `party` at once; see `settle`."""
    result: dict[str, Ints] = {}
    for line in _all_lines(done):
        for flow in line.flows:
            for sign, side in ((-1, flow.sources), (1, flow.targets)):
                for account, amounts in side:
                    name = party if account == PARTY else account
                    result[name] = result.get(name, np.zeros_like(amounts)) + sign * np.where(line.known, amounts, 0)
    return result


def earned(done: Evaluation, party: str) -> tuple[Ints, Flags]:
    """What `Settlement.earned_minor` says, in every settlement at once, and where it is known."""
    lines = _all_lines(done)
    pots = [line for line in lines if line.earned is not None]
    nothing = np.zeros(len(done), dtype=np.int64)
    if not pots:
        known = np.logical_or.reduce([line.known for line in lines])
        return np.maximum(received(done, party).get(party, nothing), 0), known
    amounts = sum((np.where(line.known, line.earned, 0) for line in pots if line.earned is not None), nothing)
    return amounts, np.logical_or.reduce([line.known for line in pots])


class _Flow(NamedTuple):
    """Whole pennies from some accounts to others, in every settlement at once."""

    reason: str
    sources: tuple[tuple[str, Ints], ...]
    targets: tuple[tuple[str, Ints], ...]


class _Line(NamedTuple):
    """What one settle step moves. `pot` and `earned` are None where it does not settle a pool."""

    step: str
    result: Evidenced
    known: Flags
    flows: tuple[_Flow, ...]
    pot: Ints | None
    earned: Ints | None


def _all_lines(done: Evaluation, order: Sequence[int] | None = None) -> list["_Line"]:
    return [line for step in done.mechanism.steps if isinstance(step, Settle) for line in _lines(done, step, order)]


def _lines(done: Evaluation, step: Settle, order: Sequence[int] | None) -> Iterator[_Line]:
    pool = next((one for one in done.mechanism.steps if isinstance(one, Pool) and one.step == step.settle.name), None)
    result = _stretched(done, done[step.step])
    amount = minor(result.values)

    def flow(reason: str, sources: Sequence[Share], targets: Sequence[Share], amounts: Ints) -> _Flow:
        ways = [
            tuple(zip((share.account for share in shares), pennies(amounts, shares, done.years), strict=True))
            for shares in (sources, targets)
        ]
        return _Flow(reason, *ways)

    if pool is None:
        direct = flow(step.reason, step.paid_by, step.paid_to, amount)
        yield _Line(step.step, result, result.known, (direct,), None, None)
        return
    size = _stretched(done, done[f"size of {pool.step}"]).values.rounded(PENNY, step.round)
    held = minor(size)
    pot, rest = sole(pool.step), held - amount
    flows = [flow("set aside", step.paid_by, pot, held), flow(step.reason, pot, step.paid_to, amount)]
    if isinstance(pool.unearned, Redistributed):
        weights = done.read(pool.unearned.redistributed_by)
        weights = Evidenced(weights.values, np.minimum(weights.states, result.states))
        parts, rest = redistributed(np.where(result.known, rest, 0), weights, done.rounds, order)
        common = sole(f"{pool.step} redistributed")
        flows.append(flow(f"{RESIDUAL}, redistributed", pot, common, held - amount - rest))
        flows.append(flow("share of what was not earned", common, step.paid_to, parts))
    reason, target = _residual(pool, step)
    flows.append(flow(reason, pot, target, rest))
    yield _Line(step.step, result, result.known, tuple(flows), held, amount)


def _residual(pool: Pool, step: Settle) -> tuple[str, Sequence[Share]]:
    match pool.unearned:
        case "over to next year":
            return f"{RESIDUAL}, carried over", sole(f"{pool.step} carried over")
        case Reinvested(reinvested_in=services):
            return f"{RESIDUAL}, reinvested", services
        case _:
            return f"{RESIDUAL}, returned", step.paid_by


def _stretched(done: Evaluation, value: Evidenced) -> Evidenced:
    return Evidenced(value.values.stretched(len(done)), value.states)


def _settlement(lines: Sequence[_Line], i: int, party: str, year: int) -> Settlement:
    known = [line for line in lines if line.known[i]]
    entries = tuple(_entries(known, i, party, year))
    payable = balances(entries).get(party, 0) if known else None
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
        evidence=Evidence.weakest(*(line.result.state(i) for line in lines)),
        entries=entries,
    )


def _entries(lines: Sequence[_Line], i: int, party: str, year: int) -> Iterator[Entry]:
    for line in lines:
        for flow in line.flows:
            sources, targets = (
                [(party if account == PARTY else account, int(amounts[i])) for account, amounts in side]
                for side in (flow.sources, flow.targets)
            )
            for credit, debit, amount in matched(sources, targets):
                if amount < 0:  # owed the other way round
                    credit, debit = debit, credit
                yield Entry(
                    party=party,
                    year=year,
                    line=line.step,
                    debit=debit,
                    credit=credit,
                    amount_minor=abs(amount),
                    reason=flow.reason,
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
