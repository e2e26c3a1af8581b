"""The desk: training, reading, taking in, asking for changes, declining by a rule; passing on; the reply and the second look."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from knutepunkt.consent.actions import hold_consent, note_reading
from knutepunkt.organisations.choices import Role
from knutepunkt.organisations.queries import people_with_role
from knutepunkt.stories.actions.caring_seam import NotReady, take_into_the_house
from knutepunkt.stories.actions.publishing import content_of, hold_shown, take_down
from knutepunkt.stories.actions.telling import locked
from knutepunkt.stories.actions.telling_consent import make_private
from knutepunkt.stories.choices.caring import ON_DESK, PROMISE, SOON, TAKEN_OUT, Answered
from knutepunkt.stories.choices.item import Kind, State
from knutepunkt.stories.methods.contents import tidy
from knutepunkt.stories.models import DeskAnswer, Item, PassedOn, Published, Trained
from knutepunkt.stories.queries.caring import newest_answer_key, rules_now, trained_people
from knutepunkt.web.keystore.models import Gone
from knutepunkt.web.notices import give_notice, told_today
from knutepunkt.web.sealing import seal_text
from knutepunkt.web.trail import record

__all__ = ["NotReady"]
READ = "stories-at-desk"


class AnsweredBefore(Exception):
    """Somebody else has answered already, or the teller has taken it back."""


class SamePerson(Exception):
    """Who answered first may not decide again; nobody decides on what they told, and nobody trains themselves."""


class NoRule(Exception):
    """A no needs a rule that stands, and the very sentence it is about."""


class NotInTheText(Exception):
    """The sentence does not stand in what was told."""


class NotHere(Exception):
    """The one asked instead may not decide at this desk."""


@transaction.atomic
def give_training(*, by: Any, person: Any, organisation: Any) -> Trained:
    """Note that somebody has learnt to care for what others tell, so that they may decide at this desk. Once.

    Raises:
        SamePerson: nobody trains themselves.
    """
    if person.pk == by.pk:
        raise SamePerson
    row, is_new = Trained.objects.get_or_create(
        person=person, organisation=organisation, defaults={"trained_on": timezone.localdate(), "given_by": by.pk}
    )
    if is_new:
        record("stories:training:given", by=by, about=f"people.person:{person.pk}", within=f"organisations.organisation:{organisation.pk}")
        give_notice(person, "stories.trained", organisation=organisation.pk)
    return row


@transaction.atomic
def end_training(*, by: Any, trained: Trained) -> None:
    """From now on somebody decides no more at this desk; what they answered stands."""
    record("stories:training:ended", by=by, about=f"people.person:{trained.person_id}", within=f"organisations.organisation:{trained.organisation_id}")
    trained.delete()


def note_opened(*, by: Any, item: Item) -> None:
    """Write in the teller's own access log, or that of their receipt, that somebody at the desk has opened it."""
    about = f"people.person:{item.person_id}" if item.person_id else item.key
    note_reading(by=by, about=about, what=f"{READ}:{item.handle}")


def _locked(item: Item, by: Any, *states: str) -> Item:
    """The item as it is now, for this transaction alone.

    Raises:
        AnsweredBefore: it is in none of these states.
        SamePerson: it is one's own.
    """
    row = Item.objects.select_for_update().get(pk=item.pk)
    if row.state not in states:
        raise AnsweredBefore
    if row.person_id == by.pk:
        raise SamePerson
    return row


def _waiting(item: Item, by: Any, seen: int) -> Item:
    """The item on the desk, if nobody has answered since the page was opened; `seen` is the newest answer then, or 0."""
    row = _locked(item, by, *ON_DESK)
    if seen != newest_answer_key(row):
        raise AnsweredBefore
    return row


def _answer(item: Item, by: Any, outcome: str, *, words: str = "", sentence: str = "", rule: str = "", version: str = "", notice: str = "") -> DeskAnswer:
    made = DeskAnswer(item=item, outcome=outcome, by=by, rule=rule, rules_version=version)
    for name, text in (("words", words), ("sentence", sentence)):
        if text.strip():
            setattr(made, name, seal_text(item.key_owner, made.field(name), text.strip()))
    made.save()
    PassedOn.objects.filter(item=item).delete()
    if outcome != Answered.TAKEN_IN:  # of that the teller is told where the item goes on
        _tell_teller(item, f"stories.desk-{notice or outcome}")
    record(f"stories:item:{outcome.replace('_', '-')}", by=by, about=item.key)
    return made


