"""Whether the finance file fits the rest of the contract: who provides, which segments, which years."""

from collections.abc import Iterator

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import TERM, At, Finding, not_found
from obc.domain.core.kernel.period import Period
from obc.domain.money.finance.amount import label, minor, thousands
from obc.domain.money.finance.finance import Finance

FILE = "finance.yaml"
_APRIL = 4


def finance_findings(parts: Parts) -> Iterator[Finding]:
    """Providers who are no party, segments that are nowhere, and a case whose years end before the contract begins."""
    finance = parts.finance
    if finance is None:
        return
    if parts.agreement is not None and not parts.agreement.parties.from_values:
        parties = parts.agreement.party_ids
        for at, name in _providers(finance):
            if name not in parties:
                yield not_found(FILE, at, name, "party", parties)
    if parts.segmentation is not None and finance.capitation is not None:
        segments = tuple(segment.id for segment in parts.segmentation.segments)
        for i, segment in enumerate(finance.capitation.segments):
            if segment.segment not in segments:
                yield not_found(FILE, ("capitation", "segments", i, "segment"), segment.segment, "segment", segments)
    yield from _years_apart(parts, finance)
    yield from _saved_beyond_cost(finance)


def _saved_beyond_cost(finance: Finance) -> Iterator[Finding]:
    """More saved than spent: clusters dearer than the services they fund, and savings above the grown cost."""
    rests_on: tuple[tuple[str, At], ...] = ((FILE, ("services",)), (FILE, ("savings",)), (FILE, ("growth",)))
    funded, modelled = finance.cluster_funded, sum(one.cost for one in finance.savings.clusters)
    if modelled > funded:
        found = f"clusters that cost {thousands(modelled):,}k of {thousands(funded):,}k"
        expected = "lower spells or unit costs: clusters cannot cost more than the services funded by them"
        yield Finding(file=FILE, at=("savings", "clusters"), found=found, expected=expected, rests_on=rests_on)
    printed = finance.savings.printed
    for i, (saved, index) in enumerate(zip(printed.totals, finance.indices[1:], strict=True) if printed else ()):
        cost = minor(funded * index)
        if saved > cost:
            at: At = ("savings", "printed", "totals", i)
            found = f"savings of {thousands(saved):,}k of a cost of {thousands(cost):,}k"
            expected = "savings cannot be more than the cost they are saved from"
            yield Finding(file=FILE, at=at, found=found, expected=expected, rests_on=rests_on)


def _providers(finance: Finance) -> Iterator[tuple[At, str]]:
    for i, service in enumerate(finance.services):
        if service.provider is not None:
            yield ("services", i, "provider"), service.provider
    for i, contract in enumerate(finance.today.contracts if finance.today else ()):
        yield ("today", "contracts", i, "provider"), contract.provider
    if finance.providers is not None:
        yield ("providers", "lead"), finance.providers.lead
    transfer = finance.transfer
    for i, body in enumerate(transfer.vat.bodies if transfer and transfer.vat else ()):
        yield ("transfer", "vat", "bodies", i, "party"), body.party
    for i, one in enumerate(transfer.stranded if transfer else ()):
        for key, name in (("at", one.at), ("from", one.from_), ("to", one.to)):
            yield ("transfer", "stranded", i, key), name


def _years_apart(parts: Parts, finance: Finance) -> Iterator[Finding]:
    if parts.agreement is None:
        return
    term = parts.agreement.term
    start, last = term.year(term.possible_years[0]).start, term.year(term.possible_years[-1]).end
    covered = Period(
        start=start.replace(year=finance.years[0], month=_APRIL, day=1),
        end=start.replace(year=finance.years[-1] + 1, month=_APRIL - 1, day=31),
    )
    if covered.end < start or last < covered.start:
        found = f"a case for {label(finance.years[0])} to {label(finance.years[-1])}"
        expected = f"the contract begins on {start:%-d %B %Y}: cost the years that it runs"
        at: At = ("years",)
        rests_on = ((FILE, at), TERM)
        yield Finding(file=FILE, at=at, found=found, expected=expected, severity="warning", rests_on=rests_on)
