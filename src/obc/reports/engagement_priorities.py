"""What matters most: orders by group as a table, two groups as a picture, preferences against points."""

from collections.abc import Mapping
from fractions import Fraction

from obc.domain.programme.engagement.engagement_file import EngagementFile
from obc.domain.programme.engagement.heard import Heard
from obc.domain.programme.engagement.ranking import ALL, GroupsCompared, Order, Priorities, Ranked
from obc.reports.charts.chart import Chart
from obc.reports.charts.priorities import Prized, priorities
from obc.reports.table import Column, Table
from obc.reports.wording import capital, number, percent


def order_table(found: Priorities, file: EngagementFile, outcomes: Mapping[str, str]) -> Table:
    """A row an outcome: its share and worth over all groups, and its place in each group."""
    titles = group_titles(file)
    first, *others = found.orders
    placed = [{one.outcome: one for one in order.outcomes} for order in found.orders]
    rows = tuple(
        (
            outcomes[one.outcome],
            percent(Fraction(repr(one.share)), 0),
            percent(Fraction(repr(one.worth)), 0),
            *(place(by[one.outcome]) for by in placed),
        )
        for one in first.outcomes
    )
    heads = (
        "Outcome",
        "Stands above (Borda)",
        "Worth (Bradley–Terry)",
        f"Place, all {first.people}",
        *(f"{titles[order.group]}, {order.people}" for order in others),
    )
    return Table("Outcomes in the order of what matters most", tuple(map(Column, heads)), rows)


def points_table(heard: Heard, outcomes: Mapping[str, str]) -> Table:
    """Places by preference beside places by points."""
    rows = tuple(
        (
            outcomes[one.outcome],
            _places(one.rank_low, one.rank_high),
            _places(one.points_low, one.points_high),
            number(Fraction(repr(one.points))),
            "out of line" if one.out_of_line else "in line",
        )
        for one in heard.against_points
    )
    heads = ("Outcome", "Place by preference", "Place by points", "Points", "Do they meet?")
    return Table("What matters most, and what is paid most", tuple(map(Column, heads)), rows)


def priority_charts(found: Priorities, file: EngagementFile, outcomes: Mapping[str, str]) -> tuple[Chart, ...]:
    """A picture for each two groups that are compared."""
    titles = group_titles(file)
    orders = {order.group: order for order in found.orders}
    return tuple(_chart(pair, orders, titles, outcomes, found.source) for pair in found.compared)


def _chart(
    pair: GroupsCompared,
    orders: Mapping[str, Order],
    titles: Mapping[str, str],
    outcomes: Mapping[str, str],
    source: str,
) -> Chart:
    one, other = ({ranked.outcome: ranked for ranked in orders[name].outcomes} for name in (pair.one, pair.other))
    by_share = sorted(pair.gaps, key=lambda gap: gap.difference, reverse=True)
    rows = [
        Prized(outcomes[gap.outcome], _ends(one[gap.outcome]), _ends(other[gap.outcome]), gap.apart) for gap in by_share
    ]
    most = [outcomes[gap.outcome].lower() for gap in by_share if gap.apart]
    names = titles[pair.one], titles[pair.other]
    if not most:
        title = f"{names[0]} and {names[1].lower()} order the outcomes alike, as far as can be told"
    else:
        title = f"{names[0]} and {names[1].lower()} part most over “{most[0]}” and “{most[-1]}”"
    sentence = (
        f"Each outcome with the share of the others that it stands above: {names[0].lower()} as a dot, "
        f"{names[1].lower()} as a diamond, with 95% intervals. "
        f"A star marks the {len(most)} of {len(rows)} where they are apart beyond chance. "
        f"Agreement of the two orders (Kendall's tau): {number(Fraction(repr(pair.agreement)), 2)}. "
        f"Source of the orders: {source}."
    )
    return priorities(f"priorities-{pair.one}-{pair.other}", title, sentence, names, rows)


def _ends(ranked: Ranked) -> tuple[float, float, float]:
    return ranked.share, ranked.share_low, ranked.share_high


def group_titles(file: EngagementFile) -> dict[str, str]:
    """What people call each group that gave an order."""
    return {ALL: capital(ALL), **{one.id: one.title for one in file.groups}}


def place(ranked: Ranked) -> str:
    """2 (1–3): the place, and those that it could have been."""
    if ranked.rank_low == ranked.rank_high:
        return str(ranked.rank)
    return f"{ranked.rank} ({_places(ranked.rank_low, ranked.rank_high)})"


def _places(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"
