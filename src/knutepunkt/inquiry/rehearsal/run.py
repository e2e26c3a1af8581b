"""The rehearsal from beginning to end: two PDFs and one result, in which none of the words stand."""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.urls import reverse

from knutepunkt.consent.choices import Leaving
from knutepunkt.inquiry.actions import reporting
from knutepunkt.inquiry.actions.frame import NotYet
from knutepunkt.inquiry.models import Participant, Quotation, Source
from knutepunkt.inquiry.queries.findings import usable_quotations
from knutepunkt.inquiry.rehearsal import echoes, walk
from knutepunkt.inquiry.rehearsal.browser import Visitor
from knutepunkt.inquiry.rehearsal.surfaces import (
    ALL_PAGES,
    OTHERS_OWN,
    SAMPLES,
    Place,
    look,
    orphaned_terms,
    pages,
    storage,
)
from knutepunkt.inquiry.rehearsal.words import Withdrawn
from knutepunkt.web.jobs import work_off

ECHOED = 4
BEFORE, AT_ONCE, CLEANED = "before", "at once", "after the job"
ANEW, NO = "after others wrote anew", "after a no from another"


def rehearse(paths: list[Path], out: Path, log: Path | None = None) -> dict[str, Any]:
    """Carry the files through the whole job and one withdrawal, and write what was found to a folder."""
    begun = time.monotonic()
    out.mkdir(parents=True, exist_ok=True)
    going = walk.begin(paths)
    result: dict[str, Any] = {
        "files": [asdict(one) for one in going.files], "quotations_placed": [], "withdrawn": [], "surfaces": [],
        "others_unchanged": True, "faults": {}, "ok": False,
    }  # fmt: skip
    if going.participants():
        walk.analyse(going)
        walk.ask(going)
        target = _choose(going)
        _withdraw_and_search(going, target, out, log, result)
    result["seconds"] = round(time.monotonic() - begun, 1)
    result["ok"] = _is_well(result)
    (out / "result.json").write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    return result


def _choose(going: walk.Walk) -> Participant:
    """Who takes the words back: one with quotations, from a file with several speakers where there is one."""

    def weight(one: Participant) -> tuple[bool, int]:
        beside = Source.objects.filter(turns__participant=one, turns__isnull=False)
        others = beside.filter(turns__participant__isnull=False).exclude(turns__participant=one).exists()
        several = others or Participant.objects.filter(turns__source__in=beside).exclude(pk=one.pk).exists()
        return several, Quotation.objects.filter(passage__voices__participant=one).count()

    return max(going.participants(), key=weight)


def _own_and_others(going: walk.Walk, target: Participant) -> tuple[list[str], list[str]]:
    """The target's turns, and everybody else's, the interviewers' too."""
    own: list[str] = []
    others: list[str] = []
    for source in going.inquiry.sources.order_by("made_at"):
        for turn in source.turns.order_by("number"):
            is_own = turn.participant_id == target.pk
            (own if is_own else others).append(source.text[turn.start : turn.end])
    return own, others


def _left(going: walk.Walk, target: Participant) -> Iterator[str]:
    """What each source will be: words of others that stand beside each other are not the target's."""
    for source in going.inquiry.sources.order_by("made_at"):
        turns = [t for t in source.turns.order_by("number") if t.participant_id != target.pk]
        yield "\n".join(source.text[turn.start : turn.end] for turn in turns)


def _withdraw_and_search(
    going: walk.Walk, target: Participant, out: Path, log: Path | None, result: dict[str, Any]
) -> None:
    own, others = _own_and_others(going, target)
    theirs = Quotation.objects.filter(passage__voices__participant=target)
    words = Withdrawn.of(own, [*others, *_left(going, target)], theirs.values_list("words", flat=True))
    other = next((one for one in going.participants() if one.pk != target.pk), None)
    repeated = echoes.repeat(going, words.samples(ECHOED), other)
    walk.publish(going)
    work_off()
    place = Place(going, target, other, log, words.samples(SAMPLES))
    placed = usable_quotations(going.inquiry)
    result["quotations_placed"] = [
        {"id": str(q.pk), "finding": q.finding.number, "words": len(q.words.split())} for q in placed
    ]
    result["withdrawn"] = [
        _told(going, target, theirs)
        | {"turns": len(own), "words": sum(len(text.split()) for text in own), "runs": len(words.runs)}
        | {"terms": len(words.terms), "echoes": repeated.places}
    ]
    _save_pdf(going, out / "before.pdf")
    result["surfaces"] += look(_named(place) | storage(place), words, BEFORE)
    passages = _others_passages(going, target)

    _withdraw(going, target)

    result["surfaces"] += _look_at_pages(pages(place), words, repeated, AT_ONCE)
    work_off()
    _save_pdf(going, out / "after.pdf")
    result["surfaces"] += _look_at_pages(_named(place), words, repeated, CLEANED)
    result["surfaces"] += look(storage(place), words.without(repeated.texts), CLEANED)
    result["others_unchanged"] = (
        _own_and_others(going, target)[1] == others and passages.items() <= _others_passages(going, target).items()
    )
    result["hidden"] = echoes.write_anew(going, other)
    try:
        reporting.publish_report(by=going.lead, inquiry=going.inquiry)
    except NotYet as refusal:  # nothing is left to publish when the only voice is gone
        result["refused_anew"] = [str(sentence) for sentence in refusal.missing]
    work_off()
    result["surfaces"] += [*look(pages(place) | storage(place), words, ANEW), _index(words)]
    result["surfaces"] += _say_no(going, place, other)
    result["faults"] = place.faults()


