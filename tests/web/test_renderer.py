"""Forms: label, help, limit and error hang together, and what is wrong is said so that it can be put right."""

import re

from django import forms
from django.core.validators import FileExtensionValidator

from knutepunkt.web.renderer import DayAndClockInput, DayInput, DsForm


class Story(DsForm):
    title = forms.CharField(label="Overskrift", max_length=80)
    words = forms.CharField(
        label="Fortelling", widget=forms.Textarea, max_length=500, required=False, help_text="Så kort du vil."
    )
    count = forms.IntegerField(label="Antall", min_value=1, max_value=40)
    way = forms.ChoiceField(label="Måte", widget=forms.RadioSelect, choices=[("a", "Her"), ("b", "Der")])
    agree = forms.BooleanField(label="Jeg vil dele")
    day = forms.DateField(label="Dag", widget=DayInput, required=False)
    when = forms.SplitDateTimeField(label="Når", widget=DayAndClockInput, required=False)
    file = forms.FileField(label="Fil", required=False, validators=[FileExtensionValidator(["pdf", "docx"])])


def tag(markup: str, name: str) -> str:
    found = re.search(rf'<[a-z]+[^>]*name="{name}"[^>]*>', markup)
    assert found, name
    return found.group()


def test_label_help_limit_and_field_are_tied_together():
    markup = str(Story())

    words = tag(markup, "words")
    assert 'aria-describedby="id_words_helptext id_words_limit"' in words
    assert 'class="ds-input"' in words
    assert 'data-limit="500"' in words
    assert '<label class="ds-label" for="id_words">' in markup
    assert re.search(r'id="id_words_limit">Inntil 500 tegn\.<', markup)


def test_every_described_id_exists_once():
    for form in (Story(), Story({"count": "90", "words": "x" * 600, "day": "i går"})):
        markup = str(form)
        for ids in re.findall(r'aria-describedby="([^"]*)"', markup):
            for one in ids.split():
                assert markup.count(f'id="{one}"') == 1, one
        ids = re.findall(r'\bid="([^"]+)"', markup)
        assert len(ids) == len(set(ids))


def test_every_label_points_at_a_field():
    markup = str(Story())

    for target in re.findall(r'<label[^>]*for="([^"]*)"', markup):
        assert f'id="{target}"' in markup


def test_errors_stand_first_with_links_and_again_beside_the_field():
    form = Story({"count": "90", "way": "", "words": "Vi satt lenge."})

    markup = str(form)

    summary = markup[: markup.index("</div>")]
    assert markup.lstrip().startswith('<div class="ds-error-summary"')
    assert 'href="#id_count"' in summary
    assert 'href="#id_way"' in summary
    assert 'id="id_way"' in markup
    assert 'aria-invalid="true"' in tag(markup, "count")
    assert 'aria-describedby="id_count_limit id_count_error"' in tag(markup, "count")
    assert "Vi satt lenge." in markup


def test_no_summary_when_nothing_is_wrong():
    assert "ds-error-summary" not in str(Story())


def test_errors_say_what_to_do():
    form = Story({"count": "90", "day": "i går", "words": "x" * 501})

    assert form.errors["title"] == ["Skriv noe her for å gå videre."]
    assert form.errors["count"] == ["Skriv et tall som er 40 eller lavere."]
    assert form.errors["way"] == ["Velg et av svarene."]
    assert form.errors["agree"] == ["Kryss av her for å gå videre."]
    assert form.errors["day"] == ["Skriv datoen slik: 17.05.2027."]
    assert form.errors["words"] == ["Teksten er for lang. Kort den ned til 500 tegn."]


def test_own_error_words_are_kept():
    class Code(DsForm):
        code = forms.CharField(error_messages={"required": "Skriv koden på kortet."})

    assert Code({}).errors["code"] == ["Skriv koden på kortet."]


def test_one_form_does_not_change_the_words_of_another():
    Story()

    assert forms.CharField().error_messages["required"] == forms.Field.default_error_messages["required"]


def test_radio_buttons_are_a_fieldset_with_input_before_label():
    markup = str(Story())

    assert '<fieldset class="ds-fieldset kp-field" id="id_way"' in markup
    assert re.search(
        r'<div class="ds-field"><input type="radio"[^>]*id="id_way_0"[^>]*><label class="ds-label"', markup
    )


def test_optional_fields_say_that_they_may_be_skipped():
    form = Story()

    assert form["words"].may_be_skipped
    assert not form["title"].may_be_skipped
    assert "kan hoppes over" in form["words"].as_field_group()


def test_limits_are_said_in_words():
    form = Story()

    assert form["count"].limit_text == "Et tall fra 1 til 40."
    assert form["file"].limit_text == "Filer av typen docx, pdf."
    assert form["title"].limit_text == ""


def test_day_and_clock_use_what_the_browser_has():
    markup = str(Story(initial={"day": "2027-05-17"}))

    assert 'type="date" name="day" value="2027-05-17"' in markup
    assert re.search(r'type="time" name="when_1"[^>]*aria-label="Klokkeslett"', markup)


def test_forms_of_libraries_are_drawn_the_same_way():
    class Plain(forms.Form):
        name = forms.CharField(help_text="Det du vil bli kalt.")

    markup = str(Plain())

    assert '<div class="ds-field kp-field"><label class="ds-label" for="id_name">' in markup
    assert 'aria-describedby="id_name_helptext"' in markup


def test_hidden_fields_carry_no_class_and_no_label():
    class Hidden(DsForm):
        key = forms.CharField(widget=forms.HiddenInput, initial="k")

    assert str(Hidden()).strip() == '<input type="hidden" name="key" value="k" id="id_key">'
