"""What a programme's `levers.yaml` says: the policy, the levers in hand, and the records that contracts begin with."""

from collections.abc import Iterator, Sequence
from typing import Self

from pydantic import model_validator

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.agreement.finding import first_twice
from obc.domain.core.kernel.figure import Written
from obc.domain.core.kernel.people import People
from obc.domain.core.kernel.problem import Problem, wrong
from obc.domain.programme.levers.catalogue import Catalogue
from obc.domain.programme.levers.escalation import Escalation
from obc.domain.programme.levers.feedback import Feedback, Theme
from obc.domain.programme.levers.in_hand import InHand
from obc.domain.programme.levers.policy import Policy
from obc.domain.programme.levers.promises import Promise
from obc.domain.programme.levers.savings import Saving

FILE = "levers.yaml"


class Levers(Written):
    """The file. Ids are a record's own among its kind."""

    policy: Policy
    in_hand: tuple[InHand, ...] = ()
    themes: tuple[Theme, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    promises: tuple[Promise, ...] = ()
    savings: tuple[Saving, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for part in ("in_hand", "themes", "escalations", "feedback", "promises", "savings"):
            ids = [one.id for one in getattr(self, part)]
            if twice := first_twice(ids):
                found = f"'{ids[twice]}' twice"
                raise wrong(found, "give each an id of its own", part.replace("_", " "), twice, "id")
        return self


def lever_problems(levers: Levers, catalogue: Catalogue, people: People) -> Iterator[Problem]:
    """Levers that no catalogue has, themes that are nowhere, people who do not work here."""
    known = [one.id for one in catalogue.levers]
    persons = [one.id for one in people.people]
    themes = [one.id for one in levers.themes]
    for use in levers.in_hand:
        yield from _unknown(f"in hand '{use.id}'", "lever", use.lever, known)
        yield from _unknown(f"in hand '{use.id}'", "person", use.owner, persons)
    for said in levers.feedback:
        yield from _unknown(f"feedback '{said.id}'", "theme", said.theme, themes)
    for promise in levers.promises:
        yield from _unknown(f"promise '{promise.id}'", "person", promise.owner, persons)
    for escalation in levers.escalations:
        yield from _unknown(f"escalation '{escalation.id}'", "person", escalation.opened_by, persons)


def contract_problems(levers: Levers, contract: Contract) -> Iterator[Problem]:
    """What the records of one contract speak of and the contract does not have."""
    indicators = [one.id for one in contract.definitions]
    expectations = contract.quality.ids if contract.quality else ()
    parties = contract.agreement.party_ids
    for theme in levers.themes:
        for name in theme.indicators:
            yield from _unknown(f"theme '{theme.id}'", "indicator", name, indicators)
        if theme.expectation:
            yield from _unknown(f"theme '{theme.id}'", "quality expectation", theme.expectation, expectations)
    for one in levers.escalations:
        if one.contract == contract.id:
            yield from breach_problems(one, indicators, expectations, parties)


def breach_problems(
    one: Escalation, indicators: Sequence[str], expectations: Sequence[str], parties: Sequence[str]
) -> Iterator[Problem]:
    """What an escalation is about and the contract does not have."""
    where = f"escalation '{one.id}'"
    if one.indicator:
        yield from _unknown(where, "indicator", one.indicator, indicators)
    if one.expectation:
        yield from _unknown(where, "quality expectation", one.expectation, expectations)
    yield from _unknown(where, "party", one.party, parties)


def _unknown(where: str, kind: str, name: str, known: Sequence[str]) -> Iterator[Problem]:
    if name not in known:
        listed = ", ".join(known[:12]) or "none"
        found = f"the {kind} '{name}', which is nowhere"
        yield Problem(file=FILE, where=where, found=found, expected=f"there is {listed}")
