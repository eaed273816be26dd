"""Which entities each topic takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.library import read_topics
from bot.settings import ROOT

#: Kinds a topic takes when they are named, beyond those the contract lists.
_NAMED_TOO: Mapping[str, tuple[str, ...]] = {
    "study/where": ("institution",),
    "study/majors": ("institution", "level"),
    "study/major_info": ("institution", "level"),
    "study/institution_info": ("major", "level"),
    "study/compare_institutions": ("major",),
    "study/tuition": ("level",),
    "study/benchmark_score": ("level",),
    "study/admission_code": ("level",),
    "study/subject_groups": ("year",),
    "study/admission_methods": ("year",),
    "study/scholarships": ("institution",),
    "study/vocational": ("institution", "major"),
    "study/postgraduate": ("institution", "major"),
    "study/short_courses": ("institution",),
    "study/admission_calendar": ("institution",),
    "career/salary": ("major",),
    "career/role_info": ("major",),
    "career/employers_cantho": ("employer",),
    "industry/size": ("year",),
    "training/advanced_programs": ("institution", "major"),
    "training/foreign_language": ("institution",),
}
#: Topic of a message that names only entities: the first whose kinds and counts fit.
_BY_ENTITIES: tuple[tuple[dict[str, int], str], ...] = (
    ({"institution": 2}, "study/compare_institutions"),
    ({"major": 2, "institution": 0}, "study/compare_majors"),
    ({"institution": 1}, "study/institution_info"),
    ({"major": 1}, "study/major_info"),
    ({"experience": 1}, "career/salary"),
    ({"role": 1}, "career/role_info"),
    ({"employer": 1}, "career/employer_info"),
    ({"certificate": 1}, "training/certificates"),
    ({"level": 1}, "study/where"),
)

_POSTGRADUATE = frozenset({"master", "doctorate"})


@dataclass(frozen=True)
class Contract:
    """The kinds of entities per topic.

    Attributes:
        carried: Kinds that are also taken from memory (``params`` of ``topics.yml``).
        pairs: Topics that take two of a kind.
    """

    carried: Mapping[str, frozenset[str]]
    pairs: Mapping[str, str]

    def takes(self, topic: str) -> frozenset[str]:
        """Return the kinds that select an answer of ``topic`` when they are named."""
        return self.carried.get(topic, frozenset()) | set(_NAMED_TOO.get(topic, ()))


@lru_cache(maxsize=1)
def load_contract() -> Contract:
    """Read ``data/topics.yml``."""
    params = {
        topic: list(row.get("params", ()))
        for topic, row in read_topics(ROOT / "data" / "topics.yml").items()
    }
    return Contract(
        carried={topic: frozenset(kinds) for topic, kinds in params.items() if kinds},
        pairs={
            topic: kinds[0]
            for topic, kinds in params.items()
            if len(kinds) == 2 and kinds[0] == kinds[1]
        },
    )


def topic_by_entities(named: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return what a message that only names entities asks by itself."""
    if not _POSTGRADUATE.isdisjoint(named.get("level", ())):
        return "study/postgraduate"
    for wanted, topic in _BY_ENTITIES:
        counts = {kind: len(named.get(kind, ())) for kind in wanted}
        if all(
            counts[kind] >= least if least else not counts[kind]
            for kind, least in wanted.items()
        ):
            return topic
    return None
