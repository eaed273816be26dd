"""What a message names: entities meant, not meant, counted, referred to, asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.answers.cues import Cues
from bot.text.fold import fold

#: Id of the major whose short name folds to the word for "little".
_LITTLE = "it"
_SCHOOL = "truong"


@dataclass(frozen=True)
class Mention:
    """An entity found in a message; a button's has no ``start`` and ``end``."""

    kind: str
    value: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Message:
    """A message with the entities the language side found in it."""

    text: str
    mentions: tuple[Mention, ...] = ()

    @property
    def chosen(self) -> bool:
        """Whether it is a button: its entities are exact and complete."""
        return any(mention.start < 0 for mention in self.mentions)


@dataclass(frozen=True)
class Said:
    """What a message says of entities.

    Attributes:
        named: Ids per kind that are meant.
        negated: Ids per kind that are said not to be meant.
        excluded: Ids per kind that are left out ("ngoài CTU ra").
        asked_for: Kinds the message asks for.
        referred_to: Kinds it points back at ("ngành đó").
        counted: Kind (or nothing) and place counted ("trường thứ hai"), -1 the last.
        wants: Names of cues for the answer.
        stranger: An institution named that the catalogue does not have.
        other: Kind of which another one is asked for, and nothing else ("ngành khác").
        bare: Whether there is nothing but entities in it.
        returns: Whether it goes back to an earlier subject.
        corrects: Whether it puts something right in so many words.
    """

    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    negated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked_for: frozenset[str] = frozenset()
    referred_to: frozenset[str] = frozenset()
    counted: tuple[str, int] | None = None
    wants: frozenset[str] = frozenset()
    stranger: str = ""
    other: str = ""
    bare: bool = False
    returns: bool = False
    corrects: bool = False


def read(message: Message, cues: Cues, today: date) -> Said:
    """Return what ``message`` says of entities; years are counted from ``today``."""
    if message.chosen:
        return Said(named=_by_kind(message.mentions))
    text = fold(message.text)
    if len(text) != len(message.text):
        text = message.text.lower()
    mentions = [it for it in message.mentions if _is_entity(it, message, text, cues)]
    stranger = _stranger(message.text, text, mentions, cues)
    if stranger:
        mentions = [it for it in mentions if not _elsewhere(it, text, cues)]
    negated = [it for it in mentions if cues.negated.search(text[: it.start])]
    excluded = [it for it in mentions if cues.excluded.search(text[: it.start])]
    meant = [it for it in mentions if it not in negated and it not in excluded]
    extra, spans = _spoken(text, cues, today)
    counted = cues.ordinal.search(text)
    referred = {kind: it.search(text) for kind, it in cues.referred_to.items()}
    spans += [(it.start, it.end) for it in mentions]
    spans += [found.span() for found in (counted, *referred.values()) if found]
    named = _by_kind([*meant, *extra])
    return Said(
        named=named,
        negated=_by_kind(negated),
        excluded=_by_kind(excluded),
        asked_for=frozenset(k for k, it in cues.asked_for.items() if it.search(text)),
        referred_to=frozenset(kind for kind, found in referred.items() if found),
        counted=_place(counted, cues) if counted else None,
        wants=frozenset(name for name, it in cues.wants.items() if it.search(text)),
        stranger=stranger,
        other="" if spans else _other(text, cues),
        bare=bool(text and spans) and not stranger and _only(text, spans, cues),
        returns=bool(cues.back.search(text)),
        corrects=bool(cues.corrected.search(text)),
    )


