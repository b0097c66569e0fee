"""Reliable change: the example of its authors and published thresholds."""

import pytest

from obc.domain.core.statistics import Change, Reason, change_threshold, reliable_change


def test_the_example_of_jacobson_and_truax():
    # Jacobson and Truax (1991): SD 7.5, reliability 0.80; error of a difference 4.74; from 32.5 to 47.5 is 3.16 of it
    threshold = change_threshold(7.5, 0.80)
    assert round(threshold / 1.959963984540054, 2) == 4.74
    assert round(15 / (threshold / 1.959963984540054), 2) == 3.16
    found = reliable_change(32.5, 47.5, threshold=threshold, better="higher")
    assert str(found.change) == Change.IMPROVED


def test_a_published_threshold_is_reached_by_a_change_of_its_size():
    # ReQoL-10: 5 points, cut-off 25 (NHS England, community mental health outcome measures)
    found = reliable_change(
        [20, 20, 20, 30, 25, 10], [25, 24, 15, 35, 31, 24], threshold=5, better="higher", cut_off=25
    )
    assert found.change.tolist() == [
        Change.IMPROVED,
        Change.UNCHANGED,
        Change.DETERIORATED,
        Change.IMPROVED,
        Change.IMPROVED,
        Change.IMPROVED,
    ]
    # recovered: from below 25 to 25 or above, and reliably
    assert found.recovered.tolist() == [True, False, False, False, False, False]


def test_where_lower_is_better_a_fall_improves():
    # HoNOS: 8 points (Parabiaghi 2005)
    found = reliable_change([20, 10], [11, 19], threshold=8, better="lower", cut_off=11)
    assert found.value.tolist() == [9, -9]
    assert found.change.tolist() == [Change.IMPROVED, Change.DETERIORATED]
    assert found.recovered.tolist() == [True, False]


def test_a_threshold_in_tenths_is_not_missed_by_rounding():
    found = reliable_change([0.1, 0.4], [0.4, 0.1], threshold=0.3, better="higher")
    assert found.change.tolist() == [Change.IMPROVED, Change.DETERIORATED]


def test_a_missing_score_is_no_change_and_no_recovery():
    found = reliable_change([None, 10], [30, None], threshold=5, better="higher", cut_off=25)
    assert found.reason.tolist() == [Reason.VALUE_MISSING] * 2
    assert found.change.tolist() == ["", ""]
    assert not found.recovered.any()
    assert not found.available.any()


def test_without_a_cut_off_nobody_recovers():
    assert not reliable_change([0], [99], threshold=5, better="higher").recovered.any()


def test_a_call_without_sense_is_refused():
    with pytest.raises(ValueError, match="higher or lower"):
        reliable_change([1], [2], threshold=1, better="up")
    with pytest.raises(ValueError, match="threshold is 0"):
        reliable_change([1], [2], threshold=0, better="higher")
    with pytest.raises(ValueError, match="share below 1"):
        change_threshold(7.5, 1)
    with pytest.raises(ValueError, match="standard deviation"):
        change_threshold(0, 0.8)
