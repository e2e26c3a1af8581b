"""The components: an unknown prop is an error, all stand in the gallery in every state, and nothing leaks markup."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from knutepunkt.web import pictures
from knutepunkt.web.components import COMPONENTS, REQUIRED, THROUGH, ComponentError, complete, draw
from knutepunkt.web.views.gallery import examples, shelves

FOLDER = Path(pictures.__file__).parent / "templates/web/components"


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_unknown_component_raises():
    with pytest.raises(ComponentError, match="called 'sofa'"):
        draw("sofa", {})


def test_unknown_prop_raises_and_names_the_known_ones():
    with pytest.raises(ComponentError, match=r"no prop 'colour'.*text, tone"):
        draw("tag", {"text": "ny", "colour": "red"})


def test_missing_prop_raises_and_says_what_it_is():
    with pytest.raises(ComponentError, match="what it is"):
        draw("card", {})


def test_value_outside_choices_raises():
    with pytest.raises(ComponentError, match="kind is 'loud'"):
        draw("alert", {"kind": "loud", "text": "Hei"})


def test_block_around_component_that_holds_nothing_raises():
    with pytest.raises(ComponentError, match="holds nothing"):
        render('{% componentblock "tag" text="ny" %}mer{% endcomponentblock %}')


def test_attributes_are_only_passed_through_where_declared():
    assert 'hx-get="/mer"' in draw("button", {"text": "Vis", "hx_get": "/mer"})
    with pytest.raises(ComponentError):
        draw("quote", {"text": "Hei", "hx_get": "/mer"})


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_every_prop_stands_in_the_gallery_in_every_state(name):
    component, states = COMPONENTS[name], examples()[name]

    shown = {
        prop: {str(state.props[prop]) for state in states if prop in state.props} for prop in component.props
    }

    for prop, declared in component.props.items():
        if declared.choices:
            left_out = {""} if declared.default == "" else {declared.default}
            assert set(declared.choices) - left_out <= shown[prop], f"{name}.{prop} lacks a state"
        else:
            assert shown[prop] or prop == "level", f"{name}.{prop} is never shown"
    if component.holds:
        assert any(state.content for state in states), f"{name} is never shown holding something"


def test_gallery_holds_every_component_and_no_other():
    assert set(examples()) == set(COMPONENTS)
    assert [shelf["name"] for shelf in shelves()] == sorted(COMPONENTS)


def test_every_component_template_belongs_to_a_component():
    drawn_by_template = {name for name, component in COMPONENTS.items() if component.draw is None}

    assert {path.stem for path in FOLDER.glob("*.html")} == drawn_by_template


def test_every_component_says_what_its_props_are():
    for path in FOLDER.glob("*.html"):
        assert path.read_text().startswith("{# "), path.name
    for name, component in COMPONENTS.items():
        assert component.says.endswith("."), name
        assert all(prop.says for prop in component.props.values()), name


def test_gallery_has_no_inline_script_or_style():
    markup = "".join("".join(shelf["drawn"]) for shelf in shelves())

    for forbidden in ("<script", "<style", " style=", "javascript:", " onclick", " onload"):
        assert forbidden not in markup


def test_gallery_is_the_same_each_time():
    assert [shelf["drawn"] for shelf in shelves()] == [shelf["drawn"] for shelf in shelves()]


HOSTILE = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "props"),
    [
        ("alert", {"title": HOSTILE, "text": HOSTILE}),
        ("button", {"text": HOSTILE, "url": '"><script>', "data_x": '"><script>'}),
        ("card", {"title": HOSTILE, "text": HOSTILE, "note": HOSTILE}),
        ("codecard", {"code": HOSTILE, "title": HOSTILE, "qr": HOSTILE}),
        ("compare", {"yours": f"a {HOSTILE} b", "theirs": f"a {HOSTILE}<script> c"}),
        ("definition", {"pairs": [(HOSTILE, HOSTILE)]}),
        ("helpline", {"name": HOSTILE, "number": HOSTILE, "url": HOSTILE}),
        ("missing", {"items": [HOSTILE, {"text": HOSTILE, "url": HOSTILE}]}),
        ("quote", {"text": HOSTILE, "voice": HOSTILE, "note": HOSTILE}),
        ("reading", {"text": HOSTILE}),
        ("sign", {"theme": "hope", "text": HOSTILE}),
        ("steps", {"steps": [{"label": HOSTILE, "state": "now", "note": HOSTILE}], "label": HOSTILE}),
        ("table", {"caption": HOSTILE, "headers": [HOSTILE], "rows": [[HOSTILE, HOSTILE]]}),
        ("tag", {"text": HOSTILE}),
        ("who_can_see", {"text": HOSTILE}),
    ],
)
def test_words_of_people_are_never_markup(name, props):
    assert "<script" not in draw(name, props)


def test_button_is_a_link_when_it_leads_somewhere():
    assert draw("button", {"text": "Les", "url": "/a"}) == '<a class="ds-button" href="/a">Les</a>'
    assert draw("button", {"text": "Lagre"}) == '<button class="ds-button" type="submit">Lagre</button>'


def test_lazy_text_is_a_valid_choice_and_text():
    assert "Lagre" in draw("button", {"text": gettext_lazy("Lagre"), "kind": "secondary"})


def test_block_is_rendered_inside_the_component_with_its_own_context():
    markup = render(
        '{% componentblock "quote" voice="Elv" %}<p>{{ words }}</p>{% endcomponentblock %}', words="<b>"
    )

    assert "<blockquote><p>&lt;b&gt;</p></blockquote>" in markup


def test_form_carries_the_token_when_posted_and_not_when_searched():
    posted = render('{% component "form" submit_text="Send" %}', csrf_token="t0k3n")
    searched = render('{% component "form" submit_text="Søk" method="get" %}', csrf_token="t0k3n")

    assert 'name="csrfmiddlewaretoken" value="t0k3n"' in posted
    assert "t0k3n" not in searched


def test_compare_marks_only_the_words_that_differ():
    markup = draw("compare", {"yours": "Vi møtes i stua i dag", "theirs": "Vi møtes på kjøkkenet i dag"})

    assert "Vi møtes <mark>i stua</mark> i dag" in markup
    assert "Vi møtes <mark>på kjøkkenet</mark> i dag" in markup


def test_compare_keeps_every_letter_of_both_versions():
    yours, theirs = "Første.\n\n  Andre  linje.", "Første.\nTredje linje."
    props = complete("compare", {"yours": yours, "theirs": theirs})
    COMPONENTS["compare"].prepare(props)

    plain = [
        props[key].replace("<mark>", "").replace("</mark>", "") for key in ("yours_marked", "theirs_marked")
    ]
    assert plain == [yours, theirs]


def test_helpline_number_can_be_called():
    assert 'href="tel:116123"' in draw("helpline", {"name": "Mental Helse", "number": "116 123"})


def test_progress_stops_asking_when_done():
    assert "data-poll" in draw("progress", {"url": "/jobb", "text": "Leser", "done": 1, "total": 2})
    assert "data-poll" not in draw("progress", {"url": "/jobb", "text": "Lest", "done": 2, "total": 2})


def test_unknown_drawing_raises():
    with pytest.raises(LookupError):
        pictures.drawing("pictures", "puzzle")
    with pytest.raises(LookupError):
        pictures.drawing("pictures", "../signs/hope")


@pytest.mark.parametrize("kind", ["pictures", "signs"])
def test_drawings_are_ornaments_without_style(kind):
    for name in pictures.names(kind):
        svg = pictures.drawing(kind, name)
        assert svg.startswith('<svg aria-hidden="true"')
        assert "style" not in svg
        assert "<script" not in svg


def test_picture_with_a_meaning_says_it():
    assert 'role="img" aria-label="Et bord"' in pictures.picture("table", "Et bord")
    assert "role" not in pictures.picture("table")


def test_gallery_page_has_one_heading_and_no_inline_script_or_style(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    context = {
        "shelves": shelves(),
        "pictures": pictures.names("pictures"),
        "languages": settings.LANGUAGES,
        "csrf_token": "t0k3n",
        "installation_name": "Knutepunkt",
        "nav": [{"label": "Bibliotek", "url": "/bibliotek/", "current": True}],
    }

    markup = render_to_string("web/gallery.html", context)

    assert markup.count("<h1") == 1
    assert re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", markup) is None
    assert '<a href="/bibliotek/" aria-current="page">Bibliotek</a>' in markup
    assert markup.index("Hopp til innholdet") < markup.index("Forlat siden raskt") < markup.index("<main")


USE = re.compile(r"{%\s*component(?:block)?\s+\"(?P<name>\w+)\"(?P<props>.*?)%}", re.DOTALL)


def test_every_use_in_every_room_is_of_a_known_component_and_known_props():
    rooms = Path(pictures.__file__).parents[1]
    wrong = []

    for template in rooms.glob("*/templates/**/*.html"):
        for use in USE.finditer(template.read_text()):
            bare = re.sub(r"\"[^\"]*\"|'[^']*'", '""', use["props"])
            given = dict.fromkeys(re.findall(r"(\w+)=", bare), "")
            component = COMPONENTS.get(use["name"])
            chosen = set(given) - {
                key for key in given if component and component.passes and key.startswith(THROUGH)
            }
            needed = {k for k, p in component.props.items() if p.default is REQUIRED} if component else set()
            if component is None or chosen - set(component.props) or needed - chosen:
                wrong.append(f"{template.relative_to(rooms)}: {use.group()}")

    assert wrong == []
