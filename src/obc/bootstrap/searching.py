"""Searching: words held against everything that has a name. Who may see what is found is not decided here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from obc.bootstrap.books import Held
from obc.bootstrap.programmes import HeldProgramme
from obc.bootstrap.variations import change_book
from obc.domain.contract.agreement.contract import Contract
from obc.loaders.glossary import glossary

SHORTEST, LONGEST = 2, 100
"""Letters of what is searched for."""


@dataclass(frozen=True)
class Named:
    """Something with a name: what kind of thing, its id, its name, and more words to find it by."""

    kind: str
    id: str
    title: str
    text: str = ""


def words_of(sought: str) -> tuple[str, ...]:
    """The words that must all occur, without their case; none where there is too little to search for."""
    text = " ".join(sought[:LONGEST].split()).casefold()
    return tuple(text.split()) if len(text) >= SHORTEST else ()


def found_in(named: Iterable[Named], words: tuple[str, ...]) -> tuple[Named, ...]:
    """Those in which all words occur; where they occur in the name, first."""
    kept = [one for one in named if words and all(w in f"{one.title} {one.text}".casefold() for w in words)]
    return tuple(sorted(kept, key=lambda one: (not all(w in one.title.casefold() for w in words), one.title)))


def of_contract(held: Held) -> Iterator[Named]:
    """What a contract's own files name."""
    contract = held.contract
    yield Named("contract", held.id, held.title, contract.agreement.summary or "")
    yield from measured_in(contract)
    for service in contract.finance.services if contract.finance else ():
        yield Named("service", service.id, service.title)
    for variation in contract.agreement.variations:
        yield Named("variation", variation.id, variation.changes, variation.id)


def measured_in(contract: Contract) -> Iterator[Named]:
    """Its outcomes and its indicators."""
    for outcome in contract.framework.outcomes if contract.framework else ():
        yield Named("outcome", outcome.id, outcome.title, f"{outcome.goal} {outcome.tier}")
    for definition in contract.definitions:
        yield Named("indicator", definition.id, definition.title, f"{definition.why} {definition.id}")


def changes_of(held: Held) -> Iterator[Named]:
    """The changes that were proposed for a contract."""
    for one in change_book(held).proposals.records:
        yield Named("variation", one.id, one.title, f"{one.because} {one.state}")


def of_programme(held: HeldProgramme) -> Iterator[Named]:
    """A programme, its gates and its risks."""
    governed = held.governance
    yield Named("programme", held.id, held.title)
    for gate in governed.gates.records:
        yield Named("gate", gate.id, gate.title, gate.id)
    for risk in governed.risks.records:
        yield Named("risk", risk.id, risk.title, risk.what)


def of_glossary() -> Iterator[Named]:
    """The words of the field, with their meanings."""
    for term in glossary():
        yield Named("term", term.term, term.term, term.meaning)
