"""Student text is shown as it is, but cannot hide, deceive or flood."""

import time

import pytest

from autograder.report.sanitize import clean, one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text", "plain text"),
        ("한글과 emoji 👩‍💻 é ñ", "한글과 emoji 👩‍💻 é ñ"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]0;new title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b(Btext\x1b=", "text"),
        ("\x1b", ""),
        ("a\x00b\x08c", "a␀b␈c"),
        ("a\u202eb\u2066c", "a[U+202E]b[U+2066]c"),
        ("zero\u200bwidth\ufeff", "zero[U+200B]width[U+FEFF]"),
        ("half \ud800", "half \ufffd"),
        ("10%\r50%\r100%\n", "100%"),
        ("windows\r\nline", "windows\nline"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 3),
        ("tag\U000e0041", "tag[U+E0041]"),
    ],
)
def test_what_cannot_be_seen_is_removed_or_shown(text, shown):
    assert clean(text) == shown


def test_long_text_is_cut_and_the_rest_is_counted():
    assert clean("x" * 1000, limit=10) == "x" * 10 + "… (+990)"
    assert clean("a\n" * 30, lines=2) == "a\na… (+56)"


def test_one_line_is_one_line():
    assert one_line("a\n b\t\r\n c") == "a b c"


def test_visible_leaves_honest_text_alone():
    assert visible("김민지 O'Brien-Smith, PhD (2)") == "김민지 O'Brien-Smith, PhD (2)"


@pytest.mark.parametrize(
    "text", ["\x1b]" * 200_000, "\x1b[" + "1;" * 300_000, "\r" * 500_000, "\x1b[" * 300_000, "\u0301" * 500_000]
)
def test_a_megabyte_of_marks_costs_little(text):
    started = time.process_time()
    assert len(clean(text)) < 2000
    assert time.process_time() - started < 2
