"""What people read: an indicator, a contract's home, the quality of its figures, what is published; and how fast."""

import time

import pytest

from html_reading import ReadPage
from reading_samples import CONTRACT, SECRET, TITLE, hold_copy, made_ready
from web_visits import signed_in

HOME = f"/contracts/{CONTRACT}/"
INDICATOR = "settled-accommodation-one-year"
FAST = 0.060
"""Seconds of a page that was drawn before."""


@pytest.fixture(scope="module", autouse=True)
def ready(django, tmp_path_factory):
    return made_ready(tmp_path_factory.mktemp("contract"))


def text_of(user, path: str) -> str:
    answer = signed_in(user).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return ReadPage(_bare(answer.content)).text


def _bare(content: bytes) -> bytes:
    """The main part of a page: what the reader of our own tests can take apart."""
    return b"<main>" + content.split(b"<h1>", 1)[1].split(b"</main>")[0].join((b"<h1>", b"")) + b"</main>"


def test_an_analyst_sees_how_an_indicator_stands_for_whom_and_since_when():
    told = text_of("analyst", f"{HOME}indicators/{INDICATOR}/")
    assert "Year 2 (April 2015 to March 2016): 80.0%" in told and "1,280 of 1,600 people" in told
    assert (
        "That is improved (at least 77.5%); excellent (at least 81.0%) takes 16 more people" in told
    )  # how it stands against its threshold, in a sentence
    assert "5 more people" in told or "more people would be counted if it fared as everybody does" in told
    for heading in ("Over time", "Segments", "Providers", "What exactly is counted", "What has changed", "The queries"):
        assert heading in told, heading
    assert "SQL for tsql: not run" in told and "SQL for duckdb: not run" not in told
    page = ReadPage(_bare(signed_in("analyst").get(f"{HOME}indicators/{INDICATOR}/").content))
    given = [
        (row[3].split()[-1], row[-1].split("before ")[-1]) for row in page.table("Figures as they were given").rows[1:]
    ]
    assert given == [("year-1", "first given"), ("year-1-2", "restated"), ("year-2", "first given")]


def test_who_works_with_figures_sees_them_as_they_are_and_who_looks_on_sees_small_ones_hidden():
    page = f"{HOME}indicators/{INDICATOR}/"
    small = f"{SECRET} of 40 people"
    assert small in text_of("analyst", page) and small in text_of("auditor", page)
    for user in ("representative", "board"):
        told = text_of(user, page)
        assert small not in told and "suppressed" in told
        assert "Year 2" not in told.split("What exactly is counted")[0]  # not agreed yet


def test_the_public_sees_published_years_in_plain_words_and_nothing_that_is_under_work():
    told = text_of(None, f"{HOME}published/")
    assert "that hung on outcomes was earned" in told and "Year 1: figures" in told
    assert "Year 2" not in told and f"{SECRET} of 40" not in told
    own = text_of(None, f"{HOME}published/indicators/{INDICATOR}/")
    assert "Year 1" in own and "Year 2" not in own and "suppressed" in own and "The queries" not in own
    assert signed_in(None).get(f"{HOME}indicators/{INDICATOR}/").status_code == 302
    assert signed_in(None).get(f"{HOME}published/indicators/no-such/").status_code == 404


def test_two_versions_of_a_published_year_are_not_both_open():
    first, corrected = (signed_in(None).get(f"{HOME}published/year-1{n}/figures.csv") for n in ("", "-2"))
    assert first.status_code == 404 and corrected.status_code == 200
    rows = corrected.content.decode().splitlines()
    assert len(rows) > 100 and not any(row.startswith("2015-") for row in rows)


def test_a_contract_opens_with_how_it_stands_what_is_due_and_what_lies_ahead():
    told = text_of("manager", HOME)
    for words in ("Take up the figures of year 2", "points were earned", "is due in all", "Key dates ahead"):
        assert words in told, words
    assert "scored" in told and "published" in told


def test_the_portfolio_says_of_each_contract_how_it_stands():
    content = signed_in("finance").get("/").content.decode()
    assert TITLE in content and "Year 1 is published" in content and "Next: " in content
    stranger = signed_in(None).get("/").content.decode()
    assert TITLE in stranger and "Year 1 is published" in stranger and "Year 2" not in stranger


def test_the_portfolio_asks_no_more_of_the_database_for_more_contracts():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from obc.bootstrap.portfolio import contracts_for
    from obc.store.book import books_with

    with CaptureQueriesContext(connection) as asked:
        assert len(contracts_for("manager")) == len(books_with("contract"))
    assert len(asked) <= 4  # three, and the one of the assertion


def test_the_outcomes_page_says_what_is_paid_for_and_leads_to_each_indicator():
    client = signed_in("representative")
    content = client.get(f"{HOME}framework/").content.decode()
    assert f'href="../indicators/{INDICATOR}/"' in content
    told = text_of("representative", f"{HOME}framework/")
    assert "7 outcomes with 25 indicators: 20 are paid for, 5 shown for learning" in told
    assert "Evidence:" in told and "Points of the pot when all outcomes reach a level" in told


def test_what_to_chase_stands_in_the_order_of_what_it_could_bring():
    told = text_of("analyst", f"{HOME}data-quality/")
    assert "cannot be paid in full as the figures stand, and chasing records that do not say could bring up to" in told
    stopped = told.split("What cannot be paid as it stands")[1].split("What to chase")[0]
    assert "Deaths of people in the segment" in stopped and "Strain on carers" not in stopped
    assert "When the figures came" in told
    table = ReadPage(_bare(signed_in("analyst").get(f"{HOME}data-quality/").content)).table("Indicators of year 2")
    gains = [float(row[-1].rsplit(" ", 1)[-1]) for row in table.rows[1:]]
    could = [gain for i, gain in enumerate(gains) if any(gains[: i + 1])]  # what cannot be paid stands before
    assert could == sorted(could, reverse=True) and could[0] > 0


def test_an_empty_contract_teaches(tmp_path):
    hold_copy(tmp_path, "reading-nothing", "A contract without figures")
    place = "/contracts/reading-nothing/"
    assert "Nothing is scored yet" in text_of("manager", place)
    assert "No figures were submitted yet" in text_of("analyst", f"{place}data-quality/")
    assert "Nothing is published yet" in text_of(None, f"{place}published/")
    assert "No figure is known yet" in text_of("analyst", f"{place}indicators/{INDICATOR}/")


@pytest.mark.parametrize("path", ["/", HOME, f"{HOME}indicators/{INDICATOR}/", f"{HOME}data-quality/"])
def test_a_page_that_was_drawn_before_comes_at_once(path):
    client = signed_in("manager")
    client.get(path)
    times = []
    for _ in range(9):
        began = time.process_time()
        assert client.get(path).status_code == 200
        times.append(time.process_time() - began)
    assert min(times) < FAST, times
