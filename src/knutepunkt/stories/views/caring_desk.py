"""The public rules; the desk with its answers, handing on and training; and what the teller sees of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from knutepunkt.consent.queries import current_consent
from knutepunkt.organisations.queries import organisations_by_id, organisations_where, people_with_any_role
from knutepunkt.people.queries import people_by_key
from knutepunkt.stories.actions import caring_desk as actions
from knutepunkt.stories.actions.publishing import content_of
from knutepunkt.stories.choices.caring import PROMISE, Answered
from knutepunkt.stories.choices.item import Kind, State, ToldAs
from knutepunkt.stories.choices.telling import OtherSaid
from knutepunkt.stories.forms import caring as forms
from knutepunkt.stories.models import Attachment, DeskAnswer, Item
from knutepunkt.stories.queries import caring as queries
from knutepunkt.stories.queries import caring_uses as uses
from knutepunkt.stories.queries.finding_names import names_of_notes
from knutepunkt.stories.rules.caring import TRAINERS, Told
from knutepunkt.stories.views import caring_finding as find
from knutepunkt.web.access import page
from knutepunkt.web.files import FileMissing, read_file
from knutepunkt.web.paging import page_by_key, whole_number
from knutepunkt.web.sealing import KeyGone, unseal_own


@page("stories.read_rules")
def rules(request: HttpRequest) -> HttpResponse:
    """The public rules, how long it takes, who decides, how to disagree."""
    version, terms = queries.rules_now()
    return render(request, "stories/caring/rules.html", {"version": version, "rules": terms, "days": PROMISE.days})


@page("stories.see_desk")
def desk(request: HttpRequest) -> HttpResponse:
    """What waits at this person's desks, oldest first; replies to decide on, and uses to check."""
    trained = queries.trained_at(request.user)
    waiting = queries.items_at_desk(request.user)
    rows = page_by_key(waiting.filter(state=State.SENT), request, order="sent_at", size=20)
    return render(request, "stories/caring/desk.html", {
        "trained": bool(trained), "rows": [(row, queries.promise_of(row.sent_at)) for row in rows], "paging": rows,
        "together": waiting.filter(state=State.EDITING).order_by("sent_at", "pk")[:20],
        "judged": queries.answers_to_judge(request.user).order_by("replied_at", "pk")[:20],
        "uses": uses.uses_to_check(request.user).order_by("made_at", "pk")[:20],
        "edits": bool(queries.edits_at(request.user)),
        "trains": organisations_by_id(organisations_where(request.user, *TRAINERS))[:20],
    })  # fmt: skip


def _opened(request: HttpRequest, item: Item) -> dict[str, Any] | None:
    """The words of what waits, with the reading told in the teller's own log; nothing where they were taken back this moment."""
    try:
        content = content_of(item)
    except KeyGone:
        return None
    actions.note_opened(by=request.user, item=item)
    return content


@page("stories.decide_item", writes=True, of=find.at_desk)
def desk_item(request: HttpRequest, item: Item) -> HttpResponse:
    """Open one: content notes first, the words after; take it in, or go on to another answer."""
    if request.method == "POST":
        try:
            actions.take_in(by=request.user, item=item, seen=whole_number(request.POST.get("seen", ""), otherwise=-1))
        except actions.AnsweredBefore:
            return _too_late(request)
        except actions.NotReady:
            messages.warning(request, _("Den kan ikke tas inn ennå. Et forslag venter på den som fortalte, eller samtykket gjelder ikke lenger."))
            return redirect("stories:desk-item", item.handle)
        messages.success(request, _("Den er tatt inn. Den som fortalte, får beskjed. Nå hviler den før den blir vist."))
        return redirect("stories:desk")
    content = _opened(request, item)
    if content is None:
        return _too_late(request)
    parts = _parts_of(item) if item.has_files else []  # type: ignore[attr-defined]
    says = unseal_own(item.key_owner, {part.field: bytes(part.says) for part in parts if part.says})
    for part in parts:
        part.told = says.get(part.field, b"").decode()  # type: ignore[attr-defined]
    return render(request, "stories/caring/desk_item.html", {
        "item": item, "content": content, "promise": queries.promise_of(item.sent_at), "seen": _seen(item), "notes": names_of_notes(content["notes"]),
        "agreed": _other_agreed(item), "parts": parts, "part_route": "stories:desk-part",
    })  # fmt: skip


def _parts_of(item: Item) -> list[Attachment]:
    """Sound, pictures and files of a story."""
    return list(item.attachments.select_related("stored"))


