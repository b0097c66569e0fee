"""A change of the contract is proposed, agreed by every party, and takes effect once the folder reads as agreed."""

import io
from zipfile import ZipFile

import pytest

from copied_contracts import copied

CONTRACT = "oxfordshire-mental-health"
CHANGED = "oxfordshire-changed"
CHANGES = f"/contracts/{CHANGED}/changes/"
PROPOSE = f"/contracts/{CHANGED}/propose/"


@pytest.fixture
def contract(site, django, tmp_path):
    """A contract of its own: the clock moves on in it, and it is changed for good."""
    from obc.bootstrap import demonstration

    return demonstration.load(str(copied(CONTRACT, CHANGED, tmp_path)), django.clock())


@pytest.fixture
def later(django):
    """Moves the demonstration's clock on by some days; back again afterwards."""
    from django.conf import settings

    began = settings.DAYS_BACK

    def by(days: int) -> None:
        settings.DAYS_BACK -= days

    yield by
    settings.DAYS_BACK = began


def test_a_change_is_proposed_agreed_and_takes_effect(contract, somebody, step, later, tmp_path):
    from obc.web.access import now

    day = now().date()
    effective = day.replace(month=day.month % 12 + 1, year=day.year + day.month // 12, day=28)
    with step("Given a commissioner's manager who proposes a smaller pot from year 3 on"):
        manager = somebody("manager")
        manager.goes_to(PROPOSE)
        manager.fills("A short name", "smaller-pot")
        manager.fills("What changes, in one line", "The pot of year 3 is smaller")
        manager.fills("Why", "The council's grant was cut.")
        manager.fills("From which day", effective.isoformat())
        manager.fills("Where in it", "figures / pot of the year / is / 3 / value")
        manager.fills("What is to stand there", "2_500_000")
        manager.presses("Propose it to all parties")
        manager.sees("Pot of the year: from £3,000,000 to £2,500,000, from year 3 on")
        manager.sees("at most falls by £500,000")
    with step("When a place that is nowhere is proposed, then it is refused with the cure"):
        manager.goes_to(PROPOSE)
        manager.fills("A short name", "nowhere")
        manager.fills("What changes, in one line", "Nothing")
        manager.fills("Why", "A slip")
        manager.fills("From which day", effective.isoformat())
        manager.fills("Where in it", "figures / no such figure")
        manager.fills("What is to stand there", "1")
        manager.presses("Propose it to all parties")
        manager.sees("'no such figure', which is nowhere")
    with step("When each party has agreed for itself"):
        for user in ("manager", "manager-2", "provider-lead"):
            party = somebody(user)
            party.goes_to(f"{CHANGES}smaller-pot/")
            party.presses("Agree to this change")
        party.sees("All have agreed")
        party.pictured("change-agreed")
    with step("Then it takes effect on its day, with the folder that reads as agreed, and not before"):
        listing = party.page.locator("pre.obc-code").inner_text()
        party.saves("Download the contract's folder", tmp_path / "contract.zip")
        (tmp_path / "changed.zip").write_bytes(_changed(tmp_path / "contract.zip", listing))
        for days, words in ((0, "refused"), (60, "takes effect")):
            later(days)
            manager.goes_to(f"{CHANGES}smaller-pot/")
            manager.sends("The contract's folder as it then reads", tmp_path / "changed.zip")
            manager.presses("Take it in: the change takes effect")
            if words == "refused":
                manager.sees("before its day")
            else:
                manager.sees("effective")


def test_what_was_changed_stays_when_the_demonstration_is_started_again(django):
    from datetime import UTC, datetime

    from obc.bootstrap import books, demonstration

    demonstration.load(CONTRACT, datetime(2016, 4, 1, tzinfo=UTC))
    before = books.held(CONTRACT)
    assert demonstration.load(CONTRACT, datetime(2016, 4, 1, tzinfo=UTC)) == before == books.held(CONTRACT)


def _changed(folder, listing: str) -> bytes:
    """The contract's folder with the change made and listed, as a person would."""
    out = io.BytesIO()
    with ZipFile(folder) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if name == "payment.yaml":
                text = text.replace("value: 3_000_000, from: year 3", "value: 2_500_000, from: year 3")
            if name == "contract.yaml":
                text += "\n" + listing
            new.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.zip", "bomb"),
        ("traversal.zip", "traversal"),
        ("no.zip", "no archive"),
        ("other.zip", "another contract"),
    ],
)
def test_a_folder_that_is_none_is_refused(name, content, django):
    from obc.domain.core.kernel.problem import Problems
    from obc.loaders.contract_archive import MOST, archive, load_archive

    packed = io.BytesIO()
    with ZipFile(packed, "w", 8) as out:
        if content == "bomb":
            out.writestr("contract.yaml", b"0" * (MOST + 1))
        elif content == "traversal":
            out.writestr("../contract.yaml", "id: x")
    given = {"no archive": b"PK no", "another contract": archive("template")}.get(content, packed.getvalue())
    if content == "another contract":
        from obc.bootstrap import demonstration
        from obc.bootstrap.books import hold_archive
        from obc.web.access import now

        with pytest.raises(Problems, match=f"send the folder of '{CONTRACT}'"):
            hold_archive(CONTRACT, given, demonstration.LOADER, now(), "a slip")
    else:
        with pytest.raises(Problems, match=r"more than a contract's|no file of a contract|no ZIP"):
            load_archive(given)
