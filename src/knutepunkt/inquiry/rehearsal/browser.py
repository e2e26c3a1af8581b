"""Opening pages as somebody would: signed in, with a slip, or as anyone; and walking every link from there."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve, reverse

from knutepunkt.inquiry.rehearsal.words import Seen, texts_of_answer

LINK = re.compile(r'(?:href|data-[a-z-]*url|hx-get)="([^"#]+)')
PAGES_OF_A_KIND = 12
MOST_PAGES = 400
FAULT = 500


class Visitor:
    """One reader: what they open is read, and what failed is counted."""

    def __init__(self, person: Any = None, slip: str = "") -> None:
        self.client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        self.faults: Counter[str] = Counter()
        if person is not None:
            self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        if slip:
            self.client.post(reverse("consent:code"), {"code": slip})

    def open(self, address: str, **query: str) -> Seen:
        """Every reading of one page; nothing where there is no such page for this reader."""
        answer = self.client.get(address, query)
        if answer.status_code >= FAULT:
            self.faults[_kind(address)] += 1
        content = b"".join(answer) if answer.streaming else answer.content
        kind = answer.headers.get("Content-Type", "")
        return Seen(_kind(address) or address, texts_of_answer(content, kind) if content else [])

    def walk(self, *starts: str) -> Iterator[Seen]:
        """Every page that can be reached by links, each kind a bounded number of times."""
        waiting, seen, kinds = deque(starts), set(starts), Counter[str]()
        while waiting and len(seen) < MOST_PAGES:
            address = waiting.popleft()
            seen_now = self.open(address)
            yield seen_now
            for link in LINK.findall(seen_now.readings[0]) if seen_now.readings else ():
                found = urlsplit(urljoin(address, unescape(link)))
                kind = _kind(found.path)
                target = found.path + (f"?{found.query}" if found.query else "")
                if not found.netloc and kind and target not in seen and kinds[kind] < PAGES_OF_A_KIND:
                    kinds[kind] += 1
                    seen.add(target)
                    waiting.append(target)


def _kind(address: str) -> str:
    """The name of the page, or nothing for files and places that are not ours."""
    try:
        name = resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""
    return "" if "logout" in name or "sign-out" in name else name
