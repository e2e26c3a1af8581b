"""The gallery: every component in every state, on one page. What stands here is what we test and look at."""

from dataclasses import dataclass, field
from typing import Any

import segno
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from knutepunkt.web import charts, pictures
from knutepunkt.web.access import page
from knutepunkt.web.components import COMPONENTS, draw
from knutepunkt.web.renderer import DayAndClockInput, DayInput, DsForm

SIGNS = ("connectedness", "hope", "identity", "meaning", "empowerment", "difficulties")


@dataclass(frozen=True, slots=True)
class Example:
    """One state of a component: what it is told, and what it holds."""

    props: dict[str, Any] = field(default_factory=dict)
    content: str = ""


class _ExampleForm(DsForm):
    heading = forms.CharField(
        label="Overskrift", max_length=80, help_text="Noen få ord om hva det handler om."
    )
    words = forms.CharField(
        label="Hva vil du fortelle?",
        widget=forms.Textarea,
        max_length=1000,
        required=False,
        help_text="Skriv så mye eller lite du vil.",
    )
    people = forms.IntegerField(label="Hvor mange kommer?", min_value=1, max_value=40)
    day = forms.DateField(label="Dag", widget=DayInput, required=False)
    shape = forms.ChoiceField(
        label="Hvordan vil du delta?",
        widget=forms.RadioSelect,
        choices=[
            ("here", "Jeg kommer"),
            ("screen", "Jeg er med på skjerm"),
            ("later", "Jeg bestemmer meg senere"),
        ],
    )
    needs = forms.MultipleChoiceField(
        label="Hva trenger du?",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("ramp", "Trappefri inngang"), ("quiet", "Et stille rom"), ("sign", "Tegnspråktolk")],
    )
    place = forms.ChoiceField(label="Sted", choices=[("a", "Kjøkkenet"), ("b", "Stua")])
    when = forms.SplitDateTimeField(label="Når", required=False, widget=DayAndClockInput)
    agree = forms.BooleanField(
        label="Andre på stedet kan se navnet mitt.", help_text="Du kan trekke dette når du vil."
    )


def _wrong_form() -> _ExampleForm:
    """The same form as it comes back when something is wrong. Nothing typed is lost."""
    return _ExampleForm(
        {"heading": "En kopp kaffe", "people": "90", "words": "Vi satt lenge.", "shape": "", "place": "a"}
    )


def _qr() -> SafeString:
    code = segno.make("https://eksempel.no/k/BJRK-7Q4M", error="m")
    return mark_safe(
        code.svg_inline(svgclass=None, lineclass=None, border=1, omitsize=True)
    )  # drawn from our own text


def _charts() -> list[charts.Chart]:
    year = [str(number) for number in range(2019, 2027)]
    before, after = charts.Series("Første gang", (2, 3, 1)), charts.Series("Nå", (4, 3, 3))
    return [
        charts.bars(
            "Hva deltakerne ville snakke mer om",
            ["Å bli møtt i døra", "Egne mål, og hvem som bestemmer hva de er", "Bolig", "Jobb"],
            [21, 14, 9, None],
        ),
        charts.line(
            "Åpne dager i året",
            year,
            [
                charts.Series("Treffstedet", (180, 190, 60, None, 150, 210, 240, 250)),
                charts.Series("Verkstedet", (40, 44, 20, 35, 60, 72, 80, 96)),
            ],
        ),
        charts.dots(
            "Slik svarte du selv",
            ["Jeg har noen å ringe", "Jeg ser fram til noe", "Jeg bestemmer over dagen min"],
            [before, after],
            low=0,
            high=4,
            low_text="Stemmer ikke",
            high_text="Stemmer helt",
        ),
    ]


