"""Loading the vocabularies and helplines that come with the house."""

import json
from importlib.resources import files
from typing import Any

from django.db import transaction

from knutepunkt.themes.models import Helpline, Term, Vocabulary

VOCABULARIES = ("chime", "services", "content-notes", "library", "library-rules", "library-misuse")


@transaction.atomic
def load_vocabularies() -> int:
    """Load every vocabulary version that is not there yet, and bring helplines up to date.

    A version that is there is left as it is. Returns the number of terms added.
    """
    folder, added = files("knutepunkt.themes") / "data", 0
    for key in VOCABULARIES:
        added += _load_vocabulary(json.loads((folder / f"{key}.json").read_text(encoding="utf-8")))
    for position, line in enumerate(json.loads((folder / "helplines.json").read_text(encoding="utf-8"))):
        Helpline.objects.update_or_create(key=line.pop("key"), defaults={**line, "position": position})
    return added


def _load_vocabulary(data: dict[str, Any]) -> int:
    vocabulary, is_new = Vocabulary.objects.get_or_create(
        key=data["key"], version=data["version"], defaults={"title": data["title"], "source": data["source"]}
    )
    return _add_terms(vocabulary, data["terms"], None, 0) if is_new else 0


def _add_terms(vocabulary: Vocabulary, terms: list[dict[str, Any]], parent: Term | None, position: int) -> int:
    added = 0
    for data in terms:
        term = Term.objects.create(
            vocabulary=vocabulary,
            key=data["key"],
            parent=parent,
            position=position + added,
            name=data["name"],
            note=data.get("note", {}),
            sign=data.get("sign", ""),
            is_checked=data.get("checked", True),
        )
        added += 1 + _add_terms(vocabulary, data.get("terms", []), term, position + added + 1)
    return added
