"""A name in what a person typed: "dạ em tên Lan ạ" → "Lan"."""

from __future__ import annotations

import re

from bot.forms.message import Message
from bot.forms.words import phrases
from bot.text.fold import fold
from bot.text.placeholders import find_placeholders

# Full stops inside "Ng.V.A" do not end anything; "Văn-An" is one name, "An - Sở" not.
_BREAK = re.compile(r"[,;()/\n!]|\.(?=\s|$)|\s[-–—]+\s")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W\d_]+)*")
_LONGEST = 6
#: A bare name of more words than this starts with a family name or a title.
_LONGEST_GIVEN = 3
#: So many words a listed phrase around a name may have.
_LONGEST_PHRASE = 3


def name_in(text: str) -> str | None:
    """Return the name that ``text`` gives, ``None`` when it gives none for certain."""
    parts = _parts(text)
    for part in parts:
        led, words = _without_front(part)
        if led and (name := _certain(words, introduced=True)):
            return _written(name)
    if "?" in text or not parts:
        return None
    name = _certain(_without_front(parts[0])[1], introduced=False)
    if name is None:
        name = next((it for it in parts[1:] if _is_full_name(it)), None)
    if name is None and not Message(text).asks():
        return introduced_name(text)
    return _written(name) if name else None


def _is_full_name(words: list[str]) -> bool:
    capitals = all(_is_marked(words, at) for at in range(len(words)))
    family = _is(words[0], "family_names", strict=True)
    return capitals and family and 1 < len(words) <= _LONGEST


def introduced_name(text: str) -> str | None:
    """Return the name behind the first words that introduce one ("… tên em là …")."""
    for part in _parts(text):
        for start in range(len(part) - 1):
            called = _is(part[start], "kin") and _leads_on(part, start + 1)
            if called or _size_at(part, start, "name_words"):
                led, words = _without_front(part[start:])
                if led and (name := _certain(words, introduced=True)):
                    return _written(name)
    return None


def short_text_as_name(text: str) -> str | None:
    """Return a short text as a name: one was asked for, and nothing reads better."""
    for part in _parts(text):
        words = _cut(_without_front(part)[1])
        titled = phrases("titles").are_text(words[0]) and len(words) > 1
        known = titled or phrases("family_names").are_text(words[0])
        fits = len(words) <= (_LONGEST if known else _LONGEST_GIVEN)
        return _written(words) if fits and not _has_other_words(words) else None
    return None


def name_beside_contact(text: str) -> str | None:
    """Return the name in a text with a contact ("Lan 0901…"), not "số tôi"."""
    name = name_in(text)
    if name or "?" in text:
        return name
    for part in _parts(text):
        left = [word for word in part if not _is(word, "around_contact", strict=True)]
        if left:
            return short_text_as_name(" ".join(left))
    return None


def _parts(text: str) -> list[list[str]]:
    """Return the words of each part, without parts that only agree or greet."""
    for placeholder in find_placeholders(text):
        text = text.replace(placeholder, ",")
    split = [_WORD.findall(it) for it in _BREAK.split(text)]
    return [words for words in split if words and not _is_polite(words)]


def _is_polite(words: list[str]) -> bool:
    shown = " ".join(words)
    if phrases("names_like_commands").are_text(shown):
        return False
    return phrases("polite").are_text(shown) or phrases("agree").are_text(shown)


def _without_front(words: list[str]) -> tuple[bool, list[str]]:
    """Return whether words introduce a name, and those behind the introduction."""
    at, introduced, addressed = 0, False, False
    while at < len(words) - 1 and not (at and _is_marked(words, at)):
        if size := _size_at(words, at, "name_words"):
            naming = True
        elif size := _size_of_speaker(words, at):
            naming, addressed = False, True
        elif (introduced or addressed) and _is(words[at], "name_links", strict=True):
            naming, size = True, 1
        else:
            naming, size = False, _size_at(words, at, "polite", strict=True)
        if not size or at + size >= len(words):
            break
        at += size
        introduced = introduced or naming
    return introduced, words[at:]