def _say_no(going: walk.Walk, place: Place, other: Participant | None) -> list[dict[str, Any]]:
    """Another participant says no to a quotation that is published: it leaves page, PDF and search at once."""
    own = [q for q in usable_quotations(going.inquiry) if other and q.passage.voices.filter(participant=other)]
    if not own:
        return []
    words = Withdrawn.of([own[0].words], [q.words for q in usable_quotations(going.inquiry) if q.pk != own[0].pk], [])
    place.holders[-1].client.post(
        reverse("inquiry:my-quotations"), {"quotation": str(own[0].pk), "answer": "no"}
    )
    place.samples = words.samples(SAMPLES)
    shown = {name: texts for name, texts in pages(place).items() if name in {"public page", "PDF", "public search"}}
    return look(shown, words, NO)


def _named(place: Place) -> dict[str, Any]:
    """The pages by name, without walking every link."""
    return {name: texts for name, texts in pages(place).items() if name not in ALL_PAGES}


def _look_at_pages(surfaces: dict[str, Any], words: Withdrawn, repeated: echoes.Echoes, when: str) -> list[dict[str, Any]]:
    """Search pages; another participant sees their own echo, which is theirs, until they write anew."""
    own = {name: texts for name, texts in surfaces.items() if name == OTHERS_OWN}
    rest = {name: texts for name, texts in surfaces.items() if name != OTHERS_OWN}
    return look(rest, words, when) + look(own, words.without(repeated.texts), when)


def _others_passages(going: walk.Walk, target: Participant) -> dict[int, str]:
    """The passages that hold none of the target's words, with what they hold."""
    return {
        passage.pk: source.text[passage.start : passage.end]
        for source in going.inquiry.sources.all()
        for passage in source.passages.exclude(voices__participant=target)
    }


def _index(words: Withdrawn) -> dict[str, Any]:
    count, orphans = orphaned_terms()
    return {"surface": "terms of the index", "when": ANEW, "searched": count, "found": len(orphans & words.terms)}


def _told(going: walk.Walk, target: Participant, theirs: Any) -> dict[str, Any]:
    source = Source.objects.filter(turns__participant=target).first()
    speakers = Participant.objects.filter(turns__source=source).distinct().count()
    return {
        "participant": target.code, "source": source.code if source else "", "speakers_in_source": speakers,
        "quotations": [str(pk) for pk in theirs.values_list("pk", flat=True)],
        "participants": len(going.participants()),
    }


def _save_pdf(going: walk.Walk, path: Path) -> None:
    """The PDF as anyone fetches it."""
    address = reverse("inquiry:public-pdf", args=[going.inquiry.slug])
    path.write_bytes(Visitor().client.get(address).content)


def _withdraw(going: walk.Walk, target: Participant) -> None:
    """The participant types the code from the slip and takes the words back."""
    holder = Visitor(slip=going.slips[target.key])
    holder.client.post(reverse("consent:withdraw"), {"how": Leaving.DELETE})


def _is_well(result: dict[str, Any]) -> bool:
    """Something was imported and quoted, the search could find it before, and finds none of it after."""
    before = {line["surface"]: line["found"] for line in result["surfaces"] if line["when"] == BEFORE}
    after = [line for line in result["surfaces"] if line["when"] != BEFORE]
    has_quoted = bool(result["withdrawn"] and result["withdrawn"][0]["quotations"])
    could_find = all(before.get(name) for name in ("PDF", "public page", "workbench", "every table", "every file"))
    return (
        any(one["ok"] for one in result["files"])
        and (could_find or not has_quoted)
        and bool(result["withdrawn"])
        and not any(line["found"] for line in after)
        and result["others_unchanged"]
        and not result["faults"]
    )
