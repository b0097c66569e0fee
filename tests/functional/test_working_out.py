"""Long work in a browser: asked for, watched, stopped, had; and text that means harm stays text."""

from returns import counts

CONTRACT = "oxfordshire-mental-health"
HOME = f"/contracts/{CONTRACT}/"
PAYLOAD = """"'><img src=x onerror=alert(1)><script>alert(2)</script>"""


def test_a_paper_is_asked_for_and_watched_until_it_is_there(somebody, step, tmp_path):
    with step("Given a provider's analyst who wants the contract as a document"):
        analyst = somebody("analyst")
        analyst.goes_to(f"{HOME}runs/")
        analyst.pictured("worked-out")
    with step("When they ask for it, then they see who asked and what comes next"):
        analyst.presses("Work it out The contract as a document")
        analyst.sees("Asked for by Provider analyst")
        analyst.sees("Keep them")
    with step("And the page follows by itself until it is done"):
        analyst.page.get_by_role("heading", name="What came of it").wait_for(timeout=240_000)
        analyst.looks()
        analyst.pictured("worked-out-done")
    with step("Then they download it"):
        assert analyst.saves("contract.pdf", tmp_path / "contract.pdf").read_bytes().startswith(b"%PDF")
    with step("And somebody without scripts finds the same, at the width of a phone"):
        finance = somebody("finance", width="phone", script=False)
        finance.page.goto(f"{finance.site}{HOME}runs/")
        finance.follows("The contract as a document")
        finance.sees("It is done")


def test_text_that_means_harm_opens_nothing_in_a_browser(somebody, step, django):
    from obc.bootstrap import books, submissions
    from obc.domain.contract.workflow import review
    from obc.domain.contract.workflow.submission import Comment
    from obc.store import people

    held, by = books.held(CONTRACT), people.person("analyst", CONTRACT)
    values = submissions.values_in("figures.csv", counts(held.contract, 4))
    one, _ = submissions.submit(held, values, 4, None, by, django.clock())
    remark = Comment(by=by.id, at=django.clock(), text=PAYLOAD)
    submissions.act_on(
        held, one.id, "comment", lambda before: review.commented(before, remark), by, django.clock(), PAYLOAD
    )
    dialogs = []
    for user, path in (("manager", f"submissions/{one.id}/"), ("auditor", "audit/")):
        with step(f"When {user} looks at what was typed, then it is text, and nothing runs"):
            person = somebody(user)
            person.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
            person.goes_to(f"{HOME}{path}")
            person.sees("<img src=x onerror=alert(1)>")
            assert person.page.locator("img[src=x]").count() == 0
    assert dialogs == []
