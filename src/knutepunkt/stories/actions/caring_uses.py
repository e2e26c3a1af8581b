"""Uses outside the library: asked for, answered by two peers, handed out as a package, told about afterwards, ended."""

import io
import json
import zipfile
from collections.abc import Collection as Many
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knutepunkt.consent.actions import end_uses, note_use
from knutepunkt.stories.choices.caring import (
    FIELD_NAMES,
    LONGEST_USE,
    MOST_IN_USE,
    PEERS_NEEDED,
    USES_KEPT,
    UseState,
)
from knutepunkt.stories.choices.item import Kind
from knutepunkt.stories.methods.contents import OF_KIND, tidy
from knutepunkt.stories.models import Item, OutsideUse, Package, PackagePart, PeerCheck, Published, UsedItem
from knutepunkt.stories.queries.caring import trained_people
from knutepunkt.stories.queries.caring_open import address_of, open_facts
from knutepunkt.stories.queries.caring_uses import lacking_yes, questions_now, standing_of
from knutepunkt.stories.queries.finding_names import names_of_notes
from knutepunkt.web.jobs import queue_job
from knutepunkt.web.notices import give_notice
from knutepunkt.web.sealing import KeyGone, destroy_key, seal_text, unseal_text
from knutepunkt.web.trail import record

CONTACT = "stories.outsideuse.contact"
MOST_TOLD = 10_000


class NotAgreed(Exception):
    """The teller has not said yes to this purpose."""


class NotAsked(Exception):
    """There is nothing to ask for: not shown, of several houses, too many, or past its last day."""


class CheckedBefore(Exception):
    """This peer has answered, the use is decided, or it is their own."""


class NotGranted(Exception):
    """The use has no yes that holds today, or nothing of it stands any more."""


@transaction.atomic
def ask_for_use(
    *, by: Any, items: Many[Item], purpose: str, place: str, until_on: date, name: str, contact: str = "", why: str = ""
) -> OutsideUse:
    """Ask to use something that is shown outside the library: what for, where, until when. Two trained peers answer.

    Args:
        by: who asks, where they have an account; else None.
        items: what is shown, all kept by one organisation.
        purpose: one of `Outside`.
        place: where it will be used, as the teller is told.
        until_on: the last day.
        name: what the one who asks is called.
        contact: an e-mail address, sealed; how they are told when something is taken back.
        why: what it is for, in their own words.

    Raises:
        NotAsked: nothing shown, several houses, too many, or a day that has passed or is too far ahead.
        NotAgreed: a teller has not said yes to the purpose.
    """
    shown = list(Published.objects.filter(item__in=[item.pk for item in items]).values_list("organisation_id", flat=True))
    today = timezone.localdate()
    if not items or len(shown) != len(items) or len(items) > MOST_IN_USE or len(set(shown)) != 1 or shown[0] is None:
        raise NotAsked
    if not today <= until_on <= today + LONGEST_USE:
        raise NotAsked
    if lacking_yes(list(items), purpose):
        raise NotAgreed
    use = OutsideUse(organisation_id=shown[0], purpose=purpose, place=tidy(place)[:160], until_on=until_on, why=tidy(why)[:2000],
                     asker=by, asker_name=tidy(name)[:80])  # fmt: skip
    if contact.strip():
        use.contact = seal_text(use.key_owner, CONTACT, contact.strip())
    use.save()
    UsedItem.objects.bulk_create(UsedItem(use=use, item=item) for item in items)
    for person in trained_people(use.organisation_id):
        if by is None or person != by.pk:
            give_notice(person, "stories.use-asked", use=str(use.pk))
    record("stories:use:asked", by=by or "somebody", about=use.key, items=len(items))
    return use


