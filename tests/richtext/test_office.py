"""Texts out of word processors that come without the editor, as an import would bring them."""

import pytest

from richtext import clean
from tests.richtext.pasted import MEANT, PROGRAMS, clipboard, compact

MARK = "<a style='mso-footnote-id:ftn1' name=_ftnref1>1</a>"
FOOTNOTE = "<div style='mso-element:footnote' id=ftn1><p>n</p></div>"


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_a_program_writes_becomes_what_is_meant(program):
    once = clean(clipboard(program))

    assert compact(once) == MEANT[program]
    assert clean(once) == once


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<span style='font-weight:bold;font-style:oblique'>a</span>b", "<p><strong><em>a</em></strong>b</p>"),
        (
            "<span style='font-weight: 700'>a<p>b</p></span>c",
            "<p><strong>a</strong></p><p><strong>b</strong></p><p>c</p>",
        ),
        ("<span style='font-weight:400'>a</span>", "<p>a</p>"),
        ("<font style='vertical-align:super'>a</font>", "<p><sup>a</sup></p>"),
        ("<span style='text-decoration:underline line-through'>a</span>", "<p><s>a</s></p>"),
        ("<b style='mso-bidi-font-weight:normal'>a</b>", "<p><strong>a</strong></p>"),
        ("<b style='font-weight:normal'>a <b>b</b> c</b> d", "<p>a <strong>b</strong> c d</p>"),
        ("<i style='font-style: normal'>a</i>b</i>", "<p>ab</p>"),
        ("<b>a</span></b></b>b", "<p><strong>a</strong>b</p>"),
        # a machine's mark without its end costs no words
        ("<p>mso-</p><del>a<p>b</p>", "<p>mso-</p><p><s>a</s></p><p><s>b</s></p>"),
        ("<p style='mso-list:l0 level1 lfo1'>a</p>b", "<ul><li>ab</li></ul>"),
        ("<p style='mso-list:l0 level3 lfo1'>a</p><h2>b</h2>", "<ul><li>a</li></ul><h2>b</h2>"),
        (
            "<p style='mso-list:l0 level1'>a</p><p style='mso-list:l1 level1'>b</p>",
            "<ul><li>a</li></ul><ul><li>b</li></ul>",
        ),
        # a footnote nobody refers to stays where it is; one mark takes it, the next finds none
        (FOOTNOTE, "<p>n</p>"),
        (f"<p>a{MARK}b{MARK}</p>{FOOTNOTE}", '<p>a<small data-note="">n</small>b</p>'),
    ],
)
def test_clean_understands(given, kept):
    assert clean(given) == kept
    assert clean(kept) == kept
