"""Facts of a school that a question asks for and the answer on its topic leaves out.

"IELTS bao nhiêu thì vào thẳng chuyên ngành ở Greenwich" is read as one on ways of admission; what
the catalogue knows of English there is said as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bot.answers.cues import phrases
from bot.answers.draft import Draft
from bot.answers.lookup import Lookup
from bot.knowledge.catalogue.model import Cell, Institution
from bot.knowledge.library import read_yaml
from bot.settings import ROOT
from bot.text.fold import fold

#: So many cells of one kind are said at most.
CELLS = 2
#: Phrases that name a fact; the others speak for themselves.
_LABELS = {
    "code": "school_code",
    "phone": "phone",
    "zalo": "zalo",
    "email": "email",
    "website": "website",
    "address": "address",
    "accreditation": "accreditation",
}
FactWords = Mapping[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def load_fact_words(
    path: Path = ROOT / "data" / "lexicon" / "school_facts.yml",
) -> FactWords:
    """Read the words that ask for facts, by the name of their cells.

    Raises:
        KnowledgeError: The file cannot be read.
    """
    return {name: phrases(words) for name, words in read_yaml(path).items()}


def asks_for_fact(text: str) -> bool:
    """Tell whether ``text`` asks for a fact of a school."""
    folded = fold(text)
    return any(words.search(folded) for words in load_fact_words().values())


def with_facts_asked_for(look: Lookup, draft: Draft) -> Draft:
    """Return ``draft``, behind the facts of its only school that the question asks for."""
    schools = draft.params.get("institution", ())
    if len(schools) != 1:
        return draft
    school = look.catalogue.institutions[schools[0]]
    found = [*_asked_for(look, school, draft)]
    if not found:
        return draft
    items = [look.item(cell, label) for label, cell in found]
    lines, below = look.tell.lines(items, apart=False)
    return replace(
        draft,
        before=(*lines, *below, *draft.before),
        cells=(*draft.cells, *(cell for _, cell in found)),
    )


def _asked_for(
    look: Lookup, school: Institution, draft: Draft
) -> Iterator[tuple[str, Cell]]:
    text = fold(look.question.text)
    told = fold(" ".join(item.text for item in draft.items))
    for name, words in load_fact_words().items():
        cells = school.all(name)
        asked = words.search(text)
        if not cells or not asked or asked[0] in told:
            continue
        if set(draft.used).isdisjoint(cells):
            label = look.say(f"what.{_LABELS[name]}") if name in _LABELS else ""
            yield from ((label, cell) for cell in cells[:CELLS])
