"""The audit page: looked through by kind, person and day, page by page, and taken away."""

import csv
import io

import pytest

from reading_samples import CONTRACT, made_ready
from web_visits import signed_in

PAGE = f"/contracts/{CONTRACT}/audit/"


@pytest.fixture(scope="module", autouse=True)
def ready(django, tmp_path_factory):
    return made_ready(tmp_path_factory.mktemp("contract"))


def rows(**asked: str) -> list[dict[str, str]]:
    answer = signed_in("auditor").get(f"{PAGE}actions.csv", asked)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def shown(**asked: str):
    return signed_in("auditor").get(PAGE, asked)


def test_what_is_asked_for_is_listed_the_newest_first_and_the_files_hold_the_same():
    everything = rows()
    kept = rows(kind="submission", by="finance")
    assert 0 < len(kept) < len(everything)
    assert {(one["Kind"], one["Who"]) for one in kept} == {("submission", "finance")}
    numbers = [int(one["Number"]) for one in everything]
    assert numbers == sorted(numbers, reverse=True)
    content = shown(kind="submission", by="finance").content.decode()
    assert f"1 to {len(kept)} of {len(kept)} that are like this, of {len(everything)} in all" in content
    assert 'actions.csv?kind=submission&amp;by=finance"' in content
    assert signed_in("auditor").get(f"{PAGE}actions.xlsx").content.startswith(b"PK")


def test_days_are_both_included_and_a_day_that_is_none_is_refused_in_words():
    day = "2016-04-20"
    of_the_day = [one for one in rows(kind="submission") if one["When"].startswith(day)]
    assert rows(since=day, until=day, kind="submission") == of_the_day != []
    assert not {one["Number"] for one in rows(since="2016-04-21")} & {one["Number"] for one in of_the_day}
    assert not {one["Number"] for one in rows(until="2016-04-19")} & {one["Number"] for one in of_the_day}
    answer = shown(since="yesterday")
    assert answer.status_code == 422 and "write a day as 2016-04-30" in answer.content.decode()
    assert 'value="yesterday"' in answer.content.decode()


def test_nothing_found_says_what_to_do():
    assert "No action is like this" in shown(since="2030-01-01").content.decode()


def test_a_page_that_is_none_is_the_last_one_and_filters_go_along():
    from obc.web.pages import audit

    pages = -(-len(rows()) // audit.A_PAGE)
    content = shown(page="9999").content.decode()
    assert f"of {len(rows())}" in content
    if pages > 1:
        assert f'href="?page={pages - 1}"' in content
    assert shown(page="1; drop table").status_code == 200


def test_only_who_may_read_the_trail_gets_its_files():
    for file in ("", "actions.csv", "actions.xlsx"):
        assert signed_in("manager").get(f"{PAGE}{file}").status_code == 403
        assert signed_in(None).get(f"{PAGE}{file}").status_code == 302


def test_the_trail_of_a_programme_is_read_checked_and_taken_away_by_its_auditor_alone():
    import json

    from obc.bootstrap import demonstration
    from obc.domain.core.kernel.trail import Action, broken_links
    from reading_samples import DAY

    demonstration.load_programme("oxfordshire", DAY)
    page = "/programmes/programme-oxfordshire/audit"
    auditor = signed_in("auditor")
    assert "The trail holds" in auditor.get(f"{page}/").content.decode()
    assert f'href="{page}/"' in auditor.get("/programmes/programme-oxfordshire/").content.decode()
    exported = json.loads(auditor.get(f"{page}.json").content)
    kept = [Action.model_validate(one) for one in exported["actions"]]
    assert exported["book"] == "programme-oxfordshire" and kept and not broken_links(kept)
    listed = list(csv.DictReader(io.StringIO(auditor.get(f"{page}/actions.csv").content.decode())))
    assert len(listed) == len(kept)
    assert auditor.get(f"{page}/actions.pdf").status_code == 404
    for path in ("/", ".json", "/actions.csv"):
        assert signed_in("programme-manager").get(f"{page}{path}").status_code == 403
        assert signed_in("manager").get(f"{page}{path}").status_code == 404
