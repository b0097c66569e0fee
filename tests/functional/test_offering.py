"""Drafts and offers by Django's own client: who may do what, what is refused, what the other side sees."""

import io
import zipfile
from datetime import timedelta

import pytest

from copied_contracts import copied
from web_visits import signed_in

WORKED, CONTRACT = "oxfordshire-mental-health", "oxfordshire-offered"
HERE = f"/contracts/{CONTRACT}"
COUNCIL = "payment.yaml:pooled budgets / pooled-budget / filled by / oxfordshire-county-council / share"
POT = "payment.yaml:figures / pot of the year / is"


@pytest.fixture(scope="module")
def held(django, tmp_path_factory):
    """A contract with one user a role, of which no other test knows."""
    from obc.bootstrap import demonstration

    folder = copied(WORKED, CONTRACT, tmp_path_factory.mktemp("offered"))
    return demonstration.load(str(folder), django.clock())


@pytest.fixture
def at(held):
    """`at('manager')`: Django's client, signed in."""
    return signed_in


def text(answer) -> str:
    import html
    import re

    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def begun(client, title: str = "A larger pot", **files) -> str:
    answer = client.post(f"{HERE}/drafts/", {"title": title, **files})
    assert answer.status_code == 302, text(answer)
    return answer.headers["Location"]


def saved(client, draft: str, subject: str = "money", **typed):
    page = client.get(f"{draft}terms/{subject}/").content.decode()
    folder = page.split('name="folder" value="')[1].split('"')[0]
    sent = {"folder": folder, "year": "4", "source": "minutes of 1 May"}
    return client.post(f"{draft}terms/{subject}/", {**sent, **typed}, follow=True)


def pot(size: str) -> dict[str, str]:
    return {POT: size}


def offered(client, title: str, size: str = "4,000,000") -> str:
    from obc.web.access import now

    draft = begun(client, title)
    saved(client, draft, **pot(size))
    day = (now().date() + timedelta(days=40)).isoformat()
    answer = client.post(f"{draft}offer/", {"title": title, "message": "more at stake", "effective": day})
    assert answer.status_code == 302, text(answer)
    return answer.headers["Location"]


def in_force() -> bytes:
    from obc.bootstrap import books

    return books.folder_of(books.held(CONTRACT))


def folder_with(**files: bytes) -> io.BytesIO:
    from obc.loaders.contract_archive import files_in, zipped

    made = io.BytesIO(zipped({**files_in(in_force()), **files}))
    made.name = "contract.zip"
    return made


@pytest.mark.parametrize(
    ("user", "drafts", "offers"),
    [
        ("manager", 200, 200),
        ("finance", 200, 200),
        ("provider-lead", 200, 200),
        ("analyst", 200, 200),
        ("joint-group", 403, 200),
        ("auditor", 403, 200),
        ("board", 403, 403),
        ("representative", 403, 403),
        ("administrator", 403, 403),
    ],
)
def test_each_role_comes_as_far_as_its_rights(at, user, drafts, offers):
    client = at(user)
    assert client.get(f"{HERE}/drafts/").status_code == drafts
    assert client.get(f"{HERE}/offers/").status_code == offers


def test_a_draft_is_nobody_elses_business(at):
    draft = begun(at("manager"))
    colleague, other = at("finance"), at("provider-lead")
    assert colleague.get(draft).status_code == 200
    for part in ("", "terms/money/", "folder.zip"):
        assert other.get(f"{draft}{part}").status_code == 404, part
    assert other.post(f"{draft}terms/money/", {"folder": "x"}).status_code == 404
    assert "A larger pot" not in text(other.get(f"{HERE}/offers/")) + text(other.get(f"{HERE}/drafts/"))


def test_finance_drafts_and_the_manager_offers(at):
    finance = at("finance")
    draft = begun(finance, "Of finance")
    assert "from £3,000,000 to £4,000,000, from year 4 on" in text(saved(finance, draft, **pot("4,000,000")))
    answer = finance.post(f"{draft}offer/", {"title": "x", "message": "y", "effective": "2016-08-01"})
    assert answer.status_code == 403 and "Offer it" not in text(finance.get(draft))
    assert "Offer it" in text(at("manager").get(draft))


def test_everything_that_is_wrong_is_said_at_once_and_what_was_typed_is_kept(at):
    client = at("manager")
    draft = begun(client)
    answer = saved(client, draft, **pot("four"), source="", **{"payment.yaml:figures / follows the list / is": "25"})
    said = text(answer)
    assert answer.status_code == 422 and "These 3 things have to be mended" in said
    assert "write 25 % or 25/100: without a sign 25 is 2500 %" in said and "say where the new values come from" in said
    assert 'value="four"' in answer.content.decode()
    assert "Nothing yet" in text(client.get(draft))


@pytest.mark.parametrize(
    ("subject", "field", "value", "words"),
    [
        ("points", "framework.yaml:outcomes / people-live-longer / points", "7", "points that add up to 102"),
        ("term", "contract.yaml:term / start", "1 April", "write a day as 2027-04-01"),
        ("term", "contract.yaml:calendar / run-out", "a while", "write a length as 3 months"),
        ("term", "payment.yaml:steps / budget / instalments / every", "week", "choose month or quarter"),
        ("term", "contract.yaml:term / breaks / 1 / after", "9", "a break after year 9"),
        ("shares", COUNCIL, "19 %", "shares must add up to 100 %"),
        ("money", POT, "", "a form takes nothing out"),
        ("money", POT, "3,000,000", "nothing that was changed"),
    ],
)
def test_the_contracts_own_checks_refuse_what_does_not_fit(at, subject, field, value, words):
    client = at("manager")
    draft = begun(client)
    answer = saved(client, draft, subject, **{field: value})
    assert answer.status_code == 422 and words in text(answer), text(answer)[:1500]
    assert "/tmp" not in text(answer)


