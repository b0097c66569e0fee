"""A visitor without manners: follows every link, fills every field of every form with the same text, sends it all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

LEFT_ALONE = ("/account/", "/static/")
"""Signing out would end the visit."""


@dataclass
class Form:
    """Where a form goes, and its fields: name and value, as a browser would send them; `texts` may be written in."""

    action: str
    method: str = "get"
    multipart: bool = False
    fields: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


class Seen(HTMLParser):
    """Links, forms, and whatever a strict policy forbids in a page."""

    def __init__(self, address: str, content: str):
        super().__init__(convert_charrefs=True)
        self.address, self.links, self.forms, self.inline = address, [], [], []
        self._form: Form | None = None
        self._select: str | None = None
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inline += [f"<{tag} {name}>" for name in given if name.startswith("on") or name == "style"]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(f"<{tag}>")
        if tag == "a" and "href" in given:
            self.inline += [given["href"]] if given["href"].strip().lower().startswith(("javascript:", "data:")) else []
            self.links.append(urljoin(self.address, given["href"]).partition("#")[0])
        elif tag == "form":
            self._form = Form(urljoin(self.address, given.get("action", "")), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and "name" in given:
            self._field(tag, given, self._form)
        elif tag == "option" and self._select and self._form is not None:
            self._form.fields.setdefault(self._select, given.get("value", ""))

    def _field(self, tag: str, given: dict[str, str], form: Form) -> None:
        name, kind = given["name"], given.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "textarea" or (tag == "input" and kind in ("text", "search", "email")):
            form.texts.append(name)
        elif tag in ("input", "button") and kind not in ("file", "checkbox"):
            form.fields.setdefault(name, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None


def crawl(client, start: str = "/", most: int = 150) -> Iterator[tuple[str, object, Seen]]:
    """Every page that a client can reach by links: address, answer, what was seen on it. Each address once."""
    known, waiting = {start}, [start]
    for _ in range(most):
        if not waiting:
            return
        address = waiting.pop(0)
        answer = client.get(address)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        seen = Seen(address, answer.content.decode())
        yield address, answer, seen
        for link in seen.links:
            if not urlsplit(link).netloc and link not in known and not link.startswith(LEFT_ALONE):
                known.add(link)
                waiting.append(link)


def send_everything(client, text: str, most: int = 150) -> Iterator[tuple[str, object]]:
    """Fill every text field that can be reached with `text`, and send each form once."""
    sent = set()
    for _, _, seen in list(crawl(client, most=most)):
        for form in seen.forms:
            key = (form.action, form.fields.get("verb"), tuple(form.texts))
            if not form.texts or key in sent or form.action.startswith(LEFT_ALONE):
                continue
            sent.add(key)
            content = {**form.fields, **dict.fromkeys(form.texts, text)}
            ask = client.get if form.method == "get" else client.post
            yield form.action, ask(form.action, content)
