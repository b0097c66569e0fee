"""Power as a page: what is paid for chance, which thresholds pay for it, and what would not."""

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.money.settlement.price_of_chance import PriceOfChance, YearPrice
from obc.domain.outcomes.framework.framework import LEVELS
from obc.domain.outcomes.monitoring.chance import IndicatorChance
from obc.reports.chart_files import chart_files
from obc.reports.charts.chance_dots import Dots, chance_dots
from obc.reports.charts.chart import Chart
from obc.reports.charts.power_curves import Curve, power_curves
from obc.reports.document import Document, Grid, Items, Note, Paragraph, Picture, Section, Strong
from obc.reports.filing import file_all
from obc.reports.names import Names
from obc.reports.page import page
from obc.reports.power_words import (
    chance,
    named,
    pooled_sentence,
    reading_of,
    safe_threshold,
    sentence,
    size,
    smoothed_sentence,
)
from obc.reports.scorecard import FOOT
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, listed, money_in_words, percent, plural, shortest

STEM = "power"

_METHOD = (
    "Chances are exact: binomial for proportions, Poisson for events in person-time, Student's t for means. Baselines "
    "are taken as true; in fact they were measured too, and where they came out by luck too low, chance pays more. "
    "Events that come in clusters, such as many attendances of one person, vary more than Poisson has it: their "
    "chances are the least they can be."
)


def write_power(price: PriceOfChance, contract: Contract, folder: Path) -> tuple[Path, ...]:
    """Write `power.html`, and each chart as SVG, PNG and CSV; returns the paths."""
    document = power_document(price, contract)
    return file_all(folder, {f"{STEM}.html": page(document), **chart_files(document)})


def headline(price: PriceOfChance) -> str:
    """What chance alone would be paid, in a sentence."""
    paid, whole = price.for_chance_minor, price.to_be_had_minor
    if paid is None or not whole:
        points = sum(year.chance.points_for_chance for year in price.years)
        return f"If nothing changed at all, chance alone would earn about {shortest(Decimal(str(points)), 1)} points."
    return (
        f"If nothing changed at all, chance alone would be paid about {money_in_words(_pounds(paid), price.currency)} "
        f"of {money_in_words(whole, price.currency)} over {plural(len(price.years), 'year')} "
        f"({percent(Fraction(paid, whole))})."
    )


def power_document(price: PriceOfChance, contract: Contract) -> Document:
    """The page. Thresholds and charts are those of the year in which most goes to chance."""
    names, year = Names(contract), price.dearest
    if year is None or not year.chance.indicators:
        raise ValueError("no year of the contract pays for any indicator")
    rows = year.chance.indicators
    bad = [row for row in rows if any(not each.sound for each in row.thresholds)]
    share = percent(Decimal(repr(price.within)), 0)
    return Document(
        title=f"What is paid for chance: {price.title}",
        subtitle=f"A threshold is sound where it is reached by chance in at most {share} of years",
        blocks=(
            Paragraph((Strong(headline(price)),), lead=True),
            Grid(years_table(price)),
            Section(
                f"Which thresholds pay for chance in year {year.chance.year}",
                "thresholds",
                (
                    Picture(_dots(year, price.within, names)),
                    Items(tuple((line,) for line in sentences(year, contract, bad))),
                    Note("How sure this is", (_METHOD,)),
                ),
            ),
            Section(
                "What it takes to be sure", "curves", tuple(Picture(c) for c in _curves(year, contract, price.within))
            ),
            Section("All figures", "figures", (Grid(thresholds_table(year, contract)),)),
        ),
        foot=FOOT,
    )


def sentences(year: YearPrice, contract: Contract, rows: list[IndicatorChance] | None = None) -> list[str]:
    """A sentence for each indicator and segment, then what pooling segments or years would do."""
    names = Names(contract)
    told = []
    for row in year.chance.indicators if rows is None else rows:
        told.append(sentence(row, named(row, row.title, names), reading_of(contract, row)))
    for indicator in dict.fromkeys(one.indicator for one in year.chance.pooled):
        row = next(row for row in year.chance.indicators if row.indicator == indicator)
        levels = [one for one in year.chance.pooled if one.indicator == indicator]
        told.append(pooled_sentence(levels, row.title, names, reading_of(contract, row)))
    for row in year.chance.indicators:
        longer = [one for one in year.chance.smoothed if (one.indicator, one.segment) == (row.indicator, row.segment)]
        if longer:
            told.append(smoothed_sentence(longer, named(row, row.title, names)))
    return told


