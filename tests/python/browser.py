"""A browser as far as a test needs one: opens a link, reads its form, submits it."""

from html.parser import HTMLParser
from urllib.parse import urljoin

import requests


class Page:
    def __init__(self, answer):
        self.status = answer.status_code
        self.url = answer.url
        self.html = answer.text
        self.forms, self.pictures = [], []
        self._read()

    def _read(self):
        page = self

        class Reader(HTMLParser):
            def handle_starttag(self, tag, attributes):
                attributes = dict(attributes)
                if tag == "form":
                    page.forms.append({"method": attributes["method"], "action": attributes["action"], "buttons": []})
                elif tag == "button" and page.forms:
                    page.forms[-1]["buttons"].append((attributes["name"], attributes["value"]))
                elif tag == "img" and attributes.get("class") != "logo":
                    page.pictures.append(urljoin(page.url, attributes["src"]))

        Reader().feed(self.html)

    def press(self, value, **fields):
        """Presses the one button with this value, its form's fields filled in."""
        buttons = [(form, name) for form in self.forms for name, own in form["buttons"] if own == value]
        assert len(buttons) == 1, f"{len(buttons)} buttons {value!r} in {self.forms}"
        (form, name) = buttons[0]
        assert form["method"] == "post"
        return Page(requests.post(urljoin(self.url, form["action"]), data={name: value, **fields}, timeout=30))


def open_page(url):
    return Page(requests.get(url, timeout=30))
