"""What is asked for beside the measured figures: handed in by form, agreed with them, settled, and corrected later."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from html_reading import ReadPage
from reading_samples import hold_copy, year_of_figures
from web_visits import signed_in, text_of

CONTRACT = "handing-in"
COST, START, OVER = "open-book cost", "weighted people at the start", "weighted people over the year"


@pytest.fixture(scope="module")
def held(django, tmp_path_factory):
    """The worked contract under another id, with the figures of year 2 waiting to be taken up."""
    from obc.bootstrap import books, people, submissions

    hold_copy(tmp_path_factory.mktemp("handing-in"), CONTRACT, "A contract with an open book")
    found = books.held(CONTRACT)
    analyst = books.person("analyst", CONTRACT)
    assert people.called("analyst") == "Provider analyst"
    submissions.submit(found, year_of_figures(found.contract, 2), 2, None, analyst, datetime(2016, 5, 1, tzinfo=UTC))
    return found


HERE = f"/contracts/{CONTRACT}/submissions/year-2/"


def _form(cost="36,433,000", source="the books of nine providers", sure="provisional"):
    rows = ((cost, sure, source), ("8024", "provisional", "practice lists"), ("8036", "provisional", "practice lists"))
    return {"seen": _standing().returns or ""} | {
        f"{name}-{number}": text
        for number, row in enumerate(rows)
        for name, text in zip(("value", "evidence", "source"), row, strict=True)
    }


def _sent(user, verb, **more):
    return signed_in(user).post(f"{HERE}act/", {"verb": verb, **more}, follow=True)


def _standing():
    from obc.bootstrap import submissions

    return submissions.submission(CONTRACT, "year-2")


def test_what_is_handed_in_is_asked_for_checked_agreed_settled_and_corrected(held):
    from obc.bootstrap import handing_in, submissions
    from obc.bootstrap.work import work_once

    # Given figures without the open book: the page says what lacks, and the analyst is told what to do
    assert "Nobody has handed them in" in text_of(signed_in("manager").get(HERE))
    due = text_of(signed_in("analyst").get(f"/contracts/{CONTRACT}/"))
    assert "Hand in 3 figures beside those of year 2" in due
    assert "Hand in 3 figures" not in text_of(signed_in("finance").get(f"/contracts/{CONTRACT}/"))
    page = signed_in("analyst").get(f"{HERE}returns/")
    assert "what the services in scope cost all providers together" in text_of(page).lower()

    # When what is typed is no figure, then all of it is said, what was typed is kept, and nothing is written
    answer = signed_in("analyst").post(f"{HERE}returns/", _form(cost="a lot", source=""))
    assert answer.status_code == 422 and 'value="a lot"' in answer.content.decode()
    text = text_of(answer)
    assert "open-book cost: value: found 'a lot'" in text and "open-book cost: source: found nothing" in text
    assert 'href="#open-book-cost-value"' in answer.content.decode() and _standing().handed_in == ()

    # When it is right, then it stands beside the figures, on the page and in the API alike
    answer = signed_in("analyst").post(f"{HERE}returns/", _form(), follow=True)
    assert answer.status_code == 200 and "All that the contract asks for is handed in" in text_of(answer)
    rows = [" ".join(cell.split()) for table in ReadPage(answer.content).tables for row in table.rows for cell in row]
    assert "£36,433,000.00" in rows and "8,024" in rows
    told = signed_in("manager").get(f"/api/v1/contracts/{CONTRACT}/submissions/year-2/returns").json()
    assert [(one["figure"], one["value"], one["evidence"]) for one in told] == [
        (COST, "36433000", "provisional"),
        (START, "8024", "provisional"),
        (OVER, "8036", "provisional"),
    ]
    taken = signed_in("board").get(f"/api/v1/contracts/{CONTRACT}/submissions/year-2/returns")
    assert taken.status_code == 403

    # When somebody opened the form before that, then they do not write over it, and see what stands there now
    late = _form(cost="1") | {"seen": ""}
    answer = signed_in("finance").post(f"{HERE}returns/", late)
    assert answer.status_code == 422 and "handed in by analyst since you opened the form" in text_of(answer)
    assert "£36,433,000.00" in text_of(answer) and 'value="1"' in answer.content.decode()

    # When a side has agreed and another figure is handed in, then it agrees anew, and who hands in never agrees
    _sent("manager", "take up")
    _sent("joint-group", "agree")
    assert len(_standing().agreed) == 2
    signed_in("manager").post(f"{HERE}returns/", _form(cost="£36,400,000"))
    after = _standing()
    assert after.agreed == () and after.state == "under review" and after.givers == {"analyst", "manager"}
    assert "a person who gave figures" in text_of(_sent("manager", "agree"))
    again = signed_in("manager").post(f"{HERE}returns/", _form(cost="£36,400,000"))
    assert again.status_code == 422 and "the same figures again" in text_of(again)

    # When all have agreed and one has approved, then another figure takes every word back
    for user, verb in (("joint-group", "agree"), ("provider-lead", "agree"), ("finance", "approve")):
        _sent(user, verb)
    assert _standing().state == "agreed by both" and len(_standing().approved) == 1
    signed_in("analyst").post(f"{HERE}returns/", _form(cost="36410000"))
    after = _standing()
    assert (after.state, after.agreed, after.approved) == ("under review", (), ())
    signed_in("analyst").post(f"{HERE}returns/", _form(cost="36400000"))

    # Then it is settled with them: gain and loss share is worked out, and the statement carries what was handed in
    for user, verb in (
        ("joint-group", "agree"),
        ("provider-lead", "agree"),
        ("finance", "approve"),
        ("provider-lead", "approve"),
    ):
        _sent(user, verb)
    assert work_once(lambda: datetime(2016, 8, 2, tzinfo=UTC))
    settled = _standing()
    assert settled.state == "settled"
    statement = submissions.statement_of(settled)
    lines = {entry.line for account in statement.settlements for entry in account.entries}
    assert "savings put back" in lines, lines
    assert b"36400000" in submissions.document_of(settled)

    # When the final cost comes later, then the year is submitted anew with the same figures, and only money moves
    page = text_of(signed_in("finance").get(f"{HERE}returns/"))
    assert "submit it anew" in page
    answer = signed_in("finance").post(f"{HERE}returns/", _form(cost="36500000", sure="final"), follow=True)
    assert answer.status_code == 200 and "submitted anew with the same figures" in text_of(answer)
    anew = submissions.submission(CONTRACT, "year-2-2")
    assert anew.restates == "year-2" and anew.values == settled.values and anew.returns != settled.returns
    assert next(item.given.value for item in handing_in.asked_of(anew)) == Decimal(36_500_000)
    assert "Money that would move if this is settled" in text_of(signed_in("finance").get(f"{HERE[:-1]}-2/"))


def test_a_quarter_asks_for_nothing_and_who_looks_on_hands_nothing_in(held):
    from obc.bootstrap import books, submissions

    analyst = books.person("analyst", CONTRACT)
    values = year_of_figures(held.contract, 3)
    submissions.submit(held, values, 3, 1, analyst, datetime(2016, 9, 1, tzinfo=UTC))
    quarter = f"/contracts/{CONTRACT}/submissions/year-3-quarter-1/"
    assert "Beside the figures" not in text_of(signed_in("manager").get(quarter))
    assert signed_in("analyst").get(f"{quarter}returns/").status_code == 404
    for user in ("auditor", "joint-group"):
        assert signed_in(user).post(f"{HERE}returns/", _form()).status_code == 403
    assert signed_in("board").get(f"{HERE}returns/").status_code in (403, 404)
