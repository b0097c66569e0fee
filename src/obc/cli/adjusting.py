"""Adjust: what the command prints and leaves behind."""

from pathlib import Path
from typing import Any

from obc.bootstrap import adjusting, contracts
from obc.cli import output
from obc.domain.core.kernel.problem import Problem, Problems
from obc.domain.measurement.indicators.values import ALL
from obc.domain.outcomes.adjustment.adjustment import AdjustedIndicator, Adjustment
from obc.domain.outcomes.adjustment.providers import Figure


def adjust(name: str, folder: Path, out: Path, fit: bool, year: int | None, mapping: str | None, as_json: bool) -> None:
    """Adjust a year's outcomes for the mix of people; with `fit`, make the models that the contract may freeze."""
    contract = contracts.load_contract(name)
    output.say(f"Reading {folder} …")
    found, written = adjusting.adjust_folder(
        contract, folder, mapping, fit_now=fit, year=year, out=out, progress=output.Progress("Counting")
    )
    if not found.indicators:
        raise Problems(
            tuple(
                Problem(file=f"indicators/{one.indicator}.yaml", where="adjusted by", found=one.reason, expected=_CURE)
                for one in found.refused
            )
        )
    if as_json:
        output.as_json(_content(contract.id, found, written))
        return
    for one in found.indicators:
        _show(one)
    for one in found.refused:
        print(f"{one.indicator}: not adjusted, since {one.reason}\n")
    print(f"Wrote {', '.join(path.name for path in written if path.parent == out)} and charts to {out}")
    if found.fitted:
        print("To freeze the models, put case_mix.yaml into the contract's folder before it is signed.")


_CURE = "adjust by other factors or bands, or choose another year with --year"


def _show(one: AdjustedIndicator) -> None:
    print(f"{one.definition.title} ({one.definition.id})")
    if one.model and one.c_statistic is not None:
        effects = sum(len(factor.effects) for factor in one.model.factors)
        fitted = f"fitted to {one.model.cases:,} people, {one.model.events:,} with the outcome"
        print(f"  model: {effects} effects, {fitted}; c statistic {one.c_statistic:.2f}")
    for doubt in one.doubts:
        print(f"  to doubt: {doubt}")
    rows = [
        (
            row.provider,
            f"{row.cases:,}",
            f"{row.observed:,}",
            _percent(row.crude),
            "" if row.expected is None else f"{row.expected:,.1f}",
            _ratio(row.ratio),
            _percent(row.adjusted),
            _percent(row.direct),
            {None: "", 0: "within"}.get(row.position, "above" if (row.position or 0) > 0 else "below"),
        )
        for row in one.providers
    ]
    heads = ("Provider", "People", "Observed", "Share", "Expected", "Ratio (95 %)", "Adjusted", "Direct", "Funnel")
    output.table(heads, rows, "lrrrrrrrl")
    for reason in dict.fromkeys(row.ratio.reason for row in one.providers if row.ratio.reason):
        print(f"  no ratio: {reason}")
    print()


def _percent(figure: Figure) -> str:
    return "–" if figure.value is None else f"{100 * figure.value:.1f} %"


def _ratio(figure: Figure) -> str:
    return "–" if figure.value is None else f"{figure.value:.2f} ({figure.lower_95:.2f}–{figure.upper_95:.2f})"


def _content(contract: str, found: Adjustment, written: tuple[Path, ...]) -> dict[str, Any]:
    return {
        "contract": contract,
        "year": found.year,
        "period_start": found.period.start,
        "period_end": found.period.end,
        "indicators": [
            {
                "indicator": one.definition.id,
                "adjusted_by": [factor.name for factor in one.definition.adjusted_by or ()],
                "model": one.model.model_dump(mode="json", by_alias=False) if one.model else None,
                "c_statistic": one.c_statistic,
                "calibration": _calibration(one),
                "doubts": list(one.doubts),
                "everybody": next(row for row in one.providers if row.provider == ALL).model_dump(mode="json"),
                "providers": [row.model_dump(mode="json") for row in one.providers if row.provider != ALL],
            }
            for one in found.indicators
        ],
        "refused": [{"indicator": one.indicator, "reason": one.reason} for one in found.refused],
        "written": [str(path) for path in written],
    }


def _calibration(one: AdjustedIndicator) -> list[dict[str, float]]:
    found = one.calibration
    if found is None:
        return []
    columns = zip(found.cases, found.expected, found.observed, found.lower, found.upper, strict=True)
    names = ("cases", "expected", "observed", "lower_95", "upper_95")
    return [dict(zip(names, (float(f"{cell:.10g}") for cell in row), strict=True)) for row in columns]
