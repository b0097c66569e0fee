"""Files on routes and assessments that do not hold: what is found, and what to write instead."""

from pathlib import Path

import pytest

from obc.domain.programme.procurement.criteria import Factors
from obc.domain.programme.procurement.law import Law
from obc.domain.programme.procurement.route_choice import RouteFile
from obc.domain.programme.procurement.routes import RoutesToContract
from obc.domain.programme.procurement.structures import DecisionTable
from obc.loaders.places import DEFINITIONS, WORKED_PROGRAMMES
from obc.loaders.procurement import factors_of
from obc.loaders.whole import read_whole
from procurement_samples import refused, rules

ROUTES = DEFINITIONS / "routes"
ROUTE = WORKED_PROGRAMMES / "oxfordshire" / "route.yaml"


@pytest.mark.parametrize(
    ("path", "model", "before", "after", "says"),
    [
        (
            ROUTES / "structures-2013.yaml",
            DecisionTable,
            "- {structure: competed-consortia,",
            "- {structure: cartel,",
            "name one of the structures: range-of-providers",
        ),
        (
            ROUTES / "structures-2013.yaml",
            DecisionTable,
            "not able: integrator-dominant",
            "not able: integrator-key",
            "two options and nothing that tells them apart",
        ),
        (
            ROUTES / "structures-2013.yaml",
            DecisionTable,
            "complexity: simple\n    integration: [limited, full]",
            "complexity: complex\n    integration: [limited, full]",
            "the facts none, complex, limited a second time",
        ),
        (
            ROUTES / "routes-2013.yaml",
            RoutesToContract,
            "at: 16,",
            "at: 17,",
            "after the last step has ended in month 16",
        ),
        (ROUTES / "law-england.yaml", Law, "[{fact: detailed-review,", "[{fact: rumour,", "the fact 'rumour'"),
        (ROUTES / "law-england.yaml", Law, "gives way to: [direct-award-a,", "gives way to: [lottery,", "'lottery'"),
        (ROUTES / "law-england.yaml", Law, "standstill: psr", "standstill: long", "'long'; name one of psr"),
        (ROUTE, RouteFile, "  - fact: integration", "  - fact: market", "nothing said about integration"),
        (ROUTE, RouteFile, "- heading: innovation", "- heading: quality", "'quality' twice"),
        (ROUTE, RouteFile, "opens: 2013-11-28", "opens: 2013-11-28\nstands: {state: asleep}", "'asleep'"),
    ],
)
def test_a_file_that_does_not_hold_is_refused_in_words(tmp_path: Path, path, model, before, after, says):
    text = path.read_text()
    assert before in text
    file = tmp_path / path.name
    file.write_text(text.replace(before, after, 1))
    assert says in refused(read_whole, file, model)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ({"least": 9}, "a least score of 9"),
        ({"scored by": ["ann", "ann"]}, "an assessor twice"),
        ({"anchors": [{"score": 0, "means": "nothing"}]}, "anchors for 0"),
    ],
)
def test_a_question_that_does_not_hold_is_refused(question, says):
    asked = {"id": "q-care", "asks": "care?", "scored by": ["ann", "ben"]} | question
    with pytest.raises(ValueError, match=says):
        rules(criteria=[{"factor": "care", "weight": "100 %", "questions": [asked]}], **{"tie break": ["care"]})


@pytest.mark.parametrize(
    ("offered", "says"),
    [({"ends": "2028-04-01"}, "name a day after 2028-04-01"), ({"value": "1_000.50"}, "write the value to the pound")],
)
def test_what_is_offered_has_a_term_and_a_value_in_pounds(offered, says):
    whole = rules().offered.model_dump(mode="json", by_alias=True)
    with pytest.raises(ValueError, match=says):
        rules(offered=whole | offered)


@pytest.mark.parametrize(
    ("changed", "says"),
    [({"tie break": ["luck"]}, "name one of care, cost"), ({"moderator": "ann"}, "who has not scored")],
)
def test_rules_that_do_not_hold_are_refused(changed, says):
    with pytest.raises(ValueError, match=says):
        rules(**changed)


def test_factors_are_the_eight_of_2013_and_the_five_of_the_regulations():
    factors: Factors = factors_of("success-factors-2013")
    kinds = [one.kind for one in factors.factors]
    assert (kinds.count("success factor"), kinds.count("key criterion")) == (8, 5)
    assert "name one of success-factors-2013" in refused(factors_of, "luck")