def _tell_teller(item: Item, kind: str) -> None:
    if item.person_id:
        give_notice(item.person_id, kind, handle=item.handle)


@transaction.atomic
def take_in(*, by: Any, item: Item, seen: int) -> DeskAnswer:
    """Yes: it goes on to rest before it is shown, and the teller is told.

    Args:
        by: who is trained at the desk; found so by the rule.
        item: what waits, sent or being worked on together.
        seen: the newest answer the page showed, by its key; 0 where there was none.

    Raises:
        AnsweredBefore: somebody else was first, or it has been taken back.
        SamePerson: it is one's own.
        NotReady: a proposed change waits for the teller, or the consent has ended.
    """
    row = _waiting(item, by, seen)
    made = _answer(row, by, Answered.TAKEN_IN)
    take_into_the_house(by=by, item=row)
    return made


@transaction.atomic
def ask_for_changes(*, by: Any, item: Item, seen: int, words: str) -> DeskAnswer:
    """Ask the teller to work on it together; changes are proposed and answered on pages of their own.

    Raises:
        AnsweredBefore, SamePerson: as `take_in`.
    """
    row = _waiting(item, by, seen)
    row.state = State.EDITING
    row.save(update_fields=["state"])
    return _answer(row, by, Answered.CHANGES, words=words)


@transaction.atomic
def decline(*, by: Any, item: Item, seen: int, rule: str, sentence: str, words: str = "") -> DeskAnswer:
    """No, by a public rule and the very sentence it is about, both told to the teller, who may reply.

    Raises:
        NoRule: no such rule, or no sentence.
        NotInTheText: the sentence stands nowhere in the words.
        AnsweredBefore, SamePerson: as `take_in`.
    """
    row = _waiting(item, by, seen)
    told = content_of(row)
    version = _cited(rule, sentence, (str(told[name]) for name in ("title", "summary", "text")))
    row.state = State.DECLINED
    row.save(update_fields=["state"])
    return _answer(row, by, Answered.DECLINED, words=words, sentence=sentence, rule=rule, version=version)


@transaction.atomic
def take_out(*, by: Any, item: Item, rule: str, sentence: str, words: str = "") -> DeskAnswer:
    """Take out of the library what a reader told of, by a public rule and the very sentence; the teller is told, keeps the words, and may reply.

    Raises:
        NoRule, NotInTheText: as `decline`; the sentence stands in what readers see.
        AnsweredBefore, SamePerson: it is not shown any more, or it is one's own.
    """
    hold_consent(item.key)
    row = _locked(item, by, State.PUBLISHED)
    shown = hold_shown(row)
    if shown is None:
        raise AnsweredBefore
    version = _cited(rule, sentence, (shown.title, shown.summary, shown.text))
    take_down(row)
    row.state = State.DECLINED
    row.save(update_fields=["state"])
    made = _answer(row, by, Answered.DECLINED, words=words, sentence=sentence, rule=rule, version=version, notice="out")
    record("stories:item:taken-out", by=by, about=row.key)
    transaction.on_commit(partial(_note_for_restores, str(row.pk)))
    return made


def _note_for_restores(key: str) -> None:
    """Note, apart from the data, that it was taken out at this moment."""
    Gone.objects.filter(what=TAKEN_OUT, key=key).delete()
    Gone.objects.create(what=TAKEN_OUT, key=key)


def replay_taken_out() -> int:
    """After a restore: take out again what was taken out, unless it was shown anew since. Its words are private again. Returns how many."""
    taken = dict(Gone.objects.filter(what=TAKEN_OUT).values_list("key", "at"))
    rows = Published.objects.filter(item_id__in=list(taken)).select_related("item")
    old = [row.item for row in rows if row.published_at < taken[str(row.item_id)]]
    for item in old:
        with transaction.atomic():
            hold_consent(item.key)
            make_private(locked(item))
            record("stories:item:taken-out", by="restore", about=item.key)
    return len(old)


def _cited(rule: str, sentence: str, texts: Iterable[str]) -> str:
    """The version of the rules a no goes by, when rule and sentence both stand.

    Raises:
        NoRule, NotInTheText: as `decline`.
    """
    version, known = rules_now()
    if rule not in {term.key for term in known} or not sentence.strip():
        raise NoRule
    if _even(sentence) not in _even(" ".join(texts)):
        raise NotInTheText
    return version


