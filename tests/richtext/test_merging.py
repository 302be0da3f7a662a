import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richtext import Clash, clean, merge
from richtext.blocks import split
from tests.richtext.bodies import bodies, versions

BASE = "<p>The bridge is closed.</p><p>Trains go by bus.</p><p>It will take a year.</p>"


def keys(html):
    return [block.key for block in split(html)]


def merged(base, theirs, mine):
    result = merge(base, theirs, mine)
    return keys(result.html), list(result.clashes)


def test_changes_to_different_blocks_merge_by_themselves():
    theirs = BASE.replace("closed", "shut")
    mine = BASE.replace("bus", "coach").replace("year", "month")

    assert merged(BASE, theirs, mine) == (
        ["<p>The bridge is shut.</p>", "<p>Trains go by coach.</p>", "<p>It will take a month.</p>"],
        [],
    )


def test_a_block_rewritten_beside_another_one_is_no_clash():
    theirs = BASE.replace("The bridge is closed.", "Quite another beginning stands here now.")
    mine = BASE.replace("Trains go by bus.", "Nobody travels any more, says the company.")

    assert merged(BASE, theirs, mine)[0] == [
        "<p>Quite another beginning stands here now.</p>",
        "<p>Nobody travels any more, says the company.</p>",
        "<p>It will take a year.</p>",
    ]
    assert merged(BASE, theirs, mine)[1] == []


def test_the_same_change_by_both_is_no_clash():
    theirs = BASE.replace("closed", "shut")
    mine = theirs.replace("bus", "coach")

    assert merged(BASE, theirs, mine) == (keys(mine), [])


def test_new_blocks_at_one_place_are_both_kept():
    theirs, mine = BASE + "<p>Theirs.</p><p>Shared.</p>", BASE + "<p>Mine.</p><p>Shared.</p>"

    assert merged(BASE, theirs, mine) == (
        [*keys(BASE), "<p>Theirs.</p>", "<p>Mine.</p>", "<p>Shared.</p>"],
        [],
    )


def test_two_first_texts_of_an_empty_story_are_both_kept():
    assert merged("", "<p>Theirs.</p>", "<p>Mine.</p>") == (["<p>Theirs.</p>", "<p>Mine.</p>"], [])


def test_one_block_changed_in_two_ways_is_a_clash():
    theirs, mine = BASE.replace("closed", "shut"), BASE.replace("closed", "open again")

    assert merged(BASE, theirs, mine) == (
        keys(mine),
        [Clash("<p>The bridge is closed.</p>", "<p>The bridge is shut.</p>", "<p>The bridge is open again.</p>")],
    )


@pytest.mark.parametrize("mine_deletes", [True, False])
def test_deleting_what_the_other_changed_is_a_clash(mine_deletes):
    gone, changed = BASE.replace("<p>Trains go by bus.</p>", ""), BASE.replace("bus", "coach")
    sides = (changed, gone) if mine_deletes else (gone, changed)

    clashes = merged(BASE, *sides)[1]

    new = "<p>Trains go by coach.</p>"
    assert clashes == [
        Clash("<p>Trains go by bus.</p>", *((new, "") if mine_deletes else ("", new))),
    ]


def test_deleting_what_the_other_left_alone_deletes():
    mine = BASE.replace("<p>Trains go by bus.</p>", "")

    assert merged(BASE, BASE.replace("year", "month"), mine) == (
        ["<p>The bridge is closed.</p>", "<p>It will take a month.</p>"],
        [],
    )


def test_a_list_is_merged_item_by_item():
    base = "<ul><li>one fish</li><li>two fish</li></ul>"
    theirs = "<ul>\n\t<li>one red fish</li>\n\t<li>two fish</li></ul>"
    mine = "<ul><li>one fish</li><li>two fish</li><li>blue fish</li></ul>"

    assert merged(base, theirs, mine) == (
        ["<ul><li>one red fish</li><li>two fish</li><li>blue fish</li></ul>"],
        [],
    )


def test_a_list_whose_one_item_both_changed_is_one_clash():
    base, theirs, mine = (f"<ul><li>one fish</li><li>{two}</li></ul>" for two in ("two", "three", "four"))

    assert merged(base, theirs, mine)[1] == [Clash(base, theirs, mine)]


