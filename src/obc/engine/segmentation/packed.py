"""Facts packed into whole numbers, one bit for each, so that one sum a day follows sixty facts and not one.

Numbers are added up, not bits set: a fact's spans never overlap, so that the sum of its bit is nought or one.
"""

from collections.abc import Mapping

IN_ONE = 60
"""Facts in one number; a whole number of eight bytes has 63 bits beside its sign."""


ALWAYS = "TRUE"
"""The condition of a fact that holds in every row."""


def numbers(facts: int) -> list[str]:
    """The columns that hold so many facts."""
    return [f"facts{number}" for number in range(-(-facts // IN_ONE))]


def packed(conditions: Mapping[int, str], facts: int) -> str:
    """Those of so many facts whose conditions hold, as columns of a query: fact by place, condition in SQL."""
    return ", ".join(
        f"CAST({_sum(conditions, number)} AS BIGINT) AS {column}" for number, column in enumerate(numbers(facts))
    )


def holds(fact: int) -> str:
    """The condition that the fact at this place holds."""
    number, bit = divmod(fact, IN_ONE)
    return f"((facts{number} & {1 << bit}) <> 0)"


def _sum(conditions: Mapping[int, str], number: int) -> str:
    within = {1 << fact % IN_ONE: condition for fact, condition in conditions.items() if fact // IN_ONE == number}
    terms = (
        str(bit) if condition == ALWAYS else f"CASE WHEN {condition} THEN {bit} ELSE 0 END"
        for bit, condition in within.items()
    )
    return " + ".join(terms) or "0"