@transaction.atomic
def check_use(*, by: Any, use: OutsideUse, safe: Many[str]) -> PeerCheck:
    """One trained peer answers the questions on misuse. All must be safe for a yes; two say yes before it may be used, one no ends it.

    Args:
        by: the peer; found by the rule to be trained at the organisation, and to be neither the asker nor a teller.
        use: what is asked.
        safe: keys of the questions answered with yes.

    Raises:
        CheckedBefore: answered already by this peer, decided, or one's own.
        NotAgreed: a teller has taken back the yes to this purpose meanwhile.
    """
    row = OutsideUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    own = row.asker_id == by.pk or UsedItem.objects.filter(use=row, item__person=by.pk).exists()
    if row.state != UseState.ASKED or own or PeerCheck.objects.filter(use=row, by=by).exists():
        raise CheckedBefore
    version, questions = questions_now()
    known = {term.key for term in questions}
    says_yes = bool(known) and known <= set(safe)
    _hold_shown(row)
    if says_yes and any(not one.may_be_used for one in standing_of(row)):
        raise NotAgreed
    made = PeerCheck.objects.create(use=row, by=by, questions_version=version, safe=sorted(known & set(safe)), says_yes=says_yes)
    record(f"stories:use:{'yes' if says_yes else 'no'}", by=by, about=row.key)
    if not says_yes:
        _decide(row, UseState.REFUSED)
    elif PeerCheck.objects.filter(use=row, says_yes=True).count() >= PEERS_NEEDED:
        _decide(row, UseState.GRANTED)
        for one in standing_of(row):
            if one.used.item.kind == Kind.STORY:
                note_use(subject=one.used.item.key, purpose=row.purpose, place=row.place_key, label=row.place,
                         url=reverse("stories:uses", args=[one.handle]))  # fmt: skip
    return made


def _hold_shown(use: OutsideUse) -> set[int]:
    """Hold what is shown of a use's items until the transaction ends, so that whoever takes back comes before or after. Their keys."""
    rows = Published.objects.select_for_update(of=("self",)).filter(item__in=UsedItem.objects.filter(use=use).values("item"))
    return set(rows.order_by("pk").values_list("pk", flat=True))


def _decide(use: OutsideUse, state: str) -> None:
    use.state = state
    use.save(update_fields=["state"])
    if use.asker_id:
        give_notice(use.asker_id, f"stories.use-{state}", use=use.token)
    queue_job("stories.tell_holder", use=str(use.pk))


def contact_of(use: OutsideUse) -> str:
    """How the one who asked can be told: an address, or nothing."""
    if not use.contact:
        return ""
    try:
        return unseal_text(use.key_owner, CONTACT, bytes(use.contact))
    except KeyGone:
        return ""


@transaction.atomic
def hand_out_package(*, by: Any, use: OutsideUse) -> tuple[Package, bytes]:
    """A package of what still stands, with the date and an address to check it. What was taken back meanwhile is not in it.

    The rows are held from the look to the end of the transaction: whoever takes back at the same moment waits, and
    the holder of this package is then told. For each story the ledger says that a package cannot be called back.

    Raises:
        NotGranted: no yes that holds today, or nothing stands.
    """
    row = OutsideUse.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=use.pk)
    if row.state != UseState.GRANTED or row.until_on < timezone.localdate():
        raise NotGranted
    held = _hold_shown(row)
    standing = [one for one in standing_of(row) if one.may_be_used and one.shown is not None and one.shown.pk in held]
    if not standing:
        raise NotGranted
    package = Package.objects.create(use=row)
    check = f"{settings.ADDRESS}{reverse('stories:package', args=[package.token])}"
    shown = [one.shown for one in standing if one.shown is not None]
    for number, one in enumerate(standing, 1):
        PackagePart.objects.create(package=package, handle=one.handle, edition=shown[number - 1].edition, position=number)
        if one.used.item.kind == Kind.STORY:
            label = _("En pakke som er hentet ut til: %(place)s") % {"place": row.place}
            note_use(subject=one.used.item.key, purpose=row.purpose, place=f"library-package:{package.pk}", label=label,
                     url=reverse("stories:uses", args=[one.handle]), can_be_called_back=False)  # fmt: skip
    record("stories:package:handed-out", by=by or "holder", about=row.key, items=len(shown))
    return package, _packed(row, package, shown, check)


