"""Split: an amount shared out, so that the parts add up to it to the penny."""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt
from pydantic import AfterValidator, BeforeValidator, Field

from obc.domain.core.kernel.figure import Figure, Written, WrittenFigure
from obc.domain.core.kernel.problem import wrong
from obc.domain.core.kernel.rate import Ints, Ratios, Rounding, spelled
from obc.domain.money.payment.rounding import PENNY
from obc.domain.outcomes.scoring.evidenced import Evidenced
from obc.domain.outcomes.scoring.step import Operand, Read, Step, Tell

PARTY = "party"
"""The account of whoever is being settled with."""


def _named(given: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+([ -][a-z0-9]+)*", given) or len(given) > 80:
        raise wrong(f"'{given}'", "write the id of a party or a service, or the lower-case name of an account")
    return given


AccountName = Annotated[str, AfterValidator(_named)]
"""Where money comes from or goes to: a party, a service, a pot; `party` is the one being settled with."""


class Share(Written):
    """An account and its share."""

    account: AccountName
    title: str | None = None
    share: WrittenFigure


def _alone(given: Any) -> Any:
    return [{"account": given, "share": "100 %"}] if isinstance(given, str) else given


def _whole(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    starts = {entry.from_ or 0 for share in shares for entry in share.share.history}
    for year in sorted(starts):
        parts = [held_in(share.share, year) for share in shares]
        if any(part < 0 for part in parts) or sum(parts) != 1:
            when = f" from year {year}" if year else ""
            raise wrong(
                f"shares of {spelled(sum(parts, Fraction(0)) * 100)} %{when}",
                "shares must add up to 100 %, none below 0",
            )
    if len({share.account for share in shares}) < len(shares):
        raise wrong("an account that is named twice", "give each account one share")
    return shares


Shares = Annotated[tuple[Share, ...], Field(min_length=1), AfterValidator(_whole), BeforeValidator(_alone)]
"""One account, or several with shares that add up to 100 %."""


class Split(Step):
    """An amount rounded to the penny and shared out. Each part can be named: `tertius-trust of our split`."""

    split: Operand
    between: Shares
    round: Rounding

    def work(self, read: Read) -> Evidenced:
        """The amount itself, rounded."""
        amount = read(self.split)
        return Evidenced(amount.values.rounded(PENNY, self.round), amount.states)

    def parts(self, result: Evidenced, years: npt.NDArray[np.int64]) -> tuple[tuple[str, Evidenced], ...]:
        """Each account's part."""
        shared = pennies(minor(result.values), self.between, years)
        return tuple(
            (f"{share.account} of {self.step}", Evidenced(major(column), result.states))
            for share, column in zip(self.between, shared, strict=True)
        )

    def sentence(self, tell: Tell) -> str:
        """See `Step`."""
        return f"{tell(self.split)} shared: {shared_out(self.between)}"


def sole(account: str) -> tuple[Share, ...]:
    """One account that takes all."""
    return (Share(account=account, share=Figure.model_validate("100 %")),)


def shared_out(shares: Sequence[Share]) -> str:
    """The shares as people read them."""
    if len(shares) == 1:
        return shares[0].title or shares[0].account
    return ", ".join(
        f"{share.title or share.account} {spelled(share.share.history[-1].value * 100)} %" for share in shares
    )


def minor(amounts: Ratios) -> Ints:
    """Whole pennies of amounts that have been rounded to the penny."""
    pennies = amounts * Ratios.of([10**PENNY])
    assert (pennies.over == 1).all(), "amounts are rounded to the penny before they are shared"
    return pennies.top


def major(pennies: Ints) -> Ratios:
    """Pounds from pennies."""
    return Ratios(pennies, np.full_like(pennies, 10**PENNY))


def pennies(amounts: Ints, shares: Sequence[Share], years: npt.NDArray[np.int64]) -> tuple[Ints, ...]:
    """Whole pennies for each share, by largest remainder; they add up to the amounts exactly."""
    if len(shares) == 1:
        return (amounts,)
    return portions(amounts, years, lambda year: [held_in(share.share, year) for share in shares])


def held_in(figure: Figure, year: int) -> Fraction:
    """A figure as it holds in a year."""
    return figure.at(np.array([year]))[0][0]


def portions(
    amounts: Ints, years: npt.NDArray[np.int64], weights_in: Callable[[int], Sequence[Fraction]]
) -> tuple[Ints, ...]:
    """Whole pennies by the weights of each amount's year, as `split` gives them, for many amounts at once."""
    when = np.broadcast_to(years, len(amounts))
    columns = tuple(np.zeros_like(amounts) for _ in weights_in(int(when[0]) if len(when) else 0))
    for year in np.unique(when):
        rows = when == year
        for column, part in zip(columns, _shared(amounts[rows], weights_in(int(year))), strict=True):
            column[rows] = part
    return columns


def _shared(amounts: Ints, weights: Sequence[Fraction]) -> Sequence[Ints]:
    """Each weight's part: whole pennies first, then one each to the largest remainders, earlier ones among equals."""
    over = lcm(*(weight.denominator for weight in weights))
    whole = [int(weight * over) for weight in weights]
    large = np.abs(amounts)
    if large.dtype == object or (len(large) and int(large.max()) * sum(whole) >= _ROOM):
        large = large.astype(object)
    exact = np.stack([large * weight for weight in whole])
    parts, remainders = exact // sum(whole), exact % sum(whole)
    left = large - parts.sum(axis=0)
    places = np.argsort(np.argsort(-remainders, axis=0, kind="stable"), axis=0, kind="stable")
    parts = parts + (places < left)
    return list(np.where(amounts < 0, -parts, parts).astype(amounts.dtype))


_ROOM = 2**62
"""Products that might reach this are worked out on Python's own integers."""