def _other_agreed(item: Item) -> str:
    """How somebody else agreed that their story is told, where it is told for them."""
    if item.told_as != ToldAs.FOR_OTHER:
        return ""
    consent = current_consent(item.key)
    if consent is None:
        return _("Fortalt på vegne av en annen.")
    if consent.how == OtherSaid.SPOKEN:
        return _("Fortalt på vegne av en annen, som har sagt ja muntlig. %(name)s hørte på.") % {"name": consent.witness_name}
    return _("Fortalt på vegne av en annen, som har sagt ja på et ark.")


def _seen(item: Item) -> int:
    """The newest answer there was when the page was opened."""
    return item.newest or 0  # type: ignore[attr-defined]


def _too_late(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Den er svart på av en annen, eller tatt tilbake. Her er det ikke mer å gjøre."))
    return redirect("stories:desk")


@page("stories.decide_item", of=find.part_at_desk)
def desk_part(request: HttpRequest, item: Item) -> HttpResponse:
    """A sound, picture or file of what waits at the desk."""
    return _served(request, item.part_wanted)  # type: ignore[attr-defined]


@page("stories.decide_again", of=find.part_to_judge)
def desk_again_part(request: HttpRequest, answer: DeskAnswer) -> HttpResponse:
    """A sound, picture or file of what is read a second time."""
    return _served(request, answer.part_wanted)  # type: ignore[attr-defined]


def _served(request: HttpRequest, part: Attachment) -> HttpResponse:
    actions.note_opened(by=request.user, item=part.item)
    try:
        response = HttpResponse(read_file(part.stored), content_type=part.stored.media_type)
    except FileMissing:
        return HttpResponse(status=404)
    response["Cache-Control"] = "no-store, private"
    response["Content-Disposition"] = "attachment" if part.part == "file" else "inline"
    return response


@page("stories.decide_item", writes=True, of=find.at_desk)
def desk_changes(request: HttpRequest, item: Item) -> HttpResponse:
    """Ask the teller to work on it together."""
    form = forms.AskChangesForm(request.POST or None, initial={"seen": _seen(item)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_changes(by=request.user, item=item, **form.cleaned_data)
        except actions.AnsweredBefore:
            return _too_late(request)
        messages.success(request, _("Den som fortalte, får beskjed. Nå kan du foreslå endringer, én for én."))
        return redirect("stories:changes", item.handle)
    return render(request, "stories/caring/desk_changes.html", {"item": item, "form": form})


@page("stories.decide_item", writes=True, of=find.at_desk)
def desk_decline(request: HttpRequest, item: Item) -> HttpResponse:
    """Say no, by rule and sentence."""
    _version, terms = queries.rules_now()
    form = forms.DeclineForm(request.POST or None, rules=terms, initial={"seen": _seen(item)})
    says = _("Svaret er sendt. Den som fortalte, kan svare deg. Da bestemmer en annen.")
    if request.method == "POST" and form.is_valid() and (answered := _answered_by_rule(request, item, form, actions.decline, says)):
        return answered
    content = _opened(request, item)
    if content is None:
        return _too_late(request)
    return render(request, "stories/caring/desk_decline.html", {"item": item, "form": form, "content": content})


@page("stories.take_out", writes=True, of=find.reported)
def reported(request: HttpRequest, item: Item) -> HttpResponse:
    """A reader has told of a story: read it as all do; leave it, or take it out by rule and sentence."""
    _version, terms = queries.rules_now()
    form = forms.TakeOutForm(request.POST or None, rules=terms)
    says = _("Den er tatt ut. Den som fortalte, får beskjed, og kan svare. Da bestemmer en annen.")
    if request.method == "POST" and form.is_valid() and (answered := _answered_by_rule(request, item, form, actions.take_out, says)):
        return answered
    return render(request, "stories/caring/reported.html", {"item": item, "shown": item.shown, "form": form})


def _answered_by_rule(request: HttpRequest, item: Item, form: Any, act: Callable[..., Any], says: str) -> HttpResponse | None:
    """Answer by rule and sentence, and go back to the desk; nothing where the sentence is not in the text, and the form is to be shown again."""
    try:
        act(by=request.user, item=item, **form.cleaned_data)
    except actions.NotInTheText:
        form.add_error("sentence", _("Denne setningen står ikke i teksten. Kopier den akkurat slik den er skrevet."))
        return None
    except actions.AnsweredBefore:
        return _too_late(request)
    messages.success(request, says)
    return redirect("stories:desk")


def _others(item: Item, person: Any) -> list[tuple[str, str]]:
    keys = [key for key in queries.trained_people(item.organisation_id) if key not in (person.pk, item.person_id)]
    return sorted([(str(p.pk), p.chosen_name) for p in people_by_key(keys).values()], key=lambda one: one[1])


@page("stories.decide_item", writes=True, of=find.at_desk)
def desk_pass(request: HttpRequest, item: Item) -> HttpResponse:
    """Hand it to another without saying why; and a line to support."""
    form = forms.PassOnForm(request.POST or None, people=_others(item, request.user))
    if request.method == "POST" and form.is_valid():
        to = form.cleaned_data["to"]
        try:
            actions.pass_on(by=request.user, item=item, to=people_by_key([UUID(to)])[UUID(to)] if to else None)
        except actions.NotHere:
            form.add_error("to", _("Velg en annen."))
        else:
            return redirect("stories:desk-passed")
    return render(request, "stories/caring/desk_pass.html", {"item": item, "form": form})


@page("stories.see_desk")
def desk_passed(request: HttpRequest) -> HttpResponse:
    """It is put down; where one can talk."""
    return render(request, "stories/caring/desk_passed.html")


@page("stories.decide_again", writes=True, of=find.to_judge)
def desk_again(request: HttpRequest, answer: DeskAnswer) -> HttpResponse:
    """A second pair of eyes: the words, the no, the reply; then a decision for good."""
    item, form = answer.item, forms.AgainForm(request.POST or None)
    if answer.stands is not None or item.state != State.DECLINED:
        return _too_late(request)
    if request.method == "POST" and form.is_valid():
        stands = form.cleaned_data["stands"] == "yes"
        try:
            actions.decide_again(by=request.user, answer=answer, stands=stands, words=form.cleaned_data["words"])
        except (actions.AnsweredBefore, actions.NotReady):
            return _too_late(request)
        messages.success(request, _("Det er bestemt. Den som fortalte, får beskjed."))
        return redirect("stories:desk")
    try:
        parts = _parts_of(item) if answer.has_files else []  # type: ignore[attr-defined]
        said, content = queries.words_with_item(answer, parts=parts)
    except KeyGone:
        return _too_late(request)
    actions.note_opened(by=request.user, item=item)
    return render(request, "stories/caring/desk_again.html", {
        "item": item, "form": form, "content": content, "said": said, "answer": answer, "notes": names_of_notes(content["notes"]),
        "rule": queries.rule_shown(answer.rule, answer.rules_version), "parts": parts, "part_route": "stories:desk-again-part",
    })  # fmt: skip


@page("stories.give_training", writes=True, of=find.organisation)
def training(request: HttpRequest, organisation: Any) -> HttpResponse:
    """Who is trained at an organisation's desk; give it, or end it."""
    rows = list(queries.trained_in(organisation.pk)[:200])
    there = {row.person_id for row in rows}
    able = [key for key in people_with_any_role(queries.AT_DESK, organisation.pk) if key not in there and key != request.user.pk]
    people = people_by_key(able)
    choices = sorted([(str(p.pk), p.chosen_name) for p in people.values()], key=lambda one: one[1])
    form = forms.TrainForm(request.POST if request.POST.get("act") == "give" else None, people=choices)
    if request.method == "POST":
        ended = next((row for row in rows if row.pk == whole_number(request.POST.get("trained", ""))), None)
        if request.POST.get("act") == "end" and ended is not None:
            actions.end_training(by=request.user, trained=ended)
            return redirect("stories:training", organisation.slug)
        if form.is_valid():
            actions.give_training(by=request.user, person=people[UUID(form.cleaned_data["person"])], organisation=organisation)
            messages.success(request, _("Det er lagret. Nå kan de bestemme ved bordet."))
            return redirect("stories:training", organisation.slug)
    return render(request, "stories/caring/training.html", {"organisation": organisation, "rows": rows, "form": form, "any": bool(choices)})


@page("stories.answer_desk", writes=True, of=find.told)
def answer(request: HttpRequest, told: Told) -> HttpResponse:
    """What the desk answered, to the one who told: rule, sentence, words; and a reply that another than they decides on."""
    row, item = queries.newest_answer(told.item), told.item
    form = forms.ReplyForm(request.POST or None)
    is_story = item.kind == Kind.STORY
    may_reply = is_story and row is not None and row.outcome == Answered.DECLINED and row.replied_at is None and item.state == State.DECLINED
    if request.method == "POST" and row is not None and may_reply and form.is_valid():
        try:
            actions.reply_to_desk(answer=row, text=form.cleaned_data["text"])
        except actions.AnsweredBefore:
            messages.info(request, _("Du har svart på dette før."))
        else:
            messages.success(request, _("Takk. En annen enn den som svarte deg, leser nå alt på nytt."))
        return redirect("stories:desk-answer", item.handle)
    try:
        said = queries.words_of(row) if row is not None else {}
    except KeyGone:
        row, said = None, {}
    return render(request, "stories/caring/answer.html", {
        "item": item, "answer": row, "said": said, "form": form, "may_reply": may_reply, "is_story": is_story,
        "rule": queries.rule_shown(row.rule, row.rules_version) if row is not None else None,
        "promise": queries.promise_of(item.sent_at), "waits": item.state == State.SENT,
    })  # fmt: skip
