"""The journey of corrected figures: what changes is seen line by line and in money before anybody approves."""

from datetime import UTC, datetime

import pytest

from returns import counts
from web_visits import CONTRACT, HOME

NOON = datetime(2016, 4, 20, 12, tzinfo=UTC)


@pytest.fixture
def corrected(site):
    """A settled year, and corrected figures of it that all parties have agreed."""
    from obc.bootstrap import books, submissions, uploads
    from obc.bootstrap.work import work_once
    from obc.domain.contract.workflow import review
    from obc.store import people

    held = books.held(CONTRACT)
    agreement = held.contract.agreement
    who = {name: people.person(name, CONTRACT) for name in ("analyst", "manager", "joint-group", "provider-lead")}
    who["finance"] = people.person("finance", CONTRACT)

    def act(id_, verb, by, changed):
        submissions.act_on(held, id_, verb, lambda before: changed(before, who[by]), who[by], NOON, verb)

    def agreed(top):
        content = counts(held.contract, 5, care_plan_within_four_weeks=(top, 400))
        sent = uploads.figures_in(held.contract, "f.csv", content, 5, None)
        one, _ = submissions.submit(held, sent.values, 5, None, who["analyst"], NOON)
        act(one.id, "take up", "manager", lambda before, by: review.moved(before, "take up", by))
        for name in ("joint-group", "provider-lead"):
            act(one.id, "agree", name, lambda before, by: review.agreed(before, agreement, by, NOON))
        return one

    first = agreed(330)
    for name in ("finance", "provider-lead"):
        act(first.id, "approve", name, lambda before, by: review.approved(before, agreement, by, NOON))
    while submissions.submission(CONTRACT, first.id).statement is None:
        work_once(lambda: NOON)
    return first, agreed(240)


def test_a_settled_year_is_restated_with_the_difference_booked(somebody, step, corrected):
    first, second = corrected
    here, before = f"{HOME}submissions/{second.id}/", f"{HOME}submissions/{first.id}/"
    with step("Given corrected figures of a settled year, finance sees what changes before it approves"):
        finance = somebody("finance")
        finance.goes_to(here)
        finance.sees("These figures correct year 5, version 1")
        finance.sees("330 of 400")
        finance.sees("240 of 400")
        finance.sees("Money that would move if this is settled")
        finance.pictured("restating")
    with step("When one person of each side approves, then it is settled"):
        finance.presses("Approve the settlement")
        lead = somebody("provider-lead", "phone")
        lead.goes_to(here)
        lead.presses("Approve the settlement")
        for _ in range(120):
            lead.page.goto(f"{lead.site}{here}")
            if "See the settlement" in lead.page.content():
                break
            lead.page.wait_for_timeout(500)
        lead.sees("Money that was booked for it")
        lead.pictured("restated-phone")
    with step("Then the former figures are restated, and their statement can still be read"):
        finance.goes_to(before)
        finance.sees("restated")
        finance.sees("These figures were corrected")
        finance.follows("See the settlement")
        finance.sees("Checked just now")
