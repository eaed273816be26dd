"""The questions of the advice form, and what a free text answers to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.advice.amounts import Scale
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
_CLAUSE_END = re.compile(r"[,.;:!?\n]+(?!\d)")
_GAP = 3
#: Name of the chance that a text answers nothing; see ``bot.nlu.told``.
_NOTHING = "none"
#: An answer as likely as this is believed against the words that fit.
_SURE = 0.3
#: Where none does, so likely is it that the text answers the question at all,
_LIKELY = 0.05
#: and so likely beside the chance that it answers nothing.
_RATHER = 0.25
#: So much of that an answer has to have; of several that may be given, less.
_THE_ONE = 0.5
_ONE_OF_SEVERAL = 0.25
#: The likeliest is taken with less when no words fit.
_LIKELIEST = 0.4
#: An answer as likely as this, and so many times as likely as none, is clearly told.
_CLEAR = 0.2
_FAR = 2
_SURELY = 0.95


@dataclass(frozen=True)
class Option:
    """One possible answer.

    Attributes:
        id: Its name.
        words: What it is recognised by; "…" stands for up to three words.
        title: What its button says.
        also: A second answer that the button stands for.
        kind: Of several answers, one of a kind is kept: maths is good or bad.
    """

    id: str
    words: tuple[str, ...]
    title: str | None = None
    also: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Question:
    """One question: the slot it fills, its possible answers, what figures mean."""

    slot: str
    options: tuple[Option, ...]
    several: bool = False
    scale: Scale | None = None

    def understand(self, text: str, *, outright: bool = False) -> tuple[str, ...]:
        """Return the answers that ``text`` names.

        The longest words win their place: "dở toán" is not "toán".

        Args:
            text: What was typed.
            outright: The question was not asked, so one word alone does not count.
        """
        named, _ = self._named(text, outright)
        if self.several:
            # Of "nói chuyện giỏi, toán không rành", the second says more on maths.
            plainest = sorted(
                named, key=lambda it: (-_count(named[it][0]), named[it][1])
            )
            kept = self._one_of_a_kind(plainest)
            return tuple(it.id for it in self.options if it.id in kept)
        return tuple(sorted(named, key=lambda it: named[it][1])[:1])

    def _named(
        self, text: str, outright: bool
    ) -> tuple[dict[str, tuple[str, int]], set[str]]:
        """Return each answer's words and place, and the answers only denied."""
        named: dict[str, tuple[str, int]] = {}
        denied: set[str] = set()
        plain = read(text).plain
        pattern, meaning = _compiled(self, plain)
        for clause in _CLAUSE_END.split(text):
            words = _CLASS.sub(r"\1", read(clause).words)
            words = fold(words) if plain else words
            done = 0
            for found in pattern.finditer(words):
                between, done = words[done : found.start()], found.end()
                if outright and " " not in found[0]:
                    continue
                option = meaning[found.lastgroup or ""]
                if phrases("denied").end(between, plain=plain):
                    denied.add(option)
                else:
                    named.setdefault(option, (found[0], len(named)))
        return named, denied - named.keys()

    def measure(self, text: str) -> tuple[str, ...]:
        """Return the answer that a figure in ``text`` gives: "toán 8,4"."""
        answer = self.scale.answer(text) if self.scale else None
        return (answer,) if answer else ()

    def guess(
        self, told: Mapping[str, float], *, sure: bool, text: str = ""
    ) -> tuple[str, ...]:
        """Return the answers that a free text most likely gives.

        Args:
            told: Probabilities by ``<question>_<answer>``, over all questions.
            sure: Whether to say nothing unless it is likelier than not.
            text: The text: what it denies in so many words is not given.
        """
        chances = self._chances(told)
        total = sum(chances.values())
        nothing = told.get(_NOTHING, 0.0)
        if sure and max(chances.values()) < _SURE:
            return ()
        if total < max(_LIKELY, _RATHER * (total + nothing)):
            return ()
        share = _ONE_OF_SEVERAL if self.several else _THE_ONE if sure else _LIKELIEST
        likely = [it for it, chance in chances.items() if chance >= share * total]
        best_first = sorted(likely, key=chances.__getitem__, reverse=True)
        if not self.several:
            return tuple(best_first[:1])
        denied = self._named(text, outright=False)[1] if text else set()
        return self._one_of_a_kind([it for it in best_first if it not in denied])

    def is_told(self, told: Mapping[str, float]) -> bool:
        """Return whether a free text far likelier answers this question than nothing."""
        best = max(self._chances(told).values())
        return best >= _CLEAR and self.chance(told) > _FAR * told.get(_NOTHING, 1.0)

    def chance(self, told: Mapping[str, float]) -> float:
        """Return how likely a free text answers this question."""
        return sum(self._chances(told).values())

    def _chances(self, told: Mapping[str, float]) -> dict[str, float]:
        name = self.slot.removeprefix("advice_")
        return {it.id: told.get(f"{name}_{it.id}", 0.0) for it in self.options}

    def _one_of_a_kind(self, ids: list[str]) -> tuple[str, ...]:
        kinds = {option.id: option.kind or option.id for option in self.options}
        first: dict[str, str] = {}
        for option in ids:
            first.setdefault(kinds[option], option)
        return tuple(first.values())

    def chosen(self, title: str) -> tuple[str, ...]:
        """Return the answers that the button with this title stands for."""
        for option in self.options:
            if option.title == title:
                return tuple(filter(None, (option.id, option.also)))
        return ()


def tells_nothing(told: Mapping[str, float]) -> bool:
    """Return whether a free text surely answers none of the questions."""
    return told.get(_NOTHING, 0.0) >= _SURELY


def _count(words: str) -> int:
    return len(words.split())


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
                option.get("kind"),
            )
            for option in row["options"]
        )
        several = bool(row.get("several"))
        return Question(row["slot"], options, several, _scale(row.get("scale")))
    except KeyError as error:
        raise FormError(f"questions.yml: a row has no {error}: {row}") from error


def _scale(row: dict[str, Any] | None) -> Scale | None:
    if not row:
        return None
    return Scale(
        units=tuple(row["units"]),
        up_to=tuple((float(most), option) for option, most in row["up_to"].items()),
        subjects=tuple(row.get("subjects", ())),
        times=tuple(row.get("times", {}).items()),
        born=bool(row.get("born")),
    )


def _texts(slot: str, words: Iterable[Any]) -> Iterable[str]:
    for word in words:
        # Unquoted, YAML reads some words as true, false or a number.
        if not isinstance(word, str):
            raise FormError(f"questions.yml: {slot}: put {word!r} in quotes")
        yield word


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))
