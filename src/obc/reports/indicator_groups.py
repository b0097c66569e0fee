"""An indicator for different groups: segments and providers side by side, and the gap between them in people."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from obc.domain.core.kernel.period import Period
from obc.domain.measurement.indicators.values import ALL, IndicatorValue
from obc.domain.outcomes.monitoring.comparators import Comparator, compared
from obc.domain.outcomes.monitoring.equality import Part, Split
from obc.domain.outcomes.monitoring.people_missing import people_missing
from obc.reports import wording
from obc.reports.charts.chart import Chart
from obc.reports.charts.funnel_plot import funnel_plot
from obc.reports.charts.parts_dots import parts_dots
from obc.reports.document import Block, Grid, Items, Note, Paragraph, Picture, Section
from obc.reports.measured import Measured
from obc.reports.monitoring import missing_people
from obc.reports.table import Column, Table

if TYPE_CHECKING:
    from obc.reports.indicator import SeenIndicator

_FUNNEL = 5
"""Places from which on a funnel says more than a list."""


def group_sections(seen: "SeenIndicator", period: Period) -> Iterator[Section]:
    """Segments, then providers, where the figures of the period tell them apart."""
    segments = {name: value for name, value in seen.of(period).items() if name != ALL}
    whole = seen.of(period).get(ALL)
    if segments:
        named = {seen.names.segment(name): value for name, value in segments.items()}
        yield Section("Segments", "segments", tuple(_group(seen, named, whole, "segment")))
    codes = {one.code: one.name for one in seen.names.contract.agreement.providers if one.code}
    providers = {
        codes.get(one.provider) or seen.names.account(one.provider): one
        for one in seen.values
        if one.provider != ALL
        and one.segment == ALL
        and (one.period_start, one.period_end) == (period.start, period.end)
    }
    if len(providers) > 1:
        yield Section("Providers", "providers", tuple(_group(seen, providers, whole, "provider")))


def _group(
    seen: "SeenIndicator",
    groups: dict[str, IndicatorValue],
    whole: IndicatorValue | None,
    by: Literal["segment", "provider"],
) -> Iterator[Block]:
    shown = {name: seen.shown(value) for name, value in groups.items()}
    if seen.how.share and whole is not None:
        if by == "provider" and len(groups) >= _FUNNEL:
            yield Picture(_funnel(seen, groups, shown))
        else:
            yield Picture(_dots(seen, shown, whole, by))
        lines = tuple(_gaps(seen, groups, shown, whole))
        if lines:
            yield Items(tuple((line,) for line in lines))
        else:
            yield Paragraph((f"No {by} that may be shown fares worse than everybody.",))
    yield Grid(_table(seen, shown, by))
    yield Note("Small numbers", (seen.publication.says,))


def _gaps(
    seen: "SeenIndicator", groups: dict[str, IndicatorValue], shown: dict[str, Measured], whole: IndicatorValue
) -> Iterator[str]:
    """How many people more it takes until a group fares as everybody does; from the counts as shown."""
    everybody = _as_shown(whole, seen.shown(whole))
    for name, value in groups.items():
        group = _as_shown(value, shown[name])
        people = people_missing(group, everybody, seen.definition.direction) if group and everybody else None
        if people:
            yield f"{name}: {missing_people(people, seen.how)} would be counted if it fared as everybody does."


def _as_shown(value: IndicatorValue, shown: Measured) -> IndicatorValue | None:
    if isinstance(shown.numerator, str) or isinstance(shown.denominator, str):
        return None
    counts = {"numerator": Decimal(str(shown.numerator)), "denominator": Decimal(str(shown.denominator))}
    return value.model_copy(update=counts)


def _dots(seen: "SeenIndicator", shown: dict[str, Measured], whole: IndicatorValue, by: str) -> Chart:
    everybody = seen.shown(whole).drawn[0]
    ranked = sorted(shown.items(), key=lambda both: (both[1].drawn[0] is None, -(both[1].drawn[0] or 0)))
    split = Split(
        indicator=seen.definition.id,
        division=by,
        whole=everybody,
        parts=tuple(_part(name, one, everybody) for name, one in ranked),
    )
    told = [f"{name} {one.says(seen.how)}" for name, one in ranked]
    sentence = f"Everybody: {seen.shown(whole).says(seen.how)}. From the highest: {'; '.join(told)}."
    title = f"{seen.definition.title} by {by}"
    return parts_dots(f"{by}s-{seen.definition.id}", title, sentence, split, [name for name, _ in ranked])


def _part(name: str, one: Measured, whole: Decimal | None) -> Part:
    value, lower, upper = one.drawn
    if value is None:
        hidden: Literal["suppressed", "nobody counted"] = (
            "suppressed" if one.value == "suppressed" else "nobody counted"
        )
        return Part(name=name, state=hidden)
    low, high = (None if limit is None else float(limit) for limit in (lower, upper))
    differs: Literal["higher", "lower", "within chance", "not known"] = "not known"
    if whole is not None and low is not None and high is not None:
        differs = "lower" if high < whole else "higher" if low > whole else "within chance"
    numerator, denominator = (
        None if isinstance(cell, str) else Decimal(str(cell)) for cell in (one.numerator, one.denominator)
    )
    return Part(
        name=name,
        numerator=numerator,
        denominator=denominator,
        value=value,
        lower_95=low,
        upper_95=high,
        differs=differs,
    )


def _funnel(seen: "SeenIndicator", groups: dict[str, IndicatorValue], shown: dict[str, Measured]) -> Chart:
    places = [
        Comparator(
            source=seen.names.contract.agreement.title,
            measure=seen.definition.title,
            area_type="provider",
            area=value.provider,
            name=name,
            numerator=None if isinstance(shown[name].numerator, str) else Decimal(str(shown[name].numerator)),
            denominator=None if isinstance(shown[name].denominator, str) else Decimal(str(shown[name].denominator)),
            value=shown[name].drawn[0],
            lower_95=None,
            upper_95=None,
            state="as published" if shown[name].drawn[0] is not None else "missing at source",
        )
        for name, value in groups.items()
    ]
    found = compared(places)
    outside = [one.comparator.name for one in found.places if one.position in (-2, 2)]
    sentence = (
        f"Of {wording.plural(len(places), 'provider')}, "
        f"{wording.listed(outside) if outside else 'none'} "
        f"{'lie' if len(outside) > 1 else 'lies'} outside what chance and ordinary variation explain (99.8%)."
    )
    title = f"{seen.definition.title}: {wording.plural(len(places), 'provider')} beside each other"
    return funnel_plot(f"providers-{seen.definition.id}", title, sentence, found, "")


def _table(seen: "SeenIndicator", shown: dict[str, Measured], by: str) -> Table:
    kind: Literal["percent", "number"] = "percent" if seen.how.share else "number"
    places = 1 if seen.how.share else 2
    ends = ("Lower 95% limit", "Upper 95% limit")
    rows: Sequence[tuple[str, Measured]] = sorted(
        shown.items(), key=lambda both: (both[1].drawn[0] is None, -(both[1].drawn[0] or 0))
    )
    return Table(
        caption=f"By {by}, from the highest",
        columns=(
            Column(wording.capital(by)),
            Column("Counted"),
            Column(f"Value, {seen.how.unit}", kind, places),
            *(Column(head, kind, places) for head in ends),
            Column("Not known", "count"),
        ),
        rows=tuple((name, one.counts, one.value, one.lower, one.upper, one.unknown) for name, one in rows),
    )