def _even(text: str) -> str:
    """The words alone, with one blank between."""
    return " ".join(tidy(text).split())


@transaction.atomic
def pass_on(*, by: Any, item: Item, to: Any = None) -> PassedOn:
    """Put down what is too heavy, without saying why: it leaves one's own desk. Perhaps somebody is asked instead.

    Raises:
        NotHere: the one asked is not trained at this desk, told it, or is oneself.
    """
    if to is not None and (to.pk not in trained_people(item.organisation_id) or to.pk in (by.pk, item.person_id)):
        raise NotHere
    row, is_new = PassedOn.objects.update_or_create(item=item, by=by, defaults={"to": to})
    if to is not None:
        give_notice(to, "stories.handed-to-you", handle=item.handle)
    if is_new:
        record("stories:item:passed-on", by=by, about=item.key)
        _ask_for_more(item)
    return row


def _ask_for_more(item: Item) -> None:
    """Where everybody at the desk has put it down, its coordinators are told that more must be trained: the teller was promised an answer."""
    passed = set(PassedOn.objects.filter(item=item).values_list("by_id", flat=True))
    if item.organisation is None or set(trained_people(item.organisation_id)) - passed - {item.person_id}:
        return
    for person in people_with_role(Role.COORDINATOR, [item.organisation_id]):
        give_notice(person, "stories.nobody-left", slug=item.organisation.slug)


def _held(answer: DeskAnswer) -> DeskAnswer:
    """An answer as it is now, held until the transaction ends; the item first, as everywhere."""
    Item.objects.select_for_update().get(pk=answer.item_id)
    return DeskAnswer.objects.select_for_update(of=("self",)).select_related("item").get(pk=answer.pk)


@transaction.atomic
def reply_to_desk(*, answer: DeskAnswer, text: str) -> DeskAnswer:
    """The teller says what they think of a no, once; another than who said it then decides, and is told to look.

    Raises:
        AnsweredBefore: replied to already, or the item is elsewhere now.
    """
    row = _held(answer)
    if row.outcome != Answered.DECLINED or row.replied_at is not None or row.item.state != State.DECLINED:
        raise AnsweredBefore
    row.reply, row.replied_at = seal_text(row.item.key_owner, row.field("reply"), text.strip()), timezone.now()
    row.save(update_fields=["reply", "replied_at"])
    for person in trained_people(row.item.organisation_id):
        if person not in (row.by_id, row.item.person_id):
            give_notice(person, "stories.second-look", handle=row.item.handle)
    record("stories:answer:replied-to", by="teller", about=row.item.key)
    return row


@transaction.atomic
def decide_again(*, by: Any, answer: DeskAnswer, stands: bool, words: str) -> DeskAnswer:
    """A second pair of eyes decides for good: the no stands, or it is taken in after all. The teller is told.

    Raises:
        SamePerson: by who answered first, or by the teller.
        AnsweredBefore: nobody has replied, or it is decided.
    """
    row = _held(answer)
    if by.pk == row.by_id:
        raise SamePerson
    if row.replied_at is None or row.stands is not None:
        raise AnsweredBefore
    item = _locked(row.item, by, State.DECLINED)
    row.stands, row.second, row.second_at = stands, by, timezone.now()
    row.second_words = seal_text(item.key_owner, row.field("second_words"), words.strip())
    row.save(update_fields=["stands", "second", "second_at", "second_words"])
    _tell_teller(item, "stories.desk-decided")
    record(f"stories:answer:{'stands' if stands else 'undone'}", by=by, about=item.key)
    if not stands:
        item.state = State.SENT
        item.save(update_fields=["state"])
        take_into_the_house(by=by, item=item)
    return row


def remind_desk() -> int:
    """Once a day: tell those at the desk that something has waited until few days are left of the promise. Returns how many were told."""
    late = timezone.now() - PROMISE + SOON
    organisations = Item.objects.filter(kind=Kind.STORY, state=State.SENT, sent_at__lt=late).values_list("organisation_id", flat=True)
    told = 0
    for organisation in sorted({o for o in organisations if o}):
        people = trained_people(organisation)
        before = told_today("stories.desk-waits", people)
        for person in people:
            if person not in before:
                give_notice(person, "stories.desk-waits", organisation=organisation)
                told += 1
    return told
