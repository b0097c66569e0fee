"""How fast four proportions are measured, against straightforward SQL written by hand, and Polars.

A million people with ten million events, in 12 segments and under 6 providers; 8 quarters. Every cell must be
equal, the time at most 0.6 of that of the SQL by hand at this size (smaller ones are all start-up), the memory below
4 GB. `--people 20000` tries it small. `--alone` leaves out the others, whose ways need more memory than there is at
100 million events; what stays is one bare grouping and join of the contacts, which shows how the machine grows.
"""

import atexit
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from obc.domain.core.kernel.period import Period, add_months
from obc.domain.measurement.indicators.definition import IndicatorDefinition
from obc.engine.indicators.measure import tally
from records_at_scale import Budget, about, arguments, code_lists, people_and_events, race

Cells = dict[tuple[object, ...], tuple[int, int]]
"""By indicator, quarter, segment and provider: how many count, and of how many it is true."""

QUARTERS = tuple(Period(start=date(2024, 10, 1), end=date(2026, 9, 30)).parts(3))

_OPEN = {"open": "referrals", "on": "anchor"}
_YEAR = ["anchor - 12 months", "anchor"]
DEFINITIONS = [
    IndicatorDefinition.model_validate({"id": name, **about(), **parts})
    for name, parts in {
        "seen": {
            "denominator": {"cohort": "period end", "who": _OPEN},
            "numerator": {
                "count": "contacts",
                "where": {"attendance": "attended"},
                "between": ["period start", "anchor"],
            },
        },
        "settled": {
            "denominator": {"cohort": "period end", "who": _OPEN},
            "numerator": {"latest": "accommodation.settled", "has": "Y", "between": _YEAR},
        },
        "employed": {
            "denominator": {"cohort": "period end", "who": [_OPEN, {"age": [18, 69], "at": "anchor"}]},
            "numerator": {"latest": "employment.status", "has": "01", "between": _YEAR},
        },
        "reviewed": {
            "denominator": {"cohort": "period end", "who": _OPEN},
            "numerator": {"count": "reviews", "between": ["anchor - 18 months", "anchor"]},
        },
    }.items()
]

_BY_HAND = """
WITH quarters(q, first_day, last_day) AS (VALUES {quarters}),
opened AS (
  SELECT DISTINCT q, person_id FROM referrals
  JOIN quarters ON happened <= last_day AND (discharged IS NULL OR discharged > last_day)
),
counted AS (
  SELECT q, first_day, last_day, m.person_id, segment, provider,
    date_diff('year', birth_date, last_day)
      - CASE WHEN strftime(last_day, '%m%d') < strftime(birth_date, '%m%d') THEN 1 ELSE 0 END AS age
  FROM memberships AS m JOIN quarters ON last_day BETWEEN joined AND left_on
  JOIN people USING (person_id)
  JOIN opened USING (q, person_id)
),
{parts}
SELECT indicator, q, segment, provider, count(*), sum(yes) FROM (
  SELECT 'seen' AS indicator, q, segment, provider, CASE WHEN s.person_id IS NULL THEN 0 ELSE 1 END AS yes
  FROM counted LEFT JOIN seen AS s USING (q, person_id)
  UNION ALL
  SELECT 'settled', q, segment, provider, CASE WHEN s.settled = 'Y' THEN 1 ELSE 0 END
  FROM counted LEFT JOIN settled AS s USING (q, person_id)
  UNION ALL
  SELECT 'employed', q, segment, provider, CASE WHEN e.status = '01' THEN 1 ELSE 0 END
  FROM counted LEFT JOIN employed AS e USING (q, person_id) WHERE age BETWEEN 18 AND 69
  UNION ALL
  SELECT 'reviewed', q, segment, provider, CASE WHEN r.person_id IS NULL THEN 0 ELSE 1 END
  FROM counted LEFT JOIN reviewed AS r USING (q, person_id)
) GROUP BY ALL
"""
_PARTS = """
seen AS (
  SELECT DISTINCT q, person_id FROM contacts JOIN quarters ON happened BETWEEN first_day AND last_day
  WHERE attendance IN ('5', '6')
),
settled AS (
  SELECT q, person_id, arg_max(settled, (happened, settled <> 'Y')) AS settled FROM accommodation
  JOIN quarters ON happened BETWEEN last_day - INTERVAL 12 MONTH AND last_day WHERE settled IS NOT NULL GROUP BY ALL
),
employed AS (
  SELECT q, person_id, arg_max(status, (happened, status <> '01')) AS status FROM employment
  JOIN quarters ON happened BETWEEN last_day - INTERVAL 12 MONTH AND last_day GROUP BY ALL
),
reviewed AS (
  SELECT DISTINCT q, person_id FROM reviews JOIN quarters ON happened BETWEEN last_day - INTERVAL 18 MONTH AND last_day
)
"""


