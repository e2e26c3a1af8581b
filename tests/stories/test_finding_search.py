"""Searching the library: what finds, what is suggested, what is spared; and that what is taken back is nowhere."""

import threading
from typing import Any

import pytest
from django.db import connection, connections, transaction

from knutepunkt.organisations.models import Organisation
from knutepunkt.stories.actions.indexing import rebuild
from knutepunkt.stories.actions.publishing import keep_content, put_out, take_down
from knutepunkt.stories.methods.contents import clean
from knutepunkt.stories.models import Block, Entered, Item, Posting, Published, Word
from knutepunkt.stories.queries.finding import missing_voices, shown_in_list
from knutepunkt.stories.queries.finding_names import facets, forget_names
from knutepunkt.stories.queries.finding_search import Found, Query, find
from knutepunkt.themes.actions import load_vocabularies
from knutepunkt.web.cleaning import sweep_database
from knutepunkt.web.models import SearchEntry
from knutepunkt.web.search import PUBLIC, search
from tests.stories.shelves import put, whole_collection

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def look_for(words: str = "", *chosen: str, **facts: Any) -> Found:
    return find(Query(words, chosen, **facts), facets=facets())


def titles(words: str = "", *chosen: str, **facts: Any) -> list[str]:
    return [row.title for row in shown_in_list(look_for(words, *chosen, **facts).keys)]


def test_bokmal_nynorsk_and_english_meet() -> None:
    put("Ensomheten i blokka")
    put("Einsemd", language="nn")
    put("Loneliness", language="en")
    put("Noe helt annet")

    assert set(titles("ensom")) == set(titles("einsemd")) == set(titles("lonely")) == {"Ensomheten i blokka", "Einsemd", "Loneliness"}


def test_parts_of_a_compound_find_the_whole_and_the_whole_finds_its_parts() -> None:
    put("Recoverysenteret")
    put("Kommuneboligen min")
    put("Kommunens nye bolig")
    put("En hytte")

    assert titles("senter") == ["Recoverysenteret"]
    assert set(titles("bolig")) == set(titles("kommunebolig")) == {"Kommuneboligen min", "Kommunens nye bolig"}
    assert titles("kommunebolig")[0] == "Kommuneboligen min"


def test_words_of_the_field_are_one_thing() -> None:
    for title in ("Egenmakt", "Myndiggjøring", "Empowerment"):
        put(title)

    assert len(titles("egenmakt")) == len(titles("myndiggjøring")) == len(titles("empowerment")) == 3


def test_title_comes_before_text_and_the_newest_of_equals_first() -> None:
    put("En dag", "Håp er et lite ord.")
    put("Håp")
    put("En annen dag", "Håp er et lite ord.")

    assert titles("håp") == ["Håp", "En annen dag", "En dag"]


def test_all_words_first_and_where_they_are_few_some_of_them() -> None:
    put("Hund og hage")
    put("Hund")
    put("Katt")

    found = look_for("hund hage")

    assert [row.title for row in shown_in_list(found.keys)] == ["Hund og hage", "Hund"]
    assert found.has_all_words
    assert not look_for("hund sjø").has_all_words


def test_a_misspelt_word_is_read_as_one_that_stands_in_the_collection() -> None:
    for number in range(3):
        put(f"Depresjon {number}")

    found = look_for("deppresjon")

    assert (found.read_as, found.number) == ("depresjon", 3)
    assert look_for("deppresjon", is_exact=True).number == 0


def test_an_unfinished_word_finds_what_begins_so() -> None:
    put("Likeperson")
    put("Likepersonsarbeid i kommunen")

    assert len(titles("likepe")) == 2


def test_a_word_only_one_item_has_is_never_suggested() -> None:
    put("Tiril fra Grimlia")

    assert look_for("Grimlai").read_as == ""


def test_a_word_that_finds_little_gets_a_suggestion_unless_it_is_short() -> None:
    for number in range(4):
        put(f"Om rus {number}", "Ensomhet og rus.")
    put("Bus nummer sju", "Ensomhett.")

    assert look_for("bus").perhaps == ""
    assert look_for("bus driver").read_as == ""
    assert look_for("ensomhett").perhaps == "ensomhet"


def test_a_word_that_is_spelt_as_it_should_be_is_only_asked_about() -> None:
    for number in range(3):
        put(f"Ordet {number}", "Å gå ut en dag.")

    orket, slip = look_for("orket gå"), look_for("ordte")

    assert (orket.read_as, orket.perhaps, orket.number) == ("", "ordet gå", 3)  # "orket" is a word, only not one of these texts
    assert not orket.has_all_words
    assert slip.read_as == "ordet"


