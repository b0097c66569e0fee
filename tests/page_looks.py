"""What is looked at on every page somebody comes to: its accessibility and its width, each part as often as it is new.

Whether a page is built accessibly hangs on the shape of its parts, and so is asked of each shape; whether its words
stand out against what is behind them hangs on their style, and so is asked of each style. Asked of every cell of every
table, the same would take axe most of the time of a journey. `OBC_LOOK=whole` asks everything of every page all the
same: `make nightly` does.
"""

import os
from pathlib import Path

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""WCAG 2.0 to 2.2, levels A and AA."""

_SEEN = """() => {
    const brief = text => {
        let [a, b] = [0xdeadbeef, 0x41c6ce57];
        for (let i = 0; i < text.length; i++) {
            a = Math.imul(a ^ text.charCodeAt(i), 2654435761);
            b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
        }
        return 4294967296 * (2097151 & (b ^ b >>> 16)) + ((a ^ a >>> 15) >>> 0);
    };
    const ids = new Map();
    for (const e of document.querySelectorAll('[id]')) ids.set(e.id, (ids.get(e.id) || 0) + 1);
    const told = new Set(['class', 'role', 'lang', 'type', 'tabindex', 'autocomplete', 'scope', 'open']);
    const refers = new Set(['for', 'headers', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns']);
    const leads = value => value.trim().split(/\\s+/).every(id => document.getElementById(id)?.textContent.trim());
    const said = (name, value) =>
        name === 'id' ? ids.get(value) === 1
        : refers.has(name) ? leads(value)
        : told.has(name) || name.startsWith('aria-') && name !== 'aria-label' ? value
        : !!value;
    const shows = e => {
        const place = e.getBoundingClientRect();
        return e.checkVisibility({visibilityProperty: true}) && !e.matches(':disabled')
            && Math.min(place.width, place.height) > 1 && place.right > 0;
    };
    const parts = new Map(), styles = new Map();
    const look = (e, within, behind) => {
        const has = getComputedStyle(e);
        const style = brief([behind, has.color, has.backgroundColor, has.backgroundImage, has.opacity, has.fontSize,
                             has.fontWeight, has.textShadow].join());
        const words = e.matches('input, select') || [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
        if (words && !styles.has(style) && shows(e)) styles.set(style, e);
        const scrolls = /auto|scroll/.test(has.overflow)
            && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight);
        const labels = [...e.labels || []].filter(one => one.textContent.trim()).length;
        const own = [e.tagName, words, !!e.textContent.trim(), e.checkVisibility(), scrolls, labels,
                     ...e.getAttributeNames().map(a => a + said(a, e.getAttribute(a)))].join();
        const place = brief(within + own), shapes = new Map();
        for (const child of e.children) {
            const shape = look(child, place, style);
            shapes.set(shape, shapes.has(shape) ? '+' : '');
        }
        const shape = brief(own + [...shapes].map(one => one.join('')));
        parts.set(e, brief(within + ' ' + shape));
        return shape;
    };
    const page = document.documentElement;
    look(page, innerWidth, 0);
    window.seen = {parts, styles};
    const wider = page.scrollWidth - page.clientWidth;
    return {parts: [...new Set(parts.values())], styles: [...styles.keys()], wider};
}"""
"""The parts of a page by their shapes: an element and where it stands, how it is nested and named, not what it says;
brothers and sisters of one shape count as one or as many. And the styles of the words that show, each with an element
that has it."""

_LOOK = """({tags, known, styles}) => {
    const before = new Set(known), often = new Map(), exclude = [];
    // what can be pressed may have got a neighbour that is too near
    const pressed = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const sift = e => {
        const part = window.seen.parts.get(e), times = often.get(part) || 0;
        often.set(part, times + 1);
        if (times > 1 || before.has(part) && !e.matches(pressed) && !e.querySelector(pressed)) exclude.push(e);
        else for (const child of e.children) sift(child);
    };
    const include = styles.map(one => window.seen.styles.get(one));
    const run = (where, what) => axe.run(where, {...what, resultTypes: ['violations']}).then(found =>
        found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | ')));
    const built = () => {
        sift(document.documentElement);
        return run({include: [document], exclude}, {runOnly: tags, rules: {'color-contrast': {enabled: false}}});
    };
    const all = async () => [
        ...before.has(window.seen.parts.get(document.documentElement)) ? [] : await built(),
        ...include.length ? await run({include}, {runOnly: {type: 'rule', values: ['color-contrast']}}) : []];
    return all();
}"""
"""What axe finds wrong: in the parts that are not known, and in the words of these styles."""

_WHOLE = """tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found =>
    found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | ')))"""
"""What axe finds wrong anywhere in the page."""

_PARTS: set[int] = set()
_STYLES: set[int] = set()
"""What was found without a violation: the same need not be looked at again."""


def axe() -> str:
    """The checks of accessibility, as a script."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def look(page, checks: str) -> None:
    """The page as it is: no violation of WCAG 2.2 A or AA, nothing wider than its window.

    `checks`: what `axe()` gives. Raises AssertionError.
    """
    seen = page.evaluate(_SEEN)
    parts, styles = set(seen["parts"]), set(seen["styles"])
    if os.environ.get("OBC_LOOK") == "whole":
        page.evaluate(checks)
        found = page.evaluate(_WHOLE, TAGS)
        assert found == [], f"{page.url}: {found}"
    elif parts - _PARTS or styles - _STYLES:
        page.evaluate(checks)
        asked = {"tags": TAGS, "known": list(parts & _PARTS), "styles": list(styles - _STYLES)}
        found = page.evaluate(_LOOK, asked)
        assert found == [], f"{page.url}: {found}"
        _PARTS.update(parts)
        _STYLES.update(styles)
    assert seen["wider"] <= 0, f"{page.url} is {seen['wider']} pixels wider than its window"
