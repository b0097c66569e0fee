"""What comes out of the maker is what went in: shares, rates and means by group and contract year.

Every query is written from the meaning of the records, with nothing of obc's own measuring.
"""

import math

import pytest

from obc.synthetic.truth import Section
from synthetic_county import IN_SCOPE, county, oxfordshire

YEARS = (0, 1, 2)
LIMIT = 4.0
"""Standard errors: one cell in 16,000 would lie further off by chance."""

YEAR_OF = "(year({0}) - 2013 - CAST(month({0}) < 4 AS INT))"
"""The contract year of a day, in SQL; year 1 begins on 1 April 2014."""

FIRST = """(SELECT d.*, CAST(d.happened + INTERVAL 365 DAY AS DATE) AS later FROM diagnoses d
    WHERE position = 'primary' QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY happened) = 1)"""
ROWS_LATER = "x.happened BETWEEN f.happened + INTERVAL 9 MONTH AND f.happened + INTERVAL 15 MONTH"
LIVING = "NOT EXISTS (FROM deaths z WHERE z.person_id = f.person_id AND z.happened <= f.later)"


def role(name: str) -> str:
    """Who holds a role a year after the first diagnosis."""
    return f"""SELECT f.person_id, f.later AS day, x.holds = 'Y' AS yes FROM {FIRST} f JOIN roles x USING (person_id)
        WHERE x.role = '{name}' AND {ROWS_LATER} AND {LIVING}"""


def improved(items: tuple[str, ...], step: int) -> str:
    """Whose total of the items changed by at least `step` (upwards if positive) from the first to the last reading."""
    listed = ", ".join(f"'{item}'" for item in items)
    sign = "-" if step < 0 else ""
    return f"""SELECT person_id, max(happened) AS day, {sign}(arg_max(total, happened) - arg_min(total, happened))
        >= {abs(step)} AS yes FROM (SELECT person_id, happened, sum(score) AS total FROM scores
        WHERE item IN ({listed}) GROUP BY ALL) GROUP BY person_id HAVING count(*) = 2"""


def checked(name: str) -> str:
    """People in care at a year's end, and whether the check was done in the year."""
    return f"""SELECT r.person_id, e.day, EXISTS (FROM screenings s WHERE s.person_id = r.person_id
        AND s."check" = '{name}' AND s.happened BETWEEN e.day - 365 AND e.day) AS yes
        FROM referrals r CROSS JOIN ends e JOIN {FIRST} f USING (person_id) WHERE r.team <> 'A02'
        AND f.happened <= e.day AND r.happened <= e.day AND coalesce(r.discharged > e.day, true)"""


