"""Which structure for which market: every row of the table of July 2013, reached from its own facts, and no more."""

from itertools import product

import pytest

from obc.domain.programme.procurement.advice import advise
from obc.domain.programme.procurement.structures import Facts
from obc.loaders.procurement import decision_table

LEAD_COMPETED = "lead provider with competition for subcontracts"
INTEGRATOR = "specialist integrator with back-to-back contracts with"
SINGLE = "single action tender with strong partnering and incentives"

# market, complexity, integration → structures, each with how it is sourced
ROWS = [
    (
        ("full", "simple", "limited"),
        {"range of providers, each chosen by competition": "invitation to tender or framework agreement"},
    ),
    (("full", "complex", "full"), {"consortium chosen by competition": "competitive dialogue"}),
    (("none", "simple", "limited"), {"development of the market": "development of the market"}),
    (("none", "simple", "full"), {"development of the market": "development of the market"}),
    (("none", "complex", "limited"), {"single provider": SINGLE}),
    (
        ("none", "complex", "full"),
        {"lead provider with back-to-back subcontracts": f"{SINGLE}; due diligence on the subcontractors"},
    ),
    (
        ("one-dominant", "complex", "full"),
        {
            LEAD_COMPETED: "single action tender for the lead provider with strong partnering and incentives; "
            "competitive dialogue for subcontractors",
            f"{INTEGRATOR} the dominant provider and subcontractors": "single action tender for the dominant provider "
            "with strong partnering and incentives; competitive dialogue for subcontractors; "
            "competitive dialogue for the integrator",
        },
    ),
    (
        ("several-dominant", "complex", "full"),
        {
            LEAD_COMPETED: "competitive dialogue for the role of lead provider; single action tender for the key "
            "providers with strong partnering and incentives; competitive dialogue for subcontractors",
            f"{INTEGRATOR} the key providers and subcontractors": "single action tender for the key providers with "
            "strong partnering and incentives; competitive dialogue for subcontractors; "
            "competitive dialogue for the integrator",
        },
    ),
]
COVERED = [facts for facts, _ in ROWS]
EVERY = list(product(("full", "none", "one-dominant", "several-dominant"), ("simple", "complex"), ("limited", "full")))


def facts(market: str, complexity: str, integration: str) -> Facts:
    return Facts.model_validate({"market": market, "complexity": complexity, "integration": integration})


@pytest.mark.parametrize(("given", "expected"), ROWS)
def test_each_row_is_reached_from_its_own_facts(given, expected):
    made = advise(decision_table(), facts(*given))
    assert {option.structure: option.sourcing for option in made.options} == expected
    assert all("10 July 2013" in option.reasons[-1] for option in made.options)


@pytest.mark.parametrize("given", [one for one in EVERY if one not in COVERED])
def test_what_the_table_does_not_cover_gets_no_structure(given):
    made = advise(decision_table(), facts(*given))
    assert (made.covered, made.options, made.recommended) == (False, (), None)
    assert "says nothing of this case" in made.says


@pytest.mark.parametrize("given", COVERED)
def test_one_structure_is_recommended_and_of_two_the_one_the_open_question_leads_to(given):
    table, asked = decision_table(), facts(*given)
    unknown, able, not_able = (advise(table, asked, lead) for lead in ("unknown", "able", "not able"))
    ids = [option.id for option in unknown.options]
    if len(ids) == 1:
        assert [unknown.recommended, able.recommended, not_able.recommended] == ids * 3
        assert unknown.open_question is None
    else:
        assert [unknown.recommended, able.recommended, not_able.recommended] == [None, *ids]
        assert unknown.open_question and not able.open_question


@pytest.mark.parametrize("given", EVERY)
def test_every_other_fact_is_turned_over_once(given):
    table = decision_table()
    made = advise(table, facts(*given))
    assert len(made.if_changed) == 5
    for one in made.if_changed:
        turned = facts(*given).model_copy(update={one.fact: one.would_be})
        assert one.options == tuple(option.structure for option in advise(table, turned).options)
        assert one.covered is bool(one.options)


def test_turning_integration_does_not_change_what_a_simple_service_without_competition_gets():
    made = advise(decision_table(), facts("none", "simple", "limited"))
    same = {(one.fact, one.would_be) for one in made.if_changed if one.same}
    assert same == {("integration", "full")}


def test_what_speaks_against_a_structure_comes_with_its_cure_and_its_source():
    for structure in decision_table().structures:
        assert all(con.mitigation and con.source for con in structure.cons)
    without = [one.id for one in decision_table().structures if not one.pros and not one.cons]
    assert without == ["market-development"]
