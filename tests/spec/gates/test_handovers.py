"""Who and what leaves one contract must arrive in another: both sides name the same people and the same money."""

import pytest

from obc.domain.programme.gates.handover import agreement
from obc.domain.programme.gates.programme import Handover, Side

ORGANIC = ("cluster 18", "cluster 19")


def handover(given: int | None, taken: int | None, groups=ORGANIC) -> Handover:
    return Handover(
        id="organic",
        what="People with dementia",
        giver=Side(contract="mental-health", groups=ORGANIC, amount=given, source="test"),
        taker=Side(contract="older-people", groups=groups, amount=taken, source="test"),
    )


@pytest.mark.parametrize(
    ("given", "taken", "groups", "booked", "apart"),
    [
        (100_00, 100_00, ORGANIC, None, ()),
        (100_00, 100_00, ORGANIC, 100_00, ()),
        (0, 0, ORGANIC, None, ()),
        (100_00, 99_99, ORGANIC, None, ("£100.00 given, £99.99 taken: £0.01 apart",)),
        (100_00, None, ORGANIC, None, ("older-people has not said how much money goes with them",)),
        (100_00, 100_00, ("cluster 18",), None, ("only the giver names cluster 19",)),
        (100_00, 100_00, (*ORGANIC, "cluster 20"), None, ("only the taker names cluster 20",)),
        (100_00, 100_00, ORGANIC, 90_00, ("the giver's finance file says £90.00",)),
    ],
)
def test_what_stands_between_two_sides(given, taken, groups, booked, apart):
    """Amounts in pence. `booked`: what the giver's finance file says. Nothing said is not agreed, nor is it nothing."""
    found = agreement(handover(given, taken, groups), "GBP", booked)
    assert found.apart == apart and found.agreed == (apart == ())
