"""The questions of the advice form, and what a free text answers to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.errors import FormError
from bot.forms.phrases import expression, normal, read
from bot.forms.words import phrases
from bot.settings import ROOT
from bot.text.fold import fold

FOLDER = ROOT / "data" / "knowledge" / "advice"
#: What an answer is when the person would not say.
SKIPPED = "skipped"
# "12A3" is a class of grade 12.
_CLASS = re.compile(r"\b(1[0-2]|[6-9])[a-z]\d{0,2}\b")
_GAP = 3
#: So likely is it that the text answers the question at all: against the words that fit,
_SURE = 0.3
#: where none does,
_LIKELY = 0.05
#: and so much of that an answer has to have; of several that may be given, less.
_THE_ONE = 0.5
_ONE_OF_SEVERAL = 0.3


@dataclass(frozen=True)
class Option:
    """One possible answer; ``also`` is a second one its button stands for.

    In ``words``, "…" stands for up to three words.
    """

    id: str
    words: tuple[str, ...]
    title: str | None = None
    also: str | None = None


@dataclass(frozen=True)
class Question:
    """One question: the slot it fills and its possible answers."""

    slot: str
    options: tuple[Option, ...]
    several: bool = False

    def understand(self, text: str, *, outright: bool = False) -> tuple[str, ...]:
        """Return the answers that ``text`` names.

        The longest words win their place: "dở toán" is not "toán".

        Args:
            text: What was typed.
            outright: The question was not asked, so one word alone does not count.
        """
        typed = read(text)
        words = _CLASS.sub(r"\1", typed.words)
        pattern, meaning = _compiled(self, typed.plain)
        named: dict[str, int] = {}
        done = 0
        for found in pattern.finditer(words):
            between, done = words[done : found.start()], found.end()
            if outright and " " not in found[0]:
                continue
            if not phrases("denied").end(between, plain=typed.plain):
                option = meaning[found.lastgroup or ""]
                named.setdefault(option, found.start())
        order = [option.id for option in self.options if option.id in named]
        if self.several:
            return tuple(order)
        return tuple(sorted(order, key=named.__getitem__)[:1])

    def guess(self, told: Mapping[str, float], *, sure: bool) -> tuple[str, ...]:
        """Return the answers that a free text most likely gives.

        Args:
            told: Probabilities by ``<question>_<answer>``, over all questions.
            sure: Whether to say nothing unless it is likelier than not.
        """
        name = self.slot.removeprefix("advice_")
        chances = {it.id: told.get(f"{name}_{it.id}", 0.0) for it in self.options}
        total = sum(chances.values())
        if total < (_SURE if sure else _LIKELY):
            return ()
        wanted = total * (_ONE_OF_SEVERAL if self.several else _THE_ONE)
        likely = [option for option, chance in chances.items() if chance >= wanted]
        return tuple(sorted(likely, key=chances.__getitem__, reverse=True))

    def chosen(self, title: str) -> tuple[str, ...]:
        """Return the answers that the button with this title stands for."""
        for option in self.options:
            if option.title == title:
                return tuple(filter(None, (option.id, option.also)))
        return ()


@lru_cache(maxsize=32)
def _compiled(
    question: Question, folded: bool
) -> tuple[re.Pattern[str], dict[str, str]]:
    meaning: dict[str, str] = {}
    for option in question.options:
        for phrase in option.words:
            meaning.setdefault(_expression(phrase, folded), option.id)
    longest_first = sorted(meaning, key=len, reverse=True)
    groups = {f"g{place}": meaning[it] for place, it in enumerate(longest_first)}
    options = "|".join(f"(?P<g{place}>{it})" for place, it in enumerate(longest_first))
    return re.compile(rf"(?<!\w)(?:{options})(?!\w)"), groups


def _expression(phrase: str, folded: bool) -> str:
    parts = " … ".join(map(normal, phrase.split("…")))
    return expression(fold(parts) if folded else parts, gap=_GAP)


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    """Return the questions in the order they are asked.

    Raises:
        FormError: The file has something that cannot be used.
    """
    return tuple(_question(row) for row in _read(FOLDER / "questions.yml"))


def question_of(slot: str) -> Question | None:
    """Return the question that fills ``slot``."""
    return next((it for it in questions() if it.slot == slot), None)


def _question(row: dict[str, Any]) -> Question:
    try:
        options = tuple(
            Option(
                option["id"],
                tuple(_texts(row["slot"], option["words"])),
                option.get("title"),
                option.get("also"),
            )
            for option in row["options"]
        )
        return Question(row["slot"], options, bool(row.get("several")))
    except KeyError as error:
        raise FormError(f"questions.yml: a row has no {error}: {row}") from error


def _texts(slot: str, words: Iterable[Any]) -> Iterable[str]:
    for word in words:
        # Unquoted, YAML reads some words as true, false or a number.
        if not isinstance(word, str):
            raise FormError(f"questions.yml: {slot}: put {word!r} in quotes")
        yield word


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
