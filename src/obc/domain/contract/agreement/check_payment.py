"""Whether the payment mechanism has known parties pay known parties, for indicators that there are."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import At, Finding, not_found
from obc.domain.money.payment.mechanism import Input, Mechanism
from obc.domain.money.payment.pool import Pool, Reinvested
from obc.domain.money.payment.settle import PAYER, Settle
from obc.domain.money.payment.split import PARTY, Share, Split
from obc.domain.money.settlement.contract_year import BY_DAYS, BY_QUARTERS

FILE = "payment.yaml"
RESTS_ON: tuple[tuple[str, At], ...] = (("contract.yaml", ("parties",)), ("contract.yaml", ("commissioners",)))


def payment_findings(parts: Parts) -> Iterator[Finding]:
    """Everything in the mechanism that speaks of something that is nowhere."""
    mechanism = parts.mechanism
    if mechanism is None:
        return
    for i, item in enumerate(mechanism.inputs):
        at: At = ("inputs", i)
        if item.from_ == "scorecard":
            yield from _from_scorecard(item, at, parts)
        elif item.expectation is not None:
            known = parts.quality.ids if parts.quality else ()
            if item.expectation not in known and "quality.yaml" not in parts.unread:
                stranger = not_found(FILE, (*at, "expectation"), item.expectation, "quality expectation", known)
                yield stranger.model_copy(update={"rests_on": ((FILE, at), ("quality.yaml", ("expectations",)))})
        elif item.from_ == "term":
            if item.input not in (BY_DAYS, BY_QUARTERS):
                yield not_found(FILE, (*at, "input"), item.input, "input from the term", (BY_DAYS, BY_QUARTERS))
        elif item.from_ == "returns":
            if parts.published is not None:
                found = f"'{item.input}' from returns, in a contract that is settled from the columns of values.yaml"
                expected = "leave out 'from', and give it a column there"
                yield Finding(file=FILE, at=(*at, "from"), found=found, expected=expected)
        elif item.indicator is not None:
            if item.indicator not in {definition.id for definition in parts.definitions}:
                yield not_found(FILE, (*at, "indicator"), item.indicator, "indicator", parts.indicators)
        elif parts.published is None and "values.yaml" not in parts.unread:
            found = f"the input '{item.input}', which nothing fills"
            expected = (
                "name its indicator, write 'from: scorecard' or 'from: returns', or give it a column in values.yaml"
            )
            yield Finding(file=FILE, at=at, found=found, expected=expected)
    yield from _strangers(parts, mechanism)
    yield from _links(parts, mechanism)


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
    agreement = parts.agreement
    if agreement is None:
        return
    pools = {step.step for step in mechanism.steps if isinstance(step, Pool)}
    budgets = tuple(budget.account for budget in mechanism.pooled_budgets)
    titled = {share.account for _, share in _shares(mechanism) if share.title}
    known = {PARTY, PAYER, *budgets, *agreement.party_ids}
    for at, share in _shares(mechanism):
        if share.account not in known | pools | titled:
            stranger = not_found(FILE, at, share.account, "party", tuple(sorted(known)))
            expected = f"{stranger.expected}; for a service add its title"
            yield stranger.model_copy(update={"expected": expected, "rests_on": RESTS_ON})
        elif share.account == PAYER and len(agreement.commissioners) > 1:
            several = ", ".join(one.id for one in agreement.commissioners)
            expected = f"write 'paid by' with the shares of {several}, or of a pooled budget that they fill"
            found = f"'{PAYER}', of whom there are {len(agreement.commissioners)}"
            yield Finding(file=FILE, at=at, found=found, expected=expected, rests_on=RESTS_ON)
    for i, budget in enumerate(mechanism.pooled_budgets):
        for k, share in enumerate(budget.filled_by):
            if share.account not in agreement.party_ids and not share.title:
                at = ("pooled budgets", i, "filled by", k, "account")
                stranger = not_found(FILE, at, share.account, "commissioner", agreement.party_ids)
                yield stranger.model_copy(update={"rests_on": RESTS_ON})


def _links(parts: Parts, mechanism: Mechanism) -> Iterator[Finding]:
    """Links between those who are no parties, and subcontractors to whom nothing flows though it flows to others."""
    agreement = parts.agreement
    if agreement is None or agreement.parties.from_values or not mechanism.links:
        return
    for i, link in enumerate(mechanism.links):
        for key, name in (("from", link.from_), ("to", link.to)):
            if name not in agreement.party_ids:
                stranger = not_found(FILE, ("links", i, key), name, "party", agreement.party_ids)
                yield stranger.model_copy(update={"rests_on": RESTS_ON})
    reached = {link.to for link in mechanism.links}
    for provider in agreement.providers:
        if provider.role == "subcontractor" and provider.id not in reached:
            found = f"no link to '{provider.id}', a subcontractor"
            expected = f"add '- {{from: …, to: {provider.id}, share: …}}', or leave it out of the parties"
            yield Finding(file=FILE, at=("links",), found=found, expected=expected, rests_on=RESTS_ON)


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
    clause = mechanism.withholding
    for k, share in enumerate(clause.retained_by if clause else ()):
        yield ("withholding", "retained by", k, "account"), share
