"""Write the pages on speed and cost, and the picture of growth, from `measured.json`.

`python benchmarks/pages.py` rewrites them after somebody has measured anew; a test holds that they say what the file
says. `--contract FILE` takes over what `contract.py --read --json FILE` measured, `--growth FILE …` what `measure.py
--json FILE` did at any sizes. Seconds are those that the processor worked, all threads together, where nothing else is
said.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from obc.engine.indicators.buckets import buckets_for
from obc.engine.segmentation.assign import PEOPLE_AT_A_TIME

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
CONTACTS, PEOPLE, YEARS, QUARTERS, MONTHS = 2_000_000_000, 60_000_000, 5, 4, 12
"""England: contact rows, people, years, and how many times a year the contract is measured."""
PART = 128_000_000
"""Bytes of a part of a table that one task reads: the usual size of Spark."""
ROW_ON_THE_WIRE = 60
"""Bytes of a row without compression, on its way from one machine to another: illustrative."""
TENFOLD = 10.5
"""How many times the work of a tenth of the events is still in proportion, as closely as it can be measured."""
WORKED, GIGABYTES = 120, 4
"""The limits of the whole contract: 60 s on two cores, and memory."""


def measured() -> dict[str, Any]:
    """What was measured."""
    found: dict[str, Any] = json.loads((HERE / "measured.json").read_text(encoding="utf-8"))
    return found


def pages() -> dict[Path, str]:
    """Both pages, as they should be."""
    found = measured()
    figures = {"benchmarks.md": _speed(found), "what-england-would-cost.md": _england(found)}
    return {
        DOCS / "explanation" / name: (HERE / "written" / name).read_text(encoding="utf-8").format(**given)
        for name, given in figures.items()
    }


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _speed(found: dict[str, Any]) -> dict[str, Any]:
    growth, contract = found["growth"], found["contract"]
    by_hand = next(one for one in growth if one["events"] == 10_000_000)
    stages = contract["stages"]
    worked = sum(stage["worked"] for stage in stages.values())
    most = max(stage["gigabytes"] for stage in stages.values())
    rows = [
        [
            f"{one['events']:,}",
            f"{one['ours']:.2f}",
            *(f"{one[who]:.2f}" if who in one else "not run" for who in ("by hand", "Polars")),
            f"{one['one grouping']:.2f}",
            f"{one['ours'] / one['one grouping']:.1f}",
            f"{one['gigabytes']:.2f}",
        ]
        for one in growth
    ]
    told = [
        [name, f"{stage['worked']:.1f}", f"{stage['seconds']:.1f}", f"{stage['gigabytes']:.2f}"]
        for name, stage in stages.items()
    ]
    check = contract["read and check"]
    return {
        "machine": found["machine"],
        "growth_table": _table(
            [
                "events",
                "obc, s",
                "SQL by hand, s",
                "Polars, s",
                "one grouping, s",
                "obc is so many of these",
                "obc, GB",
            ],
            rows,
        ),
        "ratio": by_hand["ours"] / by_hand["by hand"],
        "tenfold": " and ".join(map("{:.1f}".format, _steps(growth, "ours"))),
        "least_tenfold": " and ".join(map("{:.1f}".format, _steps(growth, "one grouping"))),
        "last_step": _last_step(growth),
        "people": contract["people"],
        "rows": contract["rows"],
        "stages_table": _table(["stage", "s worked", "s by the clock", "GB at most so far"], told),
        "worked": worked,
        "halved": worked / 2,
        "clock": sum(stage["seconds"] for stage in stages.values()),
        "most": most,
        "kept": "Both are kept." if worked <= WORKED and most <= GIGABYTES else "They are not kept.",
        "limit": WORKED,
        "limit_memory": GIGABYTES,
        "indicators": contract["indicators"],
        "providers": contract["providers"],
        "quarters": contract["quarters"],
        "years": contract["years"],
        "segmenting": stages["segment"]["worked"] / worked,
        "measuring": stages["measure"]["worked"] / worked,
        "floor": contract["floor"],
        "times_floor": worked / contract["floor"],
        "check": check["worked"],
        "check_million": 1e6 * check["worked"] / contract["rows"],
        "check_memory": check["gigabytes"],
        "start": found["start"]["obc --help"],
        "python": found["start"]["Python"],
    }


def _steps(growth: list[dict[str, Any]], who: str) -> list[float]:
    """How many times the work of the size before each size took."""
    return [later[who] / before[who] for before, later in pairwise(growth)]


def _last_step(growth: list[dict[str, Any]]) -> str:
    ours, least = _steps(growth, "ours")[-1], _steps(growth, "one grouping")[-1]
    if ours <= TENFOLD:
        return "in proportion to the events, as closely as it can be measured"
    if ours <= least:
        return "more than in proportion to the events, and no more than in proportion to the least that any way must do"
    return "more than in proportion to the events, and to the least that any way must do"


def _england(found: dict[str, Any]) -> dict[str, Any]:
    contract, prices, cluster = found["contract"], found["prices"], found["cluster"]
    rows = CONTACTS / contract["contacts"] * contract["rows"]
    stages, of_all = contract["stages"], rows / contract["rows"] / 3600
    once = contract["read and check"]["worked"] * of_all
    measuring = (stages["segment"]["worked"] + stages["measure"]["worked"]) * of_all
    stored = contract["bytes"] / contract["rows"] * rows
    moved = rows * ROW_ON_THE_WIRE / 1e9
    times, cores = cluster["times the work of DuckDB"], cluster["cores"]
    rented, managed, kept = prices.values()
    spread = (once + measuring) * times
    yearly = spread * MONTHS
    lines = [
        ["read and check five years, once", f"{once:.1f} core-hours", f"£{once * rented:.2f}"],
        ["assign and measure five years, once", f"{measuring:.1f} core-hours", f"£{measuring * rented:.2f}"],
        [f"both on a cluster, at {times} times the work", f"{spread:.0f} core-hours", f"£{spread * managed:.0f}"],
        [f"the same, {MONTHS} times a year", f"{yearly:,.0f} core-hours", f"£{yearly * managed:,.0f}"],
        ["Parquet of five years, kept for one", f"{stored / 1e9:.0f} GB", f"£{stored / 1e9 * kept * 12:.0f}"],
    ]
    return {
        "england": PEOPLE,
        "years": YEARS,
        "contacts": CONTACTS,
        "all_rows": rows / 1e9,
        "people": contract["people"],
        "cost_table": _table(["what", "how much", "cost"], lines),
        "prices": "; ".join(f"{what} £{price}" for what, price in prices.items()),
        "cores": cores,
        "hours": spread / cores,
        "parts": stored / PART,
        "moved": moved,
        "on_the_wire": ROW_ON_THE_WIRE,
        "seconds": moved * 8 / 100,
        "buckets": buckets_for(PEOPLE, YEARS * QUARTERS),
        "at_a_time": PEOPLE_AT_A_TIME,
        "people_buckets": PEOPLE // PEOPLE_AT_A_TIME,
    }


def grown(growth: list[dict[str, Any]], measured: dict[str, Any]) -> list[dict[str, Any]]:
    """The sizes with the one that a race has measured; what it left out stays as it was."""
    rows = measured["rows"]
    size = {
        "events": sum(rows[table] for table in ("contacts", "accommodation", "employment", "reviews")),
        **{who: round(worked, 2) for who, worked in measured["worked"].items()},
        "gigabytes": round(measured["memory"] / 1e9, 2),
    }
    sizes = {one["events"]: one for one in growth}
    sizes[size["events"]] = {**sizes.get(size["events"], {}), **size}
    return [sizes[events] for events in sorted(sizes)]


def growth_chart(path: Path) -> None:
    """The picture of growth."""
    import altair as alt
    import vl_convert

    colours = {
        "obc": "#005eb8",
        "SQL by hand": "#b04a00",
        "Polars": "#4c6272",
        "one grouping": "#007f3b",
        "in proportion": "#aeb7bd",
    }
    growth = measured()["growth"]
    first = growth[0]
    sizes = [one["events"] for one in growth]
    rows = [
        {"events": one["events"], "seconds": one[key], "who": who}
        for one in growth
        for key, who in zip(("ours", "by hand", "Polars", "one grouping"), colours, strict=False)
        if key in one
    ]
    rows += [
        {"events": one["events"], "seconds": first["ours"] * one["events"] / first["events"], "who": "in proportion"}
        for one in growth
    ]
    chart = (
        alt.Chart(alt.Data(values=rows), width=520, height=320)
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x=alt.X("events:Q", scale=alt.Scale(type="log"), axis=alt.Axis(title="events", format="~s", values=sizes)),
            y=alt.Y(
                "seconds:Q",
                scale=alt.Scale(type="log", domainMin=min(one["seconds"] for one in rows) / 2),
                axis=alt.Axis(title="seconds worked"),
            ),
            color=alt.Color(
                "who:N", title=None, scale=alt.Scale(domain=[*colours], range=[*colours.values()]), sort=[*colours]
            ),
            shape=alt.Shape("who:N", title=None, scale=alt.Scale(domain=[*colours]), sort=[*colours]),
        )
    )
    path.write_bytes(vl_convert.vegalite_to_png(chart.to_json(), scale=2))


def main() -> None:
    """Write the pages and the picture."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--contract", type=Path, metavar="FILE", help="what contract.py --read --json FILE wrote")
    given.add_argument("--growth", type=Path, metavar="FILE", nargs="+", default=[], help="of measure.py --json FILE")
    asked = given.parse_args()
    found = measured()
    if asked.contract:
        found["contract"] = json.loads(asked.contract.read_text(encoding="utf-8"))
    for path in asked.growth:
        found["growth"] = grown(found["growth"], json.loads(path.read_text(encoding="utf-8")))
    (HERE / "measured.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    growth_chart(DOCS / "images" / "growth.png")


if __name__ == "__main__":
    main()
