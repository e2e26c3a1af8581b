"""What a reader does: says what they do not want to meet, and tells the editors about something."""

from typing import Any

from django.db import transaction

from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import people_with_role, people_with_role_anywhere
from knutepunkt.people.queries import open_own_words
from knutepunkt.stories.choices.finding import Reason
from knutepunkt.stories.methods.finding_spared import Choices, to_json
from knutepunkt.stories.models import Published, Spared
from knutepunkt.web.notices import give_notice
from knutepunkt.web.sealing import seal
from knutepunkt.web.trail import record

REPORTED = "stories.reported"


@transaction.atomic
def keep_spared(*, by: Any, choices: Choices) -> None:
    """Keep what a person does not want to meet, sealed with their own key; nothing is kept where nothing is chosen.

    Raises:
        StillShut: the person's words are shut to whoever has signed in.
    """
    owner = open_own_words(by)
    if not choices:
        Spared.objects.filter(person_id=by.pk).delete()
        return
    row, _made = Spared.objects.select_for_update().get_or_create(person_id=by.pk)
    row.content = seal(owner, row.field, to_json(choices))
    row.save(update_fields=["content"])


@transaction.atomic
def report_item(*, by: str, shown: Published, reason: Reason) -> int:
    """Tell the editors of the organisation that something is wrong. Returns how many were told.

    Where the organisation has no editor its coordinators are told, and else every editor. Who says it is kept nowhere.
    """
    where = [shown.organisation_id] if shown.organisation_id else []
    told = people_with_role(Role.EDITOR, where) or people_with_role(Role.COORDINATOR, where) or people_with_role_anywhere(Role.EDITOR)
    for person in told:
        give_notice(person, REPORTED, item=shown.handle, reason=reason.value)
    record("stories:item:reported", by=by, about=shown.item.key, reason=reason.value, told=len(told))
    return len(told)
