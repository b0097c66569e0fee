"""Gaming in words: what a look saw, what may honestly explain it, and what to ask. No look accuses anybody."""

from dataclasses import dataclass
from decimal import Decimal

from obc.domain.contract.agreement.contract import Contract
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.guarding.look import MARGINS, Kind, Look
from obc.reports import wording
from obc.reports.charts.before_and_now import Shown
from obc.reports.names import Names
from obc.reports.reading import Reading


@dataclass(frozen=True, slots=True)
class Telling:
    """How looks of one kind are told. `margin` says in words how far they must surely have moved."""

    title: str
    axis: str
    shown: Shown
    margin: str
    honest: str
    ask: str
    times: tuple[str, str] = ("A year before", "Now")


def _points(kind: Kind) -> str:
    return f"{wording.shortest(Decimal(repr(MARGINS[kind])) * 100)} percentage points"


TELLINGS: dict[Kind, Telling] = {
    "left out": Telling(
        "Left out for want of a record",
        "share left out",
        "percent",
        f"a rise of {_points('left out')}",
        "A new form or system, a team short of staff, people who were harder to reach that year.",
        "Who is left out, and how did they fare by any other record? Draw twenty of them and look.",
    ),
    "decided by a rule": Telling(
        "Out of the contract, or later, by a rule",
        "share of everybody alive in the records",
        "percent",
        f"a move of {_points('decided by a rule')}",
        "A service that opened or closed, a change in what practices refer, a rule that was agreed anew.",
        "Who moved out of scope in the year, on whose decision, and how were they doing before?",
    ),
    "counted a year": Telling(
        "How many are counted",
        "counted now, as a multiple of a year before",
        "times",
        "a change by a quarter of what it was, up or down",
        "Demand rose or fell, a service moved in or out, people are seen in another way.",
        "Would those no longer counted have been met by the old way of counting? Who decided?",
    ),
    "share of a cluster": Telling(
        "What share each cluster has",
        "share of clusters recorded",
        "percent",
        f"a move of {_points('share of a cluster')}",
        "Need changed, staff were trained in the tool, a new team takes other people.",
        "Do the scores of those in it say the same? Compare clusters with the booklet's ranges (obc records clusters).",
    ),
    "scores of a cluster": Telling(
        "How high people in a cluster score",
        "mean total of the scales, on the day of clustering",
        "number",
        "a fall of one point",
        "People come earlier; raters were trained anew; the tool has a new edition.",
        "Has its share grown at the same time? Then lighter needs may have been put into a heavier cluster.",
    ),
    "spend on a segment": Telling(
        "Spend by need group",
        "spend for a day in care, as a multiple of everybody else's",
        "number",
        f"a fall by {wording.percent(Decimal(repr(MARGINS['spend on a segment'])), 0)} against everybody else",
        "A cheaper way of caring that was agreed, a costly stay that ended, costs booked elsewhere.",
        "Are people of this group seen less, or just more cheaply? What do they and their carers say?",
    ),
    "outcome of a segment": Telling(
        "Outcome by need group",
        "ahead of everybody else, in the better direction",
        "percent",
        f"a fall behind by {_points('outcome of a segment')}",
        "Others improved first; people with harder needs came in.",
        "Does this group still get its share of time and money? Parked people show in both.",
    ),
    "share of those who joined": Telling(
        "Who comes in",
        "share of those who came into a segment",
        "percent",
        f"a fall by {_points('share of those who joined')}",
        "Referrers send other people; another service takes them.",
        "Who was referred and not taken on, with what need, and where are they now?",
    ),
    "entries a quarter": Telling(
        "What is written down",
        "entries now, as a multiple of the same quarter a year before",
        "times",
        "a change to half or to double",
        "A new system, a merger, a service that opened or closed, a file that was not sent.",
        "Is the work still done? Which indicators read this table, and did they move in the same quarter?",
    ),
    "not recorded": Telling(
        "Unknowns that count as not reached",
        "share of those counted whose record does not say",
        "percent",
        f"a move of {_points('not recorded')}",
        "A form that asks at last, a clerk who fills gaps: better records are a good thing, but no better lives.",
        "How much of the figure's change is left among those who were recorded in both years?",
    ),
    "gain with another rater": Telling(
        "Gains by who rates",
        "mean gain from first to last reading",
        "number",
        "half a point more with another rater",
        "People move to a team that helps them; a supervisor rates the last reading of those who did well.",
        "Let a third person rate a sample without knowing which reading is first.",
        ("Same rater", "Another rater"),
    ),
    "another rater": Telling(
        "Pairs rated by two people",
        "share of pairs",
        "percent",
        f"a move of {_points('another rater')}",
        "Staff left; people moved between teams.",
        "Who rates the last readings now, and what do they know of the target?",
    ),
    "just inside a limit": Telling(
        "Just inside a limit of time",
        "times as dense just inside as just outside, beyond the slope",
        "number",
        "a step twice as steep as a year before",
        "Teams book to a standard: some step is there wherever people know the limit.",
        "Compare the times with another record of the same event, and ask people when they were seen.",
    ),
}


