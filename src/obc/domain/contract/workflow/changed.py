"""What changed between two submissions of the same figures, line by line; and figures put right by a dispute."""

from collections.abc import Iterable
from typing import NamedTuple

from obc.domain.contract.agreement.contract import Contract
from obc.domain.contract.workflow.dispute import Claim
from obc.domain.contract.workflow.returns import completed
from obc.domain.measurement.indicators.values import IndicatorValue, ValueSet


class ChangedLine(NamedTuple):
    """A line as it was and as it is; None: it was not there, or is no longer."""

    before: IndicatorValue | None
    after: IndicatorValue | None

    @property
    def line(self) -> IndicatorValue:
        """Whichever there is: it says what the line is about."""
        found = self.after or self.before
        assert found is not None
        return found


def changed_lines(before: ValueSet, after: ValueSet) -> tuple[ChangedLine, ...]:
    """Every line that is not the same, in the order of their keys."""
    old = {value.key: value for value in before.values}
    new = {value.key: value for value in after.values}
    return tuple(
        ChangedLine(old.get(key), new.get(key)) for key in sorted({*old, *new}) if old.get(key) != new.get(key)
    )


def put_right(contract: Contract, values: ValueSet, claims: Iterable[Claim]) -> ValueSet:
    """The figures with the counts that a dispute ended with; what follows from them is worked out anew.

    They are no longer what was measured, so they no longer bear the fingerprint of the records.
    """
    right = {one.line.key: one for one in claims if one.known}
    changed = tuple(_counted(value, right[value.key]) if value.key in right else value for value in values.values)
    return completed(
        contract, values.model_copy(update={"values": changed, "records_hash": None, "contract_hash": None})
    )


def _counted(value: IndicatorValue, claim: Claim) -> IndicatorValue:
    worked_out = ("value", "lower_95", "upper_95", "expected", "ratio", "ratio_lower_95", "ratio_upper_95")
    counts = {"numerator": claim.numerator, "denominator": claim.denominator}
    squares = claim.sum_of_squares if value.measure == "mean" else None
    return value.model_copy(update={**dict.fromkeys(worked_out), **counts, "sum_of_squares": squares})
