"""What somebody finds who starts the demonstration: a year that was paid, and one that waits for them."""

from datetime import date

import pytest

from command import obc
from web_visits import signed_in

CONTRACT = "oxfordshire-mental-health"


@pytest.fixture(scope="module")
def lived(django, tmp_path_factory):
    """The demonstration as `obc serve --demo` leaves it before it serves."""
    from obc.bootstrap import demonstration, demonstration_life, demonstration_records

    held = demonstration.load(CONTRACT, demonstration_life.BEGUN)
    extract = demonstration_records.records_for(held, date(2016, 5, 2), tmp_path_factory.mktemp("extract"))
    assert demonstration_life.live(held, extract, demonstration.NAMES)
    assert not demonstration_life.live(held, extract, demonstration.NAMES), "what has happened happens once"
    return held


def test_the_home_shows_the_year_that_was_paid_and_what_waits_for_the_manager(lived):
    page = signed_in("manager").get(f"/contracts/{CONTRACT}/").content.decode()
    assert "Year 1 is published" in page and "of 40 points were earned" in page
    assert "Take up the figures of year 2 for review" in page


def test_all_parties_have_signed_a_statement_that_holds_away_from_here(lived, tmp_path):
    from io import BytesIO
    from zipfile import ZipFile

    sent = signed_in("auditor").get(f"/contracts/{CONTRACT}/submissions/year-1/statement.zip")
    content = b"".join(sent) if sent.streaming else sent.content
    ZipFile(BytesIO(content)).extractall(tmp_path)
    done = obc("verify", tmp_path / "statement.json")
    assert done.status == 0, done.out
    assert "every figure adds up" in done.out.lower()


def test_the_public_sees_year_1_alone(lived):
    page = signed_in(None).get(f"/contracts/{CONTRACT}/published/").content.decode()
    assert "ear 1" in page and "ear 2" not in page


@pytest.mark.parametrize("user", ["board", "representative"])
def test_who_looks_on_sees_results_with_small_numbers_hidden(lived, user):
    client, here = signed_in(user), f"/contracts/{CONTRACT}/submissions/year-1/"
    page = client.get(f"{here}?segments=all").content.decode()
    assert "Small numbers are hidden here" in page and "suppressed" in page and "values.csv" not in page
    for name in ("scorecard/", "settlement/"):
        shown = client.get(f"{here}{name}").content.decode()
        assert "Counts from 1 to 7 are suppressed" in shown and 'statement.json">' not in shown
    for file in ("values.csv", "values.xlsx", "statement.json", "statement.zip", "statement.pdf", "ledger.csv"):
        assert client.get(f"{here}{file}").status_code == 403, file


def test_who_works_with_them_sees_every_count(lived):
    page = signed_in("manager").get(f"/contracts/{CONTRACT}/submissions/year-1/?segments=all").content.decode()
    assert "Download them" in page and "suppressed" not in page