def examples() -> dict[str, list[Example]]:
    """Every component in every state that a page can put it in."""
    drawn = _charts()
    table_rows = [["Kvæfjord", "12", "3"], ["Trondheim", "31", "færre enn 5"], ["Hamar", "18", "7"]]
    steps = [
        {"label": "Bestilling", "state": "done", "url": "#steps", "note": "12. mars"},
        {"label": "Forberedelse", "state": "done", "url": "#steps"},
        {"label": "Intervjuer", "state": "now", "url": "#steps", "note": "4 av 9 er holdt"},
        {"label": "Dialogkonferanse", "state": "next"},
        {"label": "Rapport", "state": "next"},
    ]
    buttons = draw("button", {"text": "Bruk min versjon"}) + draw(
        "button", {"text": "Bruk den som er lagret", "kind": "secondary"}
    )
    return {
        "alert": [
            Example({"title": "Husmøtet er flyttet", "text": "Vi møtes torsdag klokka 18 i stedet."}),
            Example({"kind": "success", "text": "Forslaget ditt er levert."}),
            Example(
                {"kind": "warning", "title": "Siste dag i morgen", "text": "Etter det går svarene videre."}
            ),
            Example(
                {"kind": "danger", "title": "Fila kunne ikke leses"}, mark_safe("<p>De andre er lagret.</p>")
            ),
        ],
        "button": [
            Example({"text": "Del med Kari"}),
            Example({"text": "Lagre og fortsett senere", "kind": "secondary"}),
            Example({"text": "Hopp over", "kind": "tertiary"}),
            Example(
                {
                    "text": "Trekk samtykket",
                    "tone": "danger",
                    "kind": "secondary",
                    "name": "act",
                    "value": "withdraw",
                }
            ),
            Example({"text": "Se hele planen", "url": "#button", "kind": "secondary", "tone": "neutral"}),
            Example({"text": "Skriv ut", "type": "button", "size": "sm", "data_print": ""}),
            Example({"text": "Begynn", "size": "lg", "form": "eksempelskjema"}),
        ],
        "card": [
            Example(
                {
                    "title": "Kveldsmat på tirsdager",
                    "url": "#card",
                    "text": "Vi lager mat sammen.",
                    "sign": "connectedness",
                    "note": "Treffstedet, hver tirsdag",
                }
            ),
            Example(
                {
                    "title": "Håpet",
                    "text": "Fire fortellinger.",
                    "tone": "cloudberry",
                    "sign": "hope",
                    "url": "#card",
                }
            ),
            Example(
                {"title": "Med egne ord", "tone": "heather", "level": 3},
                mark_safe("<p>Et kort kan også holde annet.</p>"),
            ),
            *(
                Example({"title": "Farge", "text": tone, "tone": tone})
                for tone in ("accent", "neutral", "info", "success", "warning", "danger")
            ),
            Example({"title": "Uten farge", "tone": ""}),
        ],
        "chart": [
            Example(
                {
                    "chart": drawn[0],
                    "source": "36 samtaler våren 2026. Tall under 5 vises ikke.",
                    "open": True,
                }
            ),
            Example({"chart": drawn[1]}),
            Example({"chart": drawn[2]}),
        ],
        "codecard": [
            Example(
                {
                    "code": "BJØRK 7Q4M",
                    "title": "Delta i husmøtet",
                    "text": "Du trenger ikke oppgi navn.",
                    "address": "eksempel.no/k",
                    "qr": _qr(),
                    "valid_until": "1. desember",
                }
            ),
            Example({"code": "ELV 2T9K", "title": "Les utkastet til rapporten"}),
        ],
        "compare": [
            Example(
                {
                    "yours": "Vi møtes i stua klokka 18. Ta med noe å spise.",
                    "theirs": "Vi møtes på kjøkkenet klokka 18. Ta med noe godt å spise.",
                    "theirs_by": "Kari",
                    "theirs_at": "i dag 13.40",
                },
                buttons,
            ),
            Example({"yours": "Nytt avsnitt.\n\nOg et til.", "theirs": "Nytt avsnitt."}),
            Example({"yours": "Jeg gikk inn.", "theirs": "Jeg gikk inn likevel.", "yours_label": "Slik står det nå", "theirs_label": "Slik kunne det stått"}),
        ],
        "definition": [
            Example(
                {
                    "pairs": [
                        ("Sted", "Kjøkkenet i andre etasje"),
                        ("Tid", "Torsdag 18–20"),
                        ("Hvem", "Åpent for alle"),
                    ]
                }
            )
        ],
        "disclosure": [
            Example({"title": "Hvem ser det jeg skriver?", "text": "Bare du, til du deler det."}),
            Example({"title": "Åpnet fra start", "open": True}, mark_safe("<p>Her står resten.</p>")),
        ],
        "empty": [
            Example(
                {
                    "title": "Ingen forslag ennå",
                    "text": "Har du noe du vil at huset skal ta opp?",
                    "action_text": "Kom med et forslag",
                    "action_url": "#empty",
                }
            ),
            Example(
                {"title": "Her blir det fortellinger", "picture": "letter", "level": 3},
                mark_safe("<p>Den første kan bli din.</p>"),
            ),
        ],
        "form": [
            Example(
                {
                    "form": _ExampleForm(prefix="ny"),
                    "submit_text": "Send inn",
                    "cancel_url": "#form",
                    "note": "Etterpå får du en kode som du kan bruke til å endre eller trekke svaret.",
                    "id": "eksempelskjema",
                }
            ),
            Example(
                {
                    "form": _wrong_form(),
                    "submit_text": "Send inn",
                    "cancel_url": "#form",
                    "cancel_text": "Gå tilbake til kalenderen",
                    "url": "#form",
                }
            ),
            Example(
                {"submit_text": "Slett fortellingen min", "tone": "danger"},
                mark_safe("<p>Dette kan ikke gjøres om.</p>"),
            ),
            Example({"submit_text": "Søk", "tone": "neutral", "method": "get"}),
        ],
        "helpline": [
            Example(
                {
                    "name": "Mental Helse",
                    "number": "116 123",
                    "hours": "Hele døgnet, hver dag",
                    "checked_on": "3. mai 2026",
                    "text": "Noen å snakke med, uansett hva det gjelder.",
                    "url": "https://sidetmedord.no",
                }
            ),
            Example({"name": "Nødtelefon", "number": "113", "level": 3}),
        ],
        "missing": [
            Example(
                {
                    "items": [
                        "Deltakerne er ikke spurt om funnene.",
                        {"text": "To av ni samtaler mangler samtykke.", "url": "#missing"},
                    ]
                }
            ),
            Example(
                {
                    "items": ["Ingen med egen erfaring står som kursholder."],
                    "title": "Før dere kan kunngjøre kurset",
                    "level": 3,
                }
            ),
        ],
        "paging": [
            Example({"next_url": "#paging"}),
            Example(
                {
                    "next_url": "#paging",
                    "previous_url": "#paging",
                    "next_text": "Eldre",
                    "previous_text": "Nyere",
                    "label": "Bla i fortellingene",
                }
            ),
            Example({"previous_url": "#paging", "label": "Bla i møtene"}),
            Example({}),
        ],
        "progress": [
            Example({"url": "#progress", "text": "Vi leser filene dine.", "done": 3, "total": 9}),
            Example({"url": "#progress", "text": "Rapporten blir laget.", "total": 0}),
            Example({"url": "#progress", "text": "Alle filene er lest.", "done": 9, "total": 9}),
        ],
        "quote": [
            Example(
                {
                    "text": "Det var først da noen spurte hva jeg ville, at jeg skjønte at det fantes et svar.",
                    "voice": "Snøfokk",
                    "note": "Delt for undervisning og rapport",
                }
            ),
            Example({}, mark_safe("<p>Vi satt ved bordet.</p><p>Ingen hadde det travelt.</p>")),
        ],
        "reading": [
            Example(
                {
                    "text": "Første avsnitt av en lengre tekst. Den står i én rolig spalte, med luft mellom linjene.\n\nAndre avsnitt. Samiske bokstaver skal stå like godt: Kárášjohka, Guovdageaidnu, Romsa, Ŋ, đ, ŧ, š, ž."
                }
            ),
            Example({}, mark_safe("<h3>En overskrift i teksten</h3><p>Og et avsnitt under.</p>")),
        ],
        "row": [
            Example(
                {
                    "title": "Kveldstilbudet i Nordvik",
                    "url": "#row",
                    "text": "Hvordan er det å komme hit om kvelden?",
                    "note": "Startet 12. mars",
                    "tag": "Intervjuer",
                    "tone": "cloudberry",
                }
            ),
            Example(
                {
                    "title": "Uteplassen",
                    "url": "#row",
                    "note": "Ferdig i fjor",
                    "tag": "Ferdig",
                    "sign": "hope",
                }
            ),
            Example(
                {"title": "Uten lenke"},
                draw("button", {"text": "Hent fram", "kind": "secondary", "size": "sm"}),
            ),
            *(
                Example({"title": "Farge", "tag": tone, "tone": tone})
                for tone in ("accent", "neutral", "heather", "info", "success", "warning", "danger")
            ),
        ],
        "sign": [
            *(
                Example({"theme": name, "text": text})
                for name, text in zip(
                    SIGNS, ("Tilhørighet", "Håp", "Identitet", "Mening", "Egenmakt", "Motgang"), strict=True
                )
            ),
            Example({"theme": "hope"}),
        ],
        "steps": [
            Example({"steps": steps, "label": "Veien fra bestilling til oppfølging"}),
            Example({"steps": steps[2:4]}),
        ],
        "table": [
            Example(
                {
                    "caption": "Samtaler i vår",
                    "headers": ["Sted", "Enkeltvis", "I gruppe"],
                    "rows": table_rows,
                    "numbers": True,
                }
            ),
            Example(
                {
                    "caption": "Uten synlig overskrift",
                    "caption_hidden": True,
                    "headers": ["Hva", "Hvem"],
                    "rows": [["Kaffe", "Ola"]],
                }
            ),
            Example(
                {"caption": "Fra en blokk"},
                mark_safe("<tbody><tr><th scope='row'>Mandag</th><td>10–14</td></tr></tbody>"),
            ),
        ],
        "tag": [
            Example({"text": tone or "vanlig", "tone": tone})
            for tone in COMPONENTS["tag"].props["tone"].choices
        ],
        "toolbar": [
            Example(
                {"label": "Det du kan gjøre med fortellingen"},
                draw("button", {"text": "Rediger", "kind": "tertiary", "size": "sm"})
                + draw("button", {"text": "Del", "kind": "tertiary", "size": "sm"}),
            )
        ],
        "welcome": [
            Example(
                {
                    "title": "Et sted å begynne",
                    "text": "Her kan du finne folk som har stått der du står, og fortelle det du vet.",
                    "level": 2,
                },
                draw("button", {"text": "Finn et sted nær deg", "url": "#welcome", "size": "lg"}),
            ),
            Example({"title": "Biblioteket", "picture": "lamp", "level": 2}),
        ],
        "who_can_see": [
            Example({"text": "Bare du kan lese dette. Ingen følger med på det døgnet rundt."}),
            Example(
                {"text": "Alle på stedet kan lese dette."}, mark_safe(" <a href='#who_can_see'>Endre</a>")
            ),
        ],
    }


def shelves() -> list[dict[str, Any]]:
    """The whole gallery as the template reads it."""
    states = examples()
    return [
        {
            "name": name,
            "says": component.says,
            "props": [(key, prop) for key, prop in component.props.items()],
            "holds": component.holds,
            "drawn": [draw(name, state.props, state.content) for state in states[name]],
        }
        for name, component in sorted(COMPONENTS.items())
    ]


@page("web.see_public_pages")
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component, drawing and sign."""
    return render(request, "web/gallery.html", {"shelves": shelves(), "pictures": pictures.names("pictures")})
