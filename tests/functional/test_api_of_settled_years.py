"""What the API says of a settled and a published year is what their pages say, to the penny and to the word."""

import pytest

from html_reading import ReadPage
from reading_samples import CONTRACT, made_ready
from web_visits import signed_in

API, PAGES = f"/api/v1/contracts/{CONTRACT}", f"/contracts/{CONTRACT}"


@pytest.fixture(scope="module", autouse=True)
def ready(django, tmp_path_factory):
    return made_ready(tmp_path_factory.mktemp("contract"))


def test_every_flow_of_a_statement_is_a_row_of_its_page():
    from collections import Counter

    from obc.domain.core.kernel.money import written

    finance = signed_in("finance")
    statement = finance.get(f"{API}/submissions/year-1-2/statement").json()
    page = ReadPage(finance.get(f"{PAGES}/submissions/year-1-2/settlement/").content)
    rows = [" | ".join(row) for table in page.tables for row in table.rows]
    flows = Counter()
    for account in statement["settlements"]:
        for entry in account["entries"]:
            flows[entry["credit"], entry["debit"], entry["reason"]] += entry["amount_minor"]
    assert flows
    for (_, _, reason), amount in flows.items():
        told = written(amount, statement["currency"])
        assert any(told in row and reason in row for row in rows), (reason, told)


def test_every_published_figure_is_the_one_on_the_public_page():
    from obc.bootstrap import books
    from obc.web.words import figure

    titles = {one.id: one.title for one in books.held(CONTRACT).contract.definitions}
    board, page = signed_in("board"), ReadPage(signed_in(None).get(f"{PAGES}/published/").content)
    items = board.get(f"{API}/published/year-1-2?limit=1000").json()["items"]
    year = {"start": "2014-04-01", "end": "2015-03-31"}
    shown = {row[0]: row[1:] for row in page.table("Figures of year 1").rows[1:]}
    of_the_year = [one for one in items if (one["segment"], one["provider"], one["period"]) == ("all", "all", year)]
    assert len(of_the_year) == len(shown) > 20
    for one in of_the_year:
        told = shown[titles[one["indicator"]]]
        if one["shown"] == "shown":
            counts = [one["numerator"], one["denominator"]]
            assert told[:2] == ["not published" if each is None else figure(each) for each in counts], one
        else:
            assert one["numerator"] is None and one["shown"] in " ".join(told), (one, told)
