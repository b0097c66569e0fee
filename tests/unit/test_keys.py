"""Keys follow one another: each signed with the one before, good from its day, refused once it is revoked."""

from datetime import date, timedelta

import pytest

from obc.domain.contract.workflow.keys import PartyKey, Rotation, key_id, key_on, terms, why_not
from obc.reports.signature import mark, marked, new_keys

FIRST, SECOND, THIRD = (new_keys(bytes([n]) * 32) for n in (1, 2, 3))
MAY, JUNE, JULY = date(2016, 5, 1), date(2016, 6, 1), date(2016, 7, 1)
DAY = timedelta(days=1)


def rotated(old, new, begins, signer=None, party="lead", contract="c") -> PartyKey:
    unsigned = Rotation(
        contract=contract,
        party=party,
        replaces=old.public_key,
        public_key=new.public_key,
        begins=begins,
        signature="",
    )
    signed = unsigned.model_copy(update={"signature": mark(unsigned.signed, (signer or old).private_pem)})
    return PartyKey(id=key_id(new.public_key), party="lead", public_key=new.public_key, rotation=signed)


def revoked(pair, begins, like: PartyKey | None = None) -> PartyKey:
    one = like or PartyKey(id=key_id(pair.public_key), party="lead", public_key=pair.public_key)
    return one.model_copy(update={"state": "revoked", "revoked_from": begins})


def _on(day, *keys):
    return key_on(terms(FIRST.public_key, "lead", "c", keys, marked), day)


def test_without_any_act_the_key_of_the_contract_is_good_on_every_day():
    assert _on(MAY) == _on(JULY) == FIRST.public_key


def test_a_rotated_key_is_good_from_its_day_and_the_old_one_until_then():
    second, third = rotated(FIRST, SECOND, JUNE), rotated(SECOND, THIRD, JULY)
    expected = [FIRST, SECOND, SECOND, THIRD]
    for day, pair in zip((JUNE - DAY, JUNE, JULY - DAY, JULY), expected, strict=True):
        assert _on(day, third, second) == pair.public_key, day


@pytest.mark.parametrize(
    "wrong",
    [
        rotated(FIRST, SECOND, JUNE, signer=SECOND),
        rotated(FIRST, SECOND, JUNE, party="other"),
        rotated(FIRST, SECOND, JUNE, contract="another"),
        rotated(THIRD, SECOND, JUNE),
        rotated(FIRST, SECOND, JUNE).model_copy(update={"state": "proposed"}),
        rotated(FIRST, SECOND, JUNE).model_copy(update={"public_key": THIRD.public_key}),
    ],
)
def test_a_rotation_that_does_not_hold_changes_nothing(wrong):
    assert _on(JULY, wrong) == FIRST.public_key


def test_a_changed_day_breaks_the_signature_of_a_rotation():
    one = rotated(FIRST, SECOND, JUNE)
    earlier = one.model_copy(update={"rotation": one.rotation.model_copy(update={"begins": MAY})})
    assert _on(JULY, earlier) == FIRST.public_key


def test_a_revoked_key_is_good_until_its_day_only():
    assert _on(JUNE - DAY, revoked(FIRST, JUNE)) == FIRST.public_key and _on(JUNE, revoked(FIRST, JUNE)) is None


def test_a_revoked_key_hands_on_to_none_that_begins_later():
    assert _on(JULY, revoked(FIRST, JUNE), rotated(FIRST, SECOND, JULY)) is None
    assert _on(JULY, revoked(FIRST, JUNE), rotated(FIRST, SECOND, JUNE)) == SECOND.public_key


def test_a_revoked_successor_does_not_bring_the_old_key_back():
    second = rotated(FIRST, SECOND, JUNE)
    assert _on(JULY, revoked(SECOND, JULY, second)) is None and _on(JULY - DAY, second) == SECOND.public_key


def test_keys_that_follow_each_other_in_a_circle_come_to_an_end():
    assert _on(JULY, rotated(FIRST, SECOND, JUNE), rotated(SECOND, FIRST, JULY)) is None


def test_why_a_signature_does_not_count_is_said_in_words():
    known = terms(FIRST.public_key, "lead", "c", (rotated(FIRST, SECOND, JUNE),), marked)
    assert "replaced from 2016-06-01" in why_not(known, JULY, FIRST.public_key)
    assert "begins on 2016-06-01" in why_not(known, MAY, SECOND.public_key)
    gone = terms(FIRST.public_key, "lead", "c", (revoked(FIRST, JUNE),), marked)
    assert "revoked from 2016-06-01" in why_not(gone, JULY, FIRST.public_key)
