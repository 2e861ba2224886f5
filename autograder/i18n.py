"""Sentences for people, in the languages of the course: one mechanism for the platform's and for an author's.

A `Message` is a sentence of the platform: English in the source, the rest in gettext catalogues. A `Text` is a sentence
whose author wrote every language. Both pass through grading as they are. When a report is written, `speak` turns every
one of them in a tree of JSON into {"en": ..., "ko": ...}, for the languages that course.yml names.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeAlias, runtime_checkable

from autograder.errors import Mistake

LANGUAGES = ("en", "ko")
"""Languages that the platform itself speaks: the source's, and those that have a catalogue."""

COURSE_LANGUAGES = ("ko", "en")
"""Languages of a course whose course.yml names none."""

NAMES = {
    "en": "English",
    "ko": "한국어",
    "de": "Deutsch",
    "fr": "français",
    "es": "español",
    "ja": "日本語",
    "zh": "中文",
}

DOMAIN = "autograder"
FOLDER = Path(__file__).parent / "locale"

Sentence: TypeAlias = dict[str, str]
"""What is said, by language, as it stands in the JSON."""


@runtime_checkable
class Said(Protocol):
    """Something that can be said in any language."""

    def in_language(self, language: str) -> str:
        """The sentence in this language, or in another where there is none."""


class Text:
    """One sentence by its author, in the languages of the course: `Text("English", "한국어")`, `Text(en="...", de="...")`."""

    __slots__ = ("_by_language",)
    _by_language: dict[str, str]

    def __init__(self, en: str | None = None, ko: str | None = None, **others: str) -> None:
        given = {"en": en, "ko": ko, **others}
        for language, text in given.items():
            if text is not None and not isinstance(text, str):
                raise Mistake(f'Text takes strings, Text("English", "한국어"); the {language} one is {text!r}')
        texts = {language: text for language, text in given.items() if text is not None}
        if not texts:
            raise Mistake('Text takes a sentence in at least one language, as in Text("English", "한국어")')
        object.__setattr__(self, "_by_language", texts)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that its author wrote it in."""
        return tuple(self._by_language)

    @property
    def en(self) -> str:
        return self.in_language("en")

    @property
    def ko(self) -> str:
        return self.in_language("ko")

    def in_language(self, language: str) -> str:
        """The sentence in this language; in English, or in whatever there is, where its author did not write it."""
        texts = self._by_language
        return texts.get(language) or texts.get("en") or next(iter(texts.values()))

    def format(self, **values: object) -> Text:
        """The same sentence with its {places} filled; a value may itself be said in several languages."""
        return self.map(lambda text, language: text.format(**_in(values, language)))

    def map(self, change: Callable[[str, str], str]) -> Text:
        """The sentence changed in each of its languages: change(text, language)."""
        return Text(**{language: change(text, language) for language, text in self._by_language.items()})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a Text does not change")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._by_language == other._by_language

    def __hash__(self) -> int:
        return hash(tuple(self._by_language.items()))

    def __repr__(self) -> str:
        return f"Text({', '.join(f'{language}={text!r}' for language, text in self._by_language.items())})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _text_of, (self._by_language,)


def _text_of(texts: dict[str, str]) -> Text:
    return Text(**texts)


@dataclass(frozen=True)
class Message:
    """A sentence of the platform.

    id: the English sentence, which the catalogues translate.
    values: what fills its {places}; a value may itself be said in several languages.
    plural: the English sentence for other counts than one; "" for a sentence without a count.
    count: fills {count}, and decides between the sentences.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""
    count: int = 1

    def in_language(self, language: str) -> str:
        catalogue = translations(language)
        if self.plural:
            sentence = catalogue.ngettext(self.id, self.plural, self.count)
            return sentence.format(**_in(self.values, language), count=self.count)
        return catalogue.gettext(self.id).format(**_in(self.values, language))


def message(sentence: str, **values: object) -> Message:
    """A platform sentence with its {places} filled."""
    return Message(sentence, values)


def plural(singular: str, other: str, count: int, **values: object) -> Message:
    """A platform sentence for a count of one, or another for other counts; {count} is filled as well."""
    return Message(singular, values, other, count)


def translatable(sentence: str) -> str:
    """Marks a sentence in a table for extraction into the catalogues; `message` makes a Message of it later."""
    return sentence


@cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English, which is the source itself, for one that has none."""
    if language not in LANGUAGES or language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, str(FOLDER), [language])


def speak(tree: Any, languages: Sequence[str]) -> Any:
    """A tree of JSON in which every `Message` and `Text` has become {language: sentence}."""
    if isinstance(tree, (Text, Message)):
        return {language: tree.in_language(language) for language in languages}
    if isinstance(tree, dict):
        return {key: speak(value, languages) for key, value in tree.items()}
    if isinstance(tree, list):
        return [speak(value, languages) for value in tree]
    return tree


def joined(texts: Sequence[Text]) -> Text:
    """Several sentences, one after the other, in every language that one of them has."""
    languages = dict.fromkeys(language for text in texts for language in text.languages)
    return Text(**{language: " ".join(text.in_language(language) for text in texts) for language in languages})


def in_every_language(make: Callable[[str], str], languages: Sequence[str] = LANGUAGES) -> Text:
    """A sentence that is made anew for each of these languages, by default those of the platform."""
    return Text(**{language: make(language) for language in languages})


def _in(values: Mapping[str, object], language: str) -> dict[str, object]:
    return {
        key: value.in_language(language) if isinstance(value, (Text, Message)) else value
        for key, value in values.items()
    }
