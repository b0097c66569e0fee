"""Lines: what each settle step moves from which accounts to which, in every settlement at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from obc.domain.core.kernel.rate import Flags, Ints
from obc.domain.money.payment.evaluation import Evaluation
from obc.domain.money.payment.link import passed_on
from obc.domain.money.payment.pool import Pool, Redistributed, Reinvested
from obc.domain.money.payment.redistribution import redistributed
from obc.domain.money.payment.rounding import PENNY
from obc.domain.money.payment.settle import Every, Settle
from obc.domain.money.payment.split import PARTY, Share, minor, pennies, sole
from obc.domain.outcomes.scoring.evidenced import Evidenced, weakest

RESIDUAL = "unearned"
"""How the reasons of entries begin that empty a pot of what was not earned."""
PASSED_ON = "passed on: "
"""How the reasons of entries begin that take money on down the links."""

Side = tuple[tuple[str, Ints], ...]


class Flow(NamedTuple):
    """Whole pennies from some accounts to others, in every settlement at once; `every`: in instalments."""

    reason: str
    sources: Side
    targets: Side
    every: Every | None = None


class Line(NamedTuple):
    """What one settle step moves, on its evidence. `pot` and `earned` are None where it does not settle a pool.

    A step that pays in instalments has two lines: what is paid on account, and the balance.
    """

    step: Settle
    result: Evidenced
    known: Flags
    flows: tuple[Flow, ...]
    pot: Ints | None = None
    earned: Ints | None = None

    @property
    def name(self) -> str:
        """What people call it: the step, and which part of it where it pays in instalments."""
        return (
            self.step.step + self.flows[0].reason.removeprefix(self.step.reason) if self.pot is None else self.step.step
        )


def lines_of(done: Evaluation, parties: Sequence[str], order: Sequence[int] | None = None) -> list[Line]:
    """The lines of all settle steps; `parties` are those that are settled with, one a settlement.

    `order`: places of the settlements, for pennies left over where a rest is redistributed.
    """
    lines = [line for step in done.mechanism.steps if isinstance(step, Settle) for line in _lines(done, step, order)]
    return [line._replace(flows=(*line.flows, *_passing_on(done, line, parties))) for line in lines]


def received(flows: Iterable[Flow], accounts: Sequence[str], many: int) -> Ints:
    """What accounts receive less what they give."""
    total = np.zeros(many, dtype=np.int64)
    for flow in flows:
        for sign, side in ((-1, flow.sources), (1, flow.targets)):
            for account, amounts in side:
                if account in accounts:
                    total = total + sign * amounts
    return total


def _lines(done: Evaluation, step: Settle, order: Sequence[int] | None) -> Iterator[Line]:
    pool = next((one for one in done.mechanism.steps if isinstance(one, Pool) and one.step == step.settle.name), None)
    result = _stretched(done, done[step.step])
    amount = minor(result.values)

    def flow(reason: str, sources: Sequence[Share], targets: Sequence[Share], amounts: Ints) -> Flow:
        return Flow(reason, _side(done, sources, amounts), _side(done, targets, amounts))

    advance = step.on_account(done.read)
    if advance is not None and step.instalments is not None:
        advance = _stretched(done, advance)
        paid = flow(f"{step.reason}, on account", step.paid_by, step.paid_to, minor(advance.values))
        yield Line(step, advance, advance.known, (paid._replace(every=step.instalments.every),))
        balance = Evidenced(result.values - advance.values, weakest(result, advance))
        still = flow(f"{step.reason}, the balance", step.paid_by, step.paid_to, minor(balance.values))
        yield Line(step, balance, balance.known, (still,))
        return
    if pool is None:
        yield Line(step, result, result.known, (flow(step.reason, step.paid_by, step.paid_to, amount),))
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
    yield Line(step, result, result.known, tuple(flows), held, amount)


def _side(done: Evaluation, shares: Sequence[Share], amounts: Ints) -> Side:
    """Each account's part; for a pooled budget those of the commissioners that fill it."""
    filled = {budget.account: budget.filled_by for budget in done.mechanism.pooled_budgets}
    side: list[tuple[str, Ints]] = []
    for share, part in zip(shares, pennies(amounts, shares, done.years), strict=True):
        by = filled.get(share.account) or sole(share.account)
        side += zip((one.account for one in by), pennies(part, by, done.years), strict=True)
    return tuple(side)


def _passing_on(done: Evaluation, line: Line, parties: Sequence[str]) -> Iterator[Flow]:
    """What the line's money does down the links. The mechanism lists links to a party above those from it."""
    links = [link for link in done.mechanism.links if link.carries(line.step.step)]
    flows = list(line.flows)
    for giver in dict.fromkeys(link.from_ for link in links):
        own = [link for link in links if link.from_ == giver]
        settled_with = np.array([party == giver for party in parties])
        amounts = received(flows, (giver,), len(parties))
        amounts = amounts + np.where(settled_with, received(flows, (PARTY,), len(parties)), 0)
        parts = passed_on(amounts, own, done.years)
        total = sum(parts, np.zeros_like(amounts))
        going = tuple((link.to, part) for link, part in zip(own, parts, strict=True))
        reason = line.flows[0].reason if line.pot is None else line.step.reason
        flow = Flow(f"{PASSED_ON}{reason}", ((giver, total),), going, line.flows[0].every)
        flows.append(flow)
        yield flow


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
