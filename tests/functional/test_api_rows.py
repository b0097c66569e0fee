"""A row in the API is the row on the page: of every kind, in the words in which the page has it."""

import pytest

from html_reading import ReadPage
from returns import counts
from web_visits import signed_in

CONTRACT = "oxfordshire-mental-health"
API, PAGES = f"/api/v1/contracts/{CONTRACT}", f"/contracts/{CONTRACT}"


@pytest.fixture(scope="module")
def held(django):
    """The contract with a year and a quarter submitted."""
    from obc.bootstrap import demonstration, long_work, submissions
    from obc.store import people

    at = django.clock()
    held = demonstration.load(CONTRACT, at)
    analyst = people.person("analyst", CONTRACT)
    for year, quarter in ((6, None), (7, 1)):
        values = submissions.values_in("figures.csv", counts(held.contract, year, quarter))
        submissions.submit(held, values, year, quarter, analyst, at)
    long_work.ask(held, "report", "contract", "", analyst, at)
    return held


@pytest.fixture
def seen(held):
    """`seen('manager', '/runs')`: the items of the API; `seen('manager', '/runs/', page=True)`: the page."""
    from django.core.cache import cache

    cache.clear()

    def by(user: str, path: str, page: bool = False):
        answer = signed_in(user).get(f"{PAGES if page else API}{path}")
        assert answer.status_code == 200, (path, answer.content[:300])
        if page:
            return ReadPage(answer.content)
        content = answer.json()
        return content.get("items", content) if isinstance(content, dict) else content

    return by


def _rows(page: ReadPage) -> list[str]:
    return [" | ".join(" ".join(cell.split()) for cell in row) for table in page.tables for row in table.rows]


def _has(rows: list[str], *words: object) -> None:
    assert any(all(str(word).lower() in row.lower() for word in words) for row in rows), (words, rows[:5])


def test_submissions(seen, held):
    from obc.reports.names import Names

    names = Names(held.contract)
    rows = _rows(seen("manager", "/submissions/", page=True))
    items = seen("manager", "/submissions")
    assert len(items) >= 2
    for one in items:
        period = f"Year {one['year']}" + (f", quarter {one['quarter']}" if one["quarter"] else "")
        _has(rows, period, names.account(one["organisation"]), one["rows"], one["state"])


def test_figures_their_quality_and_an_indicators_history(seen, held):
    from obc.reports.names import Names
    from obc.web.words import figure

    rows = _rows(seen("manager", "/submissions/year-6/?segments=all", page=True))
    titles = {one.id: one.title for one in held.contract.definitions}
    names = Names(held.contract)
    values, qualities = seen("manager", "/submissions/year-6/values"), seen("manager", "/submissions/year-6/quality")
    assert len(values) == len(qualities) >= len(titles)
    for value, quality in zip(values, qualities, strict=True):
        assert {key: value[key] for key in ("indicator", "segment", "provider", "evidence", "unknown")}.items() <= (
            quality.items()
        )
        top, under = figure(value["numerator"]), figure(value["denominator"])
        _has(rows, titles[value["indicator"]], names.segment(value["segment"]), value["evidence"], top, under)
    first = values[0]["indicator"]
    known = [one["value"] for one in seen("manager", f"/indicators/{first}/history") if one["submission"] == "year-6"]
    assert known == [one for one in values if one["indicator"] == first]


def test_the_scorecard(seen):
    page, card = (
        seen("manager", "/submissions/year-6/scorecard/", page=True),
        seen("manager", "/submissions/year-6/scorecard"),
    )
    assert card["outcomes"]
    for outcome in card["outcomes"]:
        assert outcome["title"] in page.text


def test_the_framework_and_its_indicators(seen):
    page = seen("board", "/framework/", page=True)
    for outcome in seen("board", "/outcomes"):
        assert outcome["title"] in page.text
    for one in seen("board", "/indicators")[:3]:
        shown = seen("board", f"/indicators/{one['id']}/", page=True)
        assert one["title"] in shown.text and one["sentence"][:60] in " ".join(shown.text.split())


def test_runs(seen):
    from obc.bootstrap.people import called

    rows, items = _rows(seen("manager", "/runs/", page=True)), seen("manager", "/runs")
    assert items
    for one in items:
        _has(rows, one["title"], called(one["asked_by"]), one["state"])


def test_people_for_who_manages_them_and_nobody_else(seen, held):
    page, items = seen("administrator", "/people/", page=True), seen("administrator", "/people")
    assert {"manager", "analyst"} <= {one["person"] for one in items}
    for one in items:
        assert one["name"] in page.text and one["role"] in page.text.lower()
    with pytest.raises(AssertionError, match="does not let you"):
        seen("manager", "/people")


def test_the_trail(seen):
    rows, items = _rows(seen("auditor", "/audit/", page=True)), seen("auditor", "/audit")
    for one in items[-3:]:
        _has(rows, one["number"], one["by"], one["verb"], one["record"])


def test_changes_and_offers(held, seen):
    from datetime import timedelta

    from obc.web.access import now

    manager, day = signed_in("manager"), (now().date() + timedelta(days=40)).isoformat()
    pot, source = "payment.yaml:figures / pot of the year / is", {"year": "4", "source": "minutes of 1 May"}
    for title, size in (("A larger pot", "4,000,000"), ("A smaller pot", "2,000,000")):
        draft = manager.post(f"{PAGES}/drafts/", {"title": title}).headers["Location"]
        folder = manager.get(f"{draft}terms/money/").content.decode().split('name="folder" value="')[1].split('"')[0]
        manager.post(f"{draft}terms/money/", {"folder": folder, pot: size, **source})
        put = {"title": title, "message": "more at stake", "effective": day}
        assert manager.post(f"{draft}offer/", put).status_code == 302
    rows, items = _rows(seen("manager", "/offers/", page=True)), seen("manager", "/offers")
    assert [one["proposal"]["title"] for one in items] == ["A larger pot", "A smaller pot"]
    for one in items:
        _has(rows, one["proposal"]["title"], one["state"], day_of(one["proposal"]["proposed"]))
    what = {"file": "payment.yaml", "at": "figures / pot of the year / is / 3 / value", "reads": "2_500_000"}
    wish = {"id": "smaller-pot", "title": "The pot of year 3", "because": "The grant was cut.", "effective": day}
    assert manager.post(f"{PAGES}/propose/", {**wish, **what}).status_code == 302
    page, items = seen("manager", "/changes/", page=True), seen("manager", "/changes")
    assert [one["id"] for one in items] == ["smaller-pot"]
    for one in items:
        for words in (one["title"], one["because"], one["state"], day_of(one["effective"])):
            assert words in page.text


def day_of(given: str) -> str:
    from datetime import date

    from obc.web.words import day

    return day(date.fromisoformat(given))
