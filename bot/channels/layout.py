"""One turn as a text and options: what every channel's renderer starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.channel import JsonObject, Said
from bot.channels.fitting import plain, shorten
from bot.channels.incoming import CHOICE_MARK, MENU_MARK, PAGE_MARK
from bot.channels.words import Words

_LONGEST_SOURCE = 90


@dataclass(frozen=True)
class Style:
    """How a channel likes it.

    Args:
        options: Most buttons beside one message; 0 when the platform has none.
        sources: Most sources named for one reply.
        links: Whether sources are given with their address.
    """

    options: int
    sources: int
    links: bool


@dataclass(frozen=True)
class Option:
    """A button; ``number`` is what may be typed in its place."""

    title: str
    payload: str
    number: int | None = None


@dataclass(frozen=True)
class Laid:
    """The text of a turn and the buttons beside its end."""

    text: str
    options: tuple[Option, ...]


def lay_out(said: Said, style: Style, words: Words) -> Laid:
    """Return the turn for a channel of this style.

    Choices are numbered through the whole turn, in the text, so that the same numbers can
    be typed on every channel; buttons page when there are too many.
    """
    if said.first:
        return _page(said, style, words)
    blocks: list[str] = []
    listed: list[Option] = []
    for reply in said.replies:
        blocks.append(_body(reply, style, words))
        own = _choices(reply, first=len(listed) + 1)
        if own:
            blocks.append("\n".join(f"{it.number}. {it.title}" for it in own))
        listed += own
    if listed:
        blocks.append(words.choose if style.options else words.choose_by_number)
    next_steps = _next_steps(said, words)
    options = _shown(listed, 0, style, said, words)
    if style.options:
        options += next_steps[: style.options - len(options)]
    elif next_steps:
        lines = [words.related, *(f"- {option.title}" for option in next_steps)]
        blocks.append("\n".join(lines))
    return Laid("\n\n".join(filter(None, blocks)), tuple(options))


def _page(said: Said, style: Style, words: Words) -> Laid:
    listed: list[Option] = []
    for reply in said.replies:
        listed += _choices(reply, first=len(listed) + 1)
    options = _shown(listed, said.first, style, said, words)
    lines = [f"{it.number}. {it.title}" for it in options if it.number]
    return Laid("\n".join([words.page, *lines]), tuple(options))


def _shown(
    listed: Sequence[Option], first: int, style: Style, said: Said, words: Words
) -> list[Option]:
    if not style.options:
        return []
    rest = list(listed[first:])
    if len(rest) <= style.options:
        return rest
    last = first + style.options - 1
    more = Option(words.next_page, f"{PAGE_MARK}{said.message_id}:{last}")
    return [*listed[first:last], more]


def _next_steps(said: Said, words: Words) -> list[Option]:
    found = {
        f"{CHOICE_MARK}{topic['id']}": plain(topic["title"])
        for reply in said.replies
        for topic in reply.get("related", ())
    }
    if said.menu:
        found |= {f"{MENU_MARK}{item.key}": item.title for item in words.menu}
    return [Option(title, payload) for payload, title in found.items()]


def _choices(reply: JsonObject, first: int) -> list[Option]:
    return [
        Option(plain(choice["title"]), f"{CHOICE_MARK}{choice['id']}", number)
        for number, choice in enumerate(reply.get("choices", ()), start=first)
    ]


def _body(reply: JsonObject, style: Style, words: Words) -> str:
    notes = [_source(source, style, words) for source in reply.get("sources", ())]
    more = len(notes) - style.sources
    notes = notes[: style.sources]
    if notes and more > 0:
        notes[-1] += f", {words.more_sources.format(count=more)}"
    if reply.get("as_of"):
        notes.append(words.as_of.format(as_of=reply["as_of"]))
    return "\n\n".join(filter(None, [plain(reply["text"]), "\n".join(notes)]))


def _source(source: JsonObject, style: Style, words: Words) -> str:
    number, date = source.get("number"), source.get("date")
    line = words.source.format(
        title=shorten(source["title"], _LONGEST_SOURCE),
        number=f", số {number}" if number else "",
        date=f", {_day(date)}" if date else "",
        checked_on=_day(source["checked_on"]),
    )
    url = source.get("url")
    return f"{line} {url}" if url and style.links else line


def _day(date: str) -> str:
    parts = date.split("-")
    return "/".join(reversed(parts)) if len(parts) in (2, 3) else date
