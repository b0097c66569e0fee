"""A change is proposed, agreed by every party that must, and takes effect on its day once the folder says so."""

from datetime import date

import pytest

from managed_samples import CLERK, DAY, HOME, MAYOR, Memory, agreement, at, holidays, person, town
from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.variations.changed import changed
from obc.domain.contract.variations.proposal import CHANGE, Wish, must_agree
from obc.domain.core.kernel.people import Person
from obc.domain.core.kernel.problem import Problems
from obc.services.change_book import ChangeBook
from obc.services.register import Doing

PROPOSED, EFFECT = date(2020, 11, 2), date(2021, 4, 1)
WISH = Wish.model_validate(
    {
        "id": "bigger-pot",
        "title": "The pot grows",
        "because": "more people",
        "effective": "2021-04-01",
        "changes": [
            {"file": "payment.yaml", "at": "steps / pot / pool", "reads": "120_000"},
            {"file": "payment.yaml", "at": "steps / incentive / scale", "reads": "120_000"},
        ],
    }
)


def doing(by: Person, day: date = PROPOSED) -> Doing:
    return Doing(by, at(day), "a reason")


def book(contract: Contract | None = None, trail: Memory | None = None) -> ChangeBook:
    return ChangeBook(contract or town(), holidays(), trail or Memory())


def proposed(by: Person = MAYOR) -> ChangeBook:
    made = book()
    made.propose(WISH, doing(by))
    return made


def test_all_parties_of_an_alliance_must_agree():
    """With a lead provider it is the commissioners and the lead: partners hear of it through their subcontracts."""
    assert must_agree(agreement()) == ("town-council", "day-centre", "home-team")
    led = agreement().model_copy(
        update={
            "structure": "lead provider",
            "parties": agreement().parties.model_copy(
                update={
                    "named": tuple(
                        one.model_copy(update={"role": role})
                        for one, role in zip(agreement().providers, ("lead provider", "subcontractor"), strict=True)
                    )
                }
            ),
        }
    )
    assert must_agree(led) == ("town-council", "day-centre")


def test_what_changes_is_said_in_plain_words():
    (pool, scale) = sorted(one.sentence for one in proposed().differences(proposed().proposals.named("bigger-pot")))
    assert pool == "payment.yaml, steps › incentive › scale: 100,000 becomes 120,000"
    assert scale == "payment.yaml, steps › pot › pool: 100,000 becomes 120,000"


def test_the_proposers_own_agreement_does_not_stand_for_the_others():
    made = proposed()
    assert made.agree("bigger-pot", doing(MAYOR)).waits_for == ("day-centre", "home-team")
    assert made.agree("bigger-pot", doing(DAY)).state == "proposed"
    with pytest.raises(Problems, match="day-centre, which has agreed"):
        made.agree("bigger-pot", doing(person("other", "day-centre", "provider lead")))
    agreed = made.agree("bigger-pot", doing(HOME, date(2020, 11, 20)))
    assert agreed.state == "agreed" and agreed.waits_for == ()
    assert agreed.variation.agreed == date(2020, 11, 20)


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (person("friend", "neighbours", "provider lead"), "friend of neighbours, which is no party to it"),
        (CLERK, "clerk, who does not speak for town-council"),
    ],
)
def test_only_somebody_who_speaks_for_a_party_may_propose(by, words):
    with pytest.raises(Problems, match=words):
        book().propose(WISH, doing(by))


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"effective": PROPOSED}, "effective on 2020-11-02, proposed on 2020-11-02; write 2020-11-03 or later"),
        ({"effective": date(2031, 4, 1)}, "2031-04-01, outside the term"),
        ({"changes": (WISH.changes[0].model_copy(update={"at": "steps / pott / pool"}),)}, "did you mean 'pot'"),
        (
            {
                "changes": (
                    WISH.changes[0].model_copy(update={"at": "steps / payment / paid to", "reads": "day-centre"}),
                )
            },
            "several values; go on with one of day-centre, home-team",
        ),
    ],
)
def test_a_change_that_cannot_be_is_refused_when_it_is_proposed(update, words):
    with pytest.raises(Problems, match=words):
        book().propose(WISH.model_copy(update=update), doing(MAYOR))


def test_a_contract_that_would_not_hold_together_is_refused_when_it_is_proposed():
    bad = WISH.changes[0].model_copy(update={"at": "steps / share earned / scale", "reads": "points lost"})
    with pytest.raises(Problems, match="points lost"):
        book().propose(WISH.model_copy(update={"changes": (bad,)}), doing(MAYOR))


def test_one_refusal_ends_it():
    made = proposed()
    made.agree("bigger-pot", doing(MAYOR))
    refused = made.refuse("bigger-pot", doing(HOME))
    assert refused.state == "refused" and refused.waits_for == () and CHANGE.verbs("refused") == ()
    with pytest.raises(Problems, match="while it is refused; what it allows now is nothing more"):
        made.agree("bigger-pot", doing(DAY))


def test_only_the_party_that_proposed_may_withdraw():
    made = proposed(by=DAY)
    with pytest.raises(Problems, match="town-council, which did not propose it; refuse it instead"):
        made.withdraw("bigger-pot", doing(MAYOR))
    assert made.withdraw("bigger-pot", doing(DAY)).state == "withdrawn"


def test_nobody_agrees_once_its_day_has_come():
    with pytest.raises(Problems, match="an agreement on 2021-04-01, when it should take effect"):
        proposed().agree("bigger-pot", doing(DAY, EFFECT))


def agreed_by_all() -> Memory:
    made = proposed()
    for one in (MAYOR, DAY, HOME):
        made.agree("bigger-pot", doing(one))
    return made.trail


def varied(reads: str | None) -> Contract:
    """The contract with the variation listed, and the folder changed to `reads` (None: not at all)."""
    variation = book(trail=agreed_by_all()).proposals.named("bigger-pot").variation
    own = town().agreement.model_copy(update={"variations": (*town().agreement.variations, variation)})
    listed = town().model_copy(update={"agreement": own})
    if reads is None:
        return listed
    return changed(listed, (one.model_copy(update={"reads": reads}) for one in WISH.changes), "as agreed")


@pytest.mark.parametrize(
    ("contract", "day", "words"),
    [
        (town, date(2021, 3, 31), "2021-03-31, before its day; wait until 2021-04-01"),
        (town, EFFECT, "no variation of that id in the contract"),
        (lambda: varied(None), EFFECT, "reads otherwise at payment.yaml, steps / pot / pool"),
        (lambda: varied("110_000"), EFFECT, "reads otherwise at payment.yaml"),
    ],
)
def test_it_takes_effect_when_the_folder_says_what_was_agreed(contract, day, words):
    with pytest.raises(Problems, match=words):
        book(contract(), agreed_by_all()).take_effect("bigger-pot", doing(MAYOR, day))


def test_then_it_is_effective_and_still_says_what_it_changed():
    done = book(varied("120_000"), agreed_by_all())
    effective = done.take_effect("bigger-pot", doing(MAYOR, EFFECT))
    assert effective.state == "effective"
    said = {one.sentence for one in done.differences(effective)}
    assert "payment.yaml, steps › pot › pool: 100,000 becomes 120,000" in said


def test_the_clock_of_an_answer_runs_in_working_days():
    """20 working days from 14 December 2020: Christmas, Boxing Day (moved to the 28th) and New Year do not count."""
    due = holidays().after(date(2020, 12, 14), 20)
    assert due == date(2021, 1, 14)
    late = proposed().proposals.named("bigger-pot").model_copy(update={"answer_by": due})
    assert not late.late(due) and late.late(date(2021, 1, 15))
