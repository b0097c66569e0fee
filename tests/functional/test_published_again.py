"""A published year that is corrected stays open to all as it was, until the corrected one is published in its place."""

import pytest

from html_reading import ReadPage
from reading_samples import CONTRACT, hold_copy, publish, publish_year, settle_year
from web_visits import signed_in

PUBLISHED = f"/contracts/{CONTRACT}/published/"
CORRECTED = "These figures have since been corrected."


@pytest.fixture(scope="module", autouse=True)
def ready(django, tmp_path_factory):
    hold_copy(tmp_path_factory.mktemp("contract"), CONTRACT, "A contract to publish")


def _figures() -> ReadPage:
    return ReadPage(signed_in(None).get(PUBLISHED).content)


def test_what_is_published_never_goes_away():
    assert "Nothing is published yet" in _figures().text
    publish_year(1)
    before = _figures()
    assert CORRECTED not in before.text

    corrected = settle_year(1, more=10)
    meanwhile = _figures()
    assert meanwhile.table("Figures of year 1").rows == before.table("Figures of year 1").rows
    assert CORRECTED in meanwhile.text
    assert signed_in(None).get(f"{PUBLISHED}year-1/figures.csv").status_code == 200
    assert signed_in(None).get(f"{PUBLISHED}{corrected}/figures.csv").status_code == 404
    assert "Year 1" in ReadPage(signed_in(None).get("/").content).text

    publish(corrected)
    after = _figures()
    assert after.table("Figures of year 1").rows != before.table("Figures of year 1").rows
    assert CORRECTED not in after.text and after.headings.count("Year 1: figures") == 1
