"""Finds identifiers that have a form of their own: numbers, dates, addresses of every kind.

Check digits follow Skatteetaten's description of the national identity number (modulus 11, weights below; months
+40, +65 and +80 are synthetic, days +40 are D-numbers) and Finans Norge's description of account numbers.
"""

import re
from collections.abc import Iterator

from knutepunkt.web.pseudonyms.model import Identifier, IdentifierKind, Why

_CAPITAL = "A-ZÆØÅÄÖÜÉÁŠČŽ"
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w][\w.+-]{0,63}\s?(?:@|\(at\)|\[at\])\s?(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}\b"
)
_URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"»]{3,}[^\s<>\"».,;:!?)]|\b(?:[\w-]{2,63}\.){1,5}(?:no|com|org|net|se|dk|io)(?:/[^\s.,;]*)?\b"
)
_HANDLE = re.compile(
    r"(?<![\w@.])@[\w][\w.]{1,30}\w|(?<=\b[Ss]nap )\w*[\d_]\w*|(?<=brukernavn )[\w.]{3,}|(?<=brukarnamn )[\w.]{3,}"
)
_ELEVEN = re.compile(r"(?<![\d.,+])(\d{6})[ .\-]?(\d{3})[ ]?(\d{2})(?![\d]|[.,]\d)")
_ACCOUNT = re.compile(r"(?<![\d.,+])(\d{4})[ .](\d{2})[ .](\d{5})(?!\d)")
_IBAN = re.compile(r"\bNO\d{2}[ ]?(?:\d{4}[ ]?){2}\d{3}\b")
_ORGANISATION_NUMBER = re.compile(r"(?<![\d.,+])([89]\d{2})[ ]?(\d{3})[ ]?(\d{3})(?![\d]|[.,]\d)")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+|00)[1-9]\d{0,2}[ .\-]?(?:\(0\)[ ]?)?\d(?:[ .\-]?\d){5,11}(?!\d)"
    r"|(?<![\w.,/+-])[2-9]\d{2} ?\d{2} ?\d{3}(?![\d]|[.,]\d)"
    r"|(?<![\w.,/+-])[2-9]\d[ .]\d{2}[ .]\d{2}[ .]\d{2}(?![\d]|[.,]\d)"
    r"|(?<![\w.,/+-])[2-9]\d{3} \d{4}(?!\d| \d)"
)
_MONTH = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|january|february|march|may|june|july|october|december)"
_DATE = re.compile(
    rf"(?<![\d.])(?:\d{{1,2}}\. ?\d{{1,2}}\. ?(?:19|20)?\d{{2}}|\d{{1,2}}/\d{{1,2}}[-/ ](?:19|20)?\d{{2}}|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}\.? {_MONTH}(?: (?:19|20)\d{{2}}| -?\d{{2}}\b)?)(?!\d)",
    re.IGNORECASE,
)
_BIRTH_WORD = re.compile(
    r"\b(?:født|fødd|fødselsdato\w*|født den|fødselsdag\w*|bursdag\w*|fyller|fylte|fylde|f\.|f\u00f8dselsår|born|birthday|date of birth)\b"
    r"[^\n.!?]{0,25}$",
    re.IGNORECASE,
)
_BIRTH_YEAR = re.compile(
    r"\b(?:født|fødd|f\.|born)(?: (?:i|in|var|heime|hjemme))? ((?:19|20)\d{2}|i -?\d{2}\b)", re.IGNORECASE
)
_STREET = (
    r"(?:veien|vegen|veg|vei|gata|gaten|gate|plassen|plass|allé|alléen|alleen|bakken|stien|sti|tunet|svingen|kroken|ringen|terrasse"
    r"|torget|torg|brygga|brygge|kaia|lia|haugen|åsen|løkka|jordet|toppen|faret|grenda|vollen|smauet|smug|bekken|kleiva|bråten|skogen|moen)"
)
_POST = rf"(?:,?\s+\d{{4}}\s+[{_CAPITAL}][^\W\d_]+(?:\s[{_CAPITAL}][^\W\d_]+)?)?"
_ADDRESS = re.compile(
    rf"\b[{_CAPITAL}][^\W\d_]*(?:[ -](?:[{_CAPITAL}][^\W\d_]*\.?|av|og|den))?(?:[ -][{_CAPITAL}][^\W\d_]*\.?)?(?:{_STREET}|[ ]{_STREET})"
    rf"[ ](?:nr\.?[ ]?|nummer[ ])?\d{{1,4}}(?:[ ]?[A-Ha-h]\b)?{_POST}"
    rf"|\b[{_CAPITAL}][^\W\d_]+[ ]\d{{1,3}}(?:[ ]?[A-H]\b)?,?\s\d{{4}}[ ][{_CAPITAL}][^\W\d_]+"
)
_POSTAL_CODE = re.compile(rf"(?<![\d.,])(?:N-)?(\d{{4}}) (?=[{_CAPITAL}])[^\W\d_]+(?!\w)")
_PLATE = re.compile(r"\b[A-HJ-NPR-Z][A-HJ-PR-Z] ?\d{5}\b")
_AGE = re.compile(
    r"\b(9\d|1[01]\d)[ -](?:år(?:ing|ingen)?|years? old)\b|\b(?:nitti|hundre)\w*[ -]år(?:ing|ingen|a?r? gammel)\b"
)

_WEIGHTS_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_WEIGHTS_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_YEARS = range(1900, 2040)
_MODULUS = 11


