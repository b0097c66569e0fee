"""The worked contracts that are settled from a yearly return: what their example comes to, and where rules bite."""

import csv
import io
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from obc.domain.contract.agreement.contract_years import contract_years
from obc.domain.money.settlement.replay import deviations
from obc.domain.money.settlement.verification import faults
from obc.loaders.contract import check_contract, load_contract
from obc.loaders.places import WORKED
from obc.loaders.published_values import read_published
from obc.services.settle import Settled, settle_published

STANDARDS, COMMUNITY = "oxfordshire-constitution-standards", "richmond-community"


def settled(name: str, folder: Path, changes: dict[str, str] | None = None) -> Settled:
    """The contract's example, every row with the changes."""
    contract = load_contract(name)
    assert contract.mechanism is not None and contract.published is not None
    rows = list(csv.DictReader(io.StringIO((WORKED / name / "example-returns.csv").read_text())))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | (changes or {}) for row in rows)
    path = folder / "returns.csv"
    path.write_text(out.getvalue())
    return settle_published(contract, read_published(path, contract.published, contract.mechanism))


def moved(done: Settled, party: str | None = None, year: int | None = None) -> dict[tuple[str, str], int]:
    """Minor units by line and account that received them (negative: gave)."""
    result: dict[tuple[str, str], int] = defaultdict(int)
    for one in done.settlements:
        if party in (None, one.party) and year in (None, one.year):
            for entry in one.entries:
                result[entry.line, entry.debit] += entry.amount_minor
                result[entry.line, entry.credit] -= entry.amount_minor
    return result


@pytest.mark.parametrize("name", [STANDARDS, COMMUNITY])
def test_the_contract_has_no_problems_and_its_statement_holds(name: str, tmp_path: Path) -> None:
    assert check_contract(name) == ()
    done = settled(name, tmp_path)
    statement = done.statement("test")
    assert faults(statement.document) == ()
    days = contract_years(done.contract.agreement)
    assert deviations(statement, done.contract.mechanism, None, {}, done.contract.period, days) == ()


TRUST = "oxford-university-hospitals"
ALL_KEPT = {"ae_within_4_hours": "124450", "cancer_within_62_days": "1785"}
NOTHING_ELSE = {"waits_over_52_weeks": "0", "never_events": "0", "never_event_cost": "0"}


@pytest.mark.parametrize(
    ("changes", "payable"),
    [
        ({}, -8_825_040),  # 92 % of 95 %, 92.5 % of 92 %, 83 % of 85 %: −6 %; 4 long waits; one never event
        (NOTHING_ELSE, -6_000_000),
        (ALL_KEPT | NOTHING_ELSE, 100_000_000),
        (ALL_KEPT | NOTHING_ELSE | {"ae_within_4_hours": "124449"}, 59_993_893),  # a single breach: 40 % gone
        ({"ae_within_4_hours": "0", "rtt_within_18_weeks": "0", "cancer_within_62_days": "0"} | NOTHING_ELSE, -(10**8)),
        (ALL_KEPT | NOTHING_ELSE | {"waits_over_52_weeks": "50"}, 75_000_000),
        (ALL_KEPT | NOTHING_ELSE | {"waits_over_52_weeks": "5000"}, 75_000_000),  # the limit of the year
        (ALL_KEPT | NOTHING_ELSE | {"never_events": "2"}, 100_000_000),
        (ALL_KEPT | NOTHING_ELSE | {"never_events": "3"}, 0),  # nothing is earned at patients' cost
    ],
)
def test_a_million_for_three_standards(changes: dict[str, str], payable: int, tmp_path: Path) -> None:
    (one,) = settled(STANDARDS, tmp_path, changes).settlements
    assert one.payable_minor == payable


def test_what_is_not_earned_and_what_is_lost_goes_to_services(tmp_path: Path) -> None:
    found = moved(settled(STANDARDS, tmp_path))
    assert found["incentive", "winter-resilience"] == 60_000_000
    assert found["incentive", "extra-clinics"] == 40_000_000
    assert found["penalty", "extra-clinics"] == 6_000_000 == -found["penalty", TRUST]


