"""The page, hours, rules, pictures and hosts; conflicts lose nothing; hostile words and pictures do no harm."""

import io
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from knutepunkt.events.actions import planning
from knutepunkt.meetingplace.actions import keeping
from knutepunkt.meetingplace.forms.place import HoursField
from knutepunkt.meetingplace.methods.hours import OSLO, Calendar
from knutepunkt.meetingplace.methods.pictograms import pictogram
from knutepunkt.meetingplace.models import Centre, HouseRules, Picture, ShownHost
from knutepunkt.meetingplace.queries import place as queries
from knutepunkt.organisations.models import Membership
from knutepunkt.web.files import read_file
from tests import factories as make
from tests.meetingplace import worlds as world

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TEN, FOUR = (time(10), time(15)), (time(18), time(21))
WEEK = Calendar({0: (TEN,), 2: (TEN, FOUR), 4: (TEN,)}, {date(2026, 12, 24): (((time(11), time(18)),), "Julemiddag"), date(2026, 11, 25): ((), "Tur")})


def url(centre: Centre, name: str) -> str:
    return reverse(f"meetingplace:{name}", args=[centre.organisation.slug])


# -- hours -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("moment", "is_open", "next_"),
    [
        (datetime(2026, 11, 23, 9, 59, tzinfo=OSLO), False, (0, "23 10:00")),
        (datetime(2026, 11, 23, 10, 0, tzinfo=OSLO), True, None),
        (datetime(2026, 11, 23, 14, 59, tzinfo=OSLO), True, None),
        (datetime(2026, 11, 23, 15, 0, tzinfo=OSLO), False, (4, "27 10:00")),  # Wednesday 25th is shut for a trip
        (datetime(2026, 12, 2, 16, 0, tzinfo=OSLO), False, (0, "02 18:00")),  # between two stretches of a day
        (datetime(2026, 12, 24, 12, 0, tzinfo=OSLO), True, None),  # a date of its own
        (datetime(2026, 12, 23, 22, 0, tzinfo=OSLO), False, (1, "24 11:00")),
        (datetime(2026, 12, 25, 12, 0, tzinfo=OSLO), False, (3, "28 10:00")),  # a Friday, but Christmas Day
        (datetime(2027, 5, 17, 12, 0, tzinfo=OSLO), False, (2, "19 10:00")),  # a Monday, but Constitution Day
        (datetime(2027, 3, 29, 11, 0, tzinfo=OSLO), False, (2, "31 10:00")),  # Easter Monday
        (datetime(2026, 7, 6, 8, 30, tzinfo=UTC), True, None),  # half past ten in Oslo's summer
        (datetime(2026, 1, 5, 8, 30, tzinfo=UTC), False, (0, "05 10:00")),  # half past nine in its winter
    ],
)  # fmt: skip
def test_open_now_or_when(moment: datetime, is_open: bool, next_: Any) -> None:
    now = WEEK.at(moment)

    assert now.is_open == is_open
    if next_ is not None:
        assert now.opens_at is not None
        assert (now.days_until, now.opens_at.strftime("%d %H:%M")) == next_


def test_a_house_without_hours_says_nothing_it_does_not_know() -> None:
    assert Calendar({}, {}).at(datetime(2026, 11, 23, 10, tzinfo=OSLO)).opens_at is None


@pytest.mark.parametrize(("text", "spans"), [
    ("", []), ("10-15", [(10, 15)]), ("10–14 og 18–21", [(10, 14), (18, 21)]), ("kl. 10 til 15", [(10, 15)]), ("18-21, 10-14", [(10, 14), (18, 21)]),
])  # fmt: skip
def test_hours_as_people_write_them(text: str, spans: Any) -> None:
    assert HoursField().clean(text) == [(time(a), time(b)) for a, b in spans]
    assert HoursField().clean("09.30-14:15") == [(time(9, 30), time(14, 15))]