def formal_identifiers(text: str) -> Iterator[Identifier]:
    """Yield every find with a form of its own; finds may overlap, the more telling ones come first."""
    yield from _plain(text, _EMAIL, IdentifierKind.EMAIL, 0.99)
    yield from _plain(text, _URL, IdentifierKind.WEB, 0.9)
    yield from _plain(text, _HANDLE, IdentifierKind.WEB, 0.85)
    yield from _national_numbers(text)
    yield from _accounts(text)
    yield from _plain(text, _ADDRESS, IdentifierKind.ADDRESS, 0.95)
    yield from _phones(text)
    yield from _organisation_numbers(text)
    yield from _dates(text)
    yield from _plain(text, _PLATE, IdentifierKind.LICENCE_PLATE, 0.8)
    yield from _plain(text, _AGE, IdentifierKind.AGE, 0.5)
    for found in _POSTAL_CODE.finditer(text):
        if int(found[1]) not in _YEARS:
            yield _identifier(IdentifierKind.ADDRESS, found, 0.6)


def is_national_number(digits: str) -> bool:
    """Say whether eleven digits are a national identity, D-, H- or synthetic number with valid check digits."""
    if len(digits) != _MODULUS or not digits.isdecimal():
        return False
    numbers = [int(digit) for digit in digits]
    first = -sum(w * n for w, n in zip(_WEIGHTS_FIRST, numbers, strict=False)) % _MODULUS
    second = -sum(w * n for w, n in zip(_WEIGHTS_SECOND, numbers, strict=False)) % _MODULUS
    return (first, second) == (numbers[9], numbers[10])


def has_birth_date(digits: str) -> bool:
    """Say whether the first six digits can be a birth date, also of a D-number, H-number or synthetic number."""
    day, month = int(digits[:2]), int(digits[2:4])
    day -= 40 if day > 40 else 0  # noqa: PLR2004 - D-number
    month -= next((shift for shift in (80, 65, 40) if month > shift), 0)
    return 1 <= day <= 31 and 1 <= month <= 12  # noqa: PLR2004 - a day of a month


def is_account_number(digits: str) -> bool:
    """Say whether eleven digits are a Norwegian account number with a valid check digit."""
    numbers = [int(digit) for digit in digits]
    return -sum(w * n for w, n in zip(_WEIGHTS_SECOND, numbers, strict=False)) % _MODULUS == numbers[10]


def _identifier(
    kind: IdentifierKind, found: re.Match[str], certainty: float, why: Why = Why.PATTERN
) -> Identifier:
    return Identifier(kind, found.start(), found.end(), found[0], certainty, why)


def _plain(
    text: str, pattern: re.Pattern[str], kind: IdentifierKind, certainty: float
) -> Iterator[Identifier]:
    for found in pattern.finditer(text):
        yield _identifier(kind, found, certainty)


def _national_numbers(text: str) -> Iterator[Identifier]:
    for found in _ELEVEN.finditer(text):
        digits = "".join(found.groups())
        if is_national_number(digits):
            yield _identifier(IdentifierKind.NATIONAL_ID, found, 0.99, Why.CHECK_DIGITS)
        elif is_account_number(digits) and not has_birth_date(digits):
            yield _identifier(IdentifierKind.ACCOUNT, found, 0.9, Why.CHECK_DIGITS)
        elif has_birth_date(digits):
            yield _identifier(IdentifierKind.NATIONAL_ID, found, 0.6, Why.NO_CHECK_DIGITS)


def _accounts(text: str) -> Iterator[Identifier]:
    for found in _ACCOUNT.finditer(text):
        is_valid = is_account_number("".join(found.groups()))
        why = Why.CHECK_DIGITS if is_valid else Why.NO_CHECK_DIGITS
        yield _identifier(IdentifierKind.ACCOUNT, found, 0.95 if is_valid else 0.6, why)
    yield from _plain(text, _IBAN, IdentifierKind.ACCOUNT, 0.95)


def _organisation_numbers(text: str) -> Iterator[Identifier]:
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    for found in _ORGANISATION_NUMBER.finditer(text):
        numbers = [int(digit) for digit in "".join(found.groups())]
        if -sum(w * n for w, n in zip(weights, numbers, strict=False)) % _MODULUS == numbers[8]:
            yield _identifier(IdentifierKind.ORGANISATION, found, 0.7, Why.CHECK_DIGITS)


def _phones(text: str) -> Iterator[Identifier]:
    candidates = list(_PHONE.finditer(text))
    if not candidates:
        return
    import phonenumbers  # noqa: PLC0415 - slow: number plans of all countries

    for found in candidates:
        try:
            number = phonenumbers.parse(found[0], "NO")
            is_valid = phonenumbers.is_valid_number(number)
        except phonenumbers.NumberParseException:
            is_valid = False
        yield _identifier(IdentifierKind.PHONE, found, 0.95 if is_valid else 0.5)


def _dates(text: str) -> Iterator[Identifier]:
    for found in _DATE.finditer(text):
        is_birth = bool(_BIRTH_WORD.search(text[max(0, found.start() - 45) : found.start()]))
        has_year = any(len(digits) == 4 for digits in re.findall(r"\d+", found[0]))  # noqa: PLR2004
        if is_birth:
            yield _identifier(IdentifierKind.BIRTH_DATE, found, 0.95, Why.INTRODUCED)
        else:
            yield _identifier(IdentifierKind.BIRTH_DATE, found, 0.6 if has_year else 0.35)
    for found in _BIRTH_YEAR.finditer(text):
        yield Identifier(
            IdentifierKind.BIRTH_DATE, found.start(1), found.end(1), found[1], 0.6, Why.INTRODUCED
        )
