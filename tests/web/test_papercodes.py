"""Codes on paper: what is printed can be typed badly, dies when renewed, and cannot be guessed at speed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from knutepunkt.web import papercodes
from knutepunkt.web.models import PaperCode
from knutepunkt.web.papercodes import CodeKind, CodeRefused, issue_code, redeem_code
from knutepunkt.web.throttle import TooManyTries

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {
        "slip": CodeKind("slip", 16, None, None, "/x/"),
        "card": CodeKind("card", 12, 1, 30, "/x/"),
    }
    monkeypatch.setattr(papercodes, "KINDS", kinds)


def test_code_may_be_typed_with_small_letters_spaces_and_look_alikes() -> None:
    _, printed = issue_code(kind="slip", subject="a:1")
    typed = printed.lower().replace("-", " ").replace("q", "0").replace("7", "z")

    assert redeem_code(kind="slip", typed=typed, client="1").subject == "a:1"


def test_only_a_digest_is_kept() -> None:
    row, printed = issue_code(kind="slip", subject="a:1")

    assert printed.replace("-", "") not in str(PaperCode.objects.filter(pk=row.pk).values())


def test_one_use_is_one_use() -> None:
    _, printed = issue_code(kind="card", subject="a:1")
    redeem_code(kind="card", typed=printed, client="1")

    with pytest.raises(CodeRefused):
        redeem_code(kind="card", typed=printed, client="1")


def test_code_of_another_kind_or_out_of_date_is_refused() -> None:
    row, printed = issue_code(kind="card", subject="a:1")
    PaperCode.objects.filter(pk=row.pk).update(valid_until=timezone.now() - timedelta(days=1))

    with pytest.raises(CodeRefused):
        redeem_code(kind="card", typed=printed, client="1")
    with pytest.raises(CodeRefused):
        redeem_code(kind="slip", typed=printed, client="1")


def test_renewed_code_lets_the_old_one_die() -> None:
    _, old = issue_code(kind="slip", subject="a:1")

    _, new = papercodes.renew_code(kind="slip", subject="a:1")

    with pytest.raises(CodeRefused):
        redeem_code(kind="slip", typed=old, client="1")
    assert redeem_code(kind="slip", typed=new, client="1").subject == "a:1"


def test_eleventh_try_in_ten_minutes_is_refused() -> None:
    for _ in range(10):
        with pytest.raises(CodeRefused):
            redeem_code(kind="slip", typed="AAAA-AAAA-AAAA-AAAA", client="1")

    with pytest.raises(TooManyTries):
        redeem_code(kind="slip", typed="AAAA-AAAA-AAAA-AAAA", client="1")


def test_qr_keeps_the_code_from_the_server() -> None:
    address = papercodes.address_of("slip", "ABCD-EFGH")

    assert address.endswith("/x/#ABCD-EFGH")
    assert papercodes.on_paper("slip", "ABCD-EFGH")["qr"].startswith("<svg")
