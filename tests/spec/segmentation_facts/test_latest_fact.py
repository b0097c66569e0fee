"""A latest row counts from its day until the next, or until it is too old."""

from segmentation_cases import days_in

PSYCHOSIS = {"latest": "clusters.cluster", "has": ["10", "11"]}


def test_it_holds_from_its_day_until_the_next_row_says_otherwise() -> None:
    text = """
    people   | person_id birth_date
             | ann       1980-01-01
    clusters | person_id happened   cluster
             | ann       2015-02-01 11
             | ann       2015-05-01 07
             | ann       2015-08-01 10
    """
    found = days_in(PSYCHOSIS, text, "2015-01-01", "2015-12-31")
    assert found == [("2015-02-01", "2015-04-30"), ("2015-08-01", "2015-12-31")]


def test_nothing_recorded_is_a_no() -> None:
    text = """
    people | person_id birth_date
           | ann       1980-01-01
    """
    assert days_in(PSYCHOSIS, text, "2015-01-01", "2015-12-31") == []


def test_an_empty_column_says_nothing_and_is_passed_over() -> None:
    text = """
    people   | person_id birth_date
             | ann       1980-01-01
    clusters | person_id happened   cluster
             | ann       2015-02-01 11
             | ann       2015-05-01 -
    """
    assert days_in(PSYCHOSIS, text, "2015-01-01", "2015-12-31") == [("2015-02-01", "2015-12-31")]


def test_of_two_rows_on_a_day_the_highest_code_counts() -> None:
    text = """
    people   | person_id birth_date
             | ann       1980-01-01
    clusters | person_id happened   cluster
             | ann       2015-02-01 11
             | ann       2015-02-01 12
             | ann       2015-05-01 10
             | ann       2015-05-01 04
    """
    assert days_in(PSYCHOSIS, text, "2015-01-01", "2015-12-31") == [("2015-05-01", "2015-12-31")]


def test_filters_choose_the_rows_before_the_latest_is_taken() -> None:
    fact = {"latest": "diagnoses.diagnosis", "where": {"position": "primary"}, "has": "F20-F29"}
    text = """
    people    | person_id birth_date
              | ann       1980-01-01
    diagnoses | person_id happened   diagnosis position
              | ann       2015-02-01 F20.0     primary
              | ann       2015-05-01 F32.1     secondary
              | ann       2015-09-01 F32.1     primary
    """
    assert days_in(fact, text, "2015-01-01", "2015-12-31") == [("2015-02-01", "2015-08-31")]


def test_within_a_length_the_last_day_counts_and_the_next_does_not() -> None:
    text = """
    people   | person_id birth_date
             | ann       1980-01-01
    clusters | person_id happened   cluster
             | ann       2015-01-31 11
    """
    found = days_in({**PSYCHOSIS, "within": "1 month"}, text, "2015-01-01", "2015-12-31")
    assert found == [("2015-01-31", "2015-02-28")]


def test_an_old_row_is_not_revived_by_a_newer_one_that_says_no() -> None:
    text = """
    people   | person_id birth_date
             | ann       1980-01-01
    clusters | person_id happened   cluster
             | ann       2015-01-01 11
             | ann       2015-01-10 07
    """
    found = days_in({**PSYCHOSIS, "within": "6 months"}, text, "2015-01-01", "2015-12-31")
    assert found == [("2015-01-01", "2015-01-09")]