def _size_of_speaker(words: list[str], at: int) -> int:
    """Return 1 where a word means the person who writes, and is no title."""
    leads = _is(words[at], "kin") and _leads_on(words, at + 1)
    return int(leads or _is(words[at], "self_words", strict=True))


def _leads_on(words: list[str], at: int) -> bool:
    return at < len(words) - 1 and (
        bool(_size_at(words, at, "name_words")) or _is(words[at], "is_word")
    )


def _size_at(words: list[str], at: int, name: str, *, strict: bool = False) -> int:
    for size in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        if _is(" ".join(words[at : at + size]), name, strict=strict):
            return size
    return 0


def _is(text: str, name: str, *, strict: bool = False) -> bool:
    return phrases(name).are_text(text, strict=strict)


def _is_marked(words: list[str], at: int) -> bool:
    """Return whether a capital tells a word from a particle ("tên Thành Long")."""
    shouted = all(word.isupper() for word in words)
    return words[at][0].isupper() and not shouted


def _cut(words: list[str]) -> list[str]:
    """Return words without a job, a place or particles behind the name."""
    for at in range(1, len(words)):
        if _is_job(words, at) or words[at][0].isdigit():
            words = words[:at]
            break
    return _without_ending(_capitals(words))


def _is_job(words: list[str], at: int) -> bool:
    """Return whether a job, a place or an age starts there; a last word is a name."""
    rest = words[at:]
    return not _is_marked(words, at) and any(
        _is(" ".join(rest[:size]), "behind_name", strict=size == 1)
        for size in range(1, _LONGEST_PHRASE + 1)
        if size > 1 or len(rest) > 1
    )


def _capitals(words: list[str]) -> list[str]:
    """Return the capitalised words at the start, when at least two make a name."""
    size = next(
        (
            at
            for at, word in enumerate(words)
            if not word[0].isupper() and fold(word) not in _MIDDLE
        ),
        len(words),
    )
    enough = size > 1 and words[size - 1][0].isupper()
    return words[:size] if enough and not _has_other_words(words[size:]) else words


def _without_ending(words: list[str]) -> list[str]:
    while len(words) > 1 and not _is_marked(words, len(words) - 1):
        after = _is(words[-1], "name_after", strict=True)
        spoken_to = len(words) > 2 and (
            _is(words[-1], "kin") and _is(words[-2], "name_after", strict=True)
        )
        if not after and not spoken_to:
            break
        words = words[:-1]
    return words


def _certain(words: list[str], *, introduced: bool) -> list[str] | None:
    """Return the words that are a name for certain, if they are one."""
    if _is_job(words, 0):
        return None
    words = _cut(words)
    if len(words) > _LONGEST:
        return None
    capitals = all(_is_marked(words, at) for at in range(len(words)))
    if not (capitals and len(words) > 1) and _has_other_words(words):
        return None
    if introduced or (capitals and len(words) <= _LONGEST_GIVEN):
        return words
    if _is(words[0], "family_names", strict=True):
        return words
    titled = _is(words[0], "titles") and 1 < len(words) <= _LONGEST_GIVEN + 1
    known = titled and (words[1][0].isupper() or _is(words[1], "birth_order"))
    return words if known else None


def _has_other_words(words: list[str]) -> bool:
    """Return whether words have one that no name has ("không", "muốn")."""
    shown = " ".join(words)
    marked = any(_is(word, "never_names_marked", strict=True) for word in words)
    return marked or phrases("never_names").in_text(shown)


def _written(words: list[str]) -> str:
    shown = " ".join(words)
    return shown.title() if shown in (shown.lower(), shown.upper()) else shown


#: These middle names are often typed small in a name with capitals.
_MIDDLE = frozenset({"thi", "van"})