def told(one: Look, contract: Contract, names: Names) -> str:
    """What a look saw, in a sentence."""
    before, now = figure(one, one.before), figure(one, one.now)
    who = name_of(one, contract, names)
    match one.kind:
        case "left out":
            text = f"{who}: {now} of {one.units_now:,.0f} were left out for want of a record, {before} a year before."
            text += _beside(one, contract)
            if one.effect is not None and one.raised:
                text += " Had those left out beyond the share of a year before missed, the figure would be "
                text += f"{_percent(one.effect)}."
            return text
        case "decided by a rule":
            return f"{who}: {now} of everybody alive in the records, {before} a year before."
        case "counted a year":
            return f"{who}: {now} counted {one.about}, {before} a year before."
        case "share of a cluster":
            return f"{who}: {now} of the clusters recorded, {before} a year before."
        case "scores of a cluster":
            return f"{who}: those put into it scored {now} on average, {before} a year before."
        case "spend on a segment":
            return (
                f"{who}: spend for a day in care is {now} times that on everybody else, {before} times a year before."
            )
        case "outcome of a segment":
            return f"{who}: {_ahead(one.now)} everybody else, {_ahead(one.before)} a year before."
        case "share of those who joined":
            return f"{who}: {now} of those who came into a segment, {before} a year before."
        case "entries a quarter":
            return f"{who}: {now} entries, {before} in that quarter a year before."
        case "not recorded":
            text = f"{who}: of {now} of {one.units_now:,.0f} the record does not say, {before} a year before."
            return text + _beside(one, contract)
        case "gain with another rater":
            return f"{who}: pairs rated by two people gained {now} on average, pairs rated by one {before}."
        case "another rater":
            return f"{who}: {now} of pairs were rated by two people, {before} a year before."
        case _:
            return f"{who}: {now} times as dense just inside {one.about} as just outside, {before} times a year before."


def _beside(one: Look, contract: Contract) -> str:
    """The indicator's own figure, to stand beside."""
    if one.figure_before is None or one.figure_now is None:
        return ""
    how = Reading.of(contract.definition(one.indicator))
    now, before = (how.figure(Decimal(repr(figure))) for figure in (one.figure_now, one.figure_before))
    return f" The figure beside it: {now}, {before} a year before."


def surely(one: Look, of: int) -> str:
    """How sure a look is, by the chance corrected for all of them."""
    share = one.corrected or 0
    seen = (
        "fewer than 1 in 10,000 reports" if share < 0.0001 else f"{wording.percent(Decimal(repr(share)), 2)} of reports"
    )
    return (
        f"If it had truly moved no further than {TELLINGS[one.kind].margin}, chance would raise it in {seen} "
        f"(all {of:,} looks allowed for)."
    )


def name_of(one: Look, contract: Contract, names: Names) -> str:
    """What a look is about: indicator, segment, provider, table, cluster or rule."""
    parts = []
    if one.indicator:
        parts.append(contract.definition(one.indicator).title)
    match one.kind:
        case "decided by a rule":
            rules = contract.segmentation.scope if contract.segmentation else ()
            parts.append(next((rule.title for rule in rules if rule.id == one.about), one.about))
        case "share of a cluster" | "scores of a cluster":
            parts.append(f"Cluster {one.about}")
        case "entries a quarter":
            parts.append(wording.capital(one.about.replace("_", " ")))
    if one.segment and one.segment != ALL:
        parts.append(names.segment(one.segment))
    if one.provider and one.provider != ALL:
        known = {party.code: party.name for party in contract.agreement.providers}
        parts.append(known.get(one.provider, one.provider))
    if one.quarter:
        parts.append(wording.quarter(one.quarter.start, one.quarter.end))
    return ", ".join(parts)


def figure(one: Look, value: float | None) -> str:
    """A figure of a look as people read it."""
    if value is None:
        return "not known"
    if TELLINGS[one.kind].shown == "percent":
        return _percent(value)
    return wording.number(Decimal(repr(value)), 0 if one.kind == "entries a quarter" else 1)


def _percent(share: float) -> str:
    return wording.percent(Decimal(repr(share)), 1)


def _ahead(gap: float | None) -> str:
    if gap is None:
        return "not known against"
    size = wording.number(Decimal(repr(abs(gap))) * 100, 1)
    return f"{size} points {'ahead of' if gap >= 0 else 'behind'}"
