"""The API: what the pages show, for programs, under the same rights."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from returns import counts
from web_visits import signed_in

CONTRACT, OTHER = "oxfordshire-mental-health", "richmond-community"
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def held(django):
    """The contract with the demonstration's users, and another in which they have no role."""
    from obc.bootstrap import books, demonstration

    at = django.clock()
    books.hold(OTHER, demonstration.LOADER, at, "another contract")
    return demonstration.load(CONTRACT, at)


@pytest.fixture
def api(held):
    """`api('analyst')` asks as somebody's program, with a token that may send, for the first contract."""
    from django.core.cache import cache
    from django.test import Client

    from obc.bootstrap import tokens

    cache.clear()

    def asks(user: str, may_send: bool = True):
        token = tokens.give(user, CONTRACT, "the tests", NOW + timedelta(days=1), may_send)
        return Client(SERVER_NAME="localhost", headers={"Authorization": f"Bearer {token}"})

    return asks


def _rows(held, year: int) -> list[dict]:
    from obc.bootstrap import submissions

    values = submissions.values_in("figures.csv", counts(held.contract, year)).values
    return [json.loads(one.model_dump_json(exclude_none=True)) for one in values]


def test_a_program_submits_and_reads_what_the_pages_show(api, held):
    client = api("analyst")
    sent = {"year": 3, "values": _rows(held, 3)}
    made = client.post(f"/api/v1/contracts/{CONTRACT}/submissions", sent, content_type="application/json")
    assert made.status_code == 201, made.content
    here = f"/api/v1/contracts/{CONTRACT}/submissions/year-3"
    one = client.get(here)
    assert one.json()["state"] == "scored" and one.json()["rows"] == len(sent["values"])
    assert client.get(here, headers={"If-None-Match": one.headers["ETag"]}).status_code == 304
    first = client.get(f"{here}/values?limit=10").json()
    rest = client.get(f"{here}/values?limit=1000&offset=10").json()
    assert first["total"] == len(sent["values"]) == len(first["items"]) + len(rest["items"])
    assert client.get(f"/api/v1/contracts/{CONTRACT}/submissions").json()["items"][0]["id"] == "year-3"
    assert client.get(f"{here}/statement").status_code == 404
    page = client.get(f"/contracts/{CONTRACT}/submissions/year-3/")
    assert page.status_code == 302, "a token opens the API, no pages"


def test_wrong_figures_come_back_with_every_problem(api, held):
    rows = _rows(held, 4)
    proportions = [row for row in rows if row["measure"] == "proportion"][:2]
    for row in proportions:
        row["numerator"] = 500
    answer = api("analyst").post(
        f"/api/v1/contracts/{CONTRACT}/submissions", {"year": 4, "values": rows}, content_type="application/json"
    )
    errors = [one for one in answer.json()["problems"] if one["severity"] == "error"]
    assert answer.status_code == 422 and len(errors) == 2
    assert "a numerator of 500 above its denominator of 400" in errors[0]["found"]


def test_a_token_is_for_one_contract_and_its_owners_rights(api, held):
    board, auditor = api("board"), api("auditor")
    assert [one["id"] for one in board.get("/api/v1/contracts").json()] == [CONTRACT]
    assert board.get(f"/api/v1/contracts/{CONTRACT}").json()["title"] == held.title
    assert board.get(f"/api/v1/contracts/{CONTRACT}/outcomes").json()
    assert len(board.get(f"/api/v1/contracts/{CONTRACT}/indicators").json()) == len(held.contract.definitions)
    assert board.get(f"/api/v1/contracts/{OTHER}").status_code == 404
    assert board.get(f"/api/v1/contracts/{CONTRACT}/audit").status_code == 403
    trail = auditor.get(f"/api/v1/contracts/{CONTRACT}/audit?limit=1").json()
    assert trail["total"] >= 1 and trail["items"][0]["number"] == 1
    assert auditor.get(f"/api/v1/contracts/{CONTRACT}/published/nothing").status_code == 404
    sent = auditor.post(f"/api/v1/contracts/{CONTRACT}/submissions", {"year": 1, "values": []}, "application/json")
    assert sent.status_code == 403


