"""A row once recorded holds for ever, or for as long as the rule says."""

from segmentation_cases import days_in

ANN = """
    people | person_id birth_date
           | ann       1980-01-01
"""


def test_it_holds_from_its_day_on() -> None:
    fact = {"recorded": "diagnoses", "where": {"diagnosis": "F10-F19"}}
    text = (
        ANN
        + """
    diagnoses | person_id happened   diagnosis position
              | ann       2015-02-01 F32       primary
              | ann       2015-03-01 F10.2     secondary
    """
    )
    assert days_in(fact, text, "2015-01-01", "2015-12-31") == [("2015-03-01", "2015-12-31")]


def test_within_days_counts_both_ends_and_rows_in_reach_of_each_other_join() -> None:
    fact = {"recorded": "contacts", "where": {"team": "A02"}, "within": "10 days"}
    text = (
        ANN
        + """
    contacts | person_id happened   team
             | ann       2015-02-01 A02
             | ann       2015-02-09 A02
             | ann       2015-06-01 A02
             | ann       2015-07-01 A06
    """
    )
    found = days_in(fact, text, "2015-01-01", "2015-12-31")
    assert found == [("2015-02-01", "2015-02-19"), ("2015-06-01", "2015-06-11")]


def test_a_score_must_be_reached() -> None:
    fact = {"recorded": "scores", "where": {"item": ["h-11", "h-12"]}, "score at least": "3", "within": "1 month"}
    text = (
        ANN
        + """
    scores | person_id happened   item score
           | ann       2015-01-01 h-11 2
           | ann       2015-03-01 h-12 3
           | ann       2015-06-01 h-10 4
           | ann       2015-08-01 h-11 -
    """
    )
    assert days_in(fact, text, "2015-01-01", "2015-12-31") == [("2015-03-01", "2015-04-01")]
