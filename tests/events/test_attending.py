"""The code on the wall, slips shown to the host, pictures, and two people changing the same event."""

import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from knutepunkt.events.actions import hosting, pictures, planning, taking_part
from knutepunkt.events.models import DropIn, Event, Feedback, Registration, Session
from knutepunkt.web.models import StoredFile
from tests import factories as make
from tests.events.test_pages import host_of, of, read, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def shown_code(page: str) -> str:
    return page.split('kp-codecard-code">')[1].split("<", maxsplit=1)[0]


def with_code(client: Client, code: str) -> str:
    client.post(reverse("events:here"), {"code": code})
    return read(client, reverse("events:here-now"))


def test_scanning_the_code_on_the_wall_marks_an_account_a_slip_and_counts_the_rest() -> None:
    session, person = make.session(), make.person("Ask")
    own = taking_part.register(by=person, session=session)
    slip = taking_part.register(by="guest", session=session, guest_name="Bo")
    code_of_slip = taking_part.issue_slip(by="guest", registration=slip)
    make.begun(session)
    host = host_of(session)
    assert "kp-codecard" not in read(host, of("door", session))
    code = shown_code(host.post(of("door", session)).content.decode())

    account, guest, stranger = signed_in(person), Client(), Client()
    guest.post(reverse("events:code"), {"code": code_of_slip})
    for client in (account, guest, stranger):
        assert "Jeg er her" in with_code(client, code)
        assert Registration.objects.filter(came=True).count() == [0, 1, 2][[account, guest, stranger].index(client)]
        client.post(reverse("events:here-now"))
        client.post(reverse("events:here-now"))
        assert "Velkommen" in read(client, reverse("events:here-now"))

    assert [Registration.objects.get(pk=r.pk).came for r in (own, slip)] == [True, True]
    assert DropIn.objects.get().people == 1


def test_the_code_on_the_wall_works_only_while_it_goes_on_and_dies_when_renewed() -> None:
    session = make.session()
    host, client = host_of(session), Client()
    first = shown_code(host.post(of("door", session)).content.decode())

    with_code(client, first)
    client.post(reverse("events:here-now"))
    assert DropIn.objects.count() == 0
    host.post(of("door", session))

    assert client.get(reverse("events:here-now")).status_code == 302
    assert Client().post(reverse("events:here"), {"code": first}).status_code == 200
    assert Client().get(of("door", session)).status_code == 302


def test_a_host_who_scans_a_slip_can_mark_that_they_came_and_others_cannot() -> None:
    session = make.session()
    row = taking_part.register(by="guest", session=session, guest_name="Bo")
    code = taking_part.issue_slip(by="guest", registration=row)
    host, other = host_of(session), signed_in(make.person())

    for client in (other, host):
        client.post(reverse("events:code"), {"code": code})
        client.post(reverse("events:held"), {"act": "came"})
        row.refresh_from_db()
        assert bool(row.came) == (client is host)


def test_a_host_takes_off_somebody_who_phoned_and_the_next_is_offered_the_seat() -> None:
    session, other = make.session(capacity=1), make.session()
    seated, waiting = (taking_part.register(by="guest", session=session, guest_name=n) for n in ("Bo", "Dag"))
    elsewhere = taking_part.register(by="guest", session=other, guest_name="Annen")
    host = host_of(session)

    host.post(of("host", session), {"act": "off", "registration": elsewhere.pk})
    host.post(of("host", session), {"act": "off", "registration": "9" * 30})
    host.post(of("host", session), {"act": "off", "registration": seated.pk})

    assert [Registration.objects.get(pk=r.pk).state for r in (seated, waiting, elsewhere)] == ["cancelled", "offered", "registered"]


def photo(size: tuple[int, int] = (3000, 1200), kind: str = "JPEG") -> bytes:
    picture, out = Image.new("RGB", size, "teal"), io.BytesIO()
    exif = picture.getexif()
    exif[0x010F] = "Kamera"
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(out, kind, exif=exif)
    return out.getvalue()