def _packed(use: OutsideUse, package: Package, shown: list[Published], check: str) -> bytes:
    """The package's files: one page to read, one text each, and all of it as data."""
    day = timezone.localdate(package.made_at)
    facts = {"use": use, "package": package, "shown": [(row, names_of_notes(row.notes), _parts(row)) for row in shown], "check": check, "day": day}
    data = {
        "made_on": day.isoformat(), "purpose": use.purpose, "place": use.place, "until": use.until_on.isoformat(), "check": check,
        "items": [
            {**open_facts(row), "number": n, "summary": row.summary, "text": row.text, "teller_name": row.teller_name, "notes": row.notes}
            for n, row in enumerate(shown, 1)
        ],
    }  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pakke.html", render_to_string("stories/caring/package_file.html", facts))
        archive.writestr("pakke.json", json.dumps(data, ensure_ascii=False, indent=1))
        for number, row in enumerate(shown, 1):
            archive.writestr(f"{number:02}-{row.handle}.txt", _as_text(row, check, day))
    return buffer.getvalue()


def _parts(row: Published) -> list[tuple[str, str]]:
    """What the kind has beside the text, by what it is called; but not whom to ask."""
    names = [words.name for words in OF_KIND[row.kind] if words.name != "contact"]
    return [(str(FIELD_NAMES[name]), str(row.fields[name])) for name in names if row.fields.get(name)]


def _as_text(row: Published, check: str, day: date) -> str:
    notes = names_of_notes(row.notes)
    first = _("Her står det noe om: %(notes)s.") % {"notes": ", ".join(notes)} if notes else ""
    parts = [row.title, row.teller_name, first, row.summary, row.text, *(f"{name}\n{value}" for name, value in _parts(row))]
    foot = _("Hentet %(day)s. Se om dette fortsatt står: %(check)s") % {"day": day.isoformat(), "check": check}
    return "\n\n".join(part for part in [*parts, address_of(row.handle), foot] if part) + "\n"


@transaction.atomic
def tell_afterwards(*, use: OutsideUse, told: dict[int, tuple[int, int]]) -> None:
    """Who used it tells how often, and how many said it gave hope; by the used item's key. Numbers, and no words.

    Raises:
        NotGranted: it never had a yes.
    """
    row = OutsideUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if row.state not in (UseState.GRANTED, UseState.ENDED):
        raise NotGranted
    for used in UsedItem.objects.filter(use=row, pk__in=list(told)).order_by("pk"):
        used.times, used.gave_hope = (min(max(0, number), MOST_TOLD) for number in told[used.pk])
        used.save(update_fields=["times", "gave_hope"])
    record("stories:use:told-about", by="holder", about=row.key)


@transaction.atomic
def end_use(*, by: Any, use: OutsideUse) -> OutsideUse:
    """The use is over, by its holder's word or because its last day has passed."""
    row = OutsideUse.objects.select_for_update(of=("self",)).get(pk=use.pk)
    if row.state not in (UseState.ASKED, UseState.GRANTED):
        return row
    row.state, row.ended_at = UseState.ENDED, timezone.now()
    row.save(update_fields=["state", "ended_at"])
    for used in UsedItem.objects.filter(use=row).select_related("item").order_by("pk"):
        end_uses(used.item.key, place=row.place_key)
    record("stories:use:ended", by=by, about=row.key)
    return row


def end_uses_past_their_day() -> int:
    """Once a day: end what has come past its last day. Returns how many."""
    past = OutsideUse.objects.filter(state__in=(UseState.ASKED, UseState.GRANTED), until_on__lt=timezone.localdate()).order_by("pk")
    return len([end_use(by="job", use=use) for use in past[:500]])


def forget_old_uses() -> int:
    """Delete who asked for what, three years after its last day, with the key of their address. Returns how many."""
    old = list(OutsideUse.objects.filter(until_on__lt=timezone.localdate() - USES_KEPT).order_by("pk")[:500])
    for use in old:
        destroy_key(use.key_owner)
        use.delete()
    return len(old)


def forget_asker(*, person: Any) -> int:
    """Somebody who asked for uses erases their account: name and address go, and what the teller was told stays. Returns how many."""
    rows = list(OutsideUse.objects.filter(asker=person).order_by("pk"))
    for use in rows:
        destroy_key(use.key_owner)
        OutsideUse.objects.filter(pk=use.pk).update(asker=None, asker_name="", contact=b"")
    return len(rows)
