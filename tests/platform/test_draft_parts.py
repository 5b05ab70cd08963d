"""What several pages have written in one form: none takes another's place, and nothing grows by being sent again."""

from __future__ import annotations

from webapp.platform import draft_parts
from webapp.platform.draft_parts import Page, Part, added, as_one, together

ONE, OTHER = Page("a" * 16), Page("b" * 16)


def test_together() -> None:
    assert together({"a": ["en to"]}, {"a": ["en to tre"]}) == {"a": ["en to tre"]}
    assert together({"a": ["x y"], "b": ["1"]}, {"a": ["z"], "b": ["2"]}) == {"a": ["z\n\nx y"], "b": ["2"]}


def test_the_first_letters_of_something_new_do_not_take_the_place_of_the_old() -> None:
    assert together({"a": ["Jeg var syk"]}, {"a": ["J"]}) == {"a": ["Jeg var syk"]}


def test_a_page_that_saves_again_replaces_only_its_own() -> None:
    parts = added([], ONE, {"a": ["I går: en halv side"]})
    for words in ("J", "Jeg", "Jeg vil", "Jeg kan"):
        parts = added(parts, OTHER, {"a": [words]})
    assert as_one(parts) == {"a": ["Jeg kan\n\nI går: en halv side"]}


def test_a_text_that_was_overtaken_on_the_way_changes_nothing() -> None:
    """The page sends its last words, and another tab what lay on the device from before (static/js/utkastside.js)."""
    opening, again = "c" * 16, "d" * 16
    parts = added([], ONE, {"a": ["det hele"]}, f"{opening}.10")
    for late in (f"{opening}.9", f"{opening}.1"):
        assert added(parts, ONE, {"a": ["det"]}, late) == parts
    for newer in (f"{opening}.11", f"{opening}.10", f"{again}.1", "", "x", f"{opening}.{'9' * 10}"):
        assert as_one(added(parts, ONE, {"a": ["annet"]}, newer)) == {"a": ["annet"]}
    other = added(parts, OTHER, {"a": ["fra den andre"]}, f"{opening}.1")
    assert as_one(other) == {"a": ["fra den andre\n\ndet hele"]}
    assert draft_parts.read(draft_parts.stored(other)) == other


def test_two_pages_that_save_in_turn_do_not_grow() -> None:
    parts: list[Part] = []
    for _turn in range(20):
        parts = added(parts, ONE, {"a": ["fra den ene"]})
        parts = added(parts, OTHER, {"a": ["fra den andre"]})
    assert as_one(parts) == {"a": ["fra den andre\n\nfra den ene"]}


def test_what_was_fetched_is_the_pages_own_and_what_came_after_is_not() -> None:
    before = added([], ONE, {"a": ["en halv side"]})
    page = Page.new(part.mark for part in before)
    assert as_one(added(before, page, {"a": ["en hel"]})) == {"a": ["en hel"]}  # the bruker took the rest away
    newer = added(before, ONE, {"a": ["en halv side til"]})
    assert as_one(added(newer, page, {"a": ["en hel"]})) == {"a": ["en hel\n\nen halv side til"]}


def test_many_pages_become_fewer_and_no_word_is_lost() -> None:
    parts: list[Part] = []
    for nr in range(30):
        parts = added(parts, Page.new(), {"a": [f"side {nr:02}"]})
    assert len(parts) == draft_parts.MOST_PARTS
    assert sorted(as_one(parts)["a"][0].split("\n\n")) == [f"side {nr:02}" for nr in range(30)]


def test_what_no_page_of_ours_says() -> None:
    for value in (
        "",
        "x",
        "A" * 16,
        "a" * 16 + ".",
        "a" * 16 + ".b",
        "a" * 16 + ("." + "b" * 16) * 21,
        "a" * 16 + "\n",
    ):
        assert Page.read(value) == Page(), value
    page = Page.new(["b" * 16])
    assert Page.read(str(page)) == page


def test_rows_from_before_there_were_parts() -> None:
    assert as_one(draft_parts.read({"a": ["b"]})) == {"a": ["b"]}
    parts = added([], ONE, {"a": ["b"]})
    assert draft_parts.read(draft_parts.stored(parts)) == parts