@pytest.mark.parametrize("text", ["ti til tre", "15-10", "10-14, 13-16", "25-26", "10", "<b>10-15</b>", "1-2,2-3,3-4,4-5,5-6"])
def test_hours_that_cannot_be(text: str) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        HoursField().clean(text)


def test_a_host_sets_the_week_and_a_day_and_everyone_sees_it() -> None:
    centre = world.centre(always_open=False)
    client = world.client(world.member(centre, "host"))

    client.post(url(centre, "hours"), {"act": "week", "version": "0", **{f"day{d}": "10–15" for d in range(5)}, "day5": "", "day6": "", "closed_on_holidays": "on"})
    client.post(url(centre, "hours"), {"act": "day", "day": world.day(3).isoformat(), "hours": "", "reason": "Hyttetur"})
    page = world.client().get(url(centre, "home")).content.decode()

    assert "10:00–15:00" in page
    assert "Hyttetur" in page
    client.post(url(centre, "hours"), {"act": "clear", "day": world.day(3).isoformat()})
    assert "Hyttetur" not in world.client().get(url(centre, "home")).content.decode()


def test_two_who_set_the_week_at_once_lose_nothing() -> None:
    centre = world.centre(always_open=False)
    client = world.client(world.member(centre, "host"))
    keeping.set_week(by="test", centre=centre, version=0, week={0: [TEN]}, closed_on_holidays=True)

    page = client.post(url(centre, "hours"), {"act": "week", "version": "0", "day0": "12-13"}).content.decode()

    assert "Noen andre lagret mens du skrev." in page
    assert "12-13" in page
    assert "10:00–15:00" in page
    assert queries.hours_of(centre)[0][0].opens == time(10)


# -- words -------------------------------------------------------------------------------------------
def test_two_who_write_the_page_at_once_see_both_and_save_over() -> None:
    centre = world.centre(always_open=False)
    client = world.client(world.member(centre, "coordinator"))
    form = {"version": "0", "welcome": "Min hilsen", "about": "Mine ord om oss", "bookings_kept_days": "30"}
    keeping.write_page(by="test", centre=centre, version=0, welcome="Deres hilsen", about="Deres ord")

    page = client.post(url(centre, "edit"), form).content.decode()
    assert "Noen andre lagret mens du skrev." in page
    assert all(words in page for words in ("Mine", "Deres"))
    assert Centre.objects.get(pk=centre.pk).about == "Deres ord"

    again = client.post(url(centre, "edit"), {**form, "version": "1"})
    assert again.status_code == 302
    assert Centre.objects.get(pk=centre.pk).about == "Mine ord om oss"


def test_hostile_words_print_as_they_stand() -> None:
    centre = world.centre(always_open=False)
    bad = "<script>alert(1)</script> #panic() *x* ' OR 1=1 --"
    keeping.write_page(by="test", centre=centre, version=0, welcome=bad, about=bad, house=bad, address=bad[:200], directions=bad, contact=bad[:160])
    keeping.write_rules(by="test", centre=centre, text=f"{bad}\n{bad}", agreed_on=world.day(0), agreed_where=bad[:100], number=0)
    make.event(at=centre.organisation, title='#read("/etc/passwd") *x*', first_on=world.day(0), signing="none")

    page = world.client().get(url(centre, "home")).content.decode()
    week = world.client().get(url(centre, "poster"))

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert week.content.startswith(b"%PDF")


def test_every_edition_of_the_rules_is_kept_with_its_day() -> None:
    centre = world.centre()
    client = world.client(world.member(centre, "host"))

    client.post(url(centre, "rules-edit"), {"number": "0", "text": "Vi hilser.", "agreed_on": "2026-11-01", "agreed_where": "husmøtet"})
    late = client.post(url(centre, "rules-edit"), {"number": "0", "text": "Andre regler.", "agreed_on": "2026-11-02"}).content.decode()
    client.post(url(centre, "rules-edit"), {"number": "1", "text": "Vi hilser.\nVi vasker.", "agreed_on": "2026-11-03"})
    page = world.client().get(url(centre, "home")).content.decode()

    assert "Ingenting er borte." in late
    assert "Andre regler." in late
    assert [r.number for r in HouseRules.objects.filter(centre=centre).order_by("number")] == [1, 2]
    assert "Vi vasker." in page
    assert "Utgave 2. Vi ble enige 3. november 2026" in page


