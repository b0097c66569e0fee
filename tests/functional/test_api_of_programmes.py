"""The API on programmes: the row there is the row on the page, for the same asker and for nobody else."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from page_acts import client

BOOK = "programme-oxfordshire"
HERE = f"/api/v1/programmes/{BOOK}"
HOME = f"/programmes/{BOOK}/"
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def programme(django):
    """The worked programme, with a user for each person of its files."""
    from obc.bootstrap import demonstration

    return demonstration.load_programme("oxfordshire", datetime(2016, 4, 1, tzinfo=UTC))


@pytest.fixture
def reader(programme):
    """Somebody who may read it, with nothing counted against them yet."""
    from django.core.cache import cache

    cache.clear()
    return client("accountable-officer")


def _page(reader, part: str) -> str:
    return " ".join(unescape(reader.get(f"{HOME}{part}").content.decode()).split())


@pytest.mark.parametrize(
    ("part", "page"),
    [
        ("overview", ""),
        ("plan", "plan/"),
        ("risks", "risks/"),
        ("levers", "levers/"),
        ("route", "route/"),
        ("assessment", "assessment/"),
    ],
)
def test_each_table_of_a_page_is_there_cell_by_cell(reader, part, page):
    shown = _page(reader, page)
    found = reader.get(f"{HERE}/tables/{part}?limit=1000").json()
    assert found["total"] == len(found["items"]) > 0
    for table in found["items"]:
        assert f"<caption>{table['caption']}</caption>" in shown, table["caption"]
        for row in table["rows"]:
            for cell in row:
                assert " ".join(cell.split()) in shown, (table["caption"], cell)
    assert shown.count("<table") == found["total"]


def test_the_rows_of_registers_are_the_rows_of_the_pages(reader):
    tables = {
        part: reader.get(f"{HERE}/tables/{part}?limit=1000").json()["items"] for part in ("overview", "plan", "risks")
    }

    def column(part: str, caption: str, heading: str) -> list[str]:
        table = next(one for one in tables[part] if one["caption"] == caption)
        return [row[table["columns"].index(heading)] for row in table["rows"]]

    gates = reader.get(f"{HERE}/gates").json()["items"]
    assert [one["title"] for one in gates] == column("overview", "Gates and checkpoints", "Gate")
    assert [f"{one['criteria_met']} of {one['criteria']}" for one in gates] == column(
        "overview", "Gates and checkpoints", "Criteria met"
    )
    tasks = reader.get(f"{HERE}/tasks?limit=1000").json()["items"]
    assert [one["title"] for one in tasks] == column("plan", "Tasks, late ones first", "Task")
    assert ["yes" if one["critical"] else "no" for one in tasks] == column("plan", "Tasks, late ones first", "Critical")
    due = reader.get(f"{HERE}/due?limit=1000").json()["items"]
    assert [one["what"] for one in due] == column("overview", "Due next", "What")
    titles = {one["title"]: one for one in reader.get(f"{HERE}/risks?limit=1000").json()["items"]}
    for caption in ("Risks of those who will provide", "Risks of setting the contract up"):
        stands = zip(column("risks", caption, "Risk"), column("risks", caption, "As it stands"), strict=True)
        for title, said in stands:
            assert said.endswith(f"= {titles[title]['score']}, {titles[title]['band']}")


def test_what_may_be_pulled_and_moved_now_is_said_as_on_the_page(reader):
    levers = reader.get(f"{HERE}/levers?limit=1000").json()["items"]
    page = _page(reader, "levers/")
    for one in levers:
        word = "Yes" if one["permitted"] else "Not yet"
        said = "; ".join(filter(None, (one["because"], one["takes"])))
        assert f"{word}: {said}" in page, one["id"]
    escalation = reader.get(f"{HERE}/escalations").json()["items"][0]
    assert escalation["id"] == "crisis-response" and "respond" in escalation["permitted"]
    held = reader.get(f"{HERE}/levers-in-hand?limit=1000").json()["items"]
    assert {"in hand", "proposed"} <= {one["state"] for one in held}
    promises = reader.get(f"{HERE}/promises").json()["items"]
    assert promises[0]["late"] is True and promises[0]["title"] in page


def test_findings_are_there_with_their_answers(reader):
    found = reader.get(f"{HERE}/findings?limit=3").json()
    assert len(found["items"]) == 3 < found["total"]
    rest = reader.get(f"{HERE}/findings?limit=1000&offset=3").json()
    assert found["total"] == 3 + len(rest["items"])


def test_who_may_not_see_scores_gets_none(reader):
    assert reader.get(f"{HERE}/scores").json()["may"] == "panel"
    for user in ("analyst", "clinical-adviser", "lead-provider-director"):
        seen = client(user).get(f"{HERE}/scores").json()
        assert (seen["may"], seen["items"]) == ("nothing", [])


def test_an_answer_has_a_tag_and_strangers_get_none(reader):
    first = reader.get(f"{HERE}/gates")
    assert reader.get(f"{HERE}/gates", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    from django.contrib.auth import get_user_model
    from django.test import Client

    from obc.store.people import add_user

    add_user("nobody-here", "Nobody", "a long enough password", "nobody@example.org")
    assert get_user_model().objects.filter(username="nobody-here").exists()
    assert client("nobody-here").get(f"{HERE}/gates").status_code == 404
    assert Client(SERVER_NAME="localhost").get(f"{HERE}/gates").status_code == 401
    assert reader.get("/api/v1/programmes/no-such/gates").status_code == 404
    assert BOOK in [one["id"] for one in reader.get("/api/v1/programmes").json()]


def test_a_token_for_one_programme_reads_that_one(reader):
    from django.test import Client

    from obc.bootstrap import tokens

    token = tokens.give("analyst", BOOK, "the tests", NOW + timedelta(days=1))
    asks = Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {token}"})
    assert asks.get(f"{HERE}/risks").status_code == 200
    assert asks.get("/api/v1/contracts/oxfordshire-mental-health").status_code == 404


def test_registers_that_a_programme_does_not_keep_are_not_there(reader):
    from obc.bootstrap import demonstration

    held = demonstration.load_programme("richmond", datetime(2016, 4, 1, tzinfo=UTC))
    asks = client(held.governance.people.people[0].id)
    for part in ("levers", "escalations", "promises", "findings", "scores", "tables/route", "tables/levers"):
        assert asks.get(f"/api/v1/programmes/programme-richmond/{part}").status_code == 404, part
    assert asks.get("/api/v1/programmes/programme-richmond/gates").json()["total"] > 0
