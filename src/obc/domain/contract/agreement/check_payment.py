"""Whether the payment mechanism pays parties that there are, for indicators that there are."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import At, Finding, not_found
from obc.domain.money.payment.mechanism import Input, Mechanism
from obc.domain.money.payment.pool import Pool, Reinvested
from obc.domain.money.payment.settle import PAYER, Settle
from obc.domain.money.payment.split import PARTY, Share, Split

FILE = "payment.yaml"


def payment_findings(parts: Parts) -> Iterator[Finding]:
    """Everything in the mechanism that speaks of something that is nowhere."""
    mechanism = parts.mechanism
    if mechanism is None:
        return
    for i, item in enumerate(mechanism.inputs):
        at: At = ("inputs", i)
        if item.from_ == "scorecard":
            yield from _from_scorecard(item, at, parts)
        elif item.indicator is not None:
            if item.indicator not in {definition.id for definition in parts.definitions}:
                yield not_found(FILE, (*at, "indicator"), item.indicator, "indicator", parts.indicators)
        elif parts.published is None and "values.yaml" not in parts.unread:
            found = f"the input '{item.input}', which nothing fills"
            expected = "name its indicator, write 'from: scorecard', or give it a column in values.yaml"
            yield Finding(file=FILE, at=at, found=found, expected=expected)
    yield from _strangers(parts, mechanism)


def _from_scorecard(item: Input, at: At, parts: Parts) -> Iterator[Finding]:
    """A scorecard has points earned, points available, and points of each outcome and additional item."""
    if parts.framework is None:
        if "framework.yaml" not in parts.unread:
            found = f"'{item.input}' from a scorecard, but no framework.yaml"
            expected = "write framework.yaml, or take the input from values"
            yield Finding(file=FILE, at=(*at, "from"), found=found, expected=expected)
        return
    scored = [outcome.id for outcome in parts.framework.outcomes] + [extra.id for extra in parts.framework.additional]
    known = ("points earned", "points available", *(f"points of {one}" for one in scored))
    if item.input not in known:
        stranger = not_found(FILE, (*at, "input"), item.input, "scorecard's input", known)
        rests_on = tuple(("framework.yaml", (part, "*")) for part in ("outcomes", "additional"))
        ids = tuple(("framework.yaml", ("outcomes", i, "id")) for i in range(len(parts.framework.outcomes)))
        yield stranger.model_copy(update={"rests_on": (*rests_on, *ids)})


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
