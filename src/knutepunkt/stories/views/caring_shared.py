"""Good examples, methods and research: what editors write, show, check and take away; what municipalities send in; guides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knutepunkt.organisations.choices import CENTRES
from knutepunkt.organisations.choices import Kind as Place
from knutepunkt.organisations.queries import coordinated_of_kind, organisations_by_id
from knutepunkt.stories.actions import caring_shared as actions
from knutepunkt.stories.actions.publishing import content_of
from knutepunkt.stories.choices.caring import MEDIA
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.forms import caring as forms
from knutepunkt.stories.methods.contents import OF_KIND
from knutepunkt.stories.models import Attachment, Item
from knutepunkt.stories.queries import caring as queries
from knutepunkt.stories.views import caring_finding as find
from knutepunkt.themes.queries import terms_of
from knutepunkt.web.access import page
from knutepunkt.web.fields import typed_again
from knutepunkt.web.files import FileMissing, serve_file
from knutepunkt.web.paging import page_by_key, whole_number

KINDS = (Kind.EXAMPLE, Kind.METHOD, Kind.RESEARCH)
ABOUT = (("topic", gettext_lazy("Hva handler det om?")), ("helped", gettext_lazy("Hva hjalp?")))
PROCESSES = gettext_lazy("Er noe av dette med?")
COMPARED = ("title", "summary", "text")


def _groups() -> forms.Groups:
    """What something may be about: the five processes, topics, and what helped. Four queries."""
    own = terms_of("library")
    chime = [(f"chime:{t.key}", t.name) for t in terms_of("chime") if not t.parent]
    return [*((name, label, [(f"library:{t.key}", t.name) for t in own if t.parent == name]) for name, label in ABOUT), ("chime", PROCESSES, chime)]


@page("stories.make_shared")
def shared(request: HttpRequest) -> HttpResponse:
    """What this person's house keeps: sent in, to be checked, written, shown."""
    kept = queries.shared_of(request.user)
    waiting = list(kept.filter(state=State.SENT).order_by("sent_at", "pk")[:20])
    rows = page_by_key(kept.exclude(state=State.SENT), request, order="-made_on", size=30)
    names = queries.titles_of([*waiting, *rows.rows])
    return render(request, "stories/caring/shared.html", {
        "rows": [(row, shown := getattr(row, "shown", None), shown is not None and queries.is_old(shown), names.get(row.pk, "")) for row in rows],
        "waiting": [(row, names.get(row.pk, "")) for row in waiting], "paging": rows, "kinds": [(kind.value, kind.label) for kind in KINDS],
    })  # fmt: skip


@page("stories.make_shared", writes=True)
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    """Write something new."""
    if kind not in forms.FORMS:
        raise Http404
    houses = [(row.pk, row.name) for row in organisations_by_id(queries.edits_at(request.user))]
    sent = request.POST if request.method == "POST" else None
    form, where = forms.FORMS[kind](sent, groups=_groups()), forms.BeginForm(sent, organisations=houses)
    if len(houses) == 1:
        del where.fields["organisation"]
    if request.method == "POST" and form.is_valid() and where.is_valid():
        chosen = organisations_by_id([where.cleaned_data.get("organisation", houses[0][0])]).get()
        made = actions.write_new(by=request.user, kind=kind, organisation=chosen, content=form.content())
        messages.success(request, _("Det er lagret. Bare redaktørene ser det, til du viser det fram."))
        return redirect("stories:care", made.handle)
    return render(request, "stories/caring/begin.html", {"form": form, "where": where, "kind": Kind(kind).label})