def test_a_standard_that_cannot_be_measured_earns_nothing(tmp_path: Path) -> None:
    changes = ALL_KEPT | NOTHING_ELSE | {"cancer_treated": "0", "cancer_within_62_days": "0"}
    (one,) = settled(STANDARDS, tmp_path, changes).settlements
    assert one.earned_minor == 70_000_000


def test_a_shadow_year_is_worked_out_in_full_and_pays_nothing(tmp_path: Path) -> None:
    done = settled(COMMUNITY, tmp_path)
    assert all(one.payable_minor == 0 and not one.entries for one in done.settlements if one.year == 1)
    first = done.statement("test").settlements[0]
    steps = {line.name: line.value for line in first.steps}
    assert (first.year, steps["would have been earned"] > 0, steps["core cost a head"] > 0) == (1, True, True)


def test_a_list_that_grows_in_the_year_is_paid_for(tmp_path: Path) -> None:
    one = next(
        one for one in settled(COMMUNITY, tmp_path).settlements if (one.party, one.year) == ("community-health", 2)
    )
    paid = [entry for entry in one.entries if entry.line == "budget payment" and entry.due <= date(2018, 3, 31)]
    assert {entry.credit for entry in paid} == {"richmond-ccg", "richmond-council"} and len(paid) == 24
    balance = [entry for entry in one.entries if entry.reason == "budget by heads, the balance"]
    assert {entry.due for entry in balance} == {date(2018, 10, 1)}
    # 1,200 people more on average than on the first day, at £378.50 × 1.012; seven tenths of it from health
    more = 1_200 * 378_50 * 1012 // 1000
    assert [(entry.credit, entry.amount_minor) for entry in balance] == [
        ("richmond-ccg", more * 7 // 10),
        ("richmond-council", more * 3 // 10),
    ]


def test_two_commissioners_pay_from_one_pooled_budget(tmp_path: Path) -> None:
    found = moved(settled(COMMUNITY, tmp_path), year=2)
    health, council = found["budget payment", "richmond-ccg"], found["budget payment", "richmond-council"]
    assert abs(health * 3 - council * 7) <= 4 * 20  # of four members, on account and balance may be a penny apart


@pytest.mark.parametrize(
    ("cost", "returned"),
    [
        ("20000000", "over"),  # 80,000,000 spent of 77,757,526: beyond the first 1 % they get half back
        ("19400000", 0),  # within the first 1 %: the members' own
        ("19000000", "under"),
    ],
)
def test_gains_and_losses_are_shared_beyond_a_corridor(cost: str, returned: Any, tmp_path: Path) -> None:
    found = moved(settled(COMMUNITY, tmp_path, {"core_cost": cost}), year=2)
    members = ("community-health", "general-practices", "hospital-specialists", "social-care")
    share = sum(found["gain and loss share", member] for member in members)
    budget, spent = 7_775_752_600, 4 * int(cost) * 100
    beyond = max(abs(budget - spent) - budget // 100, 0) / 2
    expected = beyond if spent > budget else -beyond
    assert abs(share - expected) <= 4
    assert (share > 0, share < 0) == (returned == "over", returned == "under")


def test_savings_at_peoples_cost_are_returned_whole(tmp_path: Path) -> None:
    poor = {"at_home_91_days": "100", "goals_met": "100"}
    found = moved(settled(COMMUNITY, tmp_path, poor), year=2)
    members = ("community-health", "general-practices", "hospital-specialists", "social-care")
    share = sum(found["gain and loss share", member] for member in members)
    assert abs(share + (7_775_752_600 - 7_560_000_000)) <= 4


def test_sanctions_stop_at_the_limit_of_the_year(tmp_path: Path) -> None:
    few, many = (settled(COMMUNITY, tmp_path, {"never_events": count}) for count in ("1", "100"))
    assert moved(few, "social-care", 2)["never events due", "social-care"] == -2_500_000
    assert moved(many, "social-care", 2)["never events due", "social-care"] == -5_831_814  # 0.5 % of its budget
