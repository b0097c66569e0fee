"""YAML written in place: the value that was written is read back, and every other line is the same, byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obc.loaders.yaml_nodes import parse_yaml
from obc.loaders.yaml_writer import scalar, with_entry, with_key, with_listed, with_value

TEXT = """\
# What matters.   Comments stay where they are.
title: "Old title"   # and so do those behind a value
summary: >-
  two lines
  of it
points: {value: 5, source: "a paper, section 5"}   # five
plain: 7
outcomes:
  - id: first
    weight:
      value: 3
      source: >-
        a long
        source
    thresholds: {good: 43 %, improved: 48 %}
    history:
      - {value: 1_000, from: year 1, source: a}  # the first
      # between
      - {value: 2_000, from: year 3, source: b}
    inline: [{value: 1, from: year 1, source: a}, {value: 2, from: year 2, source: b}]
empty:
last: 9
"""
SCALARS = (
    ("title",),
    ("summary",),
    ("points", "value"),
    ("points", "source"),
    ("plain",),
    ("outcomes", 0, "id"),
    ("outcomes", 0, "weight", "source"),
    ("outcomes", 0, "thresholds", "good"),
    ("outcomes", 0, "history", 1, "value"),
    ("outcomes", 0, "inline", 0, "source"),
    ("empty",),
    ("last",),
)
FIGURES = (
    (("points",), 1, 1),
    (("plain",), 1, 1),
    (("outcomes", 0, "weight"), 1, 4),
    (("outcomes", 0, "thresholds", "good"), 1, 1),
    (("outcomes", 0, "history"), 0, 0),
    (("outcomes", 0, "history"), 1, 0),
    (("outcomes", 0, "history"), 2, 0),
    (("outcomes", 0, "inline"), 0, 1),
    (("outcomes", 0, "inline"), 1, 1),
    (("outcomes", 0, "inline"), 2, 1),
)
"""Where, after how many of its values, and how many lines are the figure's own to change."""
WRITTEN = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff\ufffe\uffff"),
    max_size=40,
).filter(lambda text: all(ord(one) < 0x10000 or ord(one) % 0x10000 < 0xFFFE for one in text))


def at(text: str, place):
    document = parse_yaml(text, "test")
    assert document.problems == []
    node = document.content
    for step in place:
        node = node[step]
    return node


def others(text: str, place) -> dict:
    """Every value but that at `place`."""

    def leaves(node, here):
        if here == place:
            return
        if isinstance(node, dict):
            for key, inner in node.items():
                yield from leaves(inner, (*here, key))
        elif isinstance(node, list):
            for i, inner in enumerate(node):
                yield from leaves(inner, (*here, i))
        else:
            yield here, node

    return dict(leaves(parse_yaml(text, "test").content, ()))


def replaced(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came in their place; all others are the same, in the same order."""
    before, after = old.splitlines(), new.splitlines()
    while before and after and before[0] == after[0]:
        del before[0], after[0]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return before, after


@pytest.mark.parametrize("place", SCALARS)
@given(value=WRITTEN)
def test_a_value_is_read_back_and_no_other_line_moves(place, value):
    made = with_value(TEXT, place, value)
    assert at(made, place) == value
    assert others(made, place) == others(TEXT, place)
    gone, come = replaced(TEXT, made)
    folded = {("summary",): 3, ("outcomes", 0, "weight", "source"): 3}
    assert len(gone) <= folded.get(place, 1) and len(come) <= 1


@pytest.mark.parametrize(("place", "after", "own"), FIGURES)
@given(value=st.sampled_from(["45 %", "1_000_000", "£1,000,000", "-3"]), source=WRITTEN.filter(bool))
def test_a_further_value_stands_in_the_history_and_what_was_there_stays(place, after, own, value, source):
    entry = {"value": value, "from": "year 3", "agreed": "2016-05-02", "source": source}
    before = at(TEXT, place)
    held = before if isinstance(before, list) else [before if isinstance(before, dict) else {"value": before}]
    made = with_entry(TEXT, place, entry, after)
    assert at(made, place) == [*held[:after], entry, *held[after:]]
    assert others(made, place) == others(TEXT, place)
    gone, come = replaced(TEXT, made)
    assert len(gone) == own and 1 <= len(come) <= own + 1
    for line in TEXT.splitlines():
        assert f"#{line.partition('#')[2]}" in made or "#" not in line


@given(value=WRITTEN)
def test_a_key_is_added_in_a_line_of_its_own_or_within_its_braces(value):
    made = with_key(TEXT, ("outcomes", 0), "minimum", value)
    assert at(made, ("outcomes", 0, "minimum")) == value
    gone, come = replaced(TEXT, made)
    assert gone == [] and len(come) == 1
    within = with_key(TEXT, ("outcomes", 0, "thresholds"), "excellent", value)
    assert at(within, ("outcomes", 0, "thresholds")) == {"good": "43 %", "improved": "48 %", "excellent": value}
    assert len(replaced(TEXT, within)[0]) == 1


@pytest.mark.parametrize(
    "before", [TEXT, f"{TEXT}variations: []\n", f"{TEXT}variations:\n  - {{id: a}}  # the first\n"]
)
def test_an_item_is_listed_under_a_key_that_is_begun_where_it_is_absent(before):
    item = {"id": "b", "changes": "The pot: grows", "before": [{"file": "payment.yaml", "at": "x / y", "reads": "1"}]}
    made = with_listed(before, "variations", item)
    assert at(made, ("variations",))[-1] == item
    assert set(replaced(before, made)[0]) <= {"variations: []"}
    assert at(with_listed(made, "variations", {"id": "c"}), ("variations",))[-2:] == [item, {"id": "c"}]


def test_what_cannot_be_written_on_one_line_is_refused():
    for value in ("a\nb", "a\x07", "\u2028"):
        with pytest.raises(ValueError, match="one line"):
            scalar(value, False)
    for place, why in (
        (("outcomes",), "no single value"),
        (("nowhere",), "nothing at"),
        (("plain", "x"), "nothing at"),
    ):
        with pytest.raises(ValueError, match=why):
            with_value(TEXT, place, "1")
    with pytest.raises(ValueError, match="no mapping"):
        with_key(TEXT, ("plain",), "a", "b")
