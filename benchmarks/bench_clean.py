"""What it costs to clean a megabyte, ordinary or hostile; and that four times the text cost four times the time.

Everything that is saved, shown or loaded into an editor passes ``clean``. The limit counts computing, which a busy
machine stretches less than the clock; the ratio to a quarter of the text shows what is not linear, on any machine.
"""

import sys
from functools import partial

from benchmarks import newsroom
from richtext import clean

SIZE = 1_000_000
LIMIT = 1.0
MOST = 5.5  # times as long for four times the text: 4, and what the machine does meanwhile
TIMES = 3

WORDS = "The river rose overnight &amp; fell again, said the mayor, who had not slept. "
LINK = '<a href="https://example.org/gauge?day=1&amp;hour=2" title="The gauge">the gauge</a>'
HEAD = "<thead><tr><th>Day</th><th>Level</th></tr></thead>"
TABLE = f"<table>{HEAD}<tbody><tr><td>Monday</td><td>3</td></tr></tbody></table>"
PIECES = {
    "ordinary text": f"<h2>The river</h2>\n\n<p>{WORDS * 4}<b>{WORDS}</b>{LINK}.</p>\n<ul><li>{WORDS}</li></ul>\n",
    # nothing but tags
    "paragraphs of one letter": "<p>x</p>",
    "words of one letter": "<i>x</i>",
    "links of one letter": "<a href=x>x</a>",
    "opened, never closed": "<b>",
    "closed, never opened": "</p>",
    "headings without words": "<h2>",
    "cells without a table": "<td>",
    "rows without a table": "<tr>",
    "lines": "<br>",
    "tags nobody knows": "<x>",
    # depth
    "divisions in divisions": "<div>",
    "lists in lists": "<ul><li>",
    "tables in tables": "<table><tr><td>",
    "words in words": "<b><i><s><sub>x",
    "misnested": "<b><i>x</b><p>y</i>",
    # attributes
    "attributes": '<p a=1 b=2 c="3" onclick=x id=q lang=en>x</p>',
    "styles": "<span style='font-weight:700;font-style:italic'>x</span>",
    "one tag of attributes": ' a="b"',
    # characters
    "references": "&eacute;",
    "ampersands": "&",
    "signs": "<",
    "comments": "<!---->",
    "what is silent": "<svg>",
    "Word's lists": "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>x</p>",
    # blocks
    "picture": '<figure data-image="3" data-place="wide" data-alt="Mud"><figcaption>The river</figcaption></figure>',
    "gallery": '<figure data-gallery="1 2 3 4 5"><figcaption>The river</figcaption></figure>',
    "story": '<figure data-story="45"></figure>',
    "document": '<figure data-document="7"><figcaption>The ruling</figcaption></figure>',
    "embed": '<figure data-embed="https://www.youtube.com/watch?v=dQw4w9WgXcQ" data-title="A film"></figure>',
    "chart": f'<figure data-chart="bar"><figcaption>The river</figcaption>{TABLE}</figure>',
    "pull quote": '<blockquote data-pull=""><p>Nobody told us.</p><p><cite>Ana Ruiz</cite></p></blockquote>',
    "box": f'<aside data-box=""><h3>How we counted</h3><p>{WORDS}</p></aside>',
    "footnote": '<p>x<small data-note="">The <em>auditor</em>.</small></p>',
}
AROUND = {"one tag of attributes": ("<p", ">x</p>"), "Word's lists": ("<p>mso-</p>", "")}


def main() -> int:
    quick = [_is_quick(name, piece) for name, piece in PIECES.items()]
    return 0 if all(quick) else 1


def _is_quick(name: str, piece: str) -> bool:
    quarter, whole = _computing(name, piece, SIZE // 4), _computing(name, piece, SIZE)
    ratio = min(whole.cpu) / max(min(quarter.cpu), 0.001)
    return newsroom.told(f"clean 1 MB, {name}", whole, limit=LIMIT, times_a_quarter=f"{ratio:.1f}") and ratio <= MOST


def _computing(name: str, piece: str, size: int) -> newsroom.Taken:
    before, behind = AROUND.get(name, ("", ""))
    html = before + piece * (size // len(piece)) + behind
    taken = newsroom.seconds(partial(clean, html), TIMES)
    return newsroom.Taken(taken.cpu, taken.cpu)


if __name__ == "__main__":
    sys.exit(main())
