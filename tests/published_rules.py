"""How each published rule is put to a small contract: the figures in its own text, on amounts that we chose.

Amounts of 100 show a rate in per cent as it stands; a rule that speaks of two sides or of two ends is asked at both.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

Record = Mapping[str, Any]
Wanted = tuple[str, Any, Any]
"""A step, what it must come to, and how far off it may be."""
A_HAIR = Fraction(1, 10**6)


class Asked(NamedTuple):
    """One working of a contract: which, on what, in which year, what is wanted; as known on a day, where it says."""

    contract: str
    inputs: Mapping[str, Any]
    wanted: tuple[Wanted, ...]
    year: int = 1
    known_on: str | None = None


def on_account(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """An advance, and what was paid too much or too little at the end."""
    advance = 100 * Fraction(given["share"]) * Fraction(given["uprating_index_2006_07"])
    for earned in (90, 50):
        inputs = {"earned last year": 100, "index": given["uprating_index_2006_07"], "earned": earned}
        yield Asked("paid-on-account", inputs, (("advance", advance, near), ("balance", earned - advance, near)))


def agreed_anew(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """The price as it was known in April, and as it is after the change."""
    known = {"2025-04-01": given["original_cuf_pct"], None: expected["revised_cuf_pct"]}
    for day, uplift in known.items():
        yield Asked("uplift-agreed-anew", {"price before": 100}, (("price", 100 + Fraction(uplift), near),), 2025, day)


def variable(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """One more than the plan pays the whole price of one, at each of the targets."""
    for target in (given["national_target_pct"], *given["icb_range_pct"]):
        for more in (1, -1):
            inputs = {"activity": target + more, "activity before": 100, "target": Fraction(target) / 100}
            rate = more * Fraction(expected["variable_rate_pct"]) / 100
            yield Asked("fixed-and-variable", inputs, (("fixed payment", target, near), ("variable", rate, near)))


def limits(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """Far below and far above, with all quality missed; and a list that makes up for activity."""
    parts = {"value": 100, "part in capitation": Fraction(1, 2), "part in activity": Fraction(1, 2)}
    low, high = 100 - expected["max_downside_pct"], 100 + expected["max_upside_pct"]
    for capitation, activity, paid in (("0.5", "0.5", low), ("1.5", "1.2", high), ("1.05", "0.95", 100)):
        inputs = {**parts, "capitation delivered": capitation, "activity delivered": activity, "quality missed": 1}
        wanted = (("payment", paid, near), ("deduction", -expected["dqof_max_pct"], near))
        yield Asked("value-within-limits", inputs, wanted)


def on_outcomes(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """A year's value, and the part of it that hangs on outcomes once it is phased in."""
    inputs = {"value": given["total_gbp_m"], "years": given["years"]}
    part = expected["annual_gbp_m"] * Fraction(expected["outcome_share_pct"]) / 100
    yield Asked(
        "part-of-the-value", inputs, (("a year", expected["annual_gbp_m"], near), ("on outcomes", part, near)), 3
    )


_POINTS_AT = {
    "at_or_above_benchmark": ("points", (90, 95)),
    "between_achievement_threshold_and_benchmark": ("achievement points", (50, 90 - A_HAIR)),
    "between_own_baseline_and_benchmark": ("improvement points", (40 + A_HAIR, 90 - A_HAIR)),
}


