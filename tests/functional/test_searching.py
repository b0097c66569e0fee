"""One box finds everything that has a name, and only what the visitor may open."""

import re

import pytest

from reading_samples import CONTRACT, DAY, TITLE, made_ready
from web_visits import signed_in

PLACE = f"/contracts/{CONTRACT}/"


@pytest.fixture(scope="module", autouse=True)
def ready(django, tmp_path_factory):
    from obc.bootstrap import demonstration

    demonstration.load_programme("oxfordshire", DAY)
    return made_ready(tmp_path_factory.mktemp("contract"))


def found(user, sought: str) -> tuple[str, list[str]]:
    """The page, and the addresses that it leads to."""
    answer = signed_in(user).get("/search/", {"q": sought})
    assert answer.status_code == 200
    content = answer.content.decode()
    main = content.split("<h1>", 1)[1].split("</main>")[0]
    return main, re.findall(r'<li><a href="([^"]+)"', main)


def test_every_kind_of_thing_is_found_and_each_leads_to_a_page_that_opens():
    for user, sought, kind in (
        ("manager", "settled accommodation", "Outcomes"),
        ("manager", "settled accommodation diagnosis", "Indicators"),
        ("manager", "supported housing", "Services"),
        ("manager", "figures year 2", "Figures"),
        ("manager", TITLE, "Contracts"),
        ("accountable-officer", "case for change", "Gates"),
        ("accountable-officer", "provider", "Risks"),
    ):
        main, addresses = found(user, sought)
        assert f"<h2>{kind}</h2>" in main, (sought, main[:2000])
        client = signed_in(user)
        for address in addresses:
            assert client.get(address.split("#")[0]).status_code == 200, address
    assert "gain and loss share" in found(None, "gain loss share")[0].lower()


def test_a_stranger_finds_no_working_figure_and_no_page_that_is_closed():
    for sought in ("figures", "year", "settled", TITLE, "risk", "crisis", "scored"):
        main, addresses = found(None, sought)
        assert all("/published/" in address for address in addresses), (sought, addresses)
        assert "year 2" not in main.lower() and "Services" not in main and "<h2>Risks" not in main
        client = signed_in(None)
        assert all(client.get(address.split("#")[0]).status_code == 200 for address in addresses)


def test_nobody_finds_what_is_in_a_contract_or_programme_in_which_they_have_no_role():
    _, addresses = found("accountable-officer", "settled accommodation")  # has a role in the programme alone
    assert not any(address.startswith(PLACE) for address in addresses)
    _, addresses = found("manager", "case for change")
    assert not any(address.startswith("/programmes/") for address in addresses)


def test_a_representative_finds_no_figures_that_are_not_agreed():
    assert f"{PLACE}submissions/year-2/" not in found("representative", "figures year")[1]
    assert f"{PLACE}submissions/year-2/" in found("auditor", "figures year")[1]


def test_it_says_why_nothing_was_found_and_runs_nothing_that_was_typed():
    main, addresses = found("manager", "<script>zebra")
    assert not addresses and "Nothing that you may see" in main and "<script>" not in main
    assert "You have not signed in" in found(None, "zebra")[0] and "too short" in found(None, "z")[0]
    assert "Write what you look for" in found(None, "")[0]
    assert signed_in(None).get("/search/", {"q": "a" * 10_000}).status_code == 200


def test_every_page_has_the_box():
    for user, path in (("manager", PLACE), (None, "/"), (None, f"{PLACE}published/"), ("manager", "/search/")):
        assert 'action="/search/"' in signed_in(user).get(path).content.decode(), path
