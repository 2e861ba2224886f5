"""The catalogues: complete, fresh, and with the same places to fill."""

import gettext
import io
import re
from pathlib import Path

import pytest

import autograder
from autograder.i18n import DOMAIN, FOLDER, LANGUAGES, Text, message, plural, speak

PACKAGE = Path(autograder.__file__).parent
PLACES = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
TRANSLATED = [language for language in LANGUAGES if language != "en"]


def source_messages():
    """Every sentence in code and templates, as `pybabel extract` finds them with babel.cfg."""
    from babel.messages.extract import extract_from_dir
    from babel.messages.frontend import parse_mapping_cfg

    with open(FOLDER / "babel.cfg", encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "message": None, "plural": (1, 2), "translatable": None}
    found = extract_from_dir(PACKAGE, methods, options, keywords)
    return {message for _, _, message, _, _ in found}


def catalogue(language):
    from babel.messages.pofile import read_po

    path = FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    return read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True), path


def flat(message):
    return message if isinstance(message, tuple) else (message,)


def test_the_extraction_finds_code_and_templates():
    found = source_messages()
    assert "The shape is wrong." in found
    assert "Everything is right. Well done!" in found
    assert ("And {count} more part of the result differs.", "And {count} more parts of the result differ.") in found


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_message_is_missing_and_none_is_left_over(language):
    found, _ = catalogue(language)
    assert {m.id for m in found if m.id} == source_messages()
    assert not [m.id for m in found if m.id and not all(flat(m.string))]
    assert not [m.id for m in found if m.id and m.fuzzy]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_the_same_places(language):
    found, _ = catalogue(language)
    for entry in found:
        if entry.id:
            wanted = {place for text in flat(entry.id) for place in PLACES.findall(text)}
            for text in flat(entry.string):
                assert set(PLACES.findall(text)) == wanted, entry.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_fresh(language):
    from babel.messages.mofile import write_mo

    found, path = catalogue(language)
    compiled = io.BytesIO()
    write_mo(compiled, found)
    fresh = gettext.GNUTranslations(io.BytesIO(compiled.getvalue()))
    with open(path.with_suffix(".mo"), "rb") as file:
        committed = gettext.GNUTranslations(file)
    for header in (committed._catalog, fresh._catalog):
        header[""] = [
            line for line in header[""].splitlines() if not line.startswith("Generated-By:")
        ]  # Babel's version
    assert committed._catalog == fresh._catalog


def test_both_languages_are_filled_and_values_may_have_two_languages():
    assert speak(message("result{path}", path="[1]"), LANGUAGES) == {"en": "result[1]", "ko": "결과[1]"}
    inner = message("The shape is wrong.")
    assert message("In a hidden check: {what}", what=inner).in_language("ko") == "비공개 검사에서: 모양이 다릅니다."


def test_student_text_in_a_place_is_not_read_as_a_format():
    assert message("result{path}", path="{path.__class__}").in_language("en") == "result{path.__class__}"


def test_plurals_follow_the_count():
    one = plural("And {count} more part of the result differs.", "And {count} more parts of the result differ.", 1)
    assert one.in_language("en") == "And 1 more part of the result differs."
    assert one.in_language("ko") == "이 밖에도 결과의 1개 부분이 다릅니다."


def test_a_language_without_a_catalogue_gets_the_source_and_an_author_may_write_any():
    assert message("The shape is wrong.").in_language("de") == "The shape is wrong."
    text = Text(en="one", de="eins")
    assert speak([text], ("de", "ko")) == [{"de": "eins", "ko": "one"}]
    assert Text(ko="하나").in_language("en") == "하나"