def test_without_a_token_that_holds_nothing_is_answered(held):
    from django.test import Client

    from obc.bootstrap import tokens

    stranger = Client(SERVER_NAME="localhost")
    assert stranger.get("/api/v1/contracts").status_code == 401
    over = tokens.give("board", CONTRACT, "the tests", NOW - timedelta(days=1))
    revoked = tokens.give("board", CONTRACT, "the tests", NOW + timedelta(days=1))
    assert tokens.revoke(revoked, NOW) and not tokens.revoke(revoked, NOW)
    for token in (over, revoked, "obc_guess"):
        assert stranger.get("/api/v1/contracts", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_session_of_the_browser_needs_the_token_of_a_page_to_send(held):

    client = signed_in("analyst", enforce_csrf_checks=True)
    assert client.get(f"/api/v1/contracts/{CONTRACT}").status_code == 200
    sent = client.post(f"/api/v1/contracts/{CONTRACT}/submissions", {"year": 1, "values": []}, "application/json")
    assert sent.status_code == 403


def test_no_request_that_follows_the_document_brings_a_server_error(held):
    import schemathesis
    from django.core.cache import cache
    from hypothesis import HealthCheck, Phase, given, settings

    from obc.bootstrap import tokens
    from obc.web.wsgi import application

    token = tokens.give("analyst", CONTRACT, "the tests", NOW + timedelta(days=1), may_send=True)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked = settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 18

    for operation in operations:

        @asked
        @given(case=operation.as_strategy())
        def ask(case) -> None:
            cache.clear()  # how many requests are let through is tested below
            if "book" in case.path_parameters:
                case.path_parameters["book"] = CONTRACT
            answer = case.call(headers={"Authorization": f"Bearer {token}", "Host": "localhost"})
            assert answer.status_code < 500, f"{case.method} {case.path}: {answer.text}"

        ask()


def test_the_manual_names_every_address(held):
    manual = (Path(__file__).parents[2] / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    paths = signed_in("manager").get("/api/v1/openapi.json").json()["paths"]
    assert len(paths) > 30
    ends = {path: [part for part in path.split("/") if not part.startswith("{")][-1] for path in paths}
    assert [path for path, end in ends.items() if f"/{end}" not in manual] == []


def test_too_many_requests_are_slowed_down(api, monkeypatch):
    from obc.web.api import routes

    assert routes.A_MINUTE.num_requests == 1_200
    monkeypatch.setattr(routes.A_MINUTE, "num_requests", 12)
    client = api("board")
    answers = [client.get("/api/v1/contracts/no-such-contract") for _ in range(13)]
    assert [one.status_code for one in answers] == [404] * 12 + [429]
    last = answers[-1]
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    assert last.json()["detail"] == f"Too many requests. Ask again in {last.headers['Retry-After']} s."


def test_a_token_reads_and_sends_only_where_it_was_given_for_that(api, held):
    sent = {"year": 5, "values": _rows(held, 5)}
    here = f"/api/v1/contracts/{CONTRACT}/submissions"
    refused = api("analyst", may_send=False).post(here, sent, content_type="application/json")
    assert refused.status_code == 403 and "reads only" in refused.json()["detail"]
    assert api("analyst").get(f"{here}/year-5").status_code == 404, "nothing was kept"
    assert api("analyst").post(here, sent, content_type="application/json").status_code == 201


def test_every_answer_has_a_tag_and_is_not_sent_twice(api, held):
    manager, auditor = api("manager"), api("auditor")
    parts = ("", "/outcomes", "/indicators", "/submissions", "/changes", "/runs")
    for client, part in [*((manager, one) for one in parts), (auditor, "/audit")]:
        address = f"/api/v1/contracts/{CONTRACT}{part}"
        first = client.get(address)
        assert first.status_code == 200 and first.headers["ETag"].startswith('"sha256:'), address
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304 and again.content == b"", address
        other = client.get(address, headers={"If-None-Match": '"sha256:0"'})
        assert other.status_code == 200 and other.content == first.content, address
