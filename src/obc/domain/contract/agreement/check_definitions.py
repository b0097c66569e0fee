"""Whether the indicators' definitions are used, and still in date."""

from collections.abc import Iterator
from datetime import date

from obc.domain.contract.agreement.contract import Parts
from obc.domain.contract.agreement.finding import At, Finding
from obc.domain.outcomes.framework.framework import Reached


def definition_findings(parts: Parts, on: date | None) -> Iterator[Finding]:
    """Definitions that nothing uses, and those past their review on the day `on`.

    Without a day nothing is said about reviews, since the domain has no clock.
    """
    used = _used(parts)
    whole = not {"framework.yaml", "payment.yaml"} & set(parts.unread)
    for definition in parts.definitions:
        file = f"indicators/{definition.id}.yaml"
        if whole and definition.id not in used:
            rests_on: tuple[tuple[str, At], ...] = (("framework.yaml", ()), ("payment.yaml", ("inputs",)))
            yield Finding(
                file=file,
                at=("id",),
                found=f"'{definition.id}', which nothing uses",
                expected="place it under an outcome, or remove the file",
                severity="warning",
                name=definition.id,
                rests_on=rests_on,
            )
        if on is not None and definition.review_by < on:
            found = f"a review due by {definition.review_by}"
            expected = "review the definition and write the next date"
            yield Finding(file=file, at=("review by",), found=found, expected=expected, severity="warning")


def _used(parts: Parts) -> set[str]:
    used: set[str] = set()
    if parts.framework is not None:
        used |= {use.id for outcome in parts.framework.outcomes for use in outcome.indicators}
        used |= {extra.when.indicator for extra in parts.framework.additional if isinstance(extra.when, Reached)}
    if parts.mechanism is not None:
        used |= {item.indicator for item in parts.mechanism.inputs if item.indicator is not None}
    return used
