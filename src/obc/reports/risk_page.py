"""One risk on a page: how it stands, what is done about it, which levers answer it, what became of it."""

from collections.abc import Sequence
from datetime import date

from obc.domain.programme.levers.in_hand import InHand
from obc.domain.programme.risks.appetite import Appetite
from obc.domain.programme.risks.history import Movement
from obc.domain.programme.risks.risk import RISK, Risk
from obc.domain.programme.risks.scale import LIKELIHOOD, SEVERITY, Rating
from obc.reports.document import Document, Fact, Facts, Grid, Paragraph, Section
from obc.reports.machine_table import life
from obc.reports.risks import history_table
from obc.reports.scorecard import FOOT
from obc.reports.table import Column, Table
from obc.reports.wording import capital, day


def risk_document(
    risk: Risk, appetite: Appetite, history: Sequence[Movement], levers: Sequence[tuple[str, InHand]], on: date
) -> Document:
    """The page of a risk. `levers`: those pulled because of it, each with its title."""
    return Document(
        title=risk.title,
        subtitle=f"A risk of {risk.category}, owned by the {risk.owner.replace('-', ' ')}; on {day(on)}",
        blocks=(
            Paragraph((risk.what.strip(),), lead=True),
            Facts(
                (
                    _fact("Before controls", risk.before),
                    _fact("As it stands", risk.standing),
                    _fact("After all controls", risk.after),
                    Fact("Review by", day(risk.review_by), "overdue" if risk.live and risk.review_by < on else ""),
                )
            ),
            Paragraph((next_decision(risk, appetite, levers, on),)),
            Section("What is done about it", "controls", (Grid(_controls(risk)),)),
            levers_section(levers, on),
            Section("History", "history", (_history([one for one in history if one.risk == risk.id]),)),
            life(RISK, risk.state),
        ),
        foot=FOOT,
    )


def next_decision(risk: Risk, appetite: Appetite, levers: Sequence[tuple[str, InHand]], on: date) -> str:
    """What has to be decided about a risk now, in a sentence."""
    stands, carried = risk.standing, appetite.limit(risk.category)
    if not risk.live:
        return f"It is {risk.state}: nothing has to be decided."
    held = [one for _, one in levers if one.standing(on) == "in hand"]
    answer = (
        "A lever is in hand for it." if held else "No lever is in hand for it: pull one, or put a control in place."
    )
    if appetite.exceeded_by(risk) and risk.state != "escalated":
        to = appetite.to.replace("-", " ")
        return f"It stands at {stands.score} where {carried} is carried: its owner escalates it to the {to}. {answer}"
    if appetite.exceeded_by(risk):
        return f"It stands at {stands.score} where {carried} is carried, and was escalated. {answer}"
    return f"It stands at {stands.score}, within the {carried} that is carried."


def levers_section(levers: Sequence[tuple[str, InHand]], on: date) -> Section:
    """Levers that were pulled, and until when each holds."""
    rows = tuple(
        (
            title,
            one.what,
            one.owner.replace("-", " "),
            capital(one.standing(on)),
            day(one.since) if one.since else "–",
            day(one.lapses) if one.lapses else "no last day",
            one.evidence or "–",
        )
        for title, one in levers
    )
    heads = ("Lever", "What is done", "Owner", "State", "Since", "Until", "Evidence")
    table = Grid(Table("Levers pulled", tuple(map(Column, heads)), rows))
    return Section("Levers", "levers", (table if rows else Paragraph(("No lever was pulled because of it.",)),))


def _controls(risk: Risk) -> Table:
    rows = tuple((one.what, f"in place: {one.evidence}" if one.in_place else "planned") for one in risk.controls)
    return Table("Controls", (Column("Control"), Column("State")), rows)


def _fact(name: str, rating: Rating) -> Fact:
    steps = f"{SEVERITY[rating.severity][0]}, {LIKELIHOOD[rating.likelihood][0]}"
    said = f"{rating.severity} × {rating.likelihood}: {steps}"
    return Fact(name, f"{rating.score} {rating.band}", f"{said}. {rating.because}" if rating.because else said)


def _history(mine: Sequence[Movement]) -> Grid | Paragraph:
    return Grid(history_table(mine)) if mine else Paragraph(("Nothing was done since the register was written.",))
