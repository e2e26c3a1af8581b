"""How the pages of caring find their object: always through what this actor may see, else 404."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _lazy

from knutepunkt.consent.holders import subject_held
from knutepunkt.organisations.queries import organisations_by_id, organisations_where
from knutepunkt.stories.choices.caring import ON_DESK, UseState
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.models import Attachment, Collection, DeskAnswer, Item, OutsideUse, Package, Published
from knutepunkt.stories.queries import caring as queries
from knutepunkt.stories.queries import caring_uses as uses
from knutepunkt.stories.rules.caring import TRAINERS, Told, edits
from knutepunkt.web.access import may

BECAME_OF_IT = {
    State.RESTING: _lazy("Den er tatt inn, og hviler før den blir vist. Her er det ikke mer å gjøre."),
    State.PUBLISHED: _lazy("Den er tatt inn, og står i biblioteket. Her er det ikke mer å gjøre."),
    State.DECLINED: _lazy("Den er svart på. Svaret ble nei, og den som fortalte, har fått vite hvorfor."),
    State.DRAFT: _lazy("Den som fortalte, har tatt den tilbake. Her er det ikke mer å gjøre."),
    State.TAKEN_BACK: _lazy("Den som fortalte, har tatt den tilbake. Her er det ikke mer å gjøre."),
}
"""What is said of a story that waits no more; never a word of it."""


def _story_at_desk(handle: str) -> Item:
    return get_object_or_404(queries.stories_with_newest_answer(), handle=handle)


def _to_desk(request: HttpRequest, says: Any) -> HttpResponse:
    messages.info(request, str(says))
    return redirect("stories:desk")


def at_desk(request: HttpRequest, handle: str, **_: Any) -> Item | HttpResponse:
    """A story that waits at a desk of this person's. Those who decide there are told calmly what became of one that waits no more;
    for others it is 404, as if it never was.
    """
    item = _story_at_desk(handle)
    if item.sent_at and item.state not in ON_DESK and item.organisation_id in queries.trained_at(request.user):
        return _to_desk(request, BECAME_OF_IT[State(item.state)])
    return item


def reported(request: HttpRequest, handle: str, **_: Any) -> Item | HttpResponse:
    """A story a reader has told of. It may be gone when the notice is read: that is said, to those at a desk; others find it among what all can read."""
    item = Item.objects.select_related("organisation", "shown").filter(handle=handle, kind=Kind.STORY).first()
    if item is not None and may(request.user, "stories.take_out", item):
        return item
    if Published.objects.filter(handle=handle).exists():
        return redirect("stories:item", handle)
    if organisations_where(request.user, *queries.AT_DESK):
        return _to_desk(request, _now("Den står ikke i biblioteket lenger. Her er det ikke mer å gjøre."))
    raise Http404


def to_judge(request: HttpRequest, handle: str, **_: Any) -> DeskAnswer:
    """The no that is to be decided again."""
    answer = queries.answers_with_files().filter(item__handle=handle).order_by("-pk").first()
    if answer is None:
        raise Http404
    return answer


def organisation(request: HttpRequest, slug: str, **_: Any) -> Any:
    """An organisation, among those where this person says who is trained."""
    if not request.user.is_authenticated:
        raise Http404
    return get_object_or_404(organisations_by_id(organisations_where(request.user, *TRAINERS)), slug=slug)


def told(request: HttpRequest, handle: str, **_: Any) -> Told | HttpResponse:
    """Something the one who asks told; those who are nobody yet type their code first."""
    held = subject_held(request)
    if not request.user.is_authenticated and not held:
        return redirect("consent:code")
    item = get_object_or_404(Item.objects.select_related("organisation"), handle=handle)
    is_own = request.user.is_authenticated and item.person_id == request.user.pk
    return Told(item, bool(is_own or held == item.key))


def shared(request: HttpRequest, handle: str, **_: Any) -> Item:
    """Something editors keep together."""
    return get_object_or_404(Item.objects.select_related("organisation").exclude(kind=Kind.STORY), handle=handle)


def guide(request: HttpRequest, handle: str, pk: int, **_: Any) -> Attachment:
    """A file of something that is shown, or that this person edits."""
    row = get_object_or_404(Attachment.objects.select_related("stored", "item").filter(part="file"), pk=pk, item__handle=handle)
    if not Published.objects.filter(item=row.item_id).exists() and not (request.user.is_authenticated and edits.test(request.user, row.item)):
        raise Http404
    return row


def part_at_desk(request: HttpRequest, handle: str, pk: int, **_: Any) -> Item:
    """The item a sound, picture or file at the desk belongs to; which one stands on it."""
    item = _story_at_desk(handle)
    item.part_wanted = _part(item, pk)  # type: ignore[attr-defined]
    return item


def part_to_judge(request: HttpRequest, handle: str, pk: int, **_: Any) -> DeskAnswer:
    """The no that is to be decided again, with the sound, picture or file that is asked for on it."""
    answer = to_judge(request, handle)
    if answer.stands is not None or answer.item.state != State.DECLINED:
        raise Http404
    answer.part_wanted = _part(answer.item, pk)  # type: ignore[attr-defined]
    return answer


def _part(item: Item, pk: int) -> Attachment:
    return get_object_or_404(Attachment.objects.select_related("stored", "item"), pk=pk, item=item)


def use(request: HttpRequest, token: str, **_: Any) -> OutsideUse | None:
    """The use whose address somebody was given."""
    return uses.use_by_token(token)


def use_to_check(request: HttpRequest, use: Any, **_: Any) -> OutsideUse | HttpResponse:
    """A use that waits for peers; what is decided, or answered by this one already, is said so to those who may answer there."""
    row = get_object_or_404(OutsideUse.objects.select_related("organisation"), pk=use)
    if row.asker_id != request.user.pk and row.organisation_id in queries.trained_at(request.user):
        if row.state != UseState.ASKED:
            return _to_desk(request, _now("Det er svart på. Svaret ble ja.") if row.state == UseState.GRANTED else _now("Det er svart på, eller avsluttet. Her er det ikke mer å gjøre."))
        if request.method == "GET" and row.checks.filter(by=request.user.pk).exists():
            return _to_desk(request, _now("Du har svart. Nå venter vi på en annen."))
    return row


def package(request: HttpRequest, token: str, **_: Any) -> Package | None:
    """The package whose check address it is."""
    return uses.package_by_token(token)


def collection_seen(request: HttpRequest, handle: str, **_: Any) -> Collection:
    """A collection that is shown, or that this person's organisation makes."""
    row = get_object_or_404(Collection.objects.select_related("organisation"), handle=handle)
    if not row.is_shown and not (request.user.is_authenticated and may(request.user, "stories.care_collection", row)):
        raise Http404
    return row


def collection(request: HttpRequest, handle: str, **_: Any) -> Collection:
    """A collection."""
    return get_object_or_404(Collection.objects.select_related("organisation"), handle=handle)


def shown(request: HttpRequest, handle: str, **_: Any) -> Published:
    """What readers see of something, if they may see it now."""
    row = queries.published_by_handle(handle)
    if row is None:
        raise Http404
    return row
