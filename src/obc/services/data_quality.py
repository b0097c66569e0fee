"""Data quality: a review of the records of a contract over its last months."""

from collections.abc import Sequence
from datetime import date, timedelta

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.period import Period, add_months
from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.data_quality.review import Review, review
from obc.services.measure import Records, periods_of, year_of


def review_records(
    contract: Contract, records: Records, months: int, providers: Sequence[str] = (), known_on: date | None = None
) -> Review:
    """The last `months` whole months of the records, with the values whose periods end in them.

    `known_on`: the day on which the records were drawn; without it, the last day in them. Raises `Problems` for records
    without a whole month, or a provider that is not the contract's.
    """
    codes = {provider.code for provider in contract.agreement.providers if provider.code}
    strange = sorted({*providers} - codes)
    if strange:
        expected = f"write one of {', '.join(sorted(codes))}"
        raise refusal("--provider", "the contract", f"the provider {', '.join(strange)}", expected)
    last = known_on or records.last_day()
    if last is None:
        raise refusal("records", "the contract", "no records", "give a folder with records")
    after = (last + timedelta(days=1)).replace(day=1)
    period = Period(start=add_months(after, -months), end=after - timedelta(days=1))
    periods = [one for one in periods_of(contract, last) if one.end in period]
    return review(
        records.report,
        contract.evidence,
        contract.definitions,
        sorted(periods, key=lambda one: (one.start, one.end)),
        period,
        lambda one: year_of(contract, one),
        providers,
        known_on,
    )
