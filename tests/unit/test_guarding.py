"""Guards: what was sown is found, and honest years raise no more alarms than is said."""

from decimal import Decimal

import numpy as np
import pytest

import guarding_samples as made
from obc.domain.measurement.indicators.values import ALL

YEAR = (made.BEFORE, made.NOW)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(4)


def raised(held, plain) -> set[str]:
    return {f"{one.kind}: {one.segment or one.provider or one.about}" for one in made.looks(held, plain) if one.raised}


def test_nothing_is_raised_where_nothing_changed_but_by_chance():
    """With nothing there at most one report in twenty may raise anything; the margins make it rarer still."""
    reports = [made.looks(*made.honest(np.random.default_rng(seed))) for seed in range(60)]
    assert sum(any(one.raised for one in looks) for looks in reports) <= 1
    assert all(len(looks) > 40 for looks in reports)


def test_those_left_out_are_shown_beside_the_rate_with_what_it_would_be(rng):
    held, plain = made.honest(rng)
    key = made.LEFT_OUT, ALL, ALL, made.NOW
    one = held[key]
    gone = (one.denominator - one.numerator) // 2  # half of those who did not improve lose their record
    held[key] = one.model_copy(update={"denominator": one.denominator - gone, "unknown": one.unknown + int(gone)})
    found = next(look for look in made.looks(held, plain) if look.kind == "left out" and look.raised)
    assert found.now > found.before + 0.2
    improved = float(held[key].numerator / held[key].denominator)
    assert (found.figure_before, found.figure_now) != (None, None)
    assert improved > 0.5 and found.effect == pytest.approx(0.4, abs=0.03)


def test_a_rule_that_puts_people_out_of_scope_is_raised(rng):
    held, plain = made.honest(rng)
    moved = {"served": -600, "mild": 0, "not-in-care": 600}
    scope = made.now_replaced(plain.scope, lambda one: one.model_copy(update={"people": one.people + moved[one.rule]}))
    assert "decided by a rule: not-in-care" in raised(held, plain.model_copy(update={"scope": scope}))


