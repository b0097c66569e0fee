"""Groups by array, whatever the labels are."""

from datetime import date

import numpy as np
import pytest

from obc.domain.core.statistics import proportion
from obc.domain.core.statistics.arrays import floats
from obc.domain.core.statistics.groups import grouped


@pytest.mark.parametrize(
    ("labels", "unique", "index"),
    [
        ([3, 1, 3], [1, 3], [1, 0, 1]),
        ([-5, 10**12, -5], [-5, 10**12], [0, 1, 0]),
        ([2.5, 0.5, 2.5], [0.5, 2.5], [1, 0, 1]),
        (["b", "a", "b"], ["a", "b"], [1, 0, 1]),
        ([True, False, True], [False, True], [1, 0, 1]),
        (np.array(["b", "a", "b"], dtype=object), ["a", "b"], [1, 0, 1]),
        ([date(2027, 4, 1), date(2026, 4, 1)], [date(2026, 4, 1), date(2027, 4, 1)], [1, 0]),
        ([], [], []),
    ],
)
def test_labels_come_sorted_and_each_once(labels, unique, index):
    found = grouped(labels)
    assert found.labels.tolist() == unique
    assert found.index.tolist() == index
    assert found.size == len(unique)


def test_days_are_labels_too():
    found = grouped(np.array(["2027-04-01", "2026-04-01"], dtype="datetime64[D]"))
    assert found.index.tolist() == [1, 0]


@pytest.mark.parametrize(
    "labels",
    [
        [1.0, np.nan],
        ["a", None],
        np.array(["2027-04-01", "NaT"], dtype="datetime64[D]"),
        np.ma.array([1, 2], mask=[False, True]),
    ],
)
def test_a_missing_label_is_refused(labels):
    with pytest.raises(ValueError, match="label is missing"):
        grouped(labels)


def test_labels_of_two_kinds_are_refused():
    with pytest.raises(ValueError, match="not of one kind"):
        grouped(np.array(["a", 1], dtype=object))


def test_labels_stand_in_one_row():
    with pytest.raises(ValueError, match="one label a row"):
        grouped([["a", "b"]])


def test_masked_entries_are_missing_not_zero():
    # what a database driver gives for a column with gaps
    column = np.ma.array([1, 99], mask=[False, True])
    assert np.isnan(floats(column)).tolist() == [False, True]
    assert proportion(column, [2, 200]).reason.tolist() == ["", "the numerator is missing"]
