"""The schedules of the NHS Standard Contract that an outcomes contract fills: local quality, and reporting.

Schedule 4C (local quality requirements) and 6A (reporting requirements) of the Particulars, full length. Columns
follow the template of 2022/23 and later; the consequence of breach, which editions to 2021/22 have, stands last. The
template's file could not be read here, so the names of columns are not verified.
"""

from collections.abc import Iterator
from pathlib import Path

from obc.domain.contract.agreement.contract import Contract
from obc.domain.core.kernel.figure import Figure
from obc.domain.measurement.indicators.sentence import sentence
from obc.domain.outcomes.framework.framework import LEVELS, Framework, IndicatorUse, Outcome, SegmentTerms
from obc.domain.outcomes.scoring.judging import terms_of
from obc.reports.document import Document, Grid, Note, Section
from obc.reports.names import Names
from obc.reports.page import page
from obc.reports.reading import Reading
from obc.reports.scorecard import FOOT
from obc.reports.spreadsheet import workbook
from obc.reports.table import Cell, Column, Table
from obc.reports.word import word
from obc.reports.wording import capital, listed

SOURCE = (
    "NHS England, NHS Standard Contract, Particulars (full length), Schedule 4C (local quality requirements) and "
    "Schedule 6A (reporting requirements). Columns follow the template of 2022/23 and later; the consequence of "
    "breach, which editions to 2021/22 have, stands last. Check their names against the edition that you sign."
)
_CONSEQUENCE = "No sanction: the level reached earns points in the year's settlement (payment schedule)."
_SHOWN = "None: reported, not paid for."
_OUR_OWN = (
    "An indicator is measured from records by its definition; both parties see the same figures. Minimum numbers and "
    "what happens to unknowns stand in the definition."
)


def schedules(contract: Contract, form: str) -> bytes:
    """The schedules as `xlsx`, `docx` or `html`. Raises KeyError for another form."""
    title = f"Schedules 4C and 6A: {contract.agreement.title}"
    quality, reporting = quality_table(contract), reporting_table(contract)
    document = Document(
        title=title,
        subtitle="NHS Standard Contract, Particulars",
        blocks=(
            Note("Where the columns come from", (SOURCE,)),
            Section("Schedule 4C: local quality requirements", "schedule-4c", (Grid(quality),)),
            Section("Schedule 6A: reporting requirements", "schedule-6a", (Grid(reporting),)),
        ),
        foot=FOOT,
    )
    make = {
        "xlsx": lambda: workbook(title, (SOURCE, _OUR_OWN), (("Schedule 4C", quality), ("Schedule 6A", reporting))),
        "docx": lambda: word(document),
        "html": lambda: page(document),
    }
    return make[form]()


def form_of(out: Path) -> str:
    """The form that a file's name asks for: its ending, without the dot."""
    return out.suffix.removeprefix(".").lower()


def quality_table(contract: Contract) -> Table:
    """Every indicator of the framework, segment by segment where it is judged so; then the quality expectations."""
    names, framework = Names(contract), contract.framework
    rows: list[tuple[Cell, ...]] = []
    for outcome in framework.outcomes if framework else ():
        for use in outcome.indicators:
            rows += _of_indicator(contract, names, framework, outcome, use)  # type: ignore[arg-type]
    for one in contract.quality.expectations if contract.quality else ():
        method = f"Shown by: {listed(list(one.evidence))}."
        rows.append(
            (one.title, one.expects.strip(), method, f"Reviewed every {one.reviewed_every}", "Whole contract", _SHOWN)
        )
    heads = ("Quality Requirement", "Threshold", "Method of Measurement")
    rest = ("Period over which the Requirement is to be achieved", "Applicable Service Specification")
    columns = tuple(Column(head) for head in (*heads, *rest, "Consequence of breach"))
    return Table(caption="Schedule 4C, local quality requirements", columns=columns, rows=tuple(rows))


def reporting_table(contract: Contract) -> Table:
    """Every duty to inform, as the contract has it; without such duties, the indicators' own quarterly values."""
    names = Names(contract)
    duties = contract.schedules.information if contract.schedules else ()
    rows = [
        (
            one.what,
            f"every {one.every}",
            one.how,
            f"within {one.within} working days of the end of the period",
            f"from {names.account(one.from_)} to {listed([names.account(party) for party in one.to])}",
        )
        for one in duties
    ]
    if not rows:
        what = f"Values of the contract's {len(contract.definitions)} indicators, with counts and what is not known"
        rows.append((what, "every 3 months", "values file with its hashes", "not agreed yet", "all parties"))
    heads = (
        "Report",
        "Reporting Period",
        "Format of Report",
        "Timing and Method for delivery of Report",
        "Application",
    )
    return Table(
        caption="Schedule 6A, reporting requirements: local requirements reported locally",
        columns=tuple(map(Column, heads)),
        rows=tuple(rows),
    )


def _of_indicator(
    contract: Contract, names: Names, framework: Framework, outcome: Outcome, use: IndicatorUse
) -> Iterator[tuple[Cell, ...]]:
    how = names.reading(use)
    lists = {one.id: one for one in contract.code_lists}
    method = sentence(contract.definition(use.id), lists)
    period = f"Contract year, from year {outcome.pays_from}" + (
        f" to {outcome.pays_until}" if outcome.pays_until else ""
    )
    judged = terms_of(use, framework) if use.incentivised else ()
    if not judged:
        yield how.title, "None: shown only", method, "Each quarter and year", "Whole contract", _SHOWN
    for terms in judged:
        segment = names.segment(terms.segment)
        yield f"{how.title} ({outcome.title})", _thresholds(use, terms, how), method, period, segment, _CONSEQUENCE


def _thresholds(use: IndicatorUse, terms: SegmentTerms, how: Reading) -> str:
    """good: at least 66.0%; improved: …; with later years where they differ."""
    agreed = terms.thresholds or use.thresholds
    if agreed is None:
        return "None agreed"
    marks = [f"{level}: {_mark(getattr(agreed, level), use, how)}" for level in LEVELS]
    start = terms.baseline or use.baseline
    baseline = f" (baseline {how.figure(start.history[-1].value)})" if start else ""
    return capital("; ".join(marks)) + baseline


def _mark(figure: Figure, use: IndicatorUse, how: Reading) -> str:
    first, *later = figure.history
    told = how.mark(first.value, use.judged_by)
    return told + "".join(f", from year {one.from_} {how.mark(one.value, use.judged_by)}" for one in later)