def test_a_denominator_that_shrinks_is_raised_and_a_population_that_shrinks_with_it_is_not(rng):
    held, plain = made.honest(rng)
    shrunk = dict(held)
    for key, one in held.items():
        if key[0] == made.TIMELY and key[3].start >= made.NOW.start:
            shrunk[key] = one.model_copy(
                update={name: getattr(one, name) // 2 for name in ("numerator", "denominator")}
            )
    assert f"counted a year: {ALL}" in raised(shrunk, plain)
    for key, one in shrunk.items():
        if key[3].start >= made.NOW.start and key[0] in (made.TIME, made.LEFT_OUT):
            halved = {name: getattr(one, name) // 2 for name in ("numerator", "denominator", "unknown")}
            shrunk[key] = one.model_copy(update=halved)
    assert not {one for one in raised(shrunk, plain) if one.startswith("counted")}


def test_people_put_into_a_heavier_cluster_show_in_its_share_and_its_scores(rng):
    held, plain = made.honest(rng)
    light, heavy = rng.normal(12, 5, 200), rng.normal(18, 5, 100)
    rest = [one for one in plain.clusters if not (one.period == made.NOW and one.cluster in ("04", "08"))]
    moved = [
        made.clustered(made.NOW, "08", 600, np.concatenate((light, heavy))),
        made.clustered(made.NOW, "04", 450, rng.normal(18, 5, 225)),
    ]
    found = raised(held, plain.model_copy(update={"clusters": (*rest, *moved)}))
    assert {"share of a cluster: 08", "share of a cluster: 04", "scores of a cluster: 08"} <= found
    assert "scores of a cluster: 04" not in found


def test_a_parked_group_shows_in_spend_and_in_outcome(rng):
    held, plain = made.honest(rng)
    care = [one for one in plain.care if not (one.period == made.NOW and one.segment == "hardest")]
    care.append(made.care(rng, made.NOW, "hardest", 6_000.0, 300))
    key = made.TIMELY, "hardest", ALL, made.NOW
    held[key] = held[key].model_copy(update={"numerator": held[key].numerator // 4})
    found = raised(held, plain.model_copy(update={"care": tuple(care)}))
    assert {"spend on a segment: hardest", "outcome of a segment: hardest"} <= found
    assert "spend on a segment: easiest" not in found


def test_a_group_that_is_no_longer_taken_on_is_raised(rng):
    held, plain = made.honest(rng)
    care = made.now_replaced(
        plain.care, lambda one: one.model_copy(update={"joined": 120}) if one.segment == "hardest" else one
    )
    assert raised(held, plain.model_copy(update={"care": care})) == {"share of those who joined: hardest"}


@pytest.mark.parametrize(("months", "factor"), [((9, 10, 11), 0), ((3, 4, 5), 4)])
def test_recording_that_stops_or_starts_is_raised_for_its_quarter_and_provider(rng, months, factor):
    held, plain = made.honest(rng)

    def moved(one):
        here = one.table == "scores" and one.provider == "OX1" and one.month >= made.NOW.start
        quarter = (one.month.month - 4) % 12 in months
        return one.model_copy(update={"entries": one.entries * factor}) if here and quarter else one

    looks = made.looks(held, plain.model_copy(update={"entries": tuple(map(moved, plain.entries))}))
    found = [one for one in looks if one.raised]
    assert [(one.about, one.provider) for one in found] == [("scores", "OX1")]
    assert (found[0].quarter.start.month - 4) % 12 == months[0]


@pytest.mark.parametrize(("before", "now"), [(300, 60), (60, 300)])
def test_unknowns_that_vanish_or_appear_are_raised_with_the_figure_beside_them(rng, before, now):
    held, plain = made.honest(rng)
    for period, unknown in ((made.BEFORE, before), (made.NOW, now)):
        key = made.TIMELY, ALL, ALL, period
        held[key] = held[key].model_copy(update={"unknown": unknown, "value": Decimal("0.4")})
    (found,) = [one for one in made.looks(held, plain) if one.raised]
    assert (found.kind, found.indicator, found.figure_now) == ("not recorded", made.TIMELY, 0.4)


def test_gains_that_come_with_another_rater_are_raised(rng):
    held, plain = made.honest(rng)
    rest = [one for one in plain.raters if not (one.period == made.NOW and one.raters == "different")]
    more = made.rated(made.NOW, "different", rng.normal(4, 3, 500))
    found = [one for one in made.looks(held, plain.model_copy(update={"raters": (*rest, more)})) if one.raised]
    assert {one.kind for one in found} == {"gain with another rater", "another rater"}


def test_times_moved_to_just_inside_the_limit_are_raised(rng):
    held, plain = made.honest(rng)
    steep = made.timed(made.NOW, np.array([155, 95, 100]), np.array([21, 80, 75]))
    found = [one for one in made.looks(held, plain.model_copy(update={"times": (plain.times[0], steep)})) if one.raised]
    assert [one.kind for one in found] == ["just inside a limit"]
    assert found[0].before == pytest.approx(1, abs=0.3) and found[0].now > 5


def test_a_step_that_was_there_a_year_before_is_left_in_peace(rng):
    held, plain = made.honest(rng)
    times = tuple(made.timed(one.period, np.array([280, 285, 300]), np.array([40, 38, 35])) for one in plain.times)
    assert not raised(held, plain.model_copy(update={"times": times}))


def test_what_is_too_small_says_so_and_is_never_raised(rng):
    held = {
        key: one.model_copy(update={"numerator": Decimal(2), "denominator": Decimal(5), "unknown": 1})
        for key, one in made.values(rng).items()
    }
    looks = made.looks(held, made.PlainCounts())
    small = [one for one in looks if one.kind == "left out"]
    assert small and all(one.chance is None and one.not_known == "too few to say" for one in small)
    assert not any(one.raised for one in looks)


def test_a_value_that_is_missing_before_or_now_has_no_look(rng):
    held = {key: one for key, one in made.values(rng).items() if key[3] != made.BEFORE}
    assert made.looks(held, made.PlainCounts()) == ()