def test_old_words_find_and_are_never_suggested() -> None:
    put("Rusavhengig i ti år")
    for number in range(4):
        put(f"De kalte meg narkoman {number}")

    assert "Rusavhengig i ti år" in titles("narkoman")
    assert look_for("narkomna").read_as == look_for("narkomna").perhaps == ""
    assert not Word.objects.filter(word__startswith="narko").exists()


def test_counts_are_of_what_was_found_and_own_group_is_either_or() -> None:
    load_vocabularies()
    for number in range(6):
        put(f"Sorg {number}", terms=["library:topic.loss"], notes=["death"] if number else [])
    put("Sorg på gård", kind="example")
    put("Noe annet", kind="method")

    found = look_for("sorg", "kind:story")

    assert found.number == 6
    assert (found.counts["kind:story"], found.counts["kind:example"], found.counts["kind:method"]) == (6, 1, 0)
    assert (found.counts["library:topic.loss"], found.counts["content-notes:death"]) == (6, 5)
    assert look_for("sorg", "kind:story", "kind:example").number == 7


def test_what_belongs_to_a_theme_stands_under_the_theme() -> None:
    load_vocabularies()
    put("Tro", terms=["chime:hope.belief"])

    assert titles("", "chime:hope") == ["Tro"]


def test_what_a_reader_is_spared_is_in_no_list_count_or_suggestion() -> None:
    load_vocabularies()
    for number in range(3):
        put(f"Avrusningen {number}", notes=["death"], terms=["library:topic.loss"])
    kept = put("Avrusning uten mer")
    whole = look_for("avrusning")

    assert (whole.number, look_for("avrusning", without=("content-notes:death",)).number) == (4, 1)
    assert look_for("avrusning", without=("library:topic.loss",)).counts["kind:story"] == 1
    assert look_for("", items=(kept.handle,)).number == 3
    assert look_for("avrussning", without=("content-notes:death",)).read_as == ""


def test_one_teller_under_one_name_is_hidden_and_under_another_is_not() -> None:
    from knutepunkt.stories.queries.finding_names import teller_of
    from tests import factories as make

    person = make.person()
    first = put("Første", person=person, teller_name="Lyng")
    put("Andre", person=person, teller_name="Lyng")
    put("Tredje", person=person, teller_name="Røsslyng")
    put("Fjerde", teller_name="Lyng")

    assert set(titles("", tellers=(teller_of(first),))) == {"Tredje", "Fjerde"}


def test_without_words_the_newest_come_first_page_by_page() -> None:
    for number in range(13):
        put(f"Nummer {number}")

    first = look_for()
    second = find(Query(), facets=facets(), after=first.next_after)

    assert [row.title for row in shown_in_list(first.keys)] == [f"Nummer {n}" for n in range(12, 2, -1)]
    assert [row.title for row in shown_in_list(second.keys)] == ["Nummer 2", "Nummer 1", "Nummer 0"]
    assert second.next_after == 0


def test_hits_are_paged_in_one_order_and_bounded() -> None:
    for number in range(25):
        put(f"Sorg {number}")
    whole = [find(Query("sorg"), facets=facets(), after=start).keys for start in (0, 10, 20)]

    assert len({key for keys in whole for key in keys}) == 25
    assert find(Query("sorg"), facets=facets(), after=20).next_after == 0
    assert find(Query("sorg"), facets=facets(), after=10**17).keys == []


def test_what_is_taken_back_is_nowhere_and_leaves_no_word() -> None:
    before = {model: model.objects.count() for model in (Posting, Block, Word, Entered, SearchEntry)}
    shown = put("Sjeldentblomst i Grimlia", "Et ord ingen andre har: kvistlyng.", teller_name="Lyng")
    assert titles("kvistlyng") == ["Sjeldentblomst i Grimlia"]
    assert search("sjeldentblomst", audiences=[PUBLIC])

    take_down(shown.item)

    assert titles("kvistlyng") == titles("grimlia") == titles() == []
    assert search("sjeldentblomst", audiences=[PUBLIC]) == []
    assert {model: model.objects.count() for model in before} == before


def test_words_of_what_is_taken_back_are_suggested_no_more() -> None:
    shown = [put(f"Kvistlyng {number}") for number in range(2)]
    assert look_for("kvislyng").read_as == "kvistlyng"

    take_down(shown[0].item)
    assert look_for("kvislyng").read_as == ""
    take_down(shown[1].item)

    assert not Word.objects.filter(word="kvistlyng").exists()


