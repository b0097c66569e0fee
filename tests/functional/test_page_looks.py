"""The look at a page sees what is wrong in one of many parts, also where the rest was looked at before."""

import pytest

from page_looks import look

STYLE = """<style>
    td { color: #222 } .pale { color: #ccc } .low { height: 44px; overflow: auto }
    button { width: 44px; height: 44px } .small { width: 9px; height: 9px; padding: 0 }
</style>"""
ROWS = [f"<tr><th scope='row'>Row {n}</th><td>{n}</td></tr>" for n in range(40)]
FORM = "<label for='name'>Name</label><input id='name'>"
PRESSED = "<button>Go</button>"


def page_of(rows=ROWS, form=FORM, pressed=PRESSED, more="") -> str:
    return (
        f"<!doctype html><html lang='en'><head><title>A page</title>{STYLE}</head><body><main><h1>A page</h1>"
        f"<table>{''.join(rows)}</table><form>{form}{pressed}</form>{more}</main></body></html>"
    )


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


def test_a_page_without_a_fault_passes_and_passes_again(page, axe):
    for rows in (ROWS, ROWS, ROWS[:7]):
        page.set_content(page_of(rows))
        look(page, axe)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"rows": [*ROWS[:30], "<tr><th scope='row'>Row</th><td class='pale'>Pale words</td></tr>", *ROWS]},
            "color-contrast",
        ),
        (
            {"rows": [*ROWS, "<tr><th scope='row'>Row</th><td><font color='#ccc'>Pale words</font></td></tr>"]},
            "color-contrast",
        ),
        ({"rows": [*ROWS[:30], "<tr><td><img src='data:,'></td></tr>", *ROWS]}, "image-alt"),
        ({"form": FORM.replace("for='name'", "for='another'")}, "label"),
        ({"form": FORM.replace("Name", "")}, "label"),
        ({"pressed": f"<div>{PRESSED.replace('<button', '<button class=small') * 2}</div>"}, "target-size"),
        ({"pressed": PRESSED.replace("Go", "")}, "button-name"),
        ({"more": f"<div class='low' tabindex='-1'>{'<p>Said</p>' * 9}</div>"}, "scrollable-region-focusable"),
        ({"more": "<p role='nothing'>Said</p>"}, "aria-roles"),
        ({"more": "<p lang='zz'>Said</p>"}, "valid-lang"),
        ({"more": "<div style='width: 400px'>Wide</div>"}, "wider than its window"),
    ],
)
def test_what_is_wrong_in_one_part_is_seen(page, axe, changed, said):
    page.set_content(page_of())
    look(page, axe)
    page.set_content(page_of(**changed))
    with pytest.raises(AssertionError, match=said):
        look(page, axe)
    with pytest.raises(AssertionError, match=said):
        look(page, axe)


def test_what_was_passed_alone_is_looked_at_again_beside_a_new_neighbour(page, axe):
    small = PRESSED.replace("<button", "<button class='small'")
    page.set_content(page_of(pressed=f"<div>{small}</div>"))
    look(page, axe)
    page.set_content(page_of(pressed=f"<div>{small}{PRESSED}</div>"))
    with pytest.raises(AssertionError, match="target-size"):
        look(page, axe)
