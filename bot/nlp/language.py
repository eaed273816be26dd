"""A spaCy language: underthesea's tokens, NORM without diacritics.

Registered as ``vi_folded`` (entry point in ``pyproject.toml``), so ``spacy.blank("vi_folded")``
and ``spacy.load`` of a saved pipeline work wherever this package is installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import spacy
from spacy.attrs import NORM
from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize

from bot.text.fold import fold


class UndertheseaTokenizer:
    """Splits text into syllables, numbers and signs with underthesea's rules.

    The text of the doc always equals the text given: what the rules skip becomes a token.
    """

    def __init__(self, vocab: Vocab) -> None:
        """Keep the vocabulary that docs are made with."""
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the doc of ``text``; a single space is a token's trailing space."""
        words: list[str] = []
        spaces: list[bool] = []
        done = 0
        for word in tokenize(text):
            start = text.find(word, done)
            if start < 0:
                continue
            self._add(text[done:start], words, spaces)
            words.append(word)
            spaces.append(False)
            done = start + len(word)
        self._add(text[done:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    @staticmethod
    def _add(gap: str, words: list[str], spaces: list[bool]) -> None:
        # A single space belongs to the token before it; spaCy keeps it there.
        for part in re.findall(r" |[^ ]+", gap):
            if part == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(part)
                spaces.append(False)

    def to_disk(self, path: Path, **_: Any) -> None:
        """Nothing is stored: the rules are underthesea's."""

    def from_disk(self, path: Path, **_: Any) -> UndertheseaTokenizer:
        """Return itself: nothing was stored."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing is stored."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> UndertheseaTokenizer:
        """Return itself: nothing was stored."""
        return self


@spacy.registry.tokenizers("ictbot.UndertheseaTokenizer.v1")
def create_tokenizer() -> Callable[[Language], UndertheseaTokenizer]:
    """Return the factory that spaCy's config names."""
    return lambda nlp: UndertheseaTokenizer(nlp.vocab)


class FoldedVietnameseDefaults(BaseDefaults):
    """NORM is the folded word, so that patterns match with and without diacritics."""

    config: ClassVar[dict[str, Any]] = spacy.util.load_config_from_str(
        '[nlp]\n[nlp.tokenizer]\n@tokenizers = "ictbot.UndertheseaTokenizer.v1"\n'
    )
    lex_attr_getters: ClassVar[dict[int, Any]] = {NORM: fold}
    writing_system: ClassVar[dict[str, Any]] = {
        "direction": "ltr",
        "has_case": True,
        "has_letters": True,
    }


class FoldedVietnamese(Language):
    """Vietnamese for short chat messages; see the module docstring."""

    lang = "vi_folded"
    Defaults = FoldedVietnameseDefaults


spacy.registry.languages.register("vi_folded", func=FoldedVietnamese)