SHARES = {
    ("home", "settled at diagnosis"): f"""
        SELECT f.person_id, f.happened AS day, x.settled = 'Y' AS yes FROM {FIRST} f
        JOIN accommodation x USING (person_id) WHERE x.happened BETWEEN f.happened AND f.happened + INTERVAL 30 DAY""",
    ("home", "settled a year after"): f"""
        SELECT f.person_id, f.later AS day, x.settled = 'Y' AS yes FROM {FIRST} f
        JOIN accommodation s ON s.person_id = f.person_id AND s.settled = 'Y'
          AND s.happened BETWEEN f.happened AND f.happened + INTERVAL 30 DAY
        JOIN accommodation x ON x.person_id = f.person_id
        WHERE {ROWS_LATER} AND {LIVING} AND x.settled IN ('Y', 'N')""",
    ("roles", "paid employment"): f"""
        SELECT f.person_id, f.later AS day, x.status = '01' AS yes FROM {FIRST} f JOIN employment x USING (person_id)
        WHERE {ROWS_LATER} AND {LIVING} AND x.status <> 'ZZ'""",
    ("roles", "volunteering"): role("volunteering"),
    ("roles", "education"): role("education"),
    ("roles", "running a home or parenting"): f"""
        SELECT f.person_id, f.later AS day, bool_or(x.holds = 'Y') AS yes FROM {FIRST} f JOIN roles x USING (person_id)
        WHERE x.role IN ('running-a-home', 'parenting') AND {ROWS_LATER} AND {LIVING} GROUP BY ALL""",
    ("timely_access", "first contact within 28 days"): """
        SELECT r.person_id, r.happened + 91 AS day, min(c.happened) <= r.happened + 28 AS yes
        FROM referrals r JOIN contacts c USING (referral_id) WHERE r.team <> 'A02' AND c.attendance IN ('5', '6')
        AND r.happened >= DATE '2012-04-01' GROUP BY r.referral_id, r.person_id, r.happened""",
    ("timely_access", "care plan within 28 days"): """
        SELECT a.person_id, CAST(a.seen + INTERVAL 28 DAY AS DATE) AS day, EXISTS (FROM care_plans p
          WHERE p.referral_id = a.referral_id AND p.happened BETWEEN a.seen AND day) AS yes
        FROM (SELECT referral_id, c.person_id, min(c.happened) AS seen FROM contacts c JOIN referrals r
          USING (referral_id) WHERE r.team <> 'A02' AND c.attendance IN ('5', '6')
          AND r.happened >= DATE '2012-04-01' GROUP BY ALL) a
        WHERE NOT EXISTS (FROM deaths d WHERE d.person_id = a.person_id AND d.happened < a.seen + INTERVAL 28 DAY)""",
    ("timely_access", "crisis seen within four hours"): """
        SELECT r.person_id, r.happened AS day, bool_or(c.mechanism = '01'
          AND c.happened_at - r.happened_at <= INTERVAL 4 HOUR) AS yes
        FROM referrals r JOIN contacts c USING (referral_id) WHERE r.team = 'A02'
        GROUP BY r.referral_id, r.person_id, r.happened HAVING bool_and(c.happened_at IS NOT NULL)""",
    ("timely_access", "crisis admitted"): """
        SELECT r.person_id, r.happened + 7 AS day, EXISTS (FROM spells s WHERE s.person_id = r.person_id
          AND s.admission_method <> '11' AND s.happened BETWEEN r.happened AND day) AS yes
        FROM referrals r WHERE r.team = 'A02'""",
    ("timely_access", "gatekept"): """
        SELECT s.person_id, s.happened AS day, s.admission_method = '25' OR EXISTS (FROM contacts c
          WHERE c.person_id = s.person_id AND c.team = 'A02'
          AND c.happened_at BETWEEN s.happened_at - INTERVAL 48 HOUR AND s.happened_at) AS yes
        FROM spells s WHERE s.admission_method <> '11'""",
    ("functioning", "reviewed"): """
        SELECT p.person_id, e.day, EXISTS (FROM reviews r WHERE r.person_id = p.person_id
          AND r.happened BETWEEN e.day - INTERVAL 18 MONTH AND e.day) AS yes
        FROM care_programmes p CROSS JOIN ends e
        WHERE p.happened <= e.day - INTERVAL 18 MONTH AND coalesce(p.ended > e.day, true)""",
    ("functioning", "involved in decisions"): """
        SELECT person_id, happened AS day, answer IN ('yes-definitely', 'not-wanted') AS yes FROM patient_surveys
        WHERE question = 'decisions' AND answer <> 'not-stated'""",
    (
        "functioning",
        "employment goal",
    ): "SELECT person_id, happened AS day, employment_goal = 'Y' AS yes FROM care_plans",
    ("functioning", "inclusion goal"): "SELECT person_id, happened AS day, inclusion_goal = 'Y' AS yes FROM care_plans",
    ("functioning", "stepped down"): """
        SELECT person_id, discharged AS day, closure_reason = '02' AS yes FROM referrals
        WHERE team <> 'A02' AND closure_reason <> '04'""",
    ("functioning", "recovery star improved"): improved(("star-03", "star-05", "star-08"), 3),
    ("functioning", "cluster scores improved"): improved(("979731000000102", "979741000000106", "979751000000109"), -2),
    ("carers", "offered an assessment"): """
        SELECT c.person_id, e.day, EXISTS (FROM carer_assessments a WHERE a.carer_id = c.carer_id
          AND a.happened BETWEEN e.day - INTERVAL 12 MONTH AND e.day) AS yes
        FROM carers c CROSS JOIN ends e WHERE c.happened <= e.day AND coalesce(c.ended > e.day, true)""",
    ("carers", "attended a review"): """
        SELECT c.person_id, e.day, bool_or(r.carer_attended = 'Y') AS yes FROM carers c CROSS JOIN ends e
        JOIN reviews r ON r.person_id = c.person_id AND r.happened BETWEEN e.day - INTERVAL 12 MONTH AND e.day
        WHERE c.happened <= e.day AND coalesce(c.ended > e.day, true) GROUP BY c.carer_id, c.person_id, e.day""",
    ("carers", "satisfied"): """
        SELECT person_id, happened AS day, answer IN ('very-satisfied', 'satisfied') AS yes FROM carer_surveys
        WHERE answer <> 'not-stated'""",
    ("physical_health", "body mass index checked"): checked("bmi"),
    ("physical_health", "diabetes checked"): checked("diabetes"),
    ("physical_health", "cholesterol checked"): checked("cholesterol"),
    ("physical_health", "result healthy"): """
        SELECT person_id, happened AS day, result = 'healthy' AS yes FROM screenings WHERE result <> 'unknown'""",
}