def points_between(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """The fewest and the most points of a range, at its two ends."""
    step, ends = _POINTS_AT[given["position"]]
    fewest, _, most = expected["points"].partition("..")
    for rate, points in zip(ends, (fewest, most or fewest), strict=True):
        inputs = {"rate": rate, "threshold": 50, "own baseline": 40, "benchmark": 90}
        yield Asked("achievement-or-improvement", inputs, ((step, points, near),))


def earned_back(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """What comes back of what was withheld."""
    inputs = {"withheld": Fraction(given["applicable_pct"]) / 100, "score": given["tps"], "slope": given["slope"]}
    incentive = Fraction(expected["incentive_pct"]) / 100
    wanted = (("incentive", incentive, near), ("factor", expected["adjustment_factor"], near))
    yield Asked("withheld-and-earned-back", inputs, wanted)


def ten_points(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """Points by the formula, the higher of the two; and the most that they can move."""
    most = Fraction(expected["max_adjustment_pct"]) / 100
    marks = {"median": 60, "own baseline": 40, "top decile": 80, "slope": Fraction(1, 100), "average score": 5}
    for rate, points in ((80, 10), (70, Fraction(15, 2)), (60, 5), (40, 0), (90, 10)):
        yield Asked("ten-points-between-median-and-best", {**marks, "rate": rate}, (("points", points, near),))
    for rate, moved in ((80, most), (40, -most)):
        steep = {**marks, "slope": 1, "rate": rate}
        yield Asked("ten-points-between-median-and-best", steep, (("adjustment", moved, near),))


def counted(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """Need beyond the cap, need that fell, and a person beyond the mark."""
    cap = Fraction(expected["positive_hcc_growth_cap_pct"]) / 100
    for need, growth in (("1.05", cap), ("0.95", Fraction("-0.05"))):
        inputs = {"need": need, "need at the start": 1, "cost of a person": 900, "cost of the 99th percentile": 500}
        yield Asked(
            "benchmark-of-the-sick", inputs, (("growth that counts", growth, near), ("cost that counts", 500, near))
        )


def two_sided(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """A tenth saved and a tenth lost, at every rate that can be chosen; nothing within the rate."""
    gain, loss = (Fraction(expected[key]) / 10 for key in ("max_share_pct", "loss_share_pct"))
    for chosen in ("0", "0.005", "0.01", "0.015", "0.02"):
        for spent, due in ((90, gain), (110, -loss)):
            inputs = {"benchmark": 100, "expenditure": spent, "chosen rate": chosen, "quality": 1}
            yield Asked("chosen-minimum-rate", inputs, (("due", due, near),))
    within = {"benchmark": 100, "expenditure": 99, "chosen rate": "0.02", "quality": 1}
    yield Asked("chosen-minimum-rate", within, (("due", 0, near),))


def bands(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """One per cent more in each band, both ways, brings the share of that band."""
    for (start, _), share in zip(given["bands_pct"], expected["aco_share_pct"], strict=True):
        for way in (1, -1):
            kept = [_kept(start + more) for more in (0, 1)]
            assert kept[1] - kept[0] == Fraction(share) / 100, "the bands of the record add up as below"
            for more, total in enumerate(kept):
                spent = 98 - way * Fraction(98 * (start + more), 100)  # of the benchmark of 2021, less its discount
                inputs = {"benchmark": 100, "expenditure": spent}
                yield Asked("bands-both-ways", inputs, (("kept", way * total / 100, near),), 2021)


def _kept(saved: int) -> Fraction:
    """What is kept of a saving in per cent of the benchmark: the sum over the bands, written out by hand."""
    parts = min(saved, 25) * 100 + min(max(saved - 25, 0), 10) * 50 + min(max(saved - 35, 0), 15) * 25
    return Fraction(parts + max(saved - 50, 0) * 10, 100)


def discount(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """The benchmark of 100 after the discount of the year."""
    left = 100 - Fraction(expected["discount_pct"])
    inputs = {"benchmark": 100, "expenditure": 100}
    yield Asked("bands-both-ways", inputs, (("discounted", left, near),), int(given["year"]))


def best_year(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """The target from the best earlier year, and the points at it and just below it."""
    wanted = Fraction(round(10 * Fraction("10.3") / given["divisor"]), 10 ** given["round_dp"])
    for rate, points in (("56.8", expected["max_points"]), ("56.7", 0)):
        inputs = {"rate": rate, "goal": 65, "year before": 50, "two years before": "54.7"}
        yield Asked("improvement-on-the-best-year", inputs, (("wanted", wanted, near), ("points", points, near)))


def deciles(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    """Each decile at both of its ends."""
    for ends, points in zip(given["decile_ranges_pct"], expected["points_ranges"], strict=True):
        for performance, earned in zip(ends, points, strict=True):
            yield Asked("table-of-deciles", {"performance": performance}, (("points", earned, near),))