def test_other_white_space_between_tags_is_no_change():
    theirs = BASE.replace("<p>", "\n<p>").replace("closed", "shut")
    mine = BASE.replace("</p>", "</p>\n\n")

    assert merged(BASE, theirs, mine) == (keys(theirs), [])


def test_a_clash_is_settled_as_somebody_chooses():
    result = merge("<p>a b c</p><p>x y z</p>", "<p>a b d</p><p>x y t</p>", "<p>a b e</p><p>x y m</p>")

    settled = result.settled(lambda number, clash: clash.theirs if number else clash.mine)

    assert settled == "<p>a b e</p>\n<p>x y t</p>"


@given(versions())
@settings(deadline=None)
def test_what_only_one_side_changed_is_taken_whole(texts):
    base, other, _ = texts

    assert merge(base, base, other).html == other
    assert merge(base, other, base).html == other
    assert merge(base, other, other).html == other


@given(versions())
@settings(deadline=None)
def test_nothing_that_anybody_typed_is_lost(texts):
    base, theirs, mine = texts
    result = merge(base, theirs, mine)
    known = set(result_keys(result))

    assert set(keys(theirs)) - set(keys(base)) <= known
    assert set(keys(mine)) - set(keys(base)) <= known


@given(versions())
@settings(deadline=None)
def test_what_nobody_touched_stays(texts):
    base, theirs, mine = texts

    merged = merge(base, theirs, mine)
    stands = {*keys(merged.html), *(key for clash in merged.clashes for key in keys(clash.theirs))}
    once = {key for key in keys(base) if keys(base).count(key) == 1}  # of two that are the same each may delete one
    assert once & set(keys(theirs)) & set(keys(mine)) <= stands


@given(versions())
@settings(deadline=None)
def test_who_comes_first_decides_no_clash(texts):
    base, theirs, mine = texts

    there, back = merge(base, theirs, mine), merge(base, mine, theirs)

    assert [(clash.base, clash.mine) for clash in there.clashes] == [
        (clash.base, clash.theirs) for clash in back.clashes
    ]


@given(versions())
@settings(deadline=None)
def test_a_merged_text_is_clean_in_structure(texts):
    result = merge(*texts)

    assert keys(clean(result.html)) == keys(result.html)


@given(bodies())
@settings(deadline=None)
def test_split_loses_nothing(body):
    assert clean("".join(block.html for block in split(body))).replace("\n", "") == body.replace("\n", "")


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12, unique=True), st.data())
@settings(deadline=None)
def test_unique_lines_of_many_writers_are_all_there(lines, data):
    """Everybody adds lines to the text they opened; each merges into what is stored by then."""
    stored = opened = "<p>first</p>"
    for number in lines:
        mine = f"{opened}<p>line {number}</p>" if data.draw(st.booleans()) else f"<p>line {number}</p>{opened}"
        result = merge(opened, stored, mine)
        assert not result.clashes
        stored = result.html
        if data.draw(st.booleans()):
            opened = stored

    assert all(f"<p>line {number}</p>" in stored for number in lines)


def test_a_long_story_is_merged_in_linear_time():
    base = [f"<p>Paragraph {number} says that {number * 7} people came.</p>" for number in range(2000)]
    theirs = [block.replace("people", "persons") if number % 2 else block for number, block in enumerate(base)]
    mine = [block if number % 2 else block.replace("came", "went") for number, block in enumerate(base)]
    started = time.process_time()

    result = merge("".join(base), "".join(theirs), "".join(mine))

    assert time.process_time() - started < 3
    assert not result.clashes
    assert result.html.count("persons") == result.html.count("went") == 1000


@pytest.mark.parametrize("block", ["<p>a</p>", "<p>a</p><p>b</p>", "<ul><li>a</li></ul>"], ids=["one", "two", "list"])
def test_repetition_is_merged_in_linear_time(block):
    started = time.process_time()

    merge(block * 4000, "<p>b</p>" + block * 3000 + "<p>c</p>", (block + "<hr>") * 3000)

    assert time.process_time() - started < 6


def result_keys(result):
    sides = [side for clash in result.clashes for side in (clash.base, clash.theirs, clash.mine)]
    whole = keys(result.html) + [key for side in sides for key in keys(side)]
    items = [part.key for html in (result.html, *sides) for block in split(html) for part in block.parts]
    return [*whole, *items, *(f"<{block.name}>" for block in split(result.html))]
