"""A thousand published total performance scores: four domains of equal weight, re-normalised where one is missing."""

import csv
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from obc.domain.money.payment.evaluation import evaluate
from obc.domain.outcomes.scoring.evidenced import Evidenced
from payment_samples import mechanism

DOMAINS = {
    "clinical outcomes": "Unweighted Normalized Clinical Outcomes Domain Score",
    "engagement": "Unweighted Person and Community Engagement Domain Score",
    "safety": "Unweighted Normalized Safety Domain Score",
    "efficiency": "Unweighted Normalized Efficiency and Cost Reduction Domain Score",
}
RULES = """
inputs:
  - {input: clinical outcomes}
  - {input: engagement}
  - {input: safety}
  - {input: efficiency}
steps:
  - step: weighted
    combine:
      - {value: clinical outcomes, weight: 25 %}
      - {value: engagement, weight: 25 %}
      - {value: safety, weight: 25 %}
      - {value: efficiency, weight: 25 %}
    as: mean
    unscored: excluded
    source: four domains of 25 %, financial year 2021
  - step: total score
    why: with fewer than three domains there is no score
    hurdle: 3 of
    of: [clinical outcomes is known, engagement is known, safety is known, efficiency is known]
    then: weighted
    otherwise: missing
    missing: withholds
  - {step: shown, settle: total score, reason: score, round: half up}
"""


def test_every_total_performance_score_to_nine_places(data_file: Callable[[str], Path]) -> None:
    with data_file("hvbp_fy2021_sample.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    inputs = {
        name: Evidenced.of([None if row[column] == "Not Available" else row[column] for row in rows])
        for name, column in DOMAINS.items()
    }
    done = evaluate(mechanism(RULES), inputs, 2021)["total score"]
    for i, row in enumerate(rows):
        assert abs(done[i] - Fraction(row["Total Performance Score"])) < Fraction(1, 10**9)
    three = sum(any(row[column] == "Not Available" for column in DOMAINS.values()) for row in rows)
    assert (len(rows), three) == (1000, 194)


def test_two_domains_are_too_few() -> None:
    inputs = {name: Evidenced.of([50]) for name in list(DOMAINS)[:2]}
    assert evaluate(mechanism(RULES), inputs, 2021)["total score"][0] is None
