"""One escalation on a page: where it stands, what the ladder permits now, what was seen and answered."""

from collections.abc import Sequence
from datetime import date

from obc.domain.core.kernel.trail import Action
from obc.domain.programme.levers.escalation import PROVIDERS, Escalation
from obc.domain.programme.levers.ladder import Rung
from obc.domain.programme.levers.policy import Policy
from obc.reports.document import Document, Grid, Note, Paragraph, Section
from obc.reports.governance_pages import done_section
from obc.reports.levers import escalation_section
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day, listed


def escalation_document(
    one: Escalation, rungs: Sequence[Rung], policy: Policy, trail: Sequence[Action], on: date
) -> Document:
    """The page of an escalation."""
    section = escalation_section(one, on)
    about, party = (name.replace("-", " ") for name in (one.about, one.party))
    return Document(
        title=section.title,
        subtitle=f"An escalation over {about}, with {party}, year {one.year}; on {day(on)}",
        blocks=(
            *section.blocks,
            Section("What the ladder permits now", "ladder", (_now(rungs), Grid(rungs_table(rungs)))),
            Note(
                "The right to respond",
                (
                    f"At every stage {one.party} may put its answer and evidence on file: it is for its "
                    f"{listed(list(PROVIDERS))}. No money is withheld before the clock has run out and both sides have "
                    "agreed on the causes.",
                ),
            ),
            Section("The policy", "policy", (Grid(policy_table(policy)),)),
            done_section("escalation", [one.id], trail),
        ),
        foot=FOOT,
    )


def rungs_table(rungs: Sequence[Rung]) -> Table:
    """Each move: whether it can be made today and why, or what it takes."""
    rows = tuple(
        (capital(one.verb), one.to, "yes" if one.now else "not yet", capital(one.because), listed(list(one.by)))
        for one in rungs
    )
    heads = ("Move", "Leads to", "Permitted now", "Why, or what it takes", "It is for")
    return Table("The ladder", tuple(map(Column, heads)), rows)


def policy_table(policy: Policy) -> Table:
    """The stages with their clocks."""
    rows = tuple(
        (
            capital(one.stage),
            one.says,
            f"{one.working_days} working days" if one.working_days else "no clock",
            one.evidence,
            one.source,
        )
        for one in policy.stages
    )
    heads = ("Stage", "What happens", "Clock", "Evidence to enter it", "Source")
    return Table("Stages of the escalation policy", tuple(map(Column, heads)), rows)


def _now(rungs: Sequence[Rung]) -> Paragraph:
    can = [f"'{one.verb}'" for one in rungs if one.now]
    return Paragraph((f"The rules permit {listed(can)} today." if can else "It has ended: nothing more can be done.",))
