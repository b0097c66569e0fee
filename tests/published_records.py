"""How each published example is put to a small contract: its inputs, and which step must come to what, how nearly."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

import published_rules as rules
from published_rules import Asked, Record, Wanted

BOUNDLESS = 10**12


def asked(record: Record) -> tuple[Asked, ...]:
    """How the record is put to a contract; nothing where no contract works it."""
    for start, how in _HOW.items():
        if record["id"].startswith(start):
            return tuple(how(record["inputs"], record["expected"], record["tolerance"]))
    return ()


def _points(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {
        "points": given["points"],
        "pounds per point": given["gbp_per_point"],
        "practice prevalence": given.get("practice_prevalence", 1),
        "national prevalence": given.get("national_prevalence", 1),
        "list size": given.get("list_size", 1),
        "average list": given.get("average_list", 1),
    }
    steps = {"payment_gbp": "due", "payment_gbp_about": "due", "raw_payment_gbp": "raw payment"}
    steps["adjusted_gbp_per_point"] = "price in pence"
    yield Asked("points-of-quality", inputs, tuple((steps[key], value, near) for key, value in expected.items()))


def _price(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    wanted = (("pounds per point", expected["gbp_per_point"], near),)
    yield Asked("price-by-year", {}, wanted, int(given["year"][:4]))


def _withheld(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    wanted = (("withheld", Fraction(expected["withhold_pct"]) / 100, near),)
    yield Asked("price-by-year", {}, wanted, int(given["year"][2:6]))


def _line(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {
        "achievement": given["achievement_pct"],
        "lower": given["lower_pct"],
        "upper": given["upper_pct"],
        "points": given["points"],
    }
    yield Asked("points-on-a-line", inputs, (("earned", expected["points"], near),))


def _register(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    wanted = (("gain", expected["income_increase_gbp"], near),)
    yield Asked("people-added-to-a-register", _spaced(given), wanted)


def _capitation(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {
        "weighted population": given["weighted_population"],
        "raw population": given["raw_population"],
        "allocation": given["allocation_gbp_k"],
        "pounds per weighted head": given["national_gbp_per_weighted_head_implied"],
    }
    yield Asked("weighted-capitation", inputs, (("target", expected["target_gbp_k"], near["target_gbp_k"]),))
    wanted = (
        ("distance", expected["distance_gbp_k"], near["distance_gbp_k"]),
        ("distance rate", Fraction(expected["distance_pct"]) / 100, Fraction(near["distance_pct"]) / 100),
        ("allocation per head", expected["allocation_per_head_gbp"], near["per_head"]),
        ("target per head", expected["target_per_head_gbp"], near["per_head"]),
    )
    # the national rate is read off to the penny; what follows from the target is worked from the printed target
    rate = Fraction(expected["target_gbp_k"]) * 1000 / given["weighted_population"]
    yield Asked("weighted-capitation", inputs | {"pounds per weighted head": rate}, wanted)


def _reinvestment(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = dict(zip("abcdefg", given["investments_gbp_k"], strict=True))
    wanted = (("invested", expected["total_gbp_k"], near), ("left", expected["difference_gbp_k"], near))
    yield Asked("ring-fenced-reinvestment", {**inputs, "retained": given["retained_value_gbp_k"]}, wanted)


def _marginal(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    wanted = (
        ("due", 100 + 10 * Fraction(expected["provider_share_above_baseline"]), near),
        ("kept back", 10 * Fraction(expected["retained_share"]), near),
    )
    yield Asked("marginal-rate", {"activity": 110, "baseline": 100}, wanted)


def _supplement(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    met = {"base": 5000, "criteria": 7, "criteria met": 7}
    yield Asked("supplement-if-all-is-met", met, (("supplement", expected["supplement_gbp"], near),))
    yield Asked("supplement-if-all-is-met", {**met, "criteria met": 6}, (("supplement", 0, near), ("due", 5000, 0)))


def _goals(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    one_met = {"fixed element": 100, "one": 1, "two": 0, "three": 0, "four": 0, "five": 0}
    share = expected["pct_per_indicator"]
    yield Asked("goals-of-equal-weight", one_met, (("at stake", given["scheme_pct_of_fixed"], 0), ("earned", share, 0)))


def _pooled(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {"ccg": given["ccg_gbp_m"], "council": given["council_gbp_m"]}
    yield Asked("pooled-budget", inputs, (("pooled", expected["total_gbp_m"], near),))


def _card(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {
        "attachment": given["attachment_gbp"],
        "job outcome": given["job_outcome_gbp"],
        "sustainment": given["sustainment_max_gbp"],
        "attached": 1,
        "in a job": 1,
        "part of sustainment reached": 1,
    }
    yield Asked("rate-card", inputs, (("due", expected["max_total_gbp"], near),))


def _bid(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {"bid": given["bid_gbp_m"], "max price": given["max_price_gbp_m"]}
    wanted = (("discount", Fraction(expected["discount_pct"]) / 100, Fraction(near) / 100),)
    yield Asked("bid-below-the-maximum", inputs, wanted)


def _weights(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    names = dict(zip("abcd", given["weights"], strict=True))
    weights = {f"weight {letter}": given["weights"][name] for letter, name in names.items()}
    scored = {letter: name for letter, name in names.items() if name not in given["not_scored"]}
    for letter, name in scored.items():  # a score of 100 in one domain alone shows what that domain weighs
        scores = {other: 100 if other == letter else 0 for other in scored}
        yield Asked("domains-by-weight", weights | scores, (("score", expected["weights_pct"][name], near),))


_DOMAINS = {"Clinical": "clinical outcomes", "Community": "engagement", "Safety": "safety", "Efficiency": "efficiency"}


def _hospital(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {
        name: score for label, score in given["domains"].items() for word, name in _DOMAINS.items() if word in label
    }
    wanted = (("total performance score", expected["tps"], near),)
    yield Asked("cms-hospital-value-based-purchasing", inputs, wanted, 2021)


def _size(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    wanted = (("rate by size", expected["msr"], near),)
    yield Asked("cms-shared-savings", {"people": given["assigned_beneficiaries"]}, wanted, 2018)


def _size_in_percent(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    sizes, rates = (
        [one] if not isinstance(one, list) else one for one in (given["beneficiaries"], expected["msr_pct"])
    )
    for size, rate in zip(sizes, rates, strict=True):
        wanted = (("rate by size", Fraction(rate) / 100, Fraction(near) / 100),)
        yield Asked("cms-shared-savings", {"people": size}, wanted, 2018)


def _settlement(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {
        "people": given["assigned_beneficiaries"],
        "benchmark": given["benchmark_usd"],
        "expenditure": given["expenditure_usd"],
        "printed minimum savings rate": given["min_savings_rate"],
        "quality score": given["quality_score"],
        "sharing rate": given["final_share_rate_published"],
    }
    earned = Fraction(expected["earned_usd"])
    wanted = (
        ("savings", expected["savings_usd"], near["savings_usd"]),
        ("savings rate", expected["savings_rate"], near["savings_rate"]),
        ("gains that count", expected["generated_usd"], near["savings_usd"]),
        ("due", earned, earned * Fraction(near["earned_rel"])),
    )
    yield Asked("cms-shared-savings", inputs, wanted, given["performance_year"])


def _dollars(step: str) -> Callable[[Record, Record, Any], Iterable[Asked]]:
    def how(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
        rate = given.get("msr_pct", given.get("corridor_pct"))
        inputs = {
            "benchmark": given["benchmark_usd"],
            "expenditure": given["expenditure_usd"],
            "threshold": Fraction(rate) / 100,
            "share": Fraction(given["share_pct"]) / 100,
            "cap": 1,
        }
        yield Asked("savings-with-a-threshold", inputs, ((step, expected["payment_usd"], near),))

    return how


def _cap(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    rates = {"share": Fraction(given["share_pct"]) / 100, "cap": Fraction(given["cap_pct"]) / 100}
    inputs = {"benchmark": 100, "expenditure": 80, "threshold": 0, **rates}
    yield Asked("savings-with-a-threshold", inputs, (("cap before share", expected["max_pct_of_benchmark"], near),))


def _deflator(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    rest = {"benchmark": 100, "threshold": 0, "share": 1, "cap": 1}
    for spent, sign, key in ((99, 1, "savings_multiplier"), (101, -1, "losses_multiplier")):
        wanted = (("after the deflator", sign * Fraction(expected[key]), near),)
        yield Asked("savings-with-a-threshold", {**rest, "expenditure": spent}, wanted)


def _gap(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    way = Fraction(given["actual_reduction_share_of_target"])
    inputs = {"value": 100 - 20 * way, "baseline": 100, "goal": 80}
    yield Asked("gap-to-goal", inputs, (("score", expected["measure_score"], near),))


def _improvement(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {"current": given["current_pct"], "prior": given["prior_pct"], "wanted": given["improvement_target_pct"]}
    points = expected["improvement_points_max"] if expected["meets_target"] else 0
    rounded = ("improvement to one place", expected["improvement_pct_rounded"], near)
    yield Asked("gap-to-goal", inputs, (rounded, ("improvement points", points, near)))


def _domain(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    sums = {key: sum(Fraction(one[key]) for one in given["measures"]) for key in ("achievement", "improvement")}
    wanted: list[Wanted] = [("score", Fraction(expected["domain_score_pct"]) / 100, near)]
    if "sum_points" in expected:
        wanted.append(("points", expected["sum_points"], near))
    yield Asked("domain-with-improvement", {**sums, "possible": given["max_points"]}, tuple(wanted))


def _decile(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {
        "performance": given["performance_pct"],
        "low": given["decile_low_pct"],
        "high": given["decile_high_pct"],
        "decile": given["decile"],
        "next": Fraction(given["decile"]) + 1,
        "weight": given["category_weight"],
    }
    wanted = (("points", expected["points"], near), ("weighted", expected["weighted_points"], near))
    yield Asked("points-by-decile", inputs, wanted)


def _share(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    stop = given["stop_loss_cents"]
    inputs = {
        "target": given["target_cents_per_member"],
        "members": given["members"],
        "actual": given["actual_cents"],
        "savings rate": given["savings_rate"],
        "loss rate": given["loss_rate"],
        "stop loss": -BOUNDLESS if stop is None else stop,
    }
    yield Asked("share-of-the-difference", inputs, (("due", expected["payment_cents"], near),))


def _bonus(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    inputs = {
        "value": given["value"],
        "threshold": given["threshold"],
        "members": given["members"],
        "bonus": given["bonus_cents_per_member"],
        "lower is better": int(given["reverse"]),
    }
    yield Asked("bonus-at-a-threshold", inputs, (("due", expected["payment_cents"], near),))


def _layer(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    for loss, due in zip(given["loss_in"], expected["loss_out"], strict=True):
        inputs = {
            "loss": loss,
            "kept": 1 - Fraction(given.get("deductible_prop", 0)),
            "from": Fraction(given.get("deductible", 0)) + Fraction(given.get("attachment", 0)),
            "limit": given.get("limit", BOUNDLESS),
            "limit rate": given.get("limit_prop", BOUNDLESS),
            "share": given.get("share", 1),
        }
        yield Asked("layer-of-loss", inputs, (("due", due, near),))


def _franchise(step: str) -> Callable[[Record, Record, Any], Iterable[Asked]]:
    def how(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
        for loss, due in zip(given["loss_in"], expected["loss_out"], strict=True):
            inputs = {"loss": loss, "size": given["deductible"], "limit": given.get("limit", BOUNDLESS)}
            yield Asked("franchise", inputs, ((step, due, near),))

    return how


def _need(given: Record, expected: Record, near: Any) -> Iterable[Asked]:
    terms = dict(zip("abcdef", given["terms"], strict=False))
    yield Asked("need-weight", terms, (("weight", expected["risk_score"], near),))


def _spaced(given: Record) -> dict[str, Any]:
    return {key.replace("_", " "): value for key, value in given.items()}


_HOW: Mapping[str, Callable[[Record, Record, Any], Iterable[Asked]]] = {
    "qof-05": lambda given, expected, near: [
        Asked(
            "points-of-quality",
            {
                "points": 1,
                "pounds per point": given["raw_payment_gbp"],
                "practice prevalence": 1,
                "national prevalence": 1,
                "list size": given["list_size"],
                "average list": given["national_average_list"],
            },
            (("list factor", expected["factor"], near), ("due", expected["payment_gbp"], near)),
        )
    ],
    "qof-08": _register,
    "qof-0": _points,
    "qof-rate": _price,
    "qof-lin": _line,
    "qof-asp": rules.on_account,
    "nhsps-01": rules.agreed_anew,
    "nhsps-02": rules.variable,
    "dental": rules.limits,
    "oxon": rules.on_outcomes,
    "alloc": _capitation,
    "mret-01": _marginal,
    "mret-02": _reinvestment,
    "bpt": _supplement,
    "cquin": _goals,
    "croydon": _pooled,
    "wp": _card,
    "uc": _bid,
    "hvbp-rw": _weights,
    "hvbp-ph": _withheld,
    "hvbp-pts": rules.points_between,
    "hvbp-pay": rules.earned_back,
    "hhvbp": rules.ten_points,
    "hvbp-real": _hospital,
    "mssp-real-msr": _size,
    "mssp-real": _settlement,
    "mssp-01": _size_in_percent,
    "mssp-02": _size_in_percent,
    "mssp-03": _dollars("first dollar"),
    "mssp-04": _dollars("second dollar"),
    "mssp-05": rules.counted,
    "mssp-06": rules.two_sided,
    "reach-01": rules.bands,
    "reach-d": rules.discount,
    "ngaco-01": _cap,
    "ngaco-02": _deflator,
    "mass-gap": _gap,
    "mass-imp-1": _improvement,
    "mass-imp-2": rules.best_year,
    "mass-dom": _domain,
    "mips-00": rules.deciles,
    "mips-01": _decile,
    "vq-ss": _share,
    "vq-in": _bonus,
    "oasis-33": _layer,
    "oasis-34": _layer,
    "oasis-3": _franchise("due"),
    "oasis-20": _franchise("reverse"),
    "oasis": _layer,
    "hcc": _need,
}
"""By how the id of a record begins; the first that fits counts."""