def plan(event: Event, **other: Any) -> dict[str, Any]:
    series = event.series
    return {
        "organiser": event.organiser_id, "title": event.title, "kind": event.kind, "audience": event.audience, "language": "nb",
        "price_kroner": 0, "signing": event.signing, "version": event.version, "first_on": series.first_on.isoformat(),
        "clock": series.clock.strftime("%H:%M"), "minutes": series.minutes, "repeats": "", "may_just_sit": "on",
        "may_leave": "on", **other,
    }  # fmt: skip


def upload(content: bytes, name: str = "bilde.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_a_picture_is_kept_small_without_place_and_only_with_words() -> None:
    session = make.session()
    event, host, url = session.event, host_of(session), reverse("events:change", args=[session.event.slug])

    assert "Skriv med ord" in host.post(url, plan(event, picture=upload(photo()))).content.decode()
    assert "Vi kan ikke lese bildet" in host.post(url, plan(event, picture=upload(b"GIF89a"), picture_alt="Kaia")).content.decode()
    assert StoredFile.objects.count() == 0
    assert host.post(url, plan(event, picture=upload(photo()), picture_alt="Kaia i sol")).status_code == 302

    page = read(Client(), of("session", session))
    event.refresh_from_db()
    assert 'alt="Kaia i sol"' in page
    kept = Client().get(reverse("events:picture", args=[event.slug, event.picture_id]))
    assert (kept["Content-Type"], kept["Content-Disposition"]) == ("image/webp", "inline")
    seen = Image.open(io.BytesIO(kept.content))
    assert max(seen.size) == 2000
    assert not seen.getexif()
    assert b"Kamera" not in kept.content


def test_a_new_picture_replaces_the_file_of_the_old_and_it_can_be_taken_away(django_capture_on_commit_callbacks: Any) -> None:
    session = make.session()
    event = session.event
    with django_capture_on_commit_callbacks(execute=True):
        old = pictures.set_picture(by="t", event=event, content=photo((20, 20)), alt="Kaia").picture_id
        pictures.set_picture(by="t", event=event, content=photo((30, 30)), alt="Båten")
    assert StoredFile.objects.count() == 1
    assert Client().get(reverse("events:picture", args=[event.slug, old])).status_code == 404
    event.refresh_from_db()

    with django_capture_on_commit_callbacks(execute=True):
        host_of(session).post(reverse("events:change", args=[event.slug]), plan(event, no_picture="on", picture_alt="Båten"))

    event.refresh_from_db()
    assert (event.picture_id, event.picture_alt, StoredFile.objects.count()) == (None, "", 0)


def test_a_picture_of_a_draft_is_seen_by_hosts_alone() -> None:
    session = make.session(published=False)
    event = pictures.set_picture(by="t", event=session.event, content=photo((20, 20)), alt="Kaia")
    url = reverse("events:picture", args=[event.slug, event.picture_id])

    assert Client().get(url).status_code == 404
    assert host_of(session).get(url).status_code == 200


def test_two_hosts_at_once_see_both_and_lose_nothing() -> None:
    session = make.session(title="Kaffe")
    event, one, other = session.event, host_of(session), host_of(session)
    url = reverse("events:change", args=[event.slug])
    mine, theirs = plan(event, title="Kaffe og vafler"), plan(event, title="Te")
    assert one.post(url, theirs).status_code == 302

    page = other.post(url, mine).content.decode()

    event.refresh_from_db()
    assert event.title == "Te"
    assert "Noen andre lagret mens du skrev" in page
    assert 'value="Kaffe og vafler"' in page
    version = page.split('name="version" value="')[1].split('"')[0]
    assert other.post(url, {**mine, "version": version}).status_code == 302
    event.refresh_from_db()
    assert event.title == "Kaffe og vafler"


def test_a_weekly_rule_with_a_last_day_is_shown_as_one_and_saving_it_again_tells_nobody() -> None:
    until = timezone.localdate() + timedelta(days=60)
    session = make.session(rule=f"FREQ=WEEKLY;UNTIL={until:%Y%m%d}T235959Z")
    event, host = session.event, host_of(session)
    url = reverse("events:change", args=[event.slug])

    page = read(host, url)
    assert 'value="FREQ=WEEKLY" selected' in page
    assert f'value="{until.isoformat()}"' in page
    host.post(url, plan(event, repeats="FREQ=WEEKLY", last_on=until.isoformat()))

    session.refresh_from_db()
    event.refresh_from_db()
    assert (session.sequence, event.version, event.series.rule) == (0, 0, f"FREQ=WEEKLY;UNTIL={until:%Y%m%d}T235959Z")


def test_ten_thousand_days_off_are_taken_and_more_are_refused_in_words() -> None:
    session = make.session()
    host, url = host_of(session), reverse("events:change", args=[session.event.slug])
    days = [(timezone.localdate() + timedelta(days=n)).isoformat() for n in range(100, 10_101)]

    assert host.post(url, plan(session.event, repeats="FREQ=WEEKLY", except_on="\n".join(days[:-1]))).status_code == 302
    session.event.refresh_from_db()
    many = host.post(url, plan(session.event, repeats="FREQ=WEEKLY", except_on="\n".join(days)))

    assert "Skriv høyst 10000 dager." in many.content.decode()


def test_the_same_feedback_sent_twice_is_one_and_machines_are_turned_away() -> None:
    session = make.begun(make.session())
    url, key = of("feedback", session), str(uuid.uuid4())

    for _ in "ab":
        Client().post(url, {"was_welcome": "yes", "form_key": key})
    Client().post(url, {"was_welcome": "yes", "website": "kjøp nå"})
    Client().post(of("register", make.session()), {"guest_name": "Kjøp www.eksempel.no", "size": 1})
    Client().post(of("register", make.session()), {"guest_name": "Bo", "size": 1, "website": "x"})

    assert (Feedback.objects.count(), Registration.objects.count()) == (1, 0)


def test_an_offer_for_what_is_cancelled_cannot_be_taken_and_a_moved_one_reminds_again() -> None:
    session = make.session(capacity=1)
    seated, waiting = (taking_part.register(by=make.person(), session=session) for _ in "ab")
    Registration.objects.filter(pk=seated.pk).update(is_reminded=True)
    soon = timezone.now() + timedelta(hours=30)
    planning.move_session(by="t", session=session, starts_at=soon, ends_at=soon + timedelta(hours=1))
    seated.refresh_from_db()
    assert not seated.is_reminded
    taking_part.leave(by="x", registration=seated)
    planning.cancel_session(by="t", session=session, reason="Vann.")

    with pytest.raises(taking_part.TooLate):
        taking_part.accept_offer(by="x", registration=waiting)


def test_first_when_then_what_is_free() -> None:
    free, full = make.session(title="Ledig"), make.session(title="Fullt", capacity=1)
    off, begun = make.session(title="Avlyst"), make.session(title="Morgenkaffe", clock=free.starts_at.replace(hour=7).time())
    taking_part.register(by=make.person(), session=full)
    planning.cancel_session(by="t", session=off, reason="Vann.")
    url, client, day = reverse("events:choose"), Client(), free.starts_at.date().isoformat()

    assert "Når kan du?" in read(client, url)
    assert "Ledig" not in read(client, url, dag=day)
    evening = read(client, url, dag=day, tid="kveld")
    assert "Ledig" in evening
    assert not any(word in evening for word in ("Fullt", "Avlyst", "Morgenkaffe"))
    assert begun.event.title in read(client, url, dag=day, tid="hele")
    assert "Velg en dag fra i dag" in read(client, url, dag="1999-01-01")


def test_the_map_shows_places_with_what_is_on_and_the_same_as_a_list() -> None:
    session = make.session(at=make.organisation("Havna", latitude=59.1, longitude=9.6), rule="FREQ=WEEKLY")
    make.session(at=make.organisation("Tomt", latitude=60.0, longitude=9.6), published=False)

    page = read(Client(), reverse("events:calendar"), vis="kart", dag=session.starts_at.date().isoformat())

    assert page.count('class="kp-map-place"') == 1
    assert "Havna: 5 i kalenderen" in page
    assert "5 ganger" in page
    assert "Tomt</a>" not in page.split("kp-mapped")[1]


def test_note_one_asks_for_a_seat() -> None:
    session = make.session(capacity=1)
    taking_part.register(by="guest", session=session, guest_name="Bo")
    waits = taking_part.register(by="guest", session=session, guest_name="Dag")

    assert not hosting.note_one(by="t", registration=waits)
    assert Session.objects.get().seats_taken == 1
