"""The main pages, each with who opens it."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from django.test import Client
from django.urls import reverse

from bench.measuring import Line, Weighed, page
from bench.world import World
from knutepunkt.inquiry.models import Finding
from knutepunkt.people.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"
NEXT = re.compile(r'href="\?(etter=[^"]+)"')
BIG_SOURCE_MS, CODE_PAGE_MS, CSV_MS = 60, 10, 80


def visitor() -> Client:
    """Somebody who is not signed in."""
    return Client(SERVER_NAME="127.0.0.1")


def signed_in(person: Person) -> Client:
    """Somebody who is."""
    client = visitor()
    client.force_login(person, backend=BACKEND)
    return client


def holder_of(receipt: str) -> Client:
    """Somebody who has typed the code from the slip."""
    client = visitor()
    client.post(reverse("consent:code"), {"code": receipt})
    return client


def pages(world: World) -> Iterator[Weighed]:
    """Every main page."""
    yield from _for_everyone(world)
    yield from _for_holders(world)
    lead = signed_in(world.lead)
    yield from _of_sources(world, lead)
    yield from _of_codes(world, lead)
    yield from _of_findings(world, lead)


def _for_everyone(world: World) -> Iterator[Weighed]:
    anybody = visitor()
    yield page(anybody, "front page", reverse("portal:front-page"))
    yield page(anybody, "find your centre", reverse("organisations:find"))
    yield page(anybody, "find your centre: a search", reverse("organisations:find") + "?q=" + quote("Tromsø"))
    yield page(anybody, "reports", reverse("inquiry:reports"))
    yield page(anybody, "public report, 200 quotations", reverse("inquiry:public-report", args=[world.inquiry.slug]))
    yield page(anybody, "sign-in", reverse("people:sign-in"))
    yield page(anybody, "receipt code", reverse("consent:code"))


def _for_holders(world: World) -> Iterator[Weighed]:
    holder = holder_of(world.receipts[0])
    yield page(holder, "holder: consent", reverse("consent:held"))
    for name in ("mine", "my-transcript", "my-quotations", "my-findings", "my-promises"):
        yield page(holder, f"holder: {name}", reverse(f"inquiry:{name}"))


def _of_sources(world: World, lead: Client) -> Iterator[Weighed]:
    slug, big = world.inquiry.slug, [world.inquiry.slug, world.big.code]
    yield page(lead, "my page", reverse("portal:my-page"))
    yield page(lead, "inquiries, 300 in all", reverse("inquiry:inquiries"))
    yield page(lead, "overview", reverse("inquiry:overview", args=[slug]))
    yield page(lead, "participants", reverse("inquiry:participants", args=[slug]))
    yield page(lead, "sources, 41", reverse("inquiry:sources", args=[slug]))
    yield page(lead, "source to read, 200 turns of 2,000", reverse("inquiry:source", args=big))
    bench = page(lead, "workbench", reverse("inquiry:workbench", args=big))
    data = page(
        lead, "workbench data, 2,000 passages", reverse("inquiry:workbench-data", args=big),
        rows=world.big.passages.count(), budget=BIG_SOURCE_MS,
    )  # fmt: skip
    yield bench
    yield data
    yield _together("workbench, page and data in all", bench.line, data.line)
    yield page(lead, "workbench changes", reverse("inquiry:workbench-changes", args=big) + "?etter=999999999")
    yield page(lead, "search in sources", reverse("inquiry:search", args=[slug]) + "?q=" + quote("trygghet kaffen"))
    yield page(lead, "search in sources, one common word", reverse("inquiry:search", args=[slug]) + "?q=huset")
    yield page(
        lead, "2,000 passages as CSV", reverse("inquiry:passages-csv", args=[slug]), rows=2_000, budget=CSV_MS
    )


def _together(name: str, one: Line, other: Line) -> Weighed:
    median, slow = (one.median_ms or 0) + (other.median_ms or 0), (one.p95_ms or 0) + (other.p95_ms or 0)
    return Weighed(
        Line(
            name, (one.queries or 0) + (other.queries or 0), round(median, 2), round(slow, 2),
            round((one.bare_ms or 0) + (other.bare_ms or 0), 2), (one.bytes or 0) + (other.bytes or 0),
            BIG_SOURCE_MS, median <= BIG_SOURCE_MS,
        )
    )  # fmt: skip


def _of_codes(world: World, lead: Client) -> Iterator[Weighed]:
    slug, url = world.inquiry.slug, reverse("inquiry:code", args=[world.inquiry.slug, world.code.pk])
    yield page(lead, "codebook", reverse("inquiry:codebook", args=[slug]))
    yield page(lead, "passages of a code, page 1", url, budget=CODE_PAGE_MS)
    yield page(lead, "passages of a code, page 40", url + _page_40(lead, url), budget=CODE_PAGE_MS)
    yield page(lead, "code table", reverse("inquiry:code-table", args=[slug]))


def _page_40(client: Client, url: str) -> str:
    """Walk to page 40 as a reader does: by the link to the next."""
    at = ""
    for _ in range(39):
        at = "?" + NEXT.findall(client.get(url + at).content.decode())[-1]
    return at


def _of_findings(world: World, lead: Client) -> Iterator[Weighed]:
    slug = world.inquiry.slug
    number = Finding.objects.filter(inquiry=world.inquiry).order_by("number").values_list("number", flat=True)[0]
    yield page(lead, "findings, 12", reverse("inquiry:findings", args=[slug]))
    yield page(lead, "finding", reverse("inquiry:finding", args=[slug, number]))
    yield page(lead, "choose ground for a finding",
               reverse("inquiry:ground", args=[slug, number]) + f"?kode={world.code.pk}")  # fmt: skip
    yield page(lead, "interim report", reverse("inquiry:interim", args=[slug]))
    yield page(lead, "dialogue", reverse("inquiry:dialogue", args=[slug]))
    yield page(lead, "report editor", reverse("inquiry:report", args=[slug]))
    yield page(lead, "promises", reverse("inquiry:promises", args=[slug]))
