"""Text as words: what counts as the same, where each word stands, and what a change touches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.source.words import Change, Variants, changes, keys, places_of, touched, words_of

_VARIANTS = Variants(
    [("eventuelt", "evt"), ("ud over", "udover"), ("fx", "eksempelvis", "for eksempel"), ("ud", "udad")]
)
_GUARDED = [keys(words_of(phrase)) for phrase in ("bør", "hurtigst muligt", "slettes", "straks")]


def _words(text: str) -> str:
    return " | ".join(keys(words_of(text)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Spørg ind til, hvad der er SKET!", "spørg | ind | til | hvad | der | er | sket"),
        ("»Vurder« – (hvor mange) …", "vurder | hvor | mange"),
        ("den krænkede og/eller forældrene", "den | krænkede | og/eller | forældrene"),
        ("video m.m., evt. 1/12 2022", "video | m.m | evt | 1/12 | 2022"),
        ("på: politi.dk/anmeld.", "på | politi.dk/anmeld"),
        ("mail; eat@brondby.dk", "mail | eat@brondby.dk"),
        ("SSP- og SSP-teams", "ssp | og | ssp-teams"),
        ("", ""),
        ("– … !", ""),
    ],
)
def test_a_word_is_what_it_says_without_case_and_the_marks_around_it(text: str, words: str) -> None:
    assert _words(text) == words


@pytest.mark.parametrize("other", ["forældre", "Forældrenes", "og eller", "m m", "politi dk anmeld"])
def test_another_form_is_another_word_until_somebody_says_otherwise(other: str) -> None:
    assert _words(other) not in [_words(text) for text in ("forældrene", "og/eller", "m.m.", "politi.dk/anmeld")]


@given(st.text("aÅø1 .,–/-@»«\n", max_size=40))
def test_each_word_stands_where_it_says_and_only_marks_and_spaces_stand_between(text: str) -> None:
    words = words_of(text)
    assert [text[word.start : word.end].casefold() for word in words] == list(keys(words))
    ends = [0, *(word.end for word in words)]
    starts = [*(word.start for word in words), len(text)]
    assert all(not any(map(str.isalnum, text[end:start])) for end, start in zip(ends, starts, strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("evt. oplæg", "eventuelt oplæg"),
        ("hjælp udover skolen", "hjælp ud over skolen"),
        ("for eksempel en samtale", "eksempelvis en samtale"),
        ("Fx en samtale", "FOR EKSEMPEL, en samtale"),
    ],
)
def test_forms_in_one_row_count_as_the_first_of_them(one: str, other: str) -> None:
    assert keys(_VARIANTS.words_of(one)) == keys(_VARIANTS.words_of(other))
    assert keys(words_of(one)) != keys(words_of(other))


def test_a_form_of_several_words_is_one_word_that_keeps_its_whole_place() -> None:
    text = "Hjælp ud  over, hvad"
    assert [(word.key, text[word.start : word.end]) for word in _VARIANTS.words_of(text)] == [
        ("hjælp", "Hjælp"), ("ud over", "ud  over"), ("hvad", "hvad"),
    ]  # fmt: skip


def test_the_longest_form_is_the_one_that_is_meant() -> None:
    assert keys(_VARIANTS.words_of("udad, ud, ud over, udover")) == ("ud", "ud", "ud over", "ud over")
    assert keys(_VARIANTS.words_of("for eksempelvis")) == ("for", "fx")


def test_a_form_without_a_word_changes_nothing() -> None:
    assert keys(Variants([("–", "…"), ("a", "b")]).words_of("b – a")) == ("a", "a")


def test_a_phrase_is_found_at_each_of_its_places() -> None:
    words = ("og", "den", "og", "den", "krænkede")
    assert places_of(("og", "den"), words) == [0, 2]
    assert places_of(("den", "krænkede"), words) == [3]
    assert places_of(("krænkede", "den"), words) == places_of((), words) == places_of((*words, "x"), words) == []


@given(st.lists(st.sampled_from("abc"), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_with_the_changes_made_the_one_text_is_the_other(old: list[str], new: list[str]) -> None:
    made, position = [], 0
    for change in changes(old, new):
        assert old[change.old_start : change.old_end] != new[change.new_start : change.new_end]
        made += old[position : change.old_start] + new[change.new_start : change.new_end]
        position = change.old_end
    assert made + old[position:] == new


def test_a_word_that_has_moved_is_gone_in_one_place_and_there_in_another() -> None:
    assert changes(["slet", "straks", "det", "hele"], ["straks", "det", "hele", "slet"]) == [
        Change(0, 1, 0, 0), Change(4, 4, 3, 4),
    ]  # fmt: skip
    assert changes(["a", "b"], ("a", "b")) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("det bør ses", "det ses", ["bør"]),
        ("det ses", "det bør ses", ["bør"]),
        ("straks slettes det", "slettes det straks", ["straks"]),
        ("det gøres hurtigst", "det gøres hurtigst muligt", ["hurtigst muligt"]),
        ("involveres hurtigst muligt", "involveres muligt hurtigst", ["hurtigst muligt"]),
        ("bør slettes straks", "bør gemmes straks", ["slettes"]),
        ("den og/eller de", "den og de", ["og/eller"]),
        ("på politi.dk/anmeld", "på siden", ["politi.dk/anmeld"]),
        ("tel. 21621691", "tel. 21621692", ["21621691", "21621692"]),
        ("skriv til eat@brondby.dk", "skriv", ["eat@brondby.dk"]),
        ("video m.m.", "video", ["m.m"]),
        ("lav kort notat", "lav et kort notat", []),
        ("det bør ses hurtigst muligt", "det bør nu ses hurtigst muligt", []),
        ("det bør ses", "det bør ses", []),
    ],
)
def test_a_change_touches_the_phrases_it_takes_away_puts_in_or_moves(old: str, new: str, found: list[str]) -> None:
    assert touched(keys(words_of(old)), keys(words_of(new)), _GUARDED) == found
