"""Pure computation of the room: handles out of nature words, and devices in two words."""

import secrets

FIRST = [
    "blid",
    "klar",
    "lun",
    "mild",
    "rolig",
    "sterk",
    "stille",
    "varm",
    "fri",
    "frisk",
    "gild",
    "glad",
    "grei",
    "hel",
    "kvikk",
    "lett",
    "lys",
    "myk",
    "rund",
    "sann",
    "snill",
    "solid",
    "trygg",
    "vaken",
]
SECOND = [
    "alm",
    "ask",
    "bekk",
    "berg",
    "bris",
    "dal",
    "dis",
    "eik",
    "einer",
    "elg",
    "elv",
    "eng",
    "fjell",
    "fjord",
    "fugl",
    "furu",
    "gaupe",
    "gran",
    "hassel",
    "hav",
    "hegre",
    "holme",
    "kilde",
    "laks",
    "lerke",
    "lind",
    "linerle",
    "lom",
    "lyng",
    "mose",
    "multe",
    "myr",
    "nype",
    "odde",
    "osp",
    "oter",
    "rein",
    "rogn",
    "rype",
    "sel",
    "selje",
    "siv",
    "skog",
    "sti",
    "strand",
    "svale",
    "tind",
    "tjern",
    "topp",
    "torsk",
    "trane",
    "trost",
    "vidde",
    "vier",
    "vik",
    "vind",
    "vipe",
]


def nature_handle() -> str:
    """A handle such as `mild-lyng-482`: easy to read aloud, says nothing about anybody."""
    return f"{secrets.choice(FIRST)}-{secrets.choice(SECOND)}-{secrets.randbelow(900) + 100}"


DEVICE = "device: "
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("CrOS", "Chromebook"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(user_agent: str) -> str:
    """Browser and system in two words, enough to know one's own devices by; nothing that tells two alike apart."""
    found = [
        next((word for mark, word in words if mark in user_agent), "") for words in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(word for word in found if word) or "?"
