"""Every published example and data row, and every test of other open-source engines, worked by a small contract."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from obc.domain.money.payment.evaluation import evaluate
from obc.domain.money.payment.mechanism import Mechanism
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.loaders.places import WORKED
from obc.loaders.validation import validate
from obc.loaders.yaml_nodes import read_yaml
from places import ROOT
from published_records import asked
from published_rules import Asked

SMALL = ROOT / "tests" / "small_contracts"
EXAMPLES = "../reference/payment_examples.json"
MUST = {"published_example", "published_data_row", "open_source_test"}
NOT_WORKED = ROOT / "docs" / "reference" / "published-examples.md"


@pytest.fixture(scope="module")
def records(data_file: Callable[[str], Path]) -> list[dict[str, Any]]:
    return json.loads(data_file(EXAMPLES).read_text(), parse_float=str)


@cache
def _mechanism(name: str) -> Mechanism:
    path = SMALL / f"{name}.yaml"
    if not path.exists():
        path = WORKED / name / "payment.yaml"
    made, problems = validate(read_yaml(path, path.name), Mechanism)
    assert made is not None and not problems, problems
    return made


def _differences(made: Mechanism, one: Asked) -> list[str]:
    if one.known_on:
        figures = [
            agreed.model_copy(update={"is_": agreed.is_.known_on(date.fromisoformat(one.known_on))})
            for agreed in made.figures
        ]
        made = made.model_copy(update={"figures": tuple(figures)})
    inputs = {name: Evidenced.of([None if value is None else str(value)]) for name, value in one.inputs.items()}
    done = evaluate(made, inputs, one.year)
    found = []
    for step, expected, near in one.wanted:
        ours = done[step][0]
        if ours is None or abs(ours - Fraction(str(expected))) > Fraction(str(near)):
            found.append(f"{step} is {ours}, published {expected} within {near}")
    return found


def test_every_record_is_within_its_tolerance_or_listed_with_a_reason(records: list[dict[str, Any]]) -> None:
    worked: Counter[str] = Counter()
    failed, left = [], []
    for record in records:
        ways = asked(record)
        for one in ways:
            made = _mechanism(one.contract)
            failed += [f"{record['id']}: {what}" for what in _differences(made, one)]
        worked[record["kind"]] += bool(ways)
        if not ways:
            left.append(record["id"])
    assert failed == []
    total = Counter(record["kind"] for record in records)
    assert all(worked[kind] == total[kind] for kind in MUST), left
    listed = NOT_WORKED.read_text()
    assert [name for name in left if f"`{name}`" not in listed] == []


def test_every_small_contract_is_put_to_work(records: list[dict[str, Any]]) -> None:
    used = {one.contract for record in records for one in asked(record)}
    assert {path.stem for path in SMALL.glob("*.yaml")} <= used


def test_a_wrong_answer_would_be_noticed() -> None:
    one = Asked("points-on-a-line", {"achievement": 35, "lower": 20, "upper": 50, "points": 44}, (("earned", 23, 0),))
    assert _differences(_mechanism(one.contract), one) == ["earned is 22, published 23 within 0"]
