"""Age changes on the birthday; of those born on 29 February on 1 March where there is no such day."""

import pytest

from segmentation_cases import days_in


@pytest.mark.parametrize(
    ("born", "ages", "expected"),
    [
        ("1997-05-10", [0, 17], [("2014-01-01", "2015-05-09")]),
        ("1997-05-10", [18, 18], [("2015-05-10", "2016-05-09")]),
        ("1996-02-29", [18, 18], [("2014-03-01", "2015-02-28")]),
        ("1996-02-29", [20, 64], [("2016-02-29", "2016-12-31")]),
        ("2015-03-03", [0, 0], [("2015-03-03", "2016-03-02")]),
    ],
)
def test_both_ends_of_the_ages_are_included(born: str, ages: list[int], expected: list[tuple[str, str]]) -> None:
    text = f"""
    people | person_id birth_date
           | ann       {born}
    """
    assert days_in({"age": ages}, text, "2014-01-01", "2016-12-31") == expected
