"""Measured: an indicator value as people read it, and as much of it as may be shown."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from obc.domain.measurement.indicators.general_population import DAYS_A_YEAR
from obc.domain.measurement.indicators.values import IndicatorValue
from obc.domain.outcomes.publication.publication import Publication
from obc.reports import wording
from obc.reports.reading import Reading
from obc.reports.table import Cell
from obc.reports.wording import NOT_MEASURABLE, NOT_PUBLISHED, SUPPRESSED, Number


@dataclass(frozen=True, slots=True)
class Measured:
    """A value as it may be shown. Each part is a number, or the word that stands in its place."""

    numerator: Cell
    denominator: Cell
    unknown: Cell
    value: Cell
    lower: Cell
    upper: Cell
    counts: str

    @property
    def drawn(self) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
        """Value and limits as a chart draws them; None where there is no number."""
        return _drawn(self.value), _drawn(self.lower), _drawn(self.upper)

    def says(self, how: Reading, finer: int = 0) -> str:
        """The value with its interval, in words; `finer`: the value with so many decimals more than usual."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.lower, str) or isinstance(self.upper, str):
            return how.figure(self.value, finer)
        return f"{how.figure(self.value, finer)} ({how.bare(self.lower)} to {how.bare(self.upper)})"


def measured(value: IndicatorValue | None, how: Reading, publication: Publication) -> Measured:
    """The value as it may be shown: what was not measured, not measurable or not publishable says so."""
    if value is None or value.denominator is None:
        word = value.evidence.value if value else "missing"
        return Measured(word, word, word, word, word, word, word)
    top, under = _counts(value, how, publication)
    hidden = SUPPRESSED in (top, under)
    figure: Cell | None = SUPPRESSED if hidden else _figure(value, how, publication)
    lower, upper = (value.ratio_lower_95, value.ratio_upper_95) if how.ratio else (value.lower_95, value.upper_95)
    if figure is None:
        figure = lower = upper = NOT_MEASURABLE  # type: ignore[assignment]
    elif not publication.exact:
        lower = upper = NOT_PUBLISHED  # type: ignore[assignment]
    return Measured(
        numerator=top,
        denominator=under,
        unknown=_unknown(value, publication),
        value=figure,
        lower="none" if lower is None else lower,
        upper="none" if upper is None else upper,
        counts=SUPPRESSED if hidden else _in_words(value, how, top, under),
    )


def _unknown(value: IndicatorValue, publication: Publication) -> Cell:
    """Unknowns as they may be shown: never where counts are exact and some are hidden, for they add up."""
    if value.unknown is None:
        return "not counted"
    if not publication.exact and publication.profile.rounded_to == 1:
        return NOT_PUBLISHED
    shown = publication.count(value.unknown)
    return SUPPRESSED if shown is None else shown


def _counts(value: IndicatorValue, how: Reading, publication: Publication) -> tuple[Cell, Cell]:
    """Numerator and denominator. Person-days and sums of scores count nobody; the people behind them do."""
    top, under = value.numerator or Decimal(0), value.denominator or Decimal(0)
    if publication.hides(value):
        return (SUPPRESSED, SUPPRESSED) if how.measure == "proportion" else _of_hidden(how, under)
    if publication.exact:
        return _whole(top), _whole(under)
    rounded = publication.profile.rounded
    if how.measure == "proportion":
        return rounded(int(top)), rounded(int(under))
    return (rounded(int(top)), under) if how.measure == "rate" else (NOT_PUBLISHED, rounded(int(under)))


def _whole(count: Decimal) -> Number:
    """A count as people write it: a file of numbers says 403.0 where 403 were counted."""
    return int(count) if count == count.to_integral_value() else count


def _of_hidden(how: Reading, under: Decimal) -> tuple[Cell, Cell]:
    """Of a rate the events are hidden, of a mean how many were scored."""
    return (SUPPRESSED, under) if how.measure == "rate" else (NOT_PUBLISHED, SUPPRESSED)


def _figure(value: IndicatorValue, how: Reading, publication: Publication) -> Number | None:
    """The exact figure, or the one that the shown counts make; None where the denominator is empty."""
    if publication.exact or how.measure == "mean":
        return value.ratio if how.ratio else value.value
    top, under = _counts(value, how, publication)
    if how.measure == "proportion":
        return Fraction(top) / Fraction(under) if under else None
    if how.ratio:
        return Fraction(top) / Fraction(value.expected) if value.expected else None
    return Fraction(top) * how.multiplier * Fraction(DAYS_A_YEAR) / Fraction(under) if under else None


def _in_words(value: IndicatorValue, how: Reading, top: Cell, under: Cell) -> str:
    if how.measure == "proportion":
        return f"{top:,} of {under:,} {how.counted}"
    if how.measure == "mean":
        return f"{under:,} {how.counted}"
    years = wording.number(Fraction(under) / Fraction(DAYS_A_YEAR))
    expected = f"; {wording.number(value.expected, 1)} expected" if how.ratio and value.expected is not None else ""
    return f"{top:,} in {years} person-years{expected}"


def _drawn(cell: Cell) -> Decimal | None:
    if isinstance(cell, str):
        return None
    return cell if isinstance(cell, Decimal) else wording.rounded(cell, 8)
