"""Which of our pictograms stands beside something that happens: by a word in its title, else by its kind."""

import re

WORDS: tuple[tuple[str, str], ...] = (
    ("music", r"musikk|sang|song|kor\b|band|gitar|studio|piano|trommer|music|lydrom"),
    ("brush", r"kunst|\bmal(?:ing|e)\b|tegn|teikn|leire|keramikk|strikk|håndarbeid|handarbeid|verksted|\bart\b"),
    ("boot", r"\btur|gåtur|fjell|skog|friluft|\bgå\b|walk|hike"),
    ("pot", r"\bmat\b|matlag|middag|suppe|lunsj|frokost|kjøkken|kjøken|\bbake|dinner|lunch|kitchen"),
    ("cup", r"kaffe|kafé|kafe\b|\bte\b|åpent hus|ope hus|coffee"),
    ("book", r"kurs|skriv|lese|bok|historie|foredrag|course|read|writ"),
    ("table", r"husmøte|allmøte|årsmøte|møte|samtale|gruppe|meeting|group"),
    ("ball", r"trening|fotball|svømm|symj|yoga|dans|ball\b|idrett|trim|dance"),
)
BY_KIND = {"open": "cup", "activity": "sun", "meeting": "table", "course": "book", "gathering": "people"}
OTHERWISE = "sun"


def pictogram(title: str, kind: str) -> str:
    """The name of a pictogram for what happens."""
    text = title.lower()
    for name, words in WORDS:
        if re.search(words, text):
            return name
    return BY_KIND.get(kind, OTHERWISE)
