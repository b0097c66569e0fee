"""A side drafts, offers and counters; once all have accepted, the offer is a change like any other."""

from datetime import date

import pytest

from managed_samples import CLERK, DAY, HOME, MAYOR, Memory, at, holidays, person, town
from obc.domain.contract.agreement.change import Change
from obc.domain.contract.variations.changed import changed
from obc.domain.contract.variations.offer import OFFER, rounds
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problems
from obc.services.change_book import ChangeBook
from obc.services.offer_book import OfferBook, Terms
from obc.services.register import Doing

OFFERED, EFFECT = date(2020, 11, 2), date(2021, 4, 1)
ANALYST = person("analyst", "town-council", "commissioner finance")


def pot(size: str):
    """The contract with another pot."""
    places = ("steps / pot / pool", "steps / incentive / scale")
    return changed(town(), [Change(file="payment.yaml", at=place, reads=size) for place in places], "a draft")


FOLDERS = {"in force": town, "bigger": lambda: pot("120_000"), "middle": lambda: pot("110_000")}


def book() -> OfferBook:
    return OfferBook(ChangeBook(town(), holidays(), Memory()), "in force", lambda name: FOLDERS[name]())


def doing(by: Person, day: date = OFFERED) -> Doing:
    return Doing(by, at(day), "a reason")


def terms(name: str, day: date = EFFECT) -> Terms:
    return Terms(name, name, "more people", day)


def offered(made: OfferBook, by: Person, folder: str, name: str, answers: str | None = None):
    draft = made.begin(name, folder, doing(by), answers)
    return made.offer(draft.id, terms(name), doing(by))


def test_offering_is_the_consent_of_the_party_that_offers():
    """It waits for all others. With the last of them it is a variation that all have agreed."""
    made = book()
    one = offered(made, MAYOR, "bigger", "bigger-pot")
    assert (one.state, one.waits_for) == ("offered", ("day-centre", "home-team"))
    assert made.accept("bigger-pot", doing(DAY)).state == "offered" and not made.changes.proposals.records
    assert made.accept("bigger-pot", doing(HOME)).state == "accepted"
    (change,) = made.changes.proposals.records
    assert (change.state, change.proposed_by, change.effective) == ("agreed", "town-council", EFFECT)
    assert {one.party for one in change.agreed} == {"town-council", "day-centre", "home-team"}
    assert {one.at: one.reads for one in change.changes} == {
        "steps / pot / pool / from the start": "120000",
        "steps / incentive / scale / from the start": "120000",
    }


def test_a_counter_offer_ends_the_offer_it_answers():
    made = book()
    offered(made, MAYOR, "bigger", "bigger-pot")
    counter = offered(made, DAY, "middle", "half-way", answers="bigger-pot")
    first = made.offers.named("bigger-pot")
    assert (first.state, first.ended.party, first.ended.says) == ("countered", "day-centre", "countered by 'half-way'")
    assert [one.id for one in rounds(made.offers.records, counter)] == ["bigger-pot", "half-way"]
    with pytest.raises(Problems, match="'accept' while it is countered"):
        made.accept("bigger-pot", doing(HOME))
    made.accept("half-way", doing(MAYOR))
    assert made.accept("half-way", doing(HOME)).state == "accepted"


def test_one_decline_ends_it_and_only_the_offerer_withdraws():
    made = book()
    offered(made, MAYOR, "bigger", "bigger-pot")
    with pytest.raises(Problems, match="which did not make it; decline or counter it instead"):
        made.end("bigger-pot", "withdraw", doing(DAY))
    with pytest.raises(Problems, match="which made it; withdraw it instead"):
        made.end("bigger-pot", "decline", doing(MAYOR))
    assert made.end("bigger-pot", "decline", doing(DAY)).state == "declined"
    assert OFFER.verbs("declined") == () and not made.changes.proposals.records


def test_a_draft_is_worked_on_by_its_own_side_and_offered_by_who_speaks_for_it():
    made = book()
    draft = made.begin("bigger pot", "bigger", doing(ANALYST))
    with pytest.raises(Problems, match="a draft of another organisation; begin one of your own"):
        made.write(draft.id, "write", "middle", doing(DAY))
    assert made.write(draft.id, "write", "middle", doing(ANALYST)).folder == "middle"
    with pytest.raises(Problems, match="analyst, who does not speak for town-council"):
        made.offer(draft.id, terms("half-way"), doing(ANALYST))
    with pytest.raises(Problems, match="it is for commissioner manager"):
        made.write(draft.id, "write", "bigger", doing(CLERK))
    made.offer(draft.id, terms("half-way"), doing(MAYOR))
    with pytest.raises(Problems, match="'write' while it is offered"):
        made.write(draft.id, "write", "bigger", doing(ANALYST))


def test_what_reads_as_the_contract_in_force_is_no_offer():
    made = book()
    with pytest.raises(Problems, match="a draft that reads as the contract in force; change something first"):
        offered(made, MAYOR, "in force", "nothing-new")
    with pytest.raises(Problems, match="write 2020-11-03 or later"):
        made.offer(made.begin("x", "bigger", doing(MAYOR)).id, terms("too-soon", OFFERED), doing(MAYOR))
    assert made.offers.records == ()


def test_nobody_accepts_a_change_of_a_contract_that_moved_on():
    made = book()
    offered(made, MAYOR, "bigger", "bigger-pot")
    later = OfferBook(ChangeBook(pot("90_000"), holidays(), made.changes.trail), "newer", made.read)
    with pytest.raises(Problems, match="a version of the contract that no longer holds; counter it"):
        later.accept("bigger-pot", doing(DAY))
