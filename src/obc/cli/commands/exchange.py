"""Commands that meet the published world: comparators that come in, exports that go out."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from obc.cli import output
from obc.cli.arguments import As, Format, Out, Profile, Published, Trail


class Form(StrEnum):
    """What an export is written as."""

    CSV = "csv"
    FHIR = "fhir"
    FINGERTIPS = "fingertips"
    OCDS = "ocds"
    SCHEDULES = "schedules"
    XLSX = "xlsx"


def compare(
    published: Annotated[Path, typer.Argument(metavar="FILE", help="a publication CSV of MHSDS, or of Fingertips")],
    area: Annotated[str, typer.Option("--area", metavar="CODE", help="the place to compare, by its code")],
    numerator: Annotated[str | None, typer.Option("--numerator", metavar="ID", help="MHSDS: a MEASURE_ID")] = None,
    denominator: Annotated[str | None, typer.Option("--denominator", metavar="ID", help="MHSDS: its whole")] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", metavar="ID", help="Fingertips: Indicator ID")] = None,
    peers: Annotated[
        list[str] | None, typer.Option("--peer", metavar="CODE", help="a peer (default: all places of its kind)")
    ] = None,
    deprivation: Annotated[
        Path | None,
        typer.Option("--deprivation", metavar="FILE", help="peers alike: a CSV of code, name, scores"),
    ] = None,
    column: Annotated[
        str, typer.Option("--column", metavar="NAME", help="the column of the score")
    ] = "imd_average_score",
    nearest: Annotated[
        int | None, typer.Option("--nearest", metavar="N", min=1, help="so many nearest (default: the same tenth)")
    ] = None,
    line: Annotated[
        list[str] | None, typer.Option("--line", metavar="CODE", help="another place as a line, such as its ICB")
    ] = None,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """One place of a published file among its peers, with what the source suppressed or rounded left as it is."""
    from obc.bootstrap import watching

    if bool(indicator) == bool(numerator and denominator):
        raise typer.BadParameter("give --numerator and --denominator (MHSDS), or --indicator (Fingertips)")
    if deprivation and peers:
        raise typer.BadParameter("give --peer or --deprivation, not both")
    like = watching.by_deprivation(deprivation, column, nearest) if deprivation else None
    found = watching.compare(published, area, numerator, denominator, indicator, peers or [], line or [], like)
    written = watching.write_comparison(found, out) if out else ()
    if as_ is Format.JSON:
        output.as_json(
            {
                "own": found.own.model_dump(mode="json"),
                "nation": found.nation.model_dump(mode="json") if found.nation else None,
                "lines": [one.model_dump(mode="json") for one in found.lines],
                "among": found.among.model_dump(mode="json"),
                "splits": [one.model_dump(mode="json") for one in found.splits],
                "written": [str(path) for path in written],
            }
        )
        return
    from obc.reports.comparison import headline, split_sentences

    print(headline(found.own, found.nation, found.among, found.lines))
    for told in split_sentences(found.splits):
        print(f"- {told}")
    if written:
        print(f"Wrote {written[0]} and the funnel beside it.")


def export(
    form: Annotated[Form, typer.Argument(metavar="FORMAT", help="csv, fhir, fingertips, ocds, schedules or xlsx")],
    contract: Annotated[str, typer.Argument(metavar="CONTRACT", help="a contract; for ocds, a programme")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="the file to write")],
    values: Annotated[
        Path | None, typer.Option("--values", metavar="FILE", help="indicator values (not: ocds, schedules)")
    ] = None,
    profile: Published = Profile.NHS,
    base: Annotated[
        str, typer.Option("--base", metavar="URL", help="fhir and ocds: where it is said to stand")
    ] = "https://example.org/fhir",
    trail: Trail = None,
    as_: As = Format.TEXT,
) -> None:
    """Indicator values for others to read, with small numbers hidden so that no difference brings them back.

    ocds: what is public of a programme's assessment of bidders, as a release of the Open Contracting Data Standard.
    schedules: local quality (4C) and reporting (6A) of the NHS Standard Contract, as .xlsx, .docx or .html.
    """
    from obc.bootstrap import contracts, procuring, watching

    if form is Form.OCDS:
        procuring.write_ocds(procuring.assessment_book(contract, trail).standing(), base, out)
        output.as_json({"written": str(out)}) if as_ is Format.JSON else print(f"Wrote {out}.")
        return
    if form is Form.SCHEDULES:
        if out.suffix not in (".xlsx", ".docx", ".html"):
            raise typer.BadParameter("name the file .xlsx, .docx or .html")
        watching.write_schedules(contracts.load_contract(contract), out)
        output.as_json({"written": str(out)}) if as_ is Format.JSON else print(f"Wrote {out}.")
        return
    if values is None:
        raise typer.BadParameter("give --values")
    shown = watching.export(contracts.load_contract(contract), values, out, form.value, profile.value, base)
    if as_ is Format.JSON:
        output.as_json({"written": str(out), "profile": profile.value, "values": shown})
        return
    counted = ", ".join(f"{number:,} {state}" for state, number in shown.items())
    print(f"Wrote {out} under the profile '{profile.value}': {counted}.")