def test_taking_back_one_leaves_the_others_as_they_were() -> None:
    first, second = put("Hage og hund"), put("Hage og katt")

    take_down(first.item)

    assert titles("hage") == [second.title]
    assert Word.objects.get(word="hage").items == 1


def test_taken_back_in_the_middle_of_a_search_is_not_shown() -> None:
    shown, other = put("Hage"), put("Hagen min")
    found = look_for("hage")

    take_down(shown.item)

    assert [row.pk for row in shown_in_list(found.keys)] == [other.pk]


def test_a_new_edition_forgets_the_words_of_the_old_one() -> None:
    shown = put("Hage", "kvistlyng")
    item: Item = shown.item
    keep_content(item, clean("story", {"title": "Skog", "text": "bjørk"}))

    put_out(item, may_be_found=False)

    assert titles("kvistlyng") == titles("hage") == []
    assert titles("bjørk") == ["Skog"]
    assert not Posting.objects.filter(stem__startswith="kvist").exists()


def test_it_is_found_in_the_transaction_it_is_published_in_and_gone_when_that_fails() -> None:
    def publish_and_fail() -> None:
        with transaction.atomic():
            put("Kvistlyng")
            assert titles("kvistlyng") == ["Kvistlyng"]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        publish_and_fail()

    assert titles("kvistlyng") == titles() == []


def test_everything_made_anew_is_what_it_was() -> None:
    whole_collection()
    forget_names()

    def contents() -> list[Any]:
        postings = sorted((p.stem, p.block, bytes(p.items)) for p in Posting.objects.exclude(stem="~version"))
        blocks = sorted((b.number, bytes(b.facets)) for b in Block.objects.all())
        words = sorted(Word.objects.values_list("word", "stem", "sound", "items"))
        return [postings, blocks, words, Entered.objects.count(), SearchEntry.objects.filter(kind="stories.item").count()]

    before = contents()

    assert rebuild() == Published.objects.count()
    assert contents() == before


def test_strange_searches_do_no_harm() -> None:
    put("Hage")

    for words in ("\x00", '"', "' OR 1=1 --", "hage*", "💚", "a" * 5000, "﷽", "*:*", "~version", "~item:x", "(((", "%_%"):
        look_for(words)
    assert look_for("hage", "kind:nothing", "x", without=("y",)).number == 1


def test_a_very_long_story_and_endless_words_are_found_and_forgotten() -> None:
    shown = put("Lang", " ".join(f"ord{n % 997} hage" for n in range(25_000)) + " kvistlyng " + "å" * 5000)

    assert titles("kvistlyng") == titles("hage") == ["Lang"]
    take_down(shown.item)

    assert Posting.objects.count() == Word.objects.count() == 0


def test_missing_voices_are_counted_on_stories_and_small_numbers_look_like_none() -> None:
    load_vocabularies()
    Organisation.objects.create(name="Troms", sort_name="troms", kind="county", slug="troms", code="55")
    for number in range(40):
        put(f"F {number}", terms=["library:situation.parent"], region="5501" if number < 4 else "")
    for number in range(5):
        put(f"S {number}", terms=["library:situation.prison"])
    put("E", kind="example", terms=["library:situation.young"])

    groups = {one.group: one for one in missing_voices()}

    assert "library:situation.parent" not in {f.key for f in groups["situation"].none}
    assert {"library:situation.young", "library:situation.sami"} <= {f.key for f in groups["situation"].none}
    assert "region:55" in {f.key for f in groups["region"].none}
    assert "teller" not in groups


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_many_publish_and_take_back_at_once() -> None:
    load_vocabularies()
    faults: list[Exception] = []

    def work(name: int) -> None:
        try:
            for number in range(3):
                shown = put(f"Hage hund katt {name} {number}", "Skog og sjø og fjell")
                if number:
                    with transaction.atomic():
                        take_down(shown.item)
        except Exception as fault:  # noqa: BLE001 (whatever it is)
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert look_for("hage").number == look_for().number == 4
    assert Word.objects.get(word="skog").items == 4
    connection.close()


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_after_the_sweep_no_index_keeps_the_words_on_disk() -> None:
    load_vocabularies()
    put("Hage")
    shown = put("Kvistlyngen", "Et ord til: røsslyngfolket.")
    take_down(shown.item)
    sweep_database()

    tables = (Posting, Word, SearchEntry, Published)
    rows = [str(row) for model in tables for row in model.objects.values_list()]
    assert not any("kvistlyng" in row.lower() or "røsslyng" in row.lower() for row in rows)
    if connection.vendor == "sqlite":
        everything = connection.connection.serialize().lower()
        assert b"hage" in everything
        assert b"kvistlyng" not in everything
        assert "røsslyng".encode() not in everything
