"""Commands that meet the published world: comparators that come in, exports that go out."""

from pathlib import Path
from typing import Annotated

import typer

from obc.cli import output
from obc.cli.arguments import As, Format, Out

export_app = typer.Typer(
    help="Figures for others: fhir, fingertips, csv, xlsx.", no_args_is_help=True, rich_markup_mode=None
)


def compare(
    published: Annotated[Path, typer.Argument(metavar="FILE", help="a publication CSV of MHSDS, or of Fingertips")],
    area: Annotated[str, typer.Option("--area", metavar="CODE", help="the place to compare, by its code")],
    numerator: Annotated[str | None, typer.Option("--numerator", metavar="ID", help="MHSDS: a MEASURE_ID")] = None,
    denominator: Annotated[str | None, typer.Option("--denominator", metavar="ID", help="MHSDS: its whole")] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", metavar="ID", help="Fingertips: Indicator ID")] = None,
    peers: Annotated[
        list[str] | None, typer.Option("--peer", metavar="CODE", help="a peer (default: all places of its kind)")
    ] = None,
    out: Out = None,
    as_: As = Format.TEXT,
) -> None:
    """One place of a published file among its peers, with what the source suppressed or rounded left as it is."""
    from obc import bootstrap

    if bool(indicator) == bool(numerator and denominator):
        raise typer.BadParameter("give --numerator and --denominator (MHSDS), or --indicator (Fingertips)")
    found = bootstrap.compare(published, area, numerator, denominator, indicator, peers or [])
    written = bootstrap.write_comparison(found, out) if out else ()
    if as_ is Format.JSON:
        output.as_json(
            {
                "own": found.own.model_dump(mode="json"),
                "nation": found.nation.model_dump(mode="json") if found.nation else None,
                "among": found.among.model_dump(mode="json"),
                "written": [str(path) for path in written],
            }
        )
        return
    from obc.reports.comparison import headline

    print(headline(found.own, found.nation, found.among))
    if written:
        print(f"Wrote {written[0]} and the funnel beside it.")