@page("stories.care_shared", writes=True, of=find.shared)
def care(request: HttpRequest, item: Item) -> HttpResponse:
    """Change the words; two who save at once both see both."""
    content, theirs = content_of(item), None
    form = _form_of(item, content, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_shared(by=request.user, item=item, version=form.cleaned_data["version"] or 0, content={**content, **form.content()})
        except actions.SomebodyElseSaved as other:
            theirs, form = content_of(other.now), typed_again(form, other.now.version)
        else:
            messages.success(request, _("Det er lagret."))
            return redirect("stories:care", item.handle)
    return _cared(request, item, form, content, compared=_compared(item, request, theirs) if theirs else [])


def _form_of(item: Item, content: dict[str, Any], typed: Any = None) -> Any:
    return forms.FORMS[item.kind](typed, initial={**content, "version": item.version}, groups=_groups())


def _cared(request: HttpRequest, item: Item, form: Any, content: dict[str, Any], *, compared: Any = (), no: Any = None) -> HttpResponse:
    return render(request, "stories/caring/care.html", {
        "item": item, "form": form, "kind": item.get_kind_display(), "shown": queries.published_by_handle(item.handle),
        "differs": item.version != item.approved_version, "was_sent": item.state == State.SENT, "title": content["title"],
        "compared": compared, "guides": _guides(item), "no": no or forms.NotTakenForm(),
    })  # fmt: skip


def _compared(item: Item, request: HttpRequest, theirs: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Each field the two wrote differently: its label, mine, theirs."""
    labels = forms.FORMS[item.kind].base_fields
    names = (*COMPARED, *(words.name for words in OF_KIND[item.kind]))
    pairs = [(str(labels[name].label), request.POST.get(name, "").replace("\r\n", "\n").strip(), theirs[name]) for name in names if name in labels]
    return [(label, mine, other) for label, mine, other in pairs if mine != other]


def _guides(item: Item) -> list[Attachment]:
    return list(item.attachments.filter(part="file").select_related("stored"))


@page("stories.care_shared", writes=True, of=find.shared)
def care_act(request: HttpRequest, item: Item) -> HttpResponse:
    """Show it, say that it still holds, or take it away. After the fact, not by a link."""
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "show":
        try:
            actions.show_shared(by=request.user, item=item, version=whole_number(request.POST.get("version", "")))
        except actions.SomebodyElseSaved:
            messages.warning(request, _("Noen har endret teksten etter at du åpnet den. Les den en gang til."))
        else:
            messages.success(request, _("Nå kan alle lese det."))
    elif act == "checked":
        actions.note_checked(by=request.user, item=item)
        messages.success(request, _("Takk. Det står nå at du sjekket det i dag."))
    elif act == "away":
        was_sent, no = item.state == State.SENT, forms.NotTakenForm(request.POST)
        if not no.is_valid():
            content = content_of(item)
            return _cared(request, item, _form_of(item, content), content, no=no)
        actions.take_away(by=request.user, item=item, words=no.cleaned_data["words"])
        messages.success(request, _("Det ble ikke tatt inn. Den som sendte det, får beskjed.") if was_sent else _("Det er tatt bort. Bare redaktørene ser det nå."))
    return redirect("stories:care", item.handle)


REFUSED = {
    "too-large": lambda: _("Fila er for stor. Den kan være 10 MB."),
    "too-many": lambda: _("Her er det ti filer. Ta bort en først."),
    "not-a-document": lambda: _("Vi tar bare PDF, Word (DOCX uten makroer) og ODT. Denne fila er noe annet innvendig."),
}


@page("stories.care_shared", writes=True, of=find.shared)
def guides(request: HttpRequest, item: Item) -> HttpResponse:
    """Files that go with it: templates and guides."""
    if request.method == "POST" and request.POST.get("act") == "remove":
        wanted = whole_number(request.POST.get("guide", ""))
        for guide in _guides(item):
            if guide.pk == wanted:
                guide.item = item
                actions.remove_guide(by=request.user, guide=guide)
        return redirect("stories:guides", item.handle)
    form = forms.GuideForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_guide(by=request.user, item=item, name=form.cleaned_data["name"], content=form.cleaned_data["file"].read())
        except actions.FileNotTaken as fault:
            form.add_error("file", REFUSED[fault.reason]())
        else:
            messages.success(request, _("Fila er lagret."))
            return redirect("stories:guides", item.handle)
    return render(request, "stories/caring/guides.html", {"item": item, "form": form, "guides": _guides(item), "title": content_of(item)["title"]})


@page("stories.fetch_open", of=find.guide)
def guide(request: HttpRequest, guide: Attachment) -> HttpResponse:
    """Fetch a guide."""
    try:
        response = serve_file(guide.stored, f"{guide.item.handle}-{guide.position}.{MEDIA[guide.stored.media_type]}")
    except FileMissing as gone:
        raise Http404 from gone
    response["X-Content-Type-Options"] = "nosniff"
    return response


@page("stories.send_example", writes=True)
def send_example(request: HttpRequest) -> HttpResponse:
    """A municipality's contact sends in a good example."""
    houses = [(row.pk, row.name) for row in coordinated_of_kind(*CENTRES, Place.COMPETENCE_CENTRE)]
    form = forms.SendExampleForm(request.POST or None, organisations=houses, groups=_groups())
    if request.method == "POST" and form.is_valid():
        house = organisations_by_id([form.cleaned_data["organisation"]]).get()
        made = actions.send_example(by=request.user, organisation=house, content=form.content())
        messages.success(request, _("Takk. Redaktøren leser det, og du får beskjed."))
        return redirect("stories:desk-answer", made.handle)
    return render(request, "stories/caring/send_example.html", {"form": form})
