"""A line is disputed with evidence and a clock, answered, and ends at one of its two figures; a year is restated."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from returns import counts
from web_visits import CONTRACT, HOME, loaded, send, signed_in, text_of

FIRST = "care-plan-within-four-weeks"
PDF = b"%PDF-1.4 made up"


@pytest.fixture(scope="module")
def held(django):
    return loaded()


@pytest.fixture
def people(held):
    return {name: signed_in(name) for name in ("analyst", "manager", "joint-group", "provider-lead", "finance")}


@pytest.fixture
def under_review(held, people):
    """Makes figures of a period that are under review; returns where their page is."""

    def made(year: int, quarter: int | None = None, **changed) -> str:
        period = str(year) if quarter is None else f"{year}-{quarter}"
        answer = send(people["analyst"], period, "f.csv", counts(held.contract, year, quarter, **changed))
        assert answer.status_code == 302, text_of(answer)
        here = answer["Location"]
        act(people["manager"], here, "take up")
        return here

    return made


def act(client, here: str, verb: str, **more) -> None:
    answer = client.post(f"{here}act/", {"verb": verb, **more})
    assert answer.status_code == 302, text_of(answer)


def dispute(client, here: str, follow: bool = True, **more):
    sent = {"indicator": FIRST, "line": "all|all", "why": "Two were counted twice.", **more}
    return client.post(f"{here}dispute/", sent, follow=follow)


CLAIM = {"all|all|numerator": "290", "all|all|denominator": "400"}


def test_a_line_is_disputed_with_a_figure_and_a_paper_and_the_clock_runs(under_review, people):
    here = under_review(6, 1)
    asked = people["manager"].get(f"{here}dispute/", {"indicator": FIRST, "line": "all|all"})
    assert "talk (10 working days), then escalate (10 working days)" in text_of(asked)
    paper = SimpleUploadedFile("query.pdf", PDF)
    page = text_of(dispute(people["manager"], here, **CLAIM, paper=paper, counts_only="yes"))
    assert "75.0% 300 of 400 72.5% 290 of 400" in page
    assert "10 working days left" in page and "Whose word is next: the providers" in page
    paper = people["provider-lead"].get(f"{here}evidence/dispute-1-paper-1/")
    assert paper.content == PDF and paper.headers["Content-Disposition"].startswith("attachment")
    assert paper.headers["X-Content-Type-Options"] == "nosniff" and paper.headers["Content-Type"] == "application/pdf"
    listed = text_of(people["provider-lead"].get(here))
    assert "Talk: 10 working days left" in listed and "in dispute" in listed
    for user in ("representative", "board"):
        assert signed_in(user).get(f"{here}evidence/dispute-1-paper-1/").status_code in (403, 404)
    assert people["manager"].get(f"{here}evidence/dispute-1-paper-2/").status_code == 404


def test_a_dispute_is_answered_escalated_and_accepted_and_the_figure_is_put_right(held, under_review, people):
    from obc.bootstrap import submissions

    here = under_review(6, 2)
    dispute(people["manager"], here, **CLAIM)
    there = f"{here}disputes/dispute-1/"
    assert "Answer a dispute in year 6, quarter 2: 10 working days left" in text_of(people["provider-lead"].get(HOME))
    answer = {"verb": "answer", "text": "Each was counted once; see the list of teams."}
    page = text_of(people["provider-lead"].post(there, answer, follow=True))
    assert "see the list of teams" in page and "Whose word is next: the commissioners" in page
    page = text_of(people["manager"].post(there, {"verb": "escalate"}, follow=True))
    assert "between the chief officers of both sides: began on" in page and "Next: mediate" in page
    refused = people["manager"].post(there, {"verb": "accept"})
    assert refused.status_code == 422 and "the other side can accept it" in text_of(refused)
    page = text_of(people["provider-lead"].post(there, {"verb": "accept"}, follow=True))
    assert "the figure counts as claimed , as Oxford Health NHS Foundation Trust said" in page
    one = submissions.submission(CONTRACT, here.rstrip("/").rsplit("/", 1)[1])
    value = next(v for v in submissions.values_of(one).values if v.indicator == FIRST and v.segment == "all")
    assert (value.numerator, value.denominator, str(value.value)) == (290, 400, "0.725")
    assert "72.5%" in text_of(people["manager"].get(here))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"line": ()}, "no line, or no reason"),
        ({"why": " "}, "no line, or no reason"),
        ({"all|all|numerator": "many"}, "found 'many'; write a count in figures"),
        ({"all|all|numerator": "9"}, "one count without the other"),
        ({"all|all|numerator": "9", "all|all|denominator": "8"}, "a numerator of 9 above its denominator of 8"),
        ({"all|all|numerator": "-9", "all|all|denominator": "8"}, "a count below nought"),
        ({"paper": ("p.pdf", PDF)}, "no word that it holds no person"),
        ({"paper": ("p.exe", b"MZ"), "counts_only": "yes"}, "the ending '.exe'; attach a .pdf"),
        ({"paper": ("p.png", b"<svg>"), "counts_only": "yes"}, "no PNG, whatever its ending says"),
        ({"paper": ("p.pdf", PDF + b"x" * 2_000_000), "counts_only": "yes"}, "send up to 2,000,000 bytes"),
        ({"paper": ("p.csv", b"NHS number,visits\n1,2\n"), "counts_only": "yes"}, "a column 'NHS number'"),
        (
            {"paper": ("p.csv", b"a\n943 476 5919\n401 023 2137\n999 000 0018\n"), "counts_only": "yes"},
            "numbers that look like NHS numbers",
        ),
    ],
)
def test_what_is_no_dispute_is_refused_and_what_was_typed_is_kept(under_review_once, people, more, words):
    if "paper" in more:
        more = {**more, "paper": SimpleUploadedFile(*more["paper"])}
    answer = dispute(people["manager"], under_review_once, **{"why": "Counted twice.", **more})
    assert answer.status_code == 422 and words in text_of(answer)
    kept = answer.content.decode()
    assert (more.get("all|all|numerator", "") in kept) and (more.get("why", "Counted twice.").strip() in kept)


@pytest.fixture
def under_review_once(held, people):
    from obc.bootstrap import submissions

    here = f"{HOME}submissions/year-6-quarter-3/"
    if submissions.submission(CONTRACT, "year-6-quarter-3") is None:
        send(people["analyst"], "6-3", "f.csv", counts(held.contract, 6, 3))
        act(people["manager"], here, "take up")
    return here


def test_a_dispute_takes_the_right_to_review(under_review_once, people):
    assert dispute(people["analyst"], under_review_once).status_code == 403
    assert people["manager"].get(f"{under_review_once}dispute/", {"indicator": "no-such"}).status_code == 404
    assert people["manager"].get(f"{under_review_once}disputes/dispute-9/").status_code == 404


def _settle(people, here: str) -> None:
    from obc.bootstrap.work import work_once

    for name in ("joint-group", "provider-lead"):
        act(people[name], here, "agree")
    for name in ("finance", "provider-lead"):
        act(people[name], here, "approve")
    moment = datetime.now(UTC) - timedelta(days=3_850)
    while work_once(lambda: moment):
        pass


def _balances(one):
    from obc.bootstrap import submissions
    from obc.domain.money.settlement.ledger import balances

    found = balances(submissions.ledger_of(CONTRACT, one).entries)
    return {account: amount for account, amount in found.items() if amount}


def test_a_settled_year_is_restated_and_the_ledger_carries_the_difference(held, under_review, people):
    from obc.bootstrap import submissions
    from obc.domain.money.settlement.ledger import balances

    first = under_review(6, care_plan_within_four_weeks=(330, 400))
    _settle(people, first)
    assert "settled" in text_of(people["finance"].get(first))
    again = send(people["analyst"], "6", "f.csv", counts(held.contract, 6, care_plan_within_four_weeks=(330, 400)))
    assert again.status_code == 422 and "the same figures again" in text_of(again)
    second = under_review(6, care_plan_within_four_weeks=(240, 400))
    page = text_of(people["finance"].get(second))
    assert "These figures correct year 6, version 1" in page
    assert "82.5% 330 of 400 60.0% 240 of 400" in page and "Money that would move if this is settled" in page
    assert "restated: " in page and "In sum: " in page
    before = submissions.submission(CONTRACT, "year-6")
    _settle(people, second)
    former, later = (submissions.submission(CONTRACT, name) for name in ("year-6", "year-6-2"))
    assert (former.state, later.state, former.statement) == ("restated", "settled", before.statement)
    assert people["finance"].get(f"{first}settlement/").status_code == 200
    assert "These figures were corrected" in text_of(people["finance"].get(first))
    entries = [entry for one in submissions.statement_of(later).settlements for entry in one.entries]
    anew = {account: amount for account, amount in balances(entries).items() if amount}
    assert _balances(later) == anew != _balances(former)
    ledger = people["finance"].get(f"{second}ledger.csv").content.decode()
    assert "restated: " in ledger and len(ledger.splitlines()) > len(
        people["finance"].get(f"{first}ledger.csv").content.decode().splitlines()
    )


def test_a_dispute_that_ends_after_the_settlement_moves_what_was_held(under_review, people):
    from obc.bootstrap import submissions

    here = under_review(7, care_plan_within_four_weeks=(330, 400))
    dispute(people["manager"], here, **{"all|all|numerator": "240", "all|all|denominator": "400"})
    _settle(people, here)
    name = here.rstrip("/").rsplit("/", 1)[1]
    held = submissions.submission(CONTRACT, name)
    assert _balances(held).get("held in dispute", 0) > 0
    refused = people["analyst"].post(f"{here}correct/")
    assert refused.status_code == 422 and "no dispute that is over" in text_of(refused)
    people["provider-lead"].post(f"{here}disputes/dispute-1/", {"verb": "accept"})
    assert "Submit year 7 anew, as its disputes ended" in text_of(people["analyst"].get(HOME))
    assert "What hung on it is still held" in text_of(people["analyst"].get(here))
    there = people["analyst"].post(f"{here}correct/")["Location"]
    act(people["manager"], there, "take up")
    page = text_of(people["manager"].get(there))
    assert "82.5% 330 of 400 60.0% 240 of 400" in page and "held in dispute" in page
    _settle(people, there)
    after = submissions.submission(CONTRACT, there.rstrip("/").rsplit("/", 1)[1])
    assert after.state == "settled" and "held in dispute" not in _balances(after)


def test_remarks_are_for_all_who_may_read_and_new_ones_are_told(under_review, people):
    here = under_review(5, 4)
    people["manager"].get(here)
    act(people["analyst"], here, "comment", text="Late records of the north team are in.")
    page = text_of(people["manager"].get(here))
    assert "Since you last looked" in page and "Late records of the north team are in." in page
    assert "Since you last looked" not in text_of(people["manager"].get(here))
    assert signed_in("representative").post(f"{here}act/", {"verb": "comment", "text": "x"}).status_code == 404
