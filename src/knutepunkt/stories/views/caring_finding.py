"""How the pages of caring find their object: always through what this actor may see, else 404."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from knutepunkt.consent.holders import subject_held
from knutepunkt.organisations.queries import organisations_by_id, organisations_where
from knutepunkt.stories.choices.item import Kind
from knutepunkt.stories.models import Attachment, Collection, DeskAnswer, Item, OutsideUse, Package, Published
from knutepunkt.stories.queries import caring as queries
from knutepunkt.stories.queries import caring_uses as uses
from knutepunkt.stories.rules.caring import TRAINERS, Told, edits
from knutepunkt.web.access import may


def at_desk(request: HttpRequest, handle: str, **_: Any) -> Item:
    """A story that waits at a desk of this person's; one that is there no more leads to 404, as if it never was."""
    return get_object_or_404(queries.stories_with_newest_answer(), handle=handle)


def to_judge(request: HttpRequest, handle: str, **_: Any) -> DeskAnswer:
    """The no that is to be decided again."""
    answer = DeskAnswer.objects.select_related("item", "item__organisation").filter(item__handle=handle).order_by("-pk").first()
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
    item = at_desk(request, handle)
    item.part_wanted = get_object_or_404(Attachment.objects.select_related("stored"), pk=pk, item=item)  # type: ignore[attr-defined]
    return item


def use(request: HttpRequest, token: str, **_: Any) -> OutsideUse | None:
    """The use whose address somebody was given."""
    return uses.use_by_token(token)


def use_to_check(request: HttpRequest, use: Any, **_: Any) -> OutsideUse:
    """A use that waits for peers."""
    return get_object_or_404(OutsideUse.objects.select_related("organisation"), pk=use)


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
