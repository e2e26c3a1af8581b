"""Which of our pictograms stands beside something that happens: by a word in its title, else by its kind."""

import re

WORDS: tuple[tuple[str, str], ...] = (
    ("music", r"musikk|sang|song|kor\b|band|gitar|studio|piano|trommer|music|lydrom"),
    ("brush", r"kunst|mal(?:ing|e)\b|tegn|teikn|leire|keramikk|strikk|håndarbeid|handarbeid|verksted|art\b"),
    ("boot", r"\btur|gåtur|fjell|skog|friluft|\bgå\b|walk|hike"),
    ("pot", r"mat\b|matlag|middag|suppe|lunsj|frokost|kjøkken|kjøken|bake|bak\b|dinner|lunch|kitchen"),
    ("cup", r"kaffe|kafé|kafe\b|te\b|åpent hus|ope hus|coffee"),
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