def _by_kind(mentions: Iterable[Mention]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for mention in mentions:
        found.setdefault(mention.kind, {})[mention.value] = None
    return {kind: tuple(values) for kind, values in found.items()}


def _is_entity(mention: Mention, message: Message, text: str, cues: Cues) -> bool:
    typed = message.text[mention.start : mention.end].lower()
    before, after = text[: mention.start], text[mention.end :]
    if mention.value == _LITTLE and fold(typed) == "it":
        if typed != "it" or message.text[mention.start].isupper():
            return typed == "it"
        # Who types diacritics would have typed them on "ít" too.
        hurried = fold(message.text) == message.text.lower()
        beside = cues.little_before.search(before) or cues.little_after.match(after)
        return not (hurried and beside)
    if mention.value == "tdu" and fold(typed) == "tay do":
        asks_place = cues.asked_for["institution"].search(text)
        return not (
            cues.city_after.search(before)
            or (asks_place and cues.city_in.search(before))
        )
    return True


def _elsewhere(mention: Mention, text: str, cues: Cues) -> bool:
    return mention.kind == "institution" and bool(
        cues.elsewhere.match(text[mention.end :])
    )


def _stranger(typed: str, text: str, mentions: Sequence[Mention], cues: Cues) -> str:
    for mention in mentions:
        if _elsewhere(mention, text, cues):
            place = cues.elsewhere.match(text[mention.end :])
            assert place is not None
            return typed[mention.start : mention.end + place.end()].strip()
    taken = [(it.start, it.end) for it in mentions if it.kind != "level"]
    return _listed_elsewhere(typed, text, taken, cues) or _capitalised(
        typed, text, taken, cues
    )


def _listed_elsewhere(
    typed: str, text: str, taken: Sequence[tuple[int, int]], cues: Cues
) -> str:
    for names, alone in ((cues.others, True), (cues.others_after, False)):
        for found in names.finditer(text):
            if any(low < found.end() and found.start() < high for low, high in taken):
                continue
            heads = list(cues.named_after.finditer(text[: found.start()]))
            near = heads and not text[heads[-1].end() : found.start()].strip()
            if near or alone:
                start = heads[-1].start() if near else found.start()
                return typed[start : found.end()].strip()
    return ""


def _capitalised(
    typed: str, text: str, taken: Sequence[tuple[int, int]], cues: Cues
) -> str:
    """Return a name such as "Đại học Phú Xuân": capital letters after such a word."""
    for head in cues.named_after.finditer(text):
        # A bare "trường" names primary and high schools as well.
        if head[0] == _SCHOOL or any(low <= head.start() < high for low, high in taken):
            continue
        name = re.match(r"(?:\s+[^\W\d_][\w.&-]*)+", typed[head.end() :])
        words = name[0].split() if name else []
        proper = [word for word in _leading_capitals(words) if len(word) > 1]
        if len(proper) >= 2 and not typed.isupper():
            return f"{typed[head.start() : head.end()]} {' '.join(proper)}"
    return ""


def _leading_capitals(words: Sequence[str]) -> list[str]:
    kept = []
    for word in words:
        if not word[0].isupper():
            break
        kept.append(word)
    return kept


def _spoken(
    text: str, cues: Cues, today: date
) -> tuple[list[Mention], list[tuple[int, int]]]:
    found: list[Mention] = []
    spans: list[tuple[int, int]] = []
    for match in cues.year.finditer(text):
        year = str(today.year + cues.years[match[0]])
        found.append(Mention("year", year))
        spans.append(match.span())
    for pattern in cues.years_of_experience:
        if years := pattern.search(text):
            found.append(Mention("experience", years[1]))
            spans.append(years.span())
    for experience in cues.experience:
        if words := experience.words.search(text):
            found.append(Mention("experience", experience.name))
            spans.append(words.span())
    return found, spans


def _place(found: re.Match[str], cues: Cues) -> tuple[str, int]:
    word = found["end"] or found["nth"]
    number = int(word) if word.isdigit() else cues.ordinals[word]
    return cues.counted[found["thing"]], number


def _other(text: str, cues: Cues) -> str:
    for kind, words in cues.another.items():
        found = words.search(text)
        if found and _only(text, [found.span()], cues):
            return kind
    return ""


def _only(text: str, spans: Sequence[tuple[int, int]], cues: Cues) -> bool:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    rest = cues.filler_phrases.sub(" ", "".join(kept))
    return all(word in cues.fillers for word in re.findall(r"\w+", rest))
