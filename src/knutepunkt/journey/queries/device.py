"""What a device keeps to work without a connection: the plan, goals with steps, the scales, and what locks them."""

import base64
from typing import Any

from knutepunkt.journey.methods.scales import scales_in
from knutepunkt.journey.queries.own import notes_of, settings_in
from knutepunkt.web.sealing import keyed_digest, secret_of

DEVICE = "journey.device"
MOST_GOALS = 60


def mark_of(person: Any) -> str:
    """How a device tells one person's things from another's: a digest that says nothing of who it is."""
    return keyed_digest(DEVICE, str(person.pk))[:24]


def kept_on_device(person: Any) -> dict[str, Any]:
    """Everything a device needs. Three queries beside those that open.

    Raises:
        StillShut: the person's words are shut to whoever has signed in.
        KeyGone: the person has written nothing yet, so there is no key.
    """
    notes = notes_of(person, "plan", "goal", "step", "dimension", "settings")
    chosen = settings_in(notes)
    goals = [n for n in notes if n.kind == "goal" and n.content["state"] == "open"][-MOST_GOALS:]
    keys = {str(goal.id) for goal in goals}
    steps = [n for n in notes if n.kind == "step" and n.content["goal"] in keys]
    return {
        "who": mark_of(person),
        "secret": base64.b64encode(secret_of(person.key_owner, DEVICE)).decode(),
        "notes": [
            {"id": str(n.id), "kind": n.kind, "version": n.version, "content": n.content}
            for n in [*(n for n in notes if n.kind == "plan"), *goals, *steps]
        ],
        "scales": [
            {"key": s.key, "name": str(s.name), "less": str(s.less), "more": str(s.more)}
            for s in scales_in(notes, hides_chime=chosen["hides_chime"])
        ],
        "parts": chosen["parts"],
    }  # fmt: skip
