"""A score is severity times likelihood, 1 to 5 each: green to 6, amber from 7 to 15, red from 16 to 25."""

import pytest

from obc.domain.programme.risks.scale import LIKELIHOOD, SEVERITY, Rating, band


@pytest.mark.parametrize(
    ("score", "colour"),
    [(0, "green"), (6, "green"), (7, "amber"), (15, "amber"), (16, "red"), (25, "red")],
)
def test_the_colour_of_a_score_at_every_boundary(score, colour):
    assert band(score) == colour


@pytest.mark.parametrize("score", [-1, 26])
def test_no_other_score_has_a_colour(score):
    with pytest.raises(ValueError, match="scores go from 0 to 25"):
        band(score)


@pytest.mark.parametrize(
    ("severity", "likelihood", "score", "colour"),
    [
        (1, 1, 1, "green"),
        (2, 3, 6, "green"),
        (2, 4, 8, "amber"),
        (3, 5, 15, "amber"),
        (4, 4, 16, "red"),
        (5, 5, 25, "red"),
    ],
)
def test_severity_times_likelihood(severity, likelihood, score, colour):
    rating = Rating(severity=severity, likelihood=likelihood)
    assert (rating.score, rating.band) == (score, colour)


def test_every_step_has_a_word_and_a_meaning():
    for scale in (SEVERITY, LIKELIHOOD):
        words, meanings = zip(*scale.values(), strict=True)
        assert list(scale) == [1, 2, 3, 4, 5] and len(set(words)) == 5 and len(set(meanings)) == 5
