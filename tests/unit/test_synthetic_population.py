"""The registered population and its deaths."""

from pathlib import Path

import pytest

from synthetic_county import county, made, opened, oxfordshire


def test_population_adds_up_to_the_registered_people_each_year() -> None:
    years = (
        county().execute("SELECT year, sum(people), count(*) FROM population GROUP BY year ORDER BY year").fetchall()
    )
    assert [year for year, *_ in years] == [2012, 2013, 2014, 2015, 2016, 2017]
    bands = len(oxfordshire().county.ages)
    for _, people, cells in years:
        assert people == pytest.approx(oxfordshire().county.registered, rel=1e-3)
        assert cells == 2 * bands


def test_death_rates_rise_with_age_and_are_higher_for_men() -> None:
    rates = (
        county()
        .execute(
            "SELECT sex, age, sum(deaths) / sum(people) FROM population JOIN population_deaths USING (year, sex, age) "
            "WHERE age >= 30 GROUP BY ALL ORDER BY sex, age"
        )
        .fetchall()
    )
    men, women = ([rate for sex, _, rate in rates if sex == wanted] for wanted in ("1", "2"))
    assert men == sorted(men)
    assert women == sorted(women)
    assert all(man > woman for man, woman in zip(men, women, strict=True))
    assert 0.0005 < men[0] < 0.0015


def test_people_with_mental_illness_die_more_often_than_others_of_their_age() -> None:
    observed, expected = (
        county()
        .execute(
            """
        WITH lived AS (
          SELECT p.person_id, p.sex, d.happened IS NOT NULL AS died,
            (coalesce(d.happened, DATE '2017-06-30') - r.seen) / 365.25 AS years,
            least(90, 5 * floor((r.seen - birth_date) / 365.25 / 5)) AS age
          FROM people p JOIN (SELECT person_id, greatest(min(happened), DATE '2012-04-01') AS seen
            FROM referrals GROUP BY person_id) r USING (person_id)
          JOIN grouped g USING (person_id) LEFT JOIN deaths d USING (person_id) WHERE grp = 'psychosis'),
        rates AS (SELECT sex, age, sum(deaths) / sum(people) AS rate
          FROM population JOIN population_deaths USING (year, sex, age) GROUP BY ALL)
        SELECT sum(CAST(died AS INT)), sum(years * rate) FROM lived JOIN rates USING (sex, age)
        """
        )
        .fetchone()
    )
    assert 2 < observed / expected < 8


def test_area_grows_when_the_records_would_hold_too_large_a_share_of_it(tmp_path: Path) -> None:
    truth = oxfordshire()
    small = truth.model_copy(update={"county": truth.county.model_copy(update={"registered": 1_000})})
    from obc.synthetic.make import make_records

    make_records(small, 600, 1, tmp_path / "out")
    people = opened(tmp_path / "out").execute("SELECT sum(people) FROM population WHERE year = 2014").fetchone()[0]
    assert people == pytest.approx(600 / truth.county.service_users, rel=0.01)
    made(tmp_path / "usual", 600)
    usual = opened(tmp_path / "usual").execute("SELECT sum(people) FROM population WHERE year = 2014").fetchone()[0]
    assert usual == pytest.approx(truth.county.registered, rel=1e-3)
