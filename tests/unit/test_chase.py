"""What to chase: by what the contract would pay for knowing it."""

from decimal import Decimal
from fractions import Fraction

from obc.domain.core.kernel.provenance import Evidence
from obc.domain.measurement.indicators.values import ALL
from obc.loaders.contract import load_contract
from obc.services.chase import chase, unknown_share
from reading_samples import year_of_figures

CONTRACT = load_contract("oxfordshire-mental-health")
HOME = "settled-accommodation-one-year"


def chased(**changed):
    """The chase of year 2, with other fields of one indicator's year; and that indicator's row."""
    period = CONTRACT.period(2)
    held = year_of_figures(CONTRACT, 2)
    values = tuple(
        one.model_copy(update=changed)
        if (one.indicator, one.segment, one.provider) == (HOME, ALL, ALL)
        and one.period_end == period.end
        and one.period_start == period.start
        else one
        for one in held.values
    )
    found = chase(CONTRACT, held.model_copy(update={"values": values}), 2)
    return found, next(one for one in found if (one.indicator, one.segment) == (HOME, ALL))


def test_chasing_brings_what_the_next_level_earns_and_never_more_than_there_is():
    _, none = chased(unknown=0)
    _, few = chased(unknown=15)  # 16 people are missing to excellent
    _, enough = chased(unknown=16)
    assert none.gain == few.gain == 0 < enough.gain <= enough.points
    assert chased(unknown=1600)[1].gain == enough.gain


def test_what_cannot_be_paid_stands_first_and_says_why():
    for changed, why in (
        ({"evidence": Evidence.INSUFFICIENT}, "the evidence is insufficient"),
        ({"numerator": Decimal(0), "denominator": Decimal(0), "unknown": 0}, "nobody was counted"),
        ({"numerator": None, "denominator": None, "unknown": None}, "no figure was given"),
        (
            {"numerator": Decimal(40), "denominator": Decimal(50), "unknown": 0},
            "50 counted, where the contract asks for 100",
        ),
    ):
        found, row = chased(**changed)
        assert row.stopped == why and row.gain == 0
        paid = [one for one in found if one.paid]
        assert row in paid[: sum(bool(one.stopped) for one in paid)]


def test_the_share_that_is_not_known_is_of_those_looked_at():
    value = chased(unknown=400)[1].value
    assert unknown_share(value) == Fraction(1, 4) and unknown_share(None) == 0
    assert unknown_share(value.model_copy(update={"unknown": 3200})) == 1
