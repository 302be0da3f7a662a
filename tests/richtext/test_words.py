import pytest

from richtext import excerpt, paragraphs, reading_minutes, text, word_count


def test_text_has_a_line_for_each_block():
    html = "<h2>One</h2><p>a  <b>b</b>c<br>d&amp;e</p><ul><li>f</li></ul><table><tr><td>g</td><td>h</td></tr></table>"

    assert text(html + "<script>x</script>") == "One\na bc\nd&e\nf\ng\nh"


def test_footnotes_follow_the_text_and_part_no_sentence():
    html = (
        '<p>The bridge<small data-note="">By <a href="/a/">Ana</a></small>, 1<small>9</small>02,</p>'
        '<p>is shut.<small data-note="">Since May</small></p>'
    )

    assert text(html) == "The bridge, 1902,\nis shut.\nBy Ana\nSince May"
    assert excerpt(text(html), 30) == "The bridge, 1902, is shut. By…"
    assert word_count(html) == 9


@pytest.mark.parametrize(
    ("plain", "length", "cut"),
    [
        ("Short.", 200, "Short."),
        ("Exactly ten", 11, "Exactly ten"),
        ("One two three", 8, "One two…"),
        ("One two three", 7, "One two…"),
        ("One two, three", 10, "One two…"),
        ("One two – three", 10, "One two…"),
        ("He said: “It is over”", 10, "He said…"),
        ("  Spaces \n\n and lines ", 200, "Spaces and lines"),
        ("Donaudampfschifffahrt", 5, "Donau…"),
        ("Cafe\u0301s", 4, "Caf…"),
        ("....... .......", 8, ".......…"),
        ("", 10, ""),
    ],
)
def test_excerpt_is_cut_at_a_word(plain, length, cut):
    assert excerpt(plain, length) == cut


def test_words_are_what_holds_a_letter_or_digit():
    assert word_count("<p>It’s 5 – no, <em>six</em>-fold.</p><p>End</p>") == 5


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (230, 1), (344, 1), (345, 2), (700, 3), (2300, 10)])
def test_reading_minutes(words, minutes):
    assert reading_minutes(words) == minutes


@pytest.mark.parametrize(
    ("plain", "html"),
    [
        ("One\ntwo\r\n\r\n\n three <b> & \x00", "<p>One<br>two</p>\n<p>three &lt;b&gt; &amp;</p>"),
        (
            "See https://example.org/a?b=1&c=2.",
            '<p>See <a href="https://example.org/a?b=1&amp;c=2">https://example.org/a?b=1&amp;c=2</a>.</p>',
        ),
        ("(http://example.org/a_(b))", '<p>(<a href="http://example.org/a_(b)">http://example.org/a_(b)</a>)</p>'),
        (
            "Write to Ana.Paz+news@example.co.uk, now",
            '<p>Write to <a href="mailto:Ana.Paz+news@example.co.uk">Ana.Paz+news@example.co.uk</a>, now</p>',
        ),
        ('https://x.org/"onmouseover="a', '<p><a href="https://x.org/">https://x.org/</a>"onmouseover="a</p>'),
        ("http://a@b.org http://. javascript:x", "<p>http://a@b.org http://. javascript:x</p>"),
        ("", ""),
    ],
)
def test_paragraphs(plain, html):
    assert paragraphs(plain) == html
