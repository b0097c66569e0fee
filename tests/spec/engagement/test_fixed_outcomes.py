"""Outcomes are fixed for the term; indicators may evolve."""

from datetime import date

import pytest

from engagement_samples import outcome
from obc.domain.contract.agreement.term import Term
from obc.domain.contract.variations.fixed_outcomes import against_fixed_outcomes, moved_outcomes
from obc.domain.outcomes.framework.framework import Framework

TERM = Term.model_validate({"start": "2027-04-01", "years": 5, "extension": 2})
WITHIN, EXTENSION = date(2029, 4, 1), date(2032, 4, 1)
LEVELS = [{"from": 1, "good": 10, "improved": 20, "excellent": 40, "source": "a"}]


def framework(*outcomes) -> Framework:
    return Framework.model_validate({"outcomes": [one.model_dump() for one in outcomes], "levels": LEVELS})


HOME, ROLE = outcome("home"), outcome("role")
BEFORE = framework(HOME, ROLE)
REWORDED = framework(outcome("home", "An independent home"), ROLE)


def against(after, on=WITHIN, endorsed=False):
    return [one.found for one in against_fixed_outcomes(BEFORE, after, TERM, on, lambda _: endorsed)]


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (REWORDED, "outcome 'home' reworded on 2029-04-01, within the term"),
        (
            framework(outcome("home", goal="people stay"), ROLE),
            "outcome 'home' reworded on 2029-04-01, within the term",
        ),
        (framework(HOME, ROLE, outcome("access")), "outcome 'access' added on 2029-04-01, within the term"),
        (framework(HOME), "outcome 'role' taken out on 2029-04-01, within the term"),
    ],
)
def test_within_the_term_an_outcome_is_not_moved(after, found):
    assert against(after) == [found]


def test_new_words_that_the_reference_groups_endorse_may_come():
    assert against(REWORDED, endorsed=True) == []
    assert against(framework(HOME, ROLE, outcome("access")), endorsed=True) == []


def test_none_is_taken_out_whoever_endorses():
    assert against(framework(HOME), endorsed=True) == ["outcome 'role' taken out on 2029-04-01, within the term"]


def test_an_indicator_evolves():
    new = HOME.model_dump()
    new["indicators"] = [{"id": "another", "incentivised": False}]
    new["points"] = 20
    assert against(Framework.model_validate({"outcomes": [new, ROLE.model_dump()], "levels": LEVELS})) == []


def test_from_the_extension_on_the_parties_agree_anew():
    assert against(framework(HOME), on=EXTENSION) == []


def test_a_first_framework_adds_all_its_outcomes():
    assert [(one.id, one.how) for one in moved_outcomes(None, BEFORE)] == [("home", "added"), ("role", "added")]
    assert [(one.id, one.how) for one in moved_outcomes(BEFORE, None)] == [("home", "taken out"), ("role", "taken out")]