_LEAST = """
SELECT segment, provider, count(*), count(seen)
FROM memberships LEFT JOIN (SELECT person_id, max(happened) AS seen FROM contacts GROUP BY person_id) USING (person_id)
GROUP BY segment, provider
"""
"""The least that any proportion takes: contacts grouped by person, joined once, summed. It has neither quarters nor
conditions. What it takes at one size and at ten times that shows how the machine grows, whoever asks."""


def by_hand() -> str:
    """What an analyst would write: a person and quarter a row, joined with what was found in each quarter."""
    quarters = ", ".join(f"({k}, DATE '{p.start}', DATE '{p.end}')" for k, p in enumerate(QUARTERS))
    return _BY_HAND.format(quarters=quarters, parts=_PARTS.strip())


class Polars:
    """The same by hand in Polars, over the same tables as Parquet: a person and quarter a row, one join a question."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        """Hand the tables over; this is not timed."""
        self.folder = Path(tempfile.mkdtemp(prefix="obc-polars-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            connection.execute(f"COPY {table} TO '{self.folder / table}.parquet' (FORMAT parquet)")

    def __call__(self) -> Cells:
        """Every cell."""
        import polars as pl

        read = {path.stem: pl.scan_parquet(path) for path in self.folder.glob("*.parquet")}
        day, found = pl.col("happened"), []
        for k, quarter in enumerate(QUARTERS):
            first, last = quarter.start, quarter.end
            within = [day.is_between(add_months(last, -months), last) for months in (12, 18)]
            opened = read["referrals"].filter(
                (day <= last) & (pl.col("discharged").is_null() | (pl.col("discharged") > last))
            )
            age = (
                last.year
                - pl.col("birth_date").dt.year()
                - (
                    pl.lit(last.month * 100 + last.day)
                    < pl.col("birth_date").dt.month().cast(pl.Int32) * 100
                    + pl.col("birth_date").dt.day().cast(pl.Int32)
                ).cast(pl.Int32)
            )
            seen = read["contacts"].filter(day.is_between(first, last) & pl.col("attendance").is_in(["5", "6"]))
            counted = (
                read["memberships"]
                .filter((pl.col("joined") <= last) & (pl.col("left_on") >= last))
                .join(opened.select("person_id").unique(), on="person_id")
                .join(read["people"].select("person_id", age.is_between(18, 69).alias("aged")), on="person_id")
                .join(_any(seen, "seen"), on="person_id", how="left")
                .join(_any(read["reviews"].filter(within[1]), "reviewed"), on="person_id", how="left")
            )
            for table, column, code, yes in (
                ("accommodation", "settled", "Y", "settled"),
                ("employment", "status", "01", "employed"),
            ):
                latest = (
                    read[table]
                    .filter(within[0] & pl.col(column).is_not_null())
                    .select("person_id", (day.cast(pl.Int64) * 2 + (pl.col(column) != code)).alias("packed"))
                    .group_by("person_id")
                    .agg((pl.col("packed").max() % 2 == 0).alias(yes))
                )
                counted = counted.join(latest, on="person_id", how="left")
            aged = pl.col("aged")
            sums = [pl.col(name).fill_null(value=False).sum().alias(name) for name in ("seen", "settled", "reviewed")]
            sums += [(pl.col("employed").fill_null(value=False) & aged).sum().alias("employed")]
            sums += [pl.len().alias("all"), aged.sum().alias("all aged")]
            found.append((k, counted.group_by("segment", "provider").agg(sums)))
        cells = {}
        for (k, _), rows in zip(found, pl.collect_all([query for _, query in found]), strict=True):
            for row in rows.iter_rows(named=True):
                for name in ("seen", "settled", "reviewed", "employed"):
                    of = row["all aged" if name == "employed" else "all"]
                    if of:
                        cells[name, k, row["segment"], row["provider"]] = of, row[name]
        return cells


def _any(rows: Any, name: str) -> Any:
    import polars as pl

    return rows.select("person_id").unique().with_columns(pl.lit(value=True).alias(name))


def main() -> int:
    """Race them; 0 when within budget."""
    asked = arguments(__doc__).parse_args()
    connection = people_and_events(asked.people, in_order=asked.sorted)

    def ours() -> Cells:
        found = tally(connection, DEFINITIONS, code_lists(), QUARTERS)
        return {
            (name, QUARTERS.index(period), *cell): (int(sums.denominator), int(sums.numerator))
            for (name, period), cells in found.items()
            for cell, sums in cells.items()
        }

    def floor() -> Cells:
        rows = connection.execute(by_hand()).fetchall()
        return {tuple(key): (int(counted), int(yes)) for *key, counted, yes in rows}

    def one_grouping() -> Cells:
        return {tuple(key): (int(stays), int(seen)) for *key, stays, seen in connection.execute(_LEAST).fetchall()}

    ways: dict[str, Callable[[], Cells]] = {"ours": ours}
    if not asked.alone:
        ways |= {"by hand": floor, "Polars": Polars(connection)}
    least = {"one grouping": one_grouping}
    return race("four proportions", ways, connection, asked.rounds, Budget(asked.times), asked.json, least)


if __name__ == "__main__":
    sys.exit(main())
