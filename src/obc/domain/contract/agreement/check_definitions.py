"""Whether the indicators' definitions are used, and still in date."""

from collections.abc import Iterator
from datetime import date

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import Finding


def definition_findings(parts: Parts, on: date | None) -> Iterator[Finding]:
    """Definitions past their review on the day `on`; without a day nothing is said, since the domain has no clock."""
    for definition in parts.definitions:
        if on is not None and definition.review_by < on:
            found = f"a review due by {definition.review_by}"
            expected = "review the definition and write the next date"
            file = f"indicators/{definition.id}.yaml"
            yield Finding(file=file, at=("review by",), found=found, expected=expected, severity="warning")