# -- pictures ----------------------------------------------------------------------------------------
def picture(size: tuple[int, int] = (3000, 1000), kind: str = "JPEG") -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "KameraMerke"
    exif[0x8825] = {1: "N", 2: (63.0, 25.0, 0.0)}
    Image.new("RGB", size, "teal").save(out, kind, exif=exif)
    return out.getvalue()


def upload(client: Any, centre: Centre, content: bytes, alt: str = "Stua", name: str = "stua.jpg") -> Any:
    return client.post(url(centre, "pictures"), {"picture": SimpleUploadedFile(name, content), "alt": alt})


def test_a_picture_is_made_anew_smaller_and_without_place_or_camera() -> None:
    centre = world.centre()
    client = world.client(world.member(centre, "host"))
    assert b"KameraMerke" in picture()

    upload(client, centre, picture())
    row = Picture.objects.get()
    shown = world.client().get(reverse("meetingplace:picture", args=[centre.organisation.slug, row.pk]))

    content = read_file(row.file)
    assert b"KameraMerke" not in content
    with Image.open(io.BytesIO(content)) as made:
        assert (made.format, max(made.size), dict(made.getexif())) == ("WEBP", 2000, {})
    assert shown["Content-Type"] == "image/webp"
    assert 'alt="Stua"' in world.client().get(url(centre, "home")).content.decode()


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a" + b"\0" * 40, b"%PDF-1.7", b"x" * 13_000_000])
def test_what_is_no_picture_gets_a_sentence(content: bytes) -> None:
    centre = world.centre()
    client = world.client(world.member(centre, "host"))

    page = upload(client, centre, content)

    assert page.status_code == 200
    assert "id_picture_error" in page.content.decode()
    assert Picture.objects.count() == 0


def test_a_picture_needs_words_and_there_is_room_for_eight() -> None:
    centre = world.centre()
    client = world.client(world.member(centre, "host"))
    assert Picture.objects.count() == 0
    upload(client, centre, picture((40, 30)), alt="")
    assert Picture.objects.count() == 0

    for _ in range(9):
        upload(client, centre, picture((40, 30)))

    assert Picture.objects.count() == 8
    row = Picture.objects.order_by("pk")[0]
    client.post(url(centre, "pictures"), {"act": "remove", "picture": str(row.pk)})
    assert Picture.objects.count() == 7


# -- hosts -------------------------------------------------------------------------------------------
def test_hosts_stand_on_the_page_by_their_own_yes_and_only_while_they_are_hosts() -> None:
    centre = world.centre()
    host, silent, participant = world.member(centre, "host", "Halvor"), world.member(centre, "host", "Stille"), world.member(centre, name="Deltaker")

    world.client(host).post(url(centre, "hosts"), {"words": "Koker kaffe"})
    assert world.client(participant).post(url(centre, "hosts"), {"words": ""}).status_code == 403
    ShownHost.objects.create(centre=centre, person=participant)
    page = world.client().get(url(centre, "home")).content.decode()

    assert "Halvor" in page
    assert "Koker kaffe" in page
    assert silent.chosen_name not in page
    assert "Deltaker" not in page
    Membership.objects.filter(person=host).update(until_on=world.day(-1), from_on=world.day(-9))
    assert "Halvor" not in world.client().get(url(centre, "home")).content.decode()


def test_a_host_may_say_no_again() -> None:
    centre = world.centre()
    host = world.member(centre, "host", "Halvor")
    client = world.client(host)
    client.post(url(centre, "hosts"), {"words": ""})

    client.post(url(centre, "hosts"), {"act": "hide"})

    assert ShownHost.objects.count() == 0


