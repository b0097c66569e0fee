"""Acts on the pages of a programme, done by keyboard in a browser, or by a form that is sent."""

from typing import Any

from web_visits import signed_in as client


def does(person: Any, title: str, why: str, **answers: str) -> None:
    """Open the form of an act by keyboard, answer its questions by their names, say why, and send it."""
    form = person.page.locator("details.obc-act", has=person.page.locator("summary", has_text=title)).first
    if form.get_attribute("open") is None:
        form.locator("summary").focus()
        person.page.keyboard.press("Enter")
    for name, answer in answers.items():
        field = form.locator(f"[name='{name.replace('_', '-')}'], [name='{name}']").first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(answer)
        else:
            field.fill(answer)
    form.locator("textarea[name='why']").fill(why)
    form.get_by_role("button").focus()
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    person.looks()


def sent(user: str, address: str, verb: str, record: str = "", why: str = "Because.", **answers: Any):
    """The answer to an act that is sent; on success that of the page it leads back to."""
    given = {"verb": verb, "record": record, "why": why, **answers}
    return client(user).post(address, given, follow=True)