def test_a_refusal_of_the_folder_stands_at_its_field(at):
    client = at("manager")
    answer = saved(client, begun(client), "term", **{"contract.yaml:term / breaks / 1 / after": "9"})
    page = answer.content.decode()
    assert 'href="#break-clause-1-after-year"' in page and 'id="break-clause-1-after-year-error"' in page


def test_two_of_one_side_do_not_write_over_each_other(at):
    client, colleague = at("manager"), at("finance")
    draft = begun(client)
    before = client.get(f"{draft}terms/money/").content.decode().split('name="folder" value="')[1].split('"')[0]
    saved(colleague, draft, **pot("5,000,000"))
    answer = client.post(f"{draft}terms/money/", {"folder": before, "year": "4", "source": "x", **pot("4,000,000")})
    assert answer.status_code == 422 and "a draft that a colleague changed meanwhile" in text(answer)


def test_a_value_set_back_leaves_no_trace_in_the_folder(at):
    client = at("manager")
    draft = begun(client)
    saved(client, draft, **pot("4,000,000"))
    saved(client, draft, **pot("3,000,000"))
    assert "Nothing yet" in text(client.get(draft))
    assert client.get(f"{draft}folder.zip").content == in_force()


def test_a_folder_worked_on_elsewhere_is_taken_in_and_says_what_differs(at):
    from obc.loaders.contract_archive import files_in

    changed = files_in(in_force())["payment.yaml"].replace(
        b"value: 3_000_000, from: year 3", b"value: 2_000_000, from: year 3"
    )
    client = at("analyst")
    draft = begun(client, "Brought along", folder=folder_with(**{"payment.yaml": changed}))
    assert "Pot of the year £3,000,000 £2,000,000 from year 3" in text(client.get(draft))
    answer = client.post(draft, {"verb": "import", "folder": folder_with()}, follow=True)
    assert "Nothing yet" in text(answer)


def test_a_hostile_or_broken_folder_is_refused_with_every_problem(at):
    client = at("manager")
    draft = begun(client)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("../../etc/cron.yaml", "x")
        made.writestr("run.exe", "x")
    broken = folder_with(**{"payment.yaml": b"inputs: [", "framework.yaml": b""})
    for sent, words in (
        (packed.getvalue(), "These 2 things have to be mended"),
        (b"PK no", "no ZIP that can be read"),
        (broken.getvalue(), "framework.yaml"),
        (folder_with(**{"contract.yaml": b"id: other"}).getvalue(), "contract.yaml"),
    ):
        file = io.BytesIO(sent)
        file.name = "contract.zip"
        answer = client.post(draft, {"verb": "import", "folder": file})
        assert answer.status_code == 422 and words in text(answer), text(answer)[:800]
        assert "/tmp" not in text(answer) and "Nothing yet" in text(answer)
    assert client.post(draft, {"verb": "import"}).status_code == 422


def test_an_offer_is_answered_by_who_speaks_for_a_party_it_waits_for(at):
    offer = offered(at("manager"), "Four million")
    assert at("finance").post(offer, {"verb": "accept"}).status_code == 403
    assert at("auditor").post(offer, {"verb": "accept"}).status_code == 403
    lead, manager = at("provider-lead"), at("manager")
    assert "say why, in a sentence" in text(lead.post(offer, {"verb": "decline"}))
    assert "which has agreed" in text(manager.post(offer, {"verb": "accept"}))
    assert "which did not make it" in text(lead.post(offer, {"verb": "withdraw", "says": "no"}))
    answer = lead.post(offer, {"verb": "decline", "says": "too much at once"}, follow=True)
    assert "Declined by Oxford Health NHS Foundation Trust (Provider lead)" in text(
        answer
    ) and "too much at once" in text(answer)
    assert "'accept' while it is declined" in text(at("manager-2").post(offer, {"verb": "accept"}))


def test_what_was_offered_can_be_taken_away_and_gone_on_from(at):
    manager = at("manager")
    offer = offered(manager, "To be gone on from", "4,500,000")
    file = manager.get(f"{offer}folder.zip")
    assert file.headers["Content-Type"] == "application/zip" and b"4_500_000" in file.content
    withdrawn = manager.post(offer, {"verb": "withdraw", "says": "another way"}, follow=True)
    assert "Withdrawn by Oxfordshire Clinical Commissioning Group" in text(withdrawn)
    draft = manager.post(offer, {"verb": "go on"}).headers["Location"]
    assert "£4,500,000" in text(manager.get(draft)) and "counter-offer" not in text(manager.get(draft))
    against = manager.get(f"{offer}against/in-force/")
    assert "From the contract to To be gone on from" in text(against)
    assert manager.get(f"{offer}against/no-such/").status_code == 404
    assert manager.get(f"{offer}?download=document.pdf").content.startswith(b"%PDF")


def test_what_would_be_paid_for_chance_is_worked_out_when_it_is_asked_for(at):
    client = at("manager")
    draft = begun(client)
    assert "The price of chance" not in text(client.get(draft))
    answer = client.get(f"{draft}?chance=yes&costs=10")
    assert "The price of chance" in text(answer) and "10.0% more at the least" in text(answer)
    assert "5.0% more at the least" in text(client.get(f"{draft}?costs=nonsense"))
