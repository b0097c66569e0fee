"""Details of people, recognised by what they look like, so that they are turned away before they are kept."""

import re
from collections.abc import Iterable, Sequence

_HEADINGS = frozenset(
    (
        "person id",
        "patient id",
        "nhs number",
        "nhs no",
        "pseudo nhs number",
        "hospital number",
        "local patient identifier",
        "name",
        "forename",
        "first name",
        "surname",
        "last name",
        "full name",
        "patient name",
        "date of birth",
        "dob",
        "birth date",
        "address",
        "postcode",
        "post code",
        "email",
        "telephone",
        "referral id",
        "carer id",
        "spell id",
        "response id",
    )
)
_NUMBER = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
ENOUGH = 3
"""So many numbers of ten digits that check out as NHS numbers are no chance: one in eleven would by chance."""


def personal_columns(headings: Iterable[str]) -> tuple[str, ...]:
    """The headings under which a table would hold details of people."""
    return tuple(one for one in headings if re.sub(r"[\s_-]+", " ", one).strip().casefold() in _HEADINGS)


def nhs_numbers(rows: Iterable[Sequence[str]]) -> int:
    """How many different cells hold a number that checks out as an NHS number (ten digits, modulus 11)."""
    return len({found for row in rows for cell in row for found in _NUMBER.findall(cell) if _checks_out(found)})


def _checks_out(text: str) -> bool:
    digits = [int(one) for one in text if one.isdigit()]
    left = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return left != 10 and left % 11 == digits[9] and len(set(digits)) > 1
