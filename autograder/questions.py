"""Multiple-choice questions: what a lecturer imports in `checks.py` beside `authoring`.

A question is a task whose function takes nothing and returns letters. Its key stands in `checks.py` and in the solution,
never in what students get: the visible check asks the given function `<name>_form` whether the answer is well-formed,
as wrong answers are too. The hidden check judges the letters; the report explains each misjudged one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.authoring import EXEMPTIBLE, Call, Draw, Task, X
from autograder.errors import Mistake
from autograder.i18n import Text

FORM = "_form"
_NO_INPUTS = "a question has no inputs"
_FORM_TITLE = Text("the form of the answer", "답의 형식")
_FORM_HINT = Text(
    "The answer is a text of the letters {first} to {last}, in any order. Whether it is right is seen when it is graded.",
    "답은 {first}부터 {last}까지의 글자로 된 문자열이고, 순서는 상관없습니다. 맞았는지는 채점할 때 알 수 있습니다.",
)
_TITLE = Text("the right statements, all of them and no other", "옳은 것을 빠짐없이, 옳은 것만")
_HINT = Text(
    "Read each statement on its own: is it true in every case that it speaks of?",
    "문장을 하나씩 따로 읽어 보세요. 그 문장이 말하는 모든 경우에 참인가요?",
)
_ONE = Text("One statement is judged the other way round.", "판단이 반대로 된 문장이 하나 있습니다.")
_NO_TEXT = Text(
    'The answer is one text of letters, such as "ab", and no list, number or set.',
    '답은 "ab"처럼 글자를 이어 쓴 문자열 하나여야 하며, 리스트나 수, 집합이 아닙니다.',
)


@dataclass(frozen=True)
class Option:
    """One statement of a question.

    right: whether it belongs to the answer.
    why: what to tell a student who judged it the other way round.
    """

    right: bool
    why: Text


@dataclass
class Choice(Task):
    """A multiple-choice question; several statements may be right, one at least.

    options: the statements by letter, as they stand in the docstring of the function: `{"a": Option(True, Text(...))}`.

    Its checks, its misconceptions (one statement judged the other way round, each) and its variants (the right letters
    spelt otherwise) are made of the options.
    """

    options: Mapping[str, Option] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.exempt = dict.fromkeys(EXEMPTIBLE, _NO_INPUTS)
        super().__post_init__()
        letters = "".join(self.options)
        if letters != "abcdefghijklmnopqrstuvwxyz"[: len(letters)] or len(letters) < 2:
            raise Mistake(f'question "{self.name}": its options are called a, b, c and so on, not {[*self.options]}')
        if not self.key:
            raise Mistake(f'question "{self.name}" has no right option; at least one must be')
        words = {"first": letters[0], "last": letters[-1]}
        hint = Text(**{name: _FORM_HINT.in_language(name).format(**words) for name in _FORM_HINT.languages})
        self.check("form of the answer", points=0, visible=True, tolerance=X, title=_FORM_TITLE, hint=hint)(self._form)
        self.check("answer", points=self.points, tolerance=X, title=_TITLE, hint=_HINT, judge=self._judge)(self._answer)

    @property
    def key(self) -> str:
        """The letters of the right options."""
        return "".join(letter for letter, option in self.options.items() if option.right)

    def _form(self, draw: Draw) -> Iterator[Call]:
        yield draw.call(function=self.name + FORM)

    def _answer(self, draw: Draw) -> Iterator[Call]:
        yield draw.call()

    def _judge(self, args: object, value: str) -> Text | None:
        """Why the answer is wrong. Where one statement alone is misjudged, its misconception says which."""
        wrong = self._misjudged(value)
        return _ONE if len(wrong) == 1 and not self._strangers(value) else self.explanation(value)

    def explanation(self, value: object) -> Text | None:
        """What to tell of an answer: each statement that it judges the other way round; None for a right one."""
        if not isinstance(value, str):
            return _NO_TEXT
        strangers = self._strangers(value)
        if strangers:
            return Text(
                f"There is no statement {', '.join(strangers)}.",
                f"{', '.join(strangers)}: 그런 문장은 없습니다.",
            )
        wrong = self._misjudged(value)
        return self._explained(wrong) if wrong else None

    def _strangers(self, value: str) -> list[str]:
        return sorted({letter for letter in value.lower() if letter.isalpha()} - set(self.options))

    def _misjudged(self, value: str) -> list[str]:
        chosen = {letter for letter in value.lower() if letter.isalpha()}
        return [letter for letter, option in self.options.items() if option.right is not (letter in chosen)]

    def _explained(self, letters: Sequence[str]) -> Text:
        spoken = self.options[letters[0]].why.languages
        return Text(
            **{
                name: " ".join(f"({letter}) {self.options[letter].why.in_language(name)}" for letter in letters)
                for name in spoken
            }
        )

    def slips(self) -> Iterator[tuple[str, str, Text]]:
        """(name, answer, what to tell) of every answer that judges one statement the other way round."""
        for letter, option in self.options.items():
            answer = "".join(sorted({*self.key} ^ {letter}))
            yield f"{self.name}_{'without' if option.right else 'with'}_{letter}", answer, self._explained([letter])

    def spellings(self) -> tuple[str, ...]:
        """The right answer in other spellings: capitals in reverse order with commas, and letters with blanks."""
        return ", ".join(reversed(self.key.upper())), " ".join(self.key)


def questions(tasks: Iterable[Task]) -> tuple[Choice, ...]:
    """The tasks that are questions."""
    return tuple(task for task in tasks if isinstance(task, Choice))