def years_table(price: PriceOfChance) -> Table:
    """What chance earns, year by year and level by level."""
    known = price.for_chance_minor is not None
    kind = "money" if known else "points"
    rows: list[tuple[Cell, ...]] = []
    for year in price.years:
        points = (*year.chance.by_level, year.chance.bonus_for_chance, year.chance.points_for_chance)
        parts: tuple[Cell, ...] = tuple(Decimal(repr(part)) for part in points)
        whole: Cell = year.chance.points_available
        if known:
            parts = (*(year.by_level_minor or ()), year.bonus_minor or 0, year.for_chance_minor or 0)
            whole = year.to_be_had_minor or 0
        rows.append((f"Year {year.chance.year}", whole, *parts))
    heads = ("To be had", *(f"For chance, at {level}" for level in LEVELS), "As a bonus", "For chance, in all")
    return Table(
        caption="Expected payment with no real change" if known else "Expected points with no real change",
        columns=(Column("Year"), *(Column(head, kind) for head in heads)),
        rows=tuple(rows),
        currency=price.currency,
    )


def thresholds_table(year: YearPrice, contract: Contract) -> Table:
    """Every threshold with its chance and what would be sound."""
    names = Names(contract)
    heads = ("Counted", "Start", "Level", "Threshold", "By chance", "Paid 4 times in 5 at", "Paid 19 times in 20 at")
    rows: list[tuple[Cell, ...]] = []
    for row in year.chance.indicators:
        how = reading_of(contract, row)
        counted = "not known" if row.size is None else f"{shortest(Decimal(repr(row.size)), 1)} {row.size_unit}"
        start = "not known" if row.true_value is None else how.figure(row.true_value)
        for each in row.thresholds:
            rows.append(
                (
                    named(row, row.title, names),
                    counted,
                    start,
                    each.level,
                    how.change(each.threshold, row.judged_by),
                    chance(each.chance) + ("" if each.sound else ": pays for chance"),
                    *(_true(number, how) for number in (each.true_80, each.true_95)),
                    "none" if each.sound_size is None else size(math.ceil(each.sound_size)),
                    how.change(safe_threshold(row, each, how), row.judged_by),
                )
            )
        if not row.thresholds:
            gap = row.not_known or "no threshold in force"
            rows.append((named(row, row.title, names), counted, start, gap, *[""] * 6))
    return Table(
        caption=f"Thresholds of year {year.chance.year}, with no real change",
        columns=tuple(Column(head) for head in ("Indicator", *heads, "Sound from", "Sound threshold")),
        rows=tuple(rows),
    )


def _true(number: float | None, how: object) -> str:
    return "never" if number is None else how.figure(Decimal(repr(number)))  # type: ignore[attr-defined]


def _dots(year: YearPrice, within: float, names: Names) -> Chart:
    rows = [
        Dots(named(row, row.title, names), tuple((each.level, each.chance) for each in row.thresholds))
        for row in year.chance.indicators
        if row.thresholds
    ]
    over = sum(share > within for dots in rows for _, share in dots.chances)
    of = sum(len(dots.chances) for dots in rows)
    title = f"{over} of {of} thresholds pay for chance"
    sentence = (
        f"{over} of {of} thresholds are reached in more than {percent(Decimal(repr(within)), 0)} of years though "
        "nothing has changed; they are drawn filled, right of the dashed rule."
    )
    return chance_dots("chance", title, sentence, rows, within)


def _curves(year: YearPrice, contract: Contract, within: float) -> Iterator[Chart]:
    names = Names(contract)
    for indicator in dict.fromkeys(row.indicator for row in year.chance.indicators if row.curve):
        rows = [row for row in year.chance.indicators if row.indicator == indicator and row.curve]
        how = reading_of(contract, rows[0])
        curves = [
            Curve(
                f"{names.segment(row.segment)} ({shortest(Decimal(repr(row.size)), 1)} {row.size_unit})",
                tuple(each.level for each in row.thresholds),
                tuple((point.true_value, point.chances) for point in row.curve),
            )
            for row in rows
        ]
        told = " ".join(_needs(row, how, names) for row in rows)
        slug = re.sub(r"[^a-z0-9-]+", "-", indicator)
        yield power_curves(f"power-{slug}", rows[0].title, told, curves, how.share, how.unit, within)


def _needs(row: IndicatorChance, how: object, names: Names) -> str:
    sure = listed([f"{each.level} {_true(each.true_80, how)}" for each in row.thresholds])
    start = how.figure(row.true_value)  # type: ignore[attr-defined]
    return capital(f"{names.segment(row.segment)}, from {start}: to be paid four times in five takes {sure}.")


def _pounds(minor: int) -> int:
    """To whole thousands: an expectation is no account."""
    return round(minor, -5)
