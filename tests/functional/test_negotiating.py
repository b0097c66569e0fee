"""The parties negotiate: one drafts and offers, another counters, all accept, and the contract is changed."""

import pytest

from copied_contracts import copied

CONTRACT = "oxfordshire-negotiated"
HERE = f"/contracts/{CONTRACT}"


@pytest.fixture
def contract(site, django, tmp_path):
    """A contract of its own: the clock moves on in it, and it is changed for good."""
    from obc.bootstrap import demonstration

    return demonstration.load(str(copied("oxfordshire-mental-health", CONTRACT, tmp_path)), django.clock())


@pytest.fixture
def later(django):
    """Moves the demonstration's clock on by some days; back again afterwards."""
    from django.conf import settings

    began = settings.DAYS_BACK

    def by(days: int) -> None:
        settings.DAYS_BACK -= days

    yield by
    settings.DAYS_BACK = began


def test_a_share_at_risk_is_drafted_offered_countered_accepted_and_in_force(contract, somebody, step, later):
    from datetime import timedelta

    from obc.web.access import now

    effective = (now().date() + timedelta(days=40)).isoformat()
    with step("Given a commissioner's manager who begins a draft, which says what each party stands to earn today"):
        manager = somebody("manager")
        manager.goes_to(f"{HERE}/drafts/")
        manager.fills("What is it about?", "Higher share at risk")
        manager.presses("Begin the draft")
        manager.sees("the providers together keep between −£1,298,850 and £3,000,000")
    with step("When a number is no number and has no source, then both are refused at once and what was typed is kept"):
        manager.follows("Pots and budgets")
        manager.fills("Pot of the year", "four million")
        manager.presses("Save in the draft")
        manager.sees("These 2 things have to be mended")
        manager.sees("write a number, as 1,000,000 or 0.5")
        assert manager.page.get_by_label("Pot of the year").input_value() == "four million"
    with step(
        "When a larger pot and a larger share of gains and losses are saved, then the most rises, the least falls"
    ):
        manager.fills("Pot of the year", "4,000,000")
        manager.fills("Where do they come from?", "minutes of the contract group, 1 May 2016")
        manager.presses("Save in the draft")
        manager.sees("the least that the providers together keep stays, and the most rises by £1,000,000")
        manager.follows("Gain and loss share")
        manager.fills("What it gives from 2 % on", "80 %")
        manager.fills("Where do they come from?", "minutes of the contract group, 1 May 2016")
        manager.presses("Save in the draft")
        manager.sees("the least that the providers together keep falls by £333,990, and the most rises by £1,000,000")
        manager.sees("as drafted, −£1,632,840 to £4,000,000")
        manager.pictured("draft-stands-to-earn")
    with step("When it is offered, then it waits for the other parties"):
        manager.fills("What changes, in one line", "Higher share at risk")
        manager.fills("Your message to the other parties", "More of the money should hang on lives.")
        manager.fills("From which day it would hold", effective)
        manager.presses("Offer it")
        manager.sees("waits for Oxfordshire County Council and Oxford Health NHS Foundation Trust")
    with step("When the provider's lead, on a phone, counters with a smaller pot"):
        lead = somebody("provider-lead", "phone")
        lead.goes_to(f"{HERE}/")
        lead.sees("Answer the offer: Higher share at risk")
        lead.goes_to(f"{HERE}/offers/higher-share-at-risk/")
        lead.presses("Draft a counter-offer")
        lead.follows("Pots and budgets")
        lead.fills("Pot of the year", "3,500,000")
        lead.fills("Where do they come from?", "our board, 5 May 2016")
        lead.presses("Save in the draft")
        lead.fills("What changes, in one line", "A smaller step")
        lead.fills("Your message to the other parties", "Half of it, and we sign.")
        lead.fills("From which day it would hold", effective)
        lead.presses("Offer it")
        lead.sees("waits for Oxfordshire Clinical Commissioning Group and Oxfordshire County Council")
    with step("Then the first offer is countered, and the two can be compared"):
        manager.goes_to(f"{HERE}/offers/")
        manager.sees("countered")
        manager.pictured("offers-round-by-round")
        manager.goes_to(f"{HERE}/offers/a-smaller-step/against/higher-share-at-risk/")
        manager.sees("£3,500,000")
        manager.sees("the most falls by £500,000")
    with step("When the manager and the council accept, then it is a change that all have agreed"):
        manager.goes_to(f"{HERE}/offers/a-smaller-step/")
        manager.presses("Accept the offer")
        manager.sees("It waits for Oxfordshire County Council")
        council = somebody("manager-2")
        council.goes_to(f"{HERE}/offers/a-smaller-step/")
        council.presses("Accept the offer")
        council.sees("All have accepted")
    with step("Then it takes effect on its day, not before, and is the contract in force"):
        manager.goes_to(f"{HERE}/changes/a-smaller-step/")
        manager.presses("Let the change take effect")
        manager.sees("before its day")
        later(41)
        manager.goes_to(f"{HERE}/changes/a-smaller-step/")
        manager.presses("Let the change take effect")
        manager.sees("Pot of the year: from £3,000,000 to £3,500,000, from year 4 on")
        manager.pictured("change-in-plain-words")
        from obc.bootstrap import books

        contract = books.held(CONTRACT).contract
        assert [one.id for one in contract.agreement.variations] == ["a-smaller-step"]
        (pot,) = (one for one in contract.mechanism.figures if one.figure == "pot of the year")
        assert (pot.is_.history[-1].value, pot.is_.history[-1].from_) == (3_500_000, 4)
        assert pot.is_.history[-1].agreed == contract.agreement.variations[0].agreed
