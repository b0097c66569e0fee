"""The tables of an engagement: findings, changes, events, criteria, national frameworks, statements."""

from collections.abc import Mapping, Sequence

from obc.domain.programme.engagement.engagement_file import EngagementFile
from obc.domain.programme.engagement.events import Event
from obc.domain.programme.engagement.heard import Heard
from obc.domain.programme.engagement.missing import Missing
from obc.domain.programme.engagement.national import NationalFramework, supported
from obc.reports.table import Cell, Column, Table
from obc.reports.wording import capital, day, listed, percent

NOT_RECORDED = "not recorded"


def findings_table(heard: Heard) -> Table:
    """You said, we did: every finding with its answer."""
    rows = tuple(
        (
            one.says,
            capital(listed([words(name) for name in one.said_by])) or capital(one.basis),
            capital(one.answer.did) if one.answer else "No answer yet",
            one.answer.says if one.answer else "",
            one.told_back or ("not yet" if one.basis == "heard" else "not needed"),
            one.source,
        )
        for one in heard.findings
    )
    columns = ("You said", "Who", "We", "What we did", "Told back", "Source")
    return Table("You said, we did", tuple(map(Column, columns)), rows)


def changes_table(heard: Heard) -> Table:
    """Each outcome on its way from what was proposed to what it is."""
    rows = tuple(
        (
            step.before or "–",
            step.after or "–",
            step.became,
            listed([words(name) for name in step.because]) or "nothing",
            step.why,
            step.source,
        )
        for step in heard.development.steps
    )
    columns = ("First proposed", "Now", "Became", "Because of", "Why", "Source")
    return Table("From the outcomes first proposed to those of the contract", tuple(map(Column, columns)), rows)


def events_table(heard: Heard) -> Table:
    """Who was asked, when, where, and how many."""
    rows = tuple(
        (
            one.title,
            one.kind,
            f"{one.dated or _days(one)}{'' if one.state == 'held' else f' ({one.state})'}",
            one.invited if one.invited is not None else NOT_RECORDED,
            one.took_part if one.took_part is not None else ("" if one.state == "planned" else NOT_RECORDED),
            listed([words(name) for name in one.groups]) + _rated(one),
            one.source,
        )
        for one in heard.events
    )
    columns = (
        Column("Event"),
        Column("Kind"),
        Column("When"),
        Column("Invited", "count"),
        Column("Took part", "count"),
        Column("Who"),
        Column("Source"),
    )
    return Table("Events, workshops, focus groups and surveys", columns, rows)


def fitness_table(heard: Heard) -> Table:
    """Every outcome against the criteria."""
    rows = tuple(
        (
            one.title,
            "fit" if one.fit else "not fit" if not one.unjudged else "not judged",
            _count(len(one.met), one.partly, one.failed),
            one.why or "",
        )
        for one in heard.fitness
    )
    columns = ("Outcome", "Fit", "Criteria", "Why not wholly")
    return Table("What makes an outcome fit for a contract", tuple(map(Column, columns)), rows)


def tiers_table(heard: Heard, outcomes: Mapping[str, str]) -> Table:
    """The outcomes on each level of the hierarchy."""
    rows = tuple(
        (capital(one.tier), capital(one.level), "; ".join(outcomes[name] for name in one.outcomes) or "none")
        for one in heard.tiers
    )
    return Table("Tiers of the outcomes hierarchy", (Column("Tier"), Column("Level"), Column("Outcomes")), rows)


def national_table(file: EngagementFile, outcomes: Mapping[str, str]) -> Table:
    """What each outcome answers to nationally."""
    titles = {one.id: one.title for one in file.frameworks}
    rows = tuple(
        (outcomes[one.outcome], titles[one.framework], one.at, one.says, one.source)
        for outcome in outcomes
        for one in file.references
        if one.outcome == outcome
    )
    columns = ("Outcome", "Framework", "At", "It asks for", "Source")
    return Table("National frameworks", tuple(map(Column, columns)), rows)


def frameworks_table(file: EngagementFile) -> Table:
    """The national frameworks that are cited, and in which edition."""
    rows = tuple((one.title, one.publisher, one.edition, one.source) for one in file.frameworks)
    return Table("Frameworks cited", tuple(map(Column, ("Framework", "Publisher", "Edition", "Source"))), rows)


def domains_table(framework: NationalFramework, file: EngagementFile, outcomes: Mapping[str, str]) -> Table:
    """The domains of a national framework, and which outcomes support each."""
    rows = tuple(
        (f"{domain.id}. {domain.title}", "; ".join(outcomes[name] for name in names) or "none of the outcomes")
        for domain, names in supported(framework, file.references)
    )
    return Table(f"{framework.title}: domains supported", (Column("Domain"), Column("Outcomes")), rows)


def examples_table(file: EngagementFile, outcomes: Mapping[str, str]) -> Table:
    """Where each outcome was improved, as published."""
    rows = tuple(
        (outcomes[one.outcome], one.place, one.did, one.result, one.dated, one.source) for one in file.examples
    )
    columns = ("Outcome", "Place", "What was done", "What came of it", "Dated", "Source")
    return Table("Published examples", tuple(map(Column, columns)), rows)


def statements_table(heard: Heard, file: EngagementFile) -> Table:
    """What reference groups said, and when."""
    groups = {one.id: one for one in file.reference_groups}
    rows = tuple(
        (
            f"{capital(groups[one.group].title)}: {listed(list(groups[one.group].made_up_of))}",
            day(one.on),
            one.says if one.state == "standing" else f"{one.says}; withdrawn",
            str(len(one.of)),
            one.reservations or "none",
            one.source,
        )
        for one in heard.statements
    )
    columns = ("Group", "On", "Says", "Outcomes", "Reservations", "Source")
    return Table("Statements of reference groups", tuple(map(Column, columns)), rows)


def missing_table(missing: Sequence[Missing]) -> Table:
    """Open ends."""
    rows: tuple[tuple[Cell, ...], ...] = tuple((capital(one.what), words(one.which), one.says) for one in missing)
    return Table("What is missing", (Column("What"), Column("Of"), Column("Which means")), rows)


def words(name: str) -> str:
    """An id, for people."""
    return name.replace("-", " ")


def _days(event: Event) -> str:
    return day(event.from_) if event.to is None else f"{day(event.from_)} to {day(event.to)}"


def _rated(event: Event) -> str:
    return f"; {percent(event.rated.share, 0)} called it {event.rated.says}" if event.rated else ""


def _count(met: int, partly: Sequence[str], failed: Sequence[str]) -> str:
    said = [f"{met} met"]
    if partly:
        said.append(f"in part: {listed([words(one) for one in partly])}")
    if failed:
        said.append(f"failed: {listed([words(one) for one in failed])}")
    return "; ".join(said)
