"""Link: a contract under this one. What a party is paid goes on, on the same terms, to those it contracts with."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from obc.domain.core.kernel.figure import Written, WrittenFigure
from obc.domain.core.kernel.rate import Ints, spelled
from obc.domain.money.payment.split import AccountName, held_in, portions
from obc.domain.outcomes.scoring.step import Name


class Link(Written):
    """Back to back: of each amount that the first party is paid, the second gets its share.

    What the first has to give back, the second gives back to it in the same share. `of`: the settle steps whose money
    flows on; none: of all of them.
    """

    from_: AccountName
    to: AccountName
    share: WrittenFigure
    of: tuple[Name, ...] = ()
    source: str | None = None

    def carries(self, line: str) -> bool:
        """Whether the money of a settle step flows through it."""
        return not self.of or line in self.of


def passed_on(amounts: Ints, links: Sequence[Link], years: npt.NDArray[np.int64]) -> tuple[Ints, ...]:
    """Whole pennies for each of the links from one party; what is left of the amounts it keeps.

    By largest remainder over the links and what is kept, so that no penny is lost between them.
    """

    def shares(year: int) -> list[Fraction]:
        given = [held_in(link.share, year) for link in links]
        return [*given, 1 - sum(given, Fraction(0))]

    return portions(amounts, years, shares)[:-1]


def misfits(links: Sequence[Link], lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """(place, found, expected) of each link that cannot be paid; `lines` are the settle steps there are."""
    for i, link in enumerate(links):
        if link.from_ == link.to:
            yield i, f"a link from '{link.from_}' to itself", "name two parties"
        if any((link.from_, link.to) == (other.from_, other.to) for other in links[:i]):
            yield i, f"a second link from '{link.from_}' to '{link.to}'", "give two parties one link"
        for strange in (line for line in link.of if line not in lines):
            yield i, f"'{strange}', which no settle step is called", f"use some of {', '.join(lines)}"
        later = next((other for other in links[i + 1 :] if other.to == link.from_), None)
        if later is not None and link.from_ != link.to:
            expected = "list a link to a party above the links from it; money that goes round in a circle goes nowhere"
            yield i, f"a link from '{link.from_}' above the one to it", expected
        yield from _too_much(i, link, links)


def _too_much(i: int, link: Link, links: Sequence[Link]) -> Iterator[tuple[int, str, str]]:
    """Where a link takes the shares of a party above what it is paid, in the first year in which it does."""
    above = [other for other in links[: i + 1] if other.from_ == link.from_]
    named = dict.fromkeys(line for other in above for line in other.of)
    lines = [line for line in ("", *named) if link.carries(line)]  # "" stands for all that no link names
    starts = sorted({entry.from_ or 0 for other in above for entry in other.share.history})
    together = {
        year: max(sum((held_in(one.share, year) for one in above if one.carries(line)), Fraction(0)) for line in lines)
        for year in starts
    }
    wrong = [most for year, most in together.items() if most > 1 or held_in(link.share, year) < 0]
    if wrong:
        found = f"links that pass on {spelled(wrong[0] * 100)} % of what '{link.from_}' is paid"
        yield i, found, "pass on no more than 100 % of a line, and no share below 0"
