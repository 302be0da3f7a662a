"""The only place where HTML becomes trusted; and the words of a text, without its markup."""

from richtext.comparing import Change, Comparison, compare, compare_plain
from richtext.merging import Clash, Merged, merge
from richtext.plain import paragraphs
from richtext.references import Figure, Named, figures, named, register
from richtext.rendering import render
from richtext.sanitiser import clean
from richtext.words import excerpt, folded, reading_minutes, text, word_count

__all__ = [
    "Change",
    "Clash",
    "Comparison",
    "Figure",
    "Merged",
    "Named",
    "clean",
    "compare",
    "compare_plain",
    "excerpt",
    "figures",
    "folded",
    "merge",
    "named",
    "paragraphs",
    "reading_minutes",
    "register",
    "render",
    "text",
    "word_count",
]