# -- the week ----------------------------------------------------------------------------------------
def test_the_week_and_its_poster_show_what_is_cancelled_as_cancelled() -> None:
    centre = world.centre()
    monday = queries.monday_of(world.day(7))
    event = make.event(at=centre.organisation, title="Kaffe ved kaia", first_on=monday, signing="none")
    make.event(at=make.organisation("Andre"), title="Et annet sted", first_on=monday)
    make.event(at=centre.organisation, title="Bare en kladd", first_on=monday, published=False)
    host = world.member(centre, "host")
    planning.cancel_session(by=host, session=event.sessions.get(), reason="Vannlekkasje.")

    page = world.client().get(url(centre, "week") + f"?uke={monday}").content.decode()
    pdf = world.client(host).get(url(centre, "poster") + f"?uke={monday}&ark=a3").content

    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(p.get_textpage().get_text_range() for p in document)
    assert "<s>Kaffe ved kaia</s>" in page
    assert "Vannlekkasje." in page
    assert "Et annet sted" not in page
    assert "Kaffe ved kaia" in text
    assert "Avlyst" in text
    assert "kladd" not in text
    assert [round(x) for x in document[0].get_size()] == [842, 1191]


def test_a_poster_is_tagged_named_and_in_our_letters() -> None:
    import pikepdf

    centre = world.centre()
    with pikepdf.open(io.BytesIO(world.client().get(url(centre, "poster")).content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("nb")
        xmp = str(pdf.open_metadata())
        fonts = {str(f.BaseFont) for p in pdf.pages for f in p.Resources.Font.values()}
    assert "pdfuaid:part" in xmp
    assert "Havna" in xmp
    assert any("Literata" in f for f in fonts)
    assert all("Inter" in f or "Literata" in f for f in fonts)


def test_a_busy_week_goes_on_a_second_sheet_and_strange_weeks_are_this_week() -> None:
    centre = world.centre()
    for number in range(40):
        make.event(at=centre.organisation, title=f"Noe langt som står på plakaten {number}", first_on=world.day(0), signing="none")

    import pypdfium2

    assert len(pypdfium2.PdfDocument(world.client().get(url(centre, "poster")).content)) > 1
    for strange in ("x", "9999-12-31", "0001-01-01", "2026-02-31"):
        assert world.client().get(url(centre, "week") + f"?uke={strange}").status_code == 200
    assert world.client().get(url(centre, "poster") + "?ark=a0").status_code == 404


@pytest.mark.parametrize(("title", "kind", "name"), [
    ("Musikkrommet", "activity", "music"), ("Kaffe ved kaia", "open", "cup"), ("Tur langs fjorden", "activity", "boot"),
    ("Husmøte", "meeting", "table"), ("Noe annet", "gathering", "people"), ("Noe annet", "activity", "sun"), ("Felles middag", "activity", "pot"),
])  # fmt: skip
def test_pictograms_follow_words_then_kind(title: str, kind: str, name: str) -> None:
    from knutepunkt.web.pictures import drawing

    assert pictogram(title, kind) == name
    assert drawing("pictograms", name)


# -- opening a place ---------------------------------------------------------------------------------
def test_a_coordinator_opens_the_place_of_their_own_centre() -> None:
    own, other = make.organisation("Fjordheim"), make.organisation("Andres")
    person = make.person()
    make.role(person, "coordinator", own)
    client = world.client(person)

    assert client.post(reverse("meetingplace:open"), {"organisation": other.pk}).status_code == 200
    client.post(reverse("meetingplace:open"), {"organisation": own.pk})
    client.post(reverse("meetingplace:open"), {"organisation": own.pk})

    assert [c.organisation_id for c in Centre.objects.all()] == [own.pk]
    assert world.client(make.person()).post(reverse("meetingplace:open"), {"organisation": other.pk}).status_code == 403


def test_the_page_of_an_organisation_leads_to_its_meeting_place() -> None:
    centre = world.centre()

    page = world.client().get(f"/steder/{centre.organisation.slug}/").content.decode()

    assert url(centre, "home") in page
    assert url(centre, "week") in page
