"""What caring for the library holds of people beside the items themselves."""

from typing import Any

from django.apps import apps

from knutepunkt.stories.actions.caring_uses import forget_asker, forget_old_uses
from knutepunkt.stories.models import DeskAnswer, OutsideUse, PassedOn, PeerCheck, Trained
from knutepunkt.stories.queries.caring import words_of
from knutepunkt.web.registers import PERSONAL_DATA, PersonalData
from knutepunkt.web.sealing import KeyGone

PERSONAL = {
    "Trained": {"person", "given_by"},
    "PassedOn": {"item", "by", "to"},
    "DeskAnswer": {"item", "by", "second", "rule", "at", "replied_at", "stands", "second_at"},
    "OutsideUse": {"asker", "asker_name", "place", "why"},
    "UsedItem": {"item", "times", "gave_hope"},
    "PeerCheck": {"by", "safe", "says_yes"},
    "PackagePart": {"handle"},
    "CollectionPart": {"item"},
}
SENSITIVE = {"DeskAnswer": {"sentence", "words", "reply", "second_words"}, "OutsideUse": {"contact"}}


def _fields(model: str) -> dict[str, str]:
    own = [f.name for f in apps.get_model("stories", model)._meta.get_fields() if f.concrete and not f.many_to_many]
    sort = dict.fromkeys(PERSONAL.get(model, ()), "personal") | dict.fromkeys(SENSITIVE.get(model, ()), "sensitive")
    return {name: sort.get(name, "plain") for name in own}


def _nothing(_person: Any) -> list[dict[str, Any]]:
    return []


def _none(_person: Any) -> int:
    return 0


def _export_trained(person: Any) -> list[dict[str, Any]]:
    rows = Trained.objects.filter(person=person).select_related("organisation").order_by("pk")
    return [{"at": row.organisation.name, "from": row.trained_on} for row in rows]


def _erase_trained(person: Any) -> int:
    return Trained.objects.filter(person=person).delete()[0]


def _erase_passed(person: Any) -> int:
    return PassedOn.objects.filter(by=person).delete()[0] + PassedOn.objects.filter(to=person).update(to=None)


def _export_passed(person: Any) -> list[dict[str, Any]]:
    return [{"passed_on_at": row.at} for row in PassedOn.objects.filter(by=person).order_by("pk")]


def _export_answers(person: Any) -> list[dict[str, Any]]:
    """What the desk answered about what somebody told, with the words; and when somebody at the desk answered."""
    found: list[dict[str, Any]] = []
    for row in DeskAnswer.objects.filter(item__person=person).select_related("item").order_by("pk"):
        try:
            words = words_of(row)
        except KeyGone:
            continue
        found.append({"about": row.item.handle, "outcome": row.outcome, "rule": row.rule, "at": row.at, "stands": row.stands, **words})
    found += [{"answered": row.outcome, "at": row.at} for row in DeskAnswer.objects.filter(by=person).order_by("pk")]
    found += [{"decided_again": row.stands, "at": row.second_at} for row in DeskAnswer.objects.filter(second=person).order_by("pk")]
    return found


def _erase_answers(person: Any) -> int:
    """Who answered is forgotten; the answer stays with what it is about."""
    return DeskAnswer.objects.filter(by=person).update(by=None) + DeskAnswer.objects.filter(second=person).update(second=None)


def _export_uses(person: Any) -> list[dict[str, Any]]:
    rows = OutsideUse.objects.filter(asker=person).order_by("pk")
    return [
        {"purpose": r.purpose, "place": r.place, "why": r.why, "until": r.until_on, "name": r.asker_name, "state": r.state, "asked_at": r.made_at}
        for r in rows
    ]  # fmt: skip


def _erase_uses(person: Any) -> int:
    return forget_asker(person=person)


def _export_checks(person: Any) -> list[dict[str, Any]]:
    return [{"said_yes": r.says_yes, "safe": r.safe, "at": r.at} for r in PeerCheck.objects.filter(by=person).order_by("pk")]


def _erase_checks(person: Any) -> int:
    return PeerCheck.objects.filter(by=person).update(by=None)


HELD = {
    "UsedItem": ("which items a use is about, and numbers told afterwards", "so that tellers know what became of what they shared", "with the use"),
    "Package": ("that a package was handed out", "so that its holder can be told", "with the use"),
    "PackagePart": ("which items a package has, by handle", "so that what is taken back is known", "with the use"),
    "Collection": ("what editors have chosen, and why", "so that readers find what belongs together", "until an editor takes it away"),
    "CollectionPart": ("which items stand in a collection", "so that readers find what belongs together", "until it is taken down or taken out"),
    "Removed": ("that something lay open and does no more, by handle", "so that those who fetched it take it away", "for as long as the open lists exist"),
    "AskedToCheck": ("that editors were asked to check something again", "so that they are asked once", "until it is checked"),
}


def enter() -> None:
    """Enter its kinds of record."""
    entries = {
        "Trained": ("who has learnt to decide at a desk", "so that only they do", "until it is ended or the account is erased",
                    _export_trained, _erase_trained, None),
        "PassedOn": ("that somebody at the desk will not decide on an item; never why", "so that another does",
                     "until it is answered", _export_passed, _erase_passed, None),
        "DeskAnswer": ("what the desk answered and what the teller replied, sealed", "so that an answer can be understood and disagreed with",
                       "with the item", _export_answers, _erase_answers, None),
        "OutsideUse": ("who asks to use what where, with a sealed address", "so that tellers know, and holders can be told",
                       "three years after its last day", _export_uses, _erase_uses, forget_old_uses),
        "PeerCheck": ("which trained peer answered what about a use", "so that two have looked", "with the use", _export_checks, _erase_checks, None),
    }  # fmt: skip
    for model, (holds, why, long, export, erase, due) in entries.items():
        PERSONAL_DATA.add(f"stories.{model.lower()}", PersonalData(f"stories.{model}", holds, why, long, _fields(model), export, erase, due))
    for model, (holds, why, long) in HELD.items():
        PERSONAL_DATA.add(f"stories.{model.lower()}", PersonalData(f"stories.{model}", holds, why, long, _fields(model), _nothing, _none))