@pytest.fixture(scope="module", autouse=True)
def _year_ends() -> None:
    county().execute(
        "CREATE OR REPLACE TABLE ends AS FROM (VALUES (DATE '2014-03-31'), (DATE '2015-03-31'), "
        "(DATE '2016-03-31')) t(day)"
    )


def section(name: str) -> Section:
    """One section of the shipped truth."""
    return getattr(oxfordshire(), name)


def in_cells(query: str, what: str) -> dict[tuple[str, int], tuple[float, ...]]:
    """`what` of the rows of a query, by group in scope and contract year."""
    year = YEAR_OF.format("day")
    rows = (
        county()
        .execute(f"SELECT grp, {year} AS y, {what} FROM ({query}) JOIN grouped USING (person_id) GROUP BY grp, y")
        .fetchall()
    )
    return {(group, y): tuple(rest) for group, y, *rest in rows if group in IN_SCOPE and y in YEARS}


@pytest.mark.parametrize(("where", "name"), SHARES, ids=[name for _, name in SHARES])
def test_shares_are_the_true_ones(where: str, name: str) -> None:
    cells = in_cells(SHARES[where, name], "count(yes), count(*) FILTER (yes)")
    assert len(cells) == len(IN_SCOPE) * len(YEARS)
    off, variance = 0.0, 0.0
    for (group, year), (count, yes) in cells.items():
        true = section(where).value(name, group, year)
        spread = count * true * (1 - true)
        assert count >= 8, (group, year)
        assert abs(yes - count * true) <= LIMIT * math.sqrt(spread) + 0.5, (group, year, yes / count, true)
        off, variance = off + yes - count * true, variance + spread
    assert abs(off) <= LIMIT * math.sqrt(variance), "over all groups and years"


LIVED = """SELECT r.person_id, s.day, date_diff('day', greatest(r.seen, s.first), least(s.day, d.happened)) + 1 AS days
    FROM (SELECT person_id, min(happened) AS seen FROM referrals GROUP BY person_id) r
    CROSS JOIN (SELECT day, CAST(day - INTERVAL 1 YEAR + INTERVAL 1 DAY AS DATE) AS first FROM ends) s
    LEFT JOIN deaths d USING (person_id) WHERE r.seen <= s.day AND coalesce(d.happened >= s.first, true)"""


