"""Platform text in the languages of the course: English in the source, the rest in gettext catalogues.

Course text (titles, hints, diagnoses) is no business of this module: its author writes both languages.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.errors import Mistake

LANGUAGES = ("en", "ko")
DOMAIN = "autograder"
FOLDER = Path(__file__).parent / "locale"

Both = dict[str, str]  # {"en": ..., "ko": ...}: a sentence as it stands in the JSON


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English is the source itself."""
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, str(FOLDER), [language])


def both(message: str, **values: object) -> Both:
    """A platform sentence in both languages, its {places} filled. A value may itself be in both languages."""
    return {language: _fill(translations(language).gettext(message), language, values) for language in LANGUAGES}


def both_plural(singular: str, plural: str, count: int, **values: object) -> Both:
    """The same for a sentence that depends on a count, which it gets as {count}."""
    return {
        language: _fill(translations(language).ngettext(singular, plural, count), language, {**values, "count": count})
        for language in LANGUAGES
    }


def course_text(text: Text) -> Both:
    return {"en": text.en, "ko": text.ko}


def _fill(message: str, language: str, values: dict[str, object]) -> str:
    chosen = {key: value[language] if isinstance(value, dict) else value for key, value in values.items()}
    return message.format(**chosen)


def mark(message: str) -> str:
    """Marks a sentence for the catalogue where it stands in a table; `both` translates it later."""
    return message


@dataclass(frozen=True)
class Text:
    """One sentence in both languages of the course."""

    en: str
    ko: str

    def __post_init__(self) -> None:
        for language, text in (("en", self.en), ("ko", self.ko)):
            if not isinstance(text, str):
                raise Mistake(f'Text takes two strings, Text("English", "한국어"); the {language} one is {text!r}')

    def in_language(self, language: str) -> str:
        return self.ko if language == "ko" else self.en
