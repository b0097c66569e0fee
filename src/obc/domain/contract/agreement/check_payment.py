"""Whether the payment mechanism pays parties that there are, for indicators that there are."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import At, Finding, not_found
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.money.payment.pool import Pool, Reinvested
from obc.domain.money.payment.settle import PAYER, Settle
from obc.domain.money.payment.split import PARTY, Share, Split

FILE = "payment.yaml"


def payment_findings(parts: Parts) -> Iterator[Finding]:
    """Everything in the mechanism that speaks of something that is nowhere."""
    mechanism = parts.mechanism
    if mechanism is None:
        return
    defined = {definition.id for definition in parts.definitions}
    for i, item in enumerate(mechanism.inputs):
        if item.indicator is not None and item.indicator not in defined:
            yield not_found(FILE, ("inputs", i, "indicator"), item.indicator, "indicator", parts.indicators)
        if item.from_ == "scorecard" and parts.framework is None and "framework.yaml" not in parts.unread:
            found = f"'{item.input}' from a scorecard, but no framework.yaml"
            expected = "write framework.yaml, or take the input from values"
            yield Finding(file=FILE, at=("inputs", i, "from"), found=found, expected=expected)
    yield from _strangers(parts, mechanism)


def _strangers(parts: Parts, mechanism: Mechanism) -> Iterator[Finding]:
    """Accounts that are no party, no pool and no service. A service is an account that has a title."""
    if parts.agreement is None:
        return
    pools = {step.step for step in mechanism.steps if isinstance(step, Pool)}
    titled = {share.account for _, share in _shares(mechanism) if share.title}
    known = {PARTY, PAYER, *parts.agreement.party_ids}
    for at, share in _shares(mechanism):
        if share.account not in known | pools | titled:
            stranger = not_found(FILE, at, share.account, "party", tuple(sorted(known)))
            expected = f"{stranger.expected}; for a service add its title"
            rests_on = (("contract.yaml", ("parties",)), ("contract.yaml", ("commissioners",)))
            yield stranger.model_copy(update={"expected": expected, "rests_on": rests_on})


def _shares(mechanism: Mechanism) -> Iterator[tuple[At, Share]]:
    """Every account that money goes through, and where the file says so."""
    for i, step in enumerate(mechanism.steps):
        named: list[tuple[str, tuple[Share, ...]]] = []
        if isinstance(step, Settle):
            named += [("paid by", step.paid_by), ("paid to", step.paid_to)]
        if isinstance(step, Split):
            named.append(("between", step.between))
        if isinstance(step, Pool) and isinstance(step.unearned, Reinvested):
            named.append(("unearned", step.unearned.reinvested_in))
        for key, shares in named:
            at: At = ("steps", i, key) if key != "unearned" else ("steps", i, key, "reinvested in")
            for k, share in enumerate(shares):
                yield (*at, k, "account"), share
