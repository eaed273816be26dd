"""Earlier turns of a conversation, as far as memory needs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.answers.question import ANY

Entities = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Option:
    """A choice a reply offered."""

    topic: str
    entities: Entities = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """An earlier turn of the person and what was replied.

    Attributes:
        topics: Topics of the replies.
        entities: What the replies were about and the message named.
        options: What the replies offered to choose from, in order.
    """

    topics: tuple[str, ...]
    entities: Entities = field(default_factory=dict)
    options: tuple[Option, ...] = ()

    @property
    def asked_back(self) -> bool:
        """Whether the person was asked what is meant."""
        return self.topics[-1:] == ("clarify",)

    @property
    def group(self) -> str:
        """Return the group of the last reply."""
        return self.topics[-1].split("/")[0] if self.topics else "dialogue"


def listed(turn: Turn, kind: str) -> Iterator[Option]:
    """Yield what a reply listed, by its choices or else by what it set side by side."""
    seen: set[str] = set()
    for option in turn.options:
        ids = option.entities.get(kind, ())
        if not kind:
            yield option
        elif len(ids) == 1 and ids[0] != ANY and ids[0] not in seen:
            seen.add(ids[0])
            yield Option("", {kind: ids})
    if not seen and not (turn.options and not kind):
        kinds = [kind] if kind else list(turn.entities)
        for each in kinds:
            if len(turn.entities.get(each, ())) > 1:
                for key in turn.entities[each]:
                    yield Option("", {each: (key,)})
                return


def counted(turns: Sequence[Turn], thing: tuple[str, int]) -> Option | None:
    """Return what "trường thứ hai" means: a kind (or nothing) and a place, -1 the last."""
    kind, place = thing
    for turn in turns[:2]:
        options = list(listed(turn, kind))
        if options:
            index = place if place < 0 else place - 1
            return options[index] if -len(options) <= index < len(options) else None
    return None
