"""An analyst follows a figure from the scorecard to its SQL, in a browser, at a desk and on a phone."""

import pytest

from reading_samples import CONTRACT, made_ready

HOME = f"/contracts/{CONTRACT}/"


@pytest.fixture(scope="module", autouse=True)
def ready(site, tmp_path_factory):
    return made_ready(tmp_path_factory.mktemp("contract"))


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_an_analyst_follows_a_figure_from_the_scorecard_to_its_sql(somebody, step, width, tmp_path):
    with step("Given an analyst at the home of the contract, who sees how it stands"):
        analyst = somebody("analyst", width)
        analyst.goes_to(HOME)
        analyst.sees("points were earned")
        analyst.sees("Key dates ahead")
        analyst.pictured(f"home-{width}")
    with step("When they open the scorecard, then it says which indicators earned the points"):
        analyst.follows("The scorecard")
        analyst.sees("Still in settled accommodation one year after diagnosis")
    with step("When they search for the indicator and open it, then it says how it stands against its threshold"):
        analyst.fills("Search", "settled diagnosis")
        analyst.presses("Search")
        analyst.follows("Still in settled accommodation one year after diagnosis")
        analyst.sees("excellent (at least 81.0%) takes 16 more people")
        analyst.pictured(f"indicator-{width}")
    with step("Then for whom it falls short, in people, and where the figures came from"):
        analyst.sees("would be counted if it fared as everybody does")
        analyst.sees("restated")
    with step("And every number of the picture can be opened with the keyboard and taken away"):
        analyst.opens("The numbers in this picture")
        assert analyst.page.locator("figure details[open] table").first.is_visible()
        analyst.saves("CSV of", tmp_path / "figures.csv")
        assert (tmp_path / "figures.csv").read_text().startswith("Segment,Period,Value")
    with step("And the query that counted it opens below, with the kinds of SQL that nothing runs marked"):
        analyst.opens("SQL for duckdb")
        analyst.sees("SELECT")
        analyst.sees("SQL for tsql: not run")
        analyst.looks()
