"""Whether a reader has said that they do not want to meet something; for pages that start from one thing or a few, not from the index."""

from knutepunkt.stories.methods.finding_spared import Choices
from knutepunkt.stories.models import Published
from knutepunkt.stories.queries.finding_names import teller_of


def is_spared(shown: Published, choices: Choices) -> bool:
    """Whether something is among what a reader is to be spared, as the index has it. `shown` has its item at hand."""
    about = {f"{term}." for term in shown.terms}
    return (
        shown.handle in choices.items
        or not set(choices.notes).isdisjoint(shown.notes)
        or any(term.startswith(f"{theme}.") for theme in choices.themes for term in about)
        or bool(choices.tellers and teller_of(shown) in choices.tellers)
    )
