"""What lies open: a page about it, JSON, Atom, OAI-PMH, citations and the map for search engines. Nothing of it is kept in a shared cache."""

from collections.abc import Callable, Iterable
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from xml.etree import ElementTree as ET

from django.conf import settings
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from knutepunkt.stories.choices.item import Kind
from knutepunkt.stories.methods import citing, oai
from knutepunkt.stories.models import Published
from knutepunkt.stories.queries import caring_open as queries
from knutepunkt.stories.views import caring_finding as find
from knutepunkt.web.access import page
from knutepunkt.web.paging import page_by_key
from knutepunkt.web.sealing import keyed_digest

ASK_AGAIN = "private, no-cache"
"""Whoever fetches must ask each time, and nobody between keeps it, so that what was taken back a moment ago stands in no cache."""
IN_FEED = 50
CITATIONS = {"bib": ("application/x-bibtex", citing.as_bibtex), "ris": ("application/x-research-info-systems", citing.as_ris),
             "json": ("application/vnd.citationstyles.csl+json", citing.as_csl_text)}  # fmt: skip


def _open_to_all(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"], response["Access-Control-Allow-Origin"] = ASK_AGAIN, "*"
    return response


@page("stories.fetch_open")
def about(request: HttpRequest) -> HttpResponse:
    """What lies open and how it is fetched."""
    return render(request, "stories/caring/open.html", {"kinds": [(kind.value, kind.label) for kind in Kind]})


@page("stories.fetch_open")
def as_json(request: HttpRequest) -> HttpResponse:
    """A list of what lies open, longest unchanged first, paged by key; `slag` for one kind. What changes meanwhile comes last."""
    kind = request.GET.get("slag", "")
    if kind and kind not in Kind.values:
        return _open_to_all(JsonResponse({"error": "slag"}, status=400))
    rows = page_by_key(queries.open_rows(kind), request, order="changed_at", size=100)
    items = [queries.open_facts(row) for row in queries.still_agreed(rows.rows)]
    address = f"{settings.ADDRESS}{request.path}"
    found: dict[str, Any] = {"items": items, "next": f"{address}{rows.next_url}" if rows.next_url else None}
    return _open_to_all(JsonResponse(found, json_dumps_params={"ensure_ascii": False}))


@page("stories.fetch_open")
def one_as_json(request: HttpRequest, handle: str) -> HttpResponse:
    """One thing that lies open."""
    shown = queries.open_by_handle(handle)
    if shown is None:
        return _open_to_all(JsonResponse({"error": "not here"}, status=404))
    return _open_to_all(JsonResponse(queries.open_facts(shown), json_dumps_params={"ensure_ascii": False}))


def _unless_changed(request: HttpRequest) -> tuple[str, HttpResponse | None]:
    """The mark of what lies open now, and 304 for whoever has it already. Two queries."""
    etag = f'"{keyed_digest("stories.open", f"{request.path}|{queries.open_mark()}")[:32]}"'
    return etag, get_conditional_response(request, etag=etag)


@page("stories.fetch_open")
def feed(request: HttpRequest) -> HttpResponse:
    """The newest of what lies open, as Atom with an ETag."""
    etag, answer = _unless_changed(request)
    if answer is None:
        rows = queries.still_agreed(list(queries.open_rows().order_by("-changed_at", "-pk")[:IN_FEED]))
        with translation.override("nb"):
            made = Atom1Feed(_("Erfaringsbiblioteket"), f"{settings.ADDRESS}/bibliotek/", "", language="nb",
                             author_name=settings.INSTALLATION_NAME, feed_url=f"{settings.ADDRESS}{request.path}")  # fmt: skip
            for row in rows:
                made.add_item(
                    oai.NOT_IN_XML.sub("", row.title), queries.address_of(row.handle),
                    "" if row.kind == Kind.STORY else escape(oai.NOT_IN_XML.sub("", row.summary)),  # a feed's summary is HTML
                    unique_id=_identifier(row.handle), updateddate=row.changed_at, pubdate=row.published_at, categories=[row.get_kind_display()],
                )  # fmt: skip
            answer = HttpResponse(made.writeString("utf-8").encode(), content_type="application/atom+xml; charset=utf-8")
    answer["ETag"] = etag
    return _open_to_all(answer)


@page("stories.fetch_open", of=find.shown)
def citation(request: HttpRequest, shown: Published) -> HttpResponse:
    """A citation of one thing, as a file; which form stands at the end of the address."""
    media_type, write = CITATIONS[request.path.rpartition(".")[2]]
    answer = HttpResponse(write(queries.as_cited(shown)), content_type=f"{media_type}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="knutepunkt-{shown.handle}.{request.path.rpartition(".")[2]}"'
    answer["Cache-Control"] = ASK_AGAIN
    if robots := queries.robots_for(shown):
        answer["X-Robots-Tag"] = robots
    return answer


def _map(request: HttpRequest, kind: str, lines: Callable[[], Iterable[dict[str, str]]]) -> HttpResponse:
    """A site map or the list of them (sitemaps.org, protocol 0.9), unless whoever asks has it already.

    Args:
        request: the page's request.
        kind: `urlset`, or `sitemapindex`.
        lines: what stands in it, element by element.
    """
    etag, answer = _unless_changed(request)
    if answer is None:
        root = ET.Element(kind, {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
        for facts in lines():
            one = ET.SubElement(root, "url" if kind == "urlset" else "sitemap")
            for name, text in facts.items():
                ET.SubElement(one, name).text = text
        answer = HttpResponse(oai.as_bytes(root), content_type="application/xml; charset=utf-8")
    answer["ETag"] = etag
    return _open_to_all(answer)


@page("stories.fetch_open")
def sitemap(request: HttpRequest) -> HttpResponse:
    """For search engines: where the parts of the map are."""
    address = f"{settings.ADDRESS}{reverse('stories:open-sitemap')}".removesuffix(".xml")
    return _map(request, "sitemapindex", lambda: [{"loc": f"{address}-{part}.xml"} for part in queries.parts_of_map()])


@page("stories.fetch_open")
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    """For search engines: only what may be found."""
    return _map(request, "urlset", lambda: [
        {"loc": queries.address_of(row.handle), "lastmod": row.changed_at.date().isoformat()} for row in queries.on_map(part)
    ])  # fmt: skip


# -- OAI-PMH ---------------------------------------------------------------------------------------


def _identifier(handle: str) -> str:
    host = settings.ADDRESS.partition("://")[2].partition(":")[0].partition("/")[0]
    return f"oai:{host}:{handle}"


def _handle(identifier: str) -> str:
    handle = identifier.rpartition(":")[2]
    if identifier != _identifier(handle) or "\0" in handle:
        raise oai.OaiError("idDoesNotExist", "no such identifier here")
    return handle


@csrf_exempt
@page("stories.fetch_open")
def harvest(request: HttpRequest) -> HttpResponse:
    """Answer a harvester, by GET or POST as the protocol asks. It reads and never writes."""
    address = f"{settings.ADDRESS}{reverse('stories:oai')}"
    sent: QueryDict = request.POST if request.method == "POST" else request.GET
    pairs = [(name, value) for name, values in sent.lists() for value in values]
    root = oai.answer(address, dict(pairs), timezone.now())
    with translation.override("nb"):
        try:
            given = oai.asked(pairs)
            VERBS[given["verb"]](root, given, address)
        except oai.OaiError as error:
            del root[2:]
            oai.add_error(root, error)
    return _open_to_all(HttpResponse(oai.as_bytes(root), content_type="text/xml; charset=utf-8"))


def _identify(root: ET.Element, _given: dict[str, str], address: str) -> None:
    made = oai.add(root, "Identify")
    for name, text in (
        ("repositoryName", settings.INSTALLATION_NAME), ("baseURL", address), ("protocolVersion", "2.0"),
        ("adminEmail", _post_address()), ("earliestDatestamp", oai.stamp(queries.earliest())),
        ("deletedRecord", "persistent"), ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):  # fmt: skip
        oai.add(made, name, text)


def _post_address() -> str:
    """The installation's own address; where none is set, one that says so in the form the protocol asks for."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1] or "knutepunkt@localhost"
    return address if "." in address.rpartition("@")[2] else f"{address}.invalid"


def _formats(root: ET.Element, given: dict[str, str], _address: str) -> None:
    if "identifier" in given and queries.record_of(_handle(given["identifier"])) is None:
        raise oai.OaiError("idDoesNotExist", "no such identifier here")
    made = oai.add(oai.add(root, "ListMetadataFormats"), "metadataFormat")
    oai.add(made, "metadataPrefix", oai.PREFIX)
    oai.add(made, "schema", oai.SCHEMAS[oai.OAI_DC])
    oai.add(made, "metadataNamespace", oai.OAI_DC)


def _sets(root: ET.Element, given: dict[str, str], _address: str) -> None:
    if "resumptionToken" in given:
        raise oai.OaiError("badResumptionToken", "the sets are given in one answer")
    made = oai.add(root, "ListSets")
    for kind in Kind:
        one = oai.add(made, "set")
        oai.add(one, "setSpec", kind.value)
        oai.add(one, "setName", str(kind.label))


def _get(root: ET.Element, given: dict[str, str], _address: str) -> None:
    _right_format(given["metadataPrefix"])
    record = queries.record_of(_handle(given["identifier"]))
    if record is None:
        raise oai.OaiError("idDoesNotExist", "no such identifier here")
    oai.add_record(oai.add(root, "GetRecord"), _header(record), _dublin_core(record))


def _right_format(prefix: str) -> None:
    if prefix != oai.PREFIX:
        raise oai.OaiError("cannotDisseminateFormat", "only oai_dc")


def _list(root: ET.Element, given: dict[str, str], _address: str) -> None:
    wanted, after = _from_token(given["resumptionToken"], given["verb"]) if "resumptionToken" in given else (_wanted(given), None)
    page, cursor = queries.records(wanted, after)
    if not page:
        raise oai.OaiError("noRecordsMatch", "nothing of that kind in that time")
    made = oai.add(root, given["verb"])
    for record in page:
        if given["verb"] == "ListIdentifiers":
            oai.add_header(made, _header(record))
        else:
            oai.add_record(made, _header(record), _dublin_core(record))
    if cursor is not None or after is not None:
        oai.add(made, "resumptionToken", _token(given["verb"], wanted, cursor) if cursor else "")


VERBS = {"Identify": _identify, "ListMetadataFormats": _formats, "ListSets": _sets, "GetRecord": _get,
         "ListIdentifiers": _list, "ListRecords": _list}  # fmt: skip


def _wanted(given: dict[str, str]) -> queries.Wanted:
    _right_format(given["metadataPrefix"])
    kind = given.get("set", "")
    since, until = oai.span(given.get("from", ""), given.get("until", ""))
    if kind and kind not in Kind.values:
        raise oai.OaiError("noRecordsMatch", "no such set")
    return queries.Wanted(kind, since, until)


def _token(verb: str, wanted: queries.Wanted, cursor: queries.Cursor) -> str:
    """Where the next answer begins, signed; it holds no words and lives as long as the records do."""
    ends = [at.isoformat() if at else "" for at in (wanted.since, wanted.until)]
    return dumps([verb, wanted.kind, *ends, cursor.at.isoformat(), cursor.is_gone, cursor.pk], salt="stories.oai", compress=True)


def _from_token(text: str, verb: str) -> tuple[queries.Wanted, queries.Cursor]:
    try:
        said, kind, since, until, at, is_gone, pk = loads(text, salt="stories.oai")
        ends = [datetime.fromisoformat(end) if end else None for end in (since, until)]
        found = queries.Wanted(kind, *ends), queries.Cursor(datetime.fromisoformat(at), is_gone, pk)
    except (BadSignature, ValueError, TypeError) as fault:
        raise oai.OaiError("badResumptionToken", "not a token of ours") from fault
    if said != verb:
        raise oai.OaiError("badResumptionToken", "a token of another verb")
    return found


def _header(record: queries.Record) -> oai.Header:
    return oai.Header(_identifier(record.handle), record.at, record.kind, record.is_gone)


def _dublin_core(record: queries.Record) -> list[tuple[str, str, str]]:
    """Of a story its title and address; of the other kinds what they say about themselves."""
    shown = record.shown
    if shown is None:
        return []
    cited = queries.as_cited(shown)
    found = [("title", shown.title, cited.language), ("type", str(Kind(shown.kind).label), "nb"), ("identifier", cited.url, ""),
             ("language", cited.language, ""), ("date", cited.published_on.isoformat(), "")]  # fmt: skip
    if shown.kind == Kind.STORY:
        return found
    found += [("creator", name, "") for name in cited.authors]
    found += [("description", shown.summary, cited.language), ("description", shown.text, cited.language)]
    found += [("description", shown.fields.get(name, ""), cited.language) for name in queries.WORDS[:9]]
    found += [("publisher", cited.publisher, ""), ("source", cited.within, "")]
    return [*found, ("relation", f"https://doi.org/{cited.doi}", "")] if cited.doi else found
