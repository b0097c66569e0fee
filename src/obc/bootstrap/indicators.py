"""Indicators as pages show them: drawn once for the same figures, the same contract and the same rights."""

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from obc.bootstrap.books import KIND, Held, contract_in
from obc.bootstrap.figures import Sources, newest, spoken_of
from obc.bootstrap.measuring import sentence_of, sql_of
from obc.bootstrap.showing import Shown
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.difference import differences
from obc.domain.contract.workflow.holding import HeldFolder
from obc.domain.core.kernel.trail import Action
from obc.domain.measurement.indicators.values import ALL, ValueSet
from obc.engine.dialects.rendering import DIALECTS
from obc.services.monitor import monitor_indicator
from obc.services.publish import as_published, publication_of
from obc.store import book as books

if TYPE_CHECKING:
    from obc.reports.indicator import Version


class Query(NamedTuple):
    """The queries of an indicator in one kind of SQL; `run`: whether the tests run them."""

    dialect: str
    run: bool
    text: str


def indicator(held: Held, indicator: str, given: Sources, profile: str) -> Shown:
    """An indicator's page. `given`: the submissions that the visitor may see; `profile`: how much of small numbers."""
    lines = books.lines_about(held.id, KIND, held.id)
    return _indicator(held.folder, indicator, given, profile, lines)


@lru_cache(maxsize=256)
def queries(folder: str, indicator: str) -> tuple[Query, ...]:
    """How an indicator is measured, in every kind of SQL that is shown."""
    contract = contract_in(folder)
    return tuple(Query(name, one.run, sql_of(contract, name, indicator)) for name, one in DIALECTS.items())


@lru_cache(maxsize=256)
def _indicator(folder: str, indicator: str, given: Sources, profile: str, lines: tuple[Action, ...]) -> Shown:
    from obc.reports.indicator import Given, SeenIndicator, indicator_document
    from obc.reports.names import Names

    contract = contract_in(folder)
    values = ValueSet(values=newest(given, indicator))
    shown = as_published(contract, values, profile) if values.values else values
    found = monitor_indicator(contract, shown, indicator)
    years = {(contract.period(year).start, contract.period(year).end) for year in contract.years}
    told = tuple(
        Given(source.submission, source.state, source.day, source.by, value)
        for source in given
        for value in spoken_of(source).get(indicator, ())
        if (value.segment, value.provider) == (ALL, ALL) and (value.period_start, value.period_end) in years
    )
    seen = SeenIndicator(
        names=Names(contract),
        definition=contract.definition(indicator),
        sentence=sentence_of(contract, indicator),
        values=values.values,
        publication=publication_of(contract, values, profile),
        monitored=found.found if found else (),
        given=told,
        versions=_versions(lines, indicator),
    )
    return Shown(indicator_document(seen))


def _versions(lines: tuple[Action, ...], indicator: str) -> "tuple[Version, ...]":
    from obc.reports.indicator import Version

    found, before = [], None
    for line in lines:
        record = HeldFolder.model_validate_json(line.after)
        contract = contract_in(record.folder)
        found.append(Version(line.at.date(), record.hash, line.why, _changed(before, contract, indicator)))
        before = contract
    return tuple(reversed(found))


def _changed(before: Contract | None, after: Contract, indicator: str) -> tuple[str, ...]:
    """What reads otherwise of an indicator: in its definition, and in what the framework asks of it."""
    if before is None:
        return ("first held",)
    old, new = (
        next((one.model_dump(by_alias=True, mode="json") for one in contract.definitions if one.id == indicator), {})
        for contract in (before, after)
    )
    found = [f"its {key}" for key in dict.fromkeys((*old, *new)) if old.get(key) != new.get(key)]
    found += [
        one.sentence
        for one in differences(before, after)
        if one.file == "framework.yaml" and indicator in one.at.split(" / ")
    ]
    return tuple(found)
