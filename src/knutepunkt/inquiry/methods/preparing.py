"""Preparing a text for storing: turns by speaker, what may identify someone, what each becomes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from knutepunkt.web.pseudonyms import Group, Replacement, group, identifiers, placeholders, replace
from knutepunkt.web.speakers import SplitText, split_turns


@dataclass(frozen=True)
class Prepared:
    """A text parted into turns, with the identities found in it and a placeholder for each."""

    split: SplitText
    groups: Sequence[Group]
    placeholders: Mapping[str, str]

    def replaced(self, kept: Collection[str]) -> Replacement:
        """The text with every identity replaced but those that are kept, with the splices that did it."""
        decisions = {key: new for key, new in self.placeholders.items() if key not in kept}
        return replace(self.split.clean_text, self.groups, decisions)


def prepare(
    text: str, *, labels: Collection[str], places: Collection[str] = (), names: Collection[str] = (),
    extra: Collection[str] = (), taken: Mapping[str, str] | None = None,
) -> Prepared:  # fmt: skip
    """Part a text into turns and find what may identify someone.

    Args:
        text: clean text as read from the file.
        labels: the speaker labels that a person has accepted.
        places: names of places the house knows.
        names: names the house knows.
        extra: words that a person wants replaced although the pass did not find them.
        taken: placeholders given in earlier sources, by identity, so that the same keeps its number.
    """
    split = split_turns(text, labels)
    found = identifiers(split.clean_text, known_places=places, known_names=names, extra=extra)
    groups = group(found)
    return Prepared(split, groups, placeholders(groups, taken=taken))