@pytest.mark.parametrize(
    ("where", "name", "events", "per"),
    [
        ("living_longer", "deaths", "SELECT person_id, happened AS day FROM deaths", 1000),
        (
            "living_longer",
            "suicides",
            "SELECT person_id, happened AS day FROM deaths WHERE cause[1] IN ('X', 'Y')",
            1000,
        ),
        (
            "physical_health",
            "emergency attendances",
            "SELECT person_id, happened AS day FROM emergency_attendances WHERE department = '01'",
            1,
        ),
    ],
    ids=["deaths", "suicides", "emergencies"],
)
def test_rates_are_the_true_ones(where: str, name: str, events: str, per: int) -> None:
    lived = in_cells(LIVED, "sum(days) / 365.25")
    happened = in_cells(events, "count(*)")
    assert len(lived) == len(IN_SCOPE) * len(YEARS)
    total, awaited = 0.0, 0.0
    for (group, year), (years,) in lived.items():
        expected = years * section(where).value(name, group, year) / per
        (count,) = happened.get((group, year), (0,))
        assert abs(count - expected) <= LIMIT * math.sqrt(expected) + 1, (group, year, count, expected)
        total, awaited = total + count, awaited + expected
    assert abs(total - awaited) <= LIMIT * math.sqrt(awaited), "over all groups and years"


def test_strain_of_carers_is_the_true_one() -> None:
    totals = "SELECT person_id, carer_id, happened AS day, sum(score) AS total FROM carer_scores GROUP BY ALL"
    for (group, year), (mean, spread, count) in in_cells(totals, "avg(total), stddev(total), count(*)").items():
        true = section("carers").value("strain", group, year)
        assert abs(mean - true) <= LIMIT * spread / math.sqrt(count), (group, year, mean, true)


def test_cost_of_care_is_the_true_one() -> None:
    care = """SELECT a.person_id, e.day, CAST(a.cost_minor AS BIGINT) AS cost, e.day
        FROM activity a JOIN ends e ON a.happened BETWEEN e.day - INTERVAL 1 YEAR + INTERVAL 1 DAY AND e.day"""
    days = """SELECT r.person_id, e.day, date_diff('day', greatest(f.seen, e.day - INTERVAL 1 YEAR + INTERVAL 1 DAY),
          least(e.day, coalesce(r.discharged, e.day))) + 1 AS days
        FROM referrals r JOIN ends e ON r.happened <= e.day
        JOIN (SELECT referral_id, min(happened) AS seen FROM diagnoses GROUP BY ALL) f USING (referral_id)
        WHERE f.seen <= e.day AND r.team <> 'A02'
        AND coalesce(r.discharged > e.day - INTERVAL 1 YEAR, true) AND f.seen <= coalesce(r.discharged, e.day)"""
    spent, lived = in_cells(care, "sum(cost)"), in_cells(days, "sum(days) / 365.25")
    assert len(spent) == len(IN_SCOPE) * len(YEARS)
    for (group, year), (cost,) in spent.items():
        true = section("cost").value("per person year", group, year)
        assert cost / lived[group, year][0] == pytest.approx(true, rel=0.03), (group, year)


def test_what_is_missing_is_missing_as_often_as_told() -> None:
    share = f"""SELECT avg(CAST(NOT EXISTS (FROM accommodation x WHERE x.person_id = f.person_id AND {ROWS_LATER})
        AS INT)), count(*) FROM {FIRST} f WHERE {LIVING} AND later BETWEEN DATE '2013-04-01' AND DATE '2017-03-31'"""
    missing, count = county().execute(share).fetchone()
    true = oxfordshire().home.missing_a_year_after
    assert abs(missing - true) <= LIMIT * math.sqrt(true * (1 - true) / count)
    unsaid, answers = (
        county().execute("SELECT avg(CAST(answer = 'not-stated' AS INT)), count(*) FROM carer_surveys").fetchone()
    )
    true = oxfordshire().carers.answer_missing
    assert abs(unsaid - true) <= LIMIT * math.sqrt(true * (1 - true) / answers)
