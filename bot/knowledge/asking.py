"""Questions that lines of the entries' details answer (``data/asked/<group>.yml``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from bot.errors import LexiconError
from bot.knowledge.library import read_yaml
from bot.settings import ROOT

#: Stands for the short answer where a line is named.
ANSWER = "answer"

#: topic -> (the line as it read when they were written, questions that it answers)
Asking = Mapping[str, Sequence[tuple[str, Sequence[str]]]]


@lru_cache(maxsize=1)
def load_asking(folder: Path = ROOT / "data" / "asked") -> Asking:
    """Read the questions.

    Raises:
        LexiconError: A file has another shape; the message names it.
    """
    found: dict[str, list[tuple[str, Sequence[str]]]] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            for topic, rows in read_yaml(path).items():
                found[topic] = [
                    (row["line"], [*map(str, row["asked"])]) for row in rows
                ]
        except (KeyError, TypeError, AttributeError) as error:
            raise LexiconError(
                f"{path.name}: {error!r}; see the comment in it"
            ) from error
    return found
