"""Memory of a conversation: what a message means after what was said before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answers.beside import asks_for_fact
from bot.answers.context import (
    CURT,
    FOLLOW_UP,
    NO_SUBJECT,
    STUDY_AND_WORK,
    follows_up,
    in_context,
    is_clear,
    returned_to,
)
from bot.answers.context import (
    Said as MaySay,
)
from bot.answers.contract import Contract, topic_by_entities
from bot.answers.cues import Cues
from bot.answers.mentions import Said
from bot.answers.question import ANY, OUT_OF_SCOPE, Question
from bot.answers.turns import Entities, Option, Turn, counted

#: Things said longer ago than so many turns of the person are not taken up.
LOOK_BACK = 8
#: Entities named longer ago than so many turns no longer fit.
FRESH = 5
#: A topic of the subject spoken of is answered rather than refused from this chance on.
LIKELY_ENOUGH = 0.2
#: So many turns in a row about something else are a change of subject, fewer an aside.
ASIDES = 1
_OFFICE = "service/contact"

#: Guesses that a question of the cheapest place is better taken as one of money.
_MAY_BE_MONEY = frozenset(
    {"clarify", "out_of_scope", "study/where", "study/compare_institutions"}
)


class Memory:
    """Resolves questions; ``turns`` are the earlier ones, newest first."""

    def __init__(
        self,
        contract: Contract,
        cues: Cues,
        turns: Sequence[Turn],
        *,
        returning: bool = False,
        answers: MaySay,
    ) -> None:
        """Keep what is needed of the conversation.

        Args:
            contract: Which entities each topic takes.
            cues: Which institutions are employers too.
            turns: The earlier turns, newest first.
            returning: Whether the person goes back to an earlier subject.
            answers: What may be said.
        """
        self._answers = answers
        self._contract = contract
        self._cues = cues
        self._turns = tuple(turns[:LOOK_BACK])
        self._asides = LOOK_BACK if returning else ASIDES

    def resolve(self, said: Said, question: Question, chosen: bool) -> Question:
        """Return ``question`` with its topic and entities as a person would mean them.

        Args:
            said: What the message says of entities.
            question: The message as the classifier understood it.
            chosen: Whether it is a button, whose entities are complete.
        """
        question = replace(
            question,
            known=dict(self._known()),
            unanswered=self._unanswered(),
            wants=said.wants,
            stranger=said.stranger,
            years=said.named.get("year", ()),
            excluded=said.excluded,
            asked_for=said.asked_for,
        )
        if chosen:
            return self._pressed(said, question)
        if said.other and (topic := self._last_that_takes(frozenset({said.other}))):
            others = replace(said, named={said.other: (ANY,)}, bare=True)
            entities, carried = self._filled(topic, others.named, others)
            entities.pop(said.other)
            return replace(question, topic=topic, entities=entities, assumed=carried)
        picked = counted(self._turns, said.counted) if said.counted else None
        if picked and not said.named and said.bare and picked.topic:
            return replace(question, topic=picked.topic, entities=dict(picked.entities))
        named, assumed = self._named(said, picked)
        topic = self._topic(question, said, named)
        settled = topic != question.topic and topic in self._last()
        named = self._renamed(topic, named)
        entities, carried = self._filled(topic, named, said)
        return replace(
            question,
            topic=topic,
            entities=entities,
            assumed=assumed | carried,
            settled=settled,
            again=topic in self._last(),
        )

    def _pressed(self, said: Said, question: Question) -> Question:
        named = {k: v for k, v in said.named.items() if ANY not in v}
        if said.named:
            return replace(question, entities=named)
        entities, carried = self._filled(question.topic, {}, said)
        return replace(question, entities=entities, assumed=carried)

    def _topic(self, question: Question, said: Said, named: Entities) -> str:
        kinds = frozenset(named)
        if "cheapest" in said.wants and question.topic in _MAY_BE_MONEY:
            return "study/tuition"
        named_only = said.bare or (said.corrects and not is_clear(question))
        elliptical = named_only or follows_up(question)
        if elliptical and (kinds or said.negated):
            new = None if named_only else self._new(question, kinds)
            topic = self._last_that_takes(kinds or frozenset(said.negated))
            return new or topic or topic_by_entities(named) or question.topic
        pointed = {k: ids for k, ids in named.items() if k not in said.named}
        if question.topic in (FOLLOW_UP, "clarify", OUT_OF_SCOPE):
            if "institution" in kinds and asks_for_fact(question.text):
                return "study/institution_info"
            of_school = self._last_that_takes(frozenset({"institution"}))
            if said.stranger and of_school:
                return of_school
            likeliest = self._likeliest(question, kinds, pointed)
            return likeliest or self._in_context(question, said) or question.topic
        if question.topic == _OFFICE and self._of_school(question, pointed):
            return "study/institution_info"
        if said.named.keys() - {"year"}:
            return question.topic
        return self._in_context(question, said) or question.topic

    def _in_context(self, question: Question, said: Said) -> str | None:
        clear = bool(question.ranking) and is_clear(question)
        if said.corrects and clear:
            return None
        if said.returns and not clear:
            earlier = {topic for turn in self._turns for topic in turn.topics}
            if topic := returned_to(question, earlier, self._answers):
                return topic
        return in_context(
            question, self._last(), returns=said.returns, answers=self._answers
        )

    def _of_school(self, question: Question, pointed: Entities) -> bool:
        """Tell whether "địa chỉ?" is of the school just spoken of, not of the office."""
        last = self._turns[0].entities if self._turns else {}
        curt = len(question.text.split()) <= CURT
        return "institution" in pointed or (curt and "institution" in last)

    def _new(self, question: Question, kinds: frozenset[str]) -> str | None:
        """Return what a follow-up asks anew: "còn tester thì công việc thế nào"."""
        for topic, chance in question.ranking[:3]:
            if chance >= LIKELY_ENOUGH and "/" in topic and topic != FOLLOW_UP:
                return topic if kinds <= self._contract.takes(topic) else None
        return None

    def _last(self) -> tuple[str, ...]:
        """Return the topics of the last answer, also behind one aside."""
        for turn in self._turns[:2]:
            if turn.group not in NO_SUBJECT:
                return turn.topics
        return ()

    def _likeliest(
        self, question: Question, kinds: frozenset[str], pointed: Entities
    ) -> str | None:
        """Return what a message in doubt asks, as far as what was said before tells."""
        ranked = [topic for topic, _ in question.ranking if "/" in topic]
        ranked = [topic for topic in ranked if topic != FOLLOW_UP]
        if question.topic == FOLLOW_UP:
            # "còn điểm chuẩn thì sao": no entity, so the question itself is new.
            fitting = [it for it in ranked if it in self._contract.carried]
            return next(iter(fitting[:1]), None) if self._turns else None
        if pointed:
            # Who points back at a major asks something of majors.
            carried = self._contract.carried
            taking = (it for it in ranked if pointed.keys() <= carried.get(it, set()))
            return next(taking, None) or topic_by_entities(pointed)
        if question.topic == OUT_OF_SCOPE and (near := self._on_subject(question)):
            return near
        last = self._last_that_takes(kinds) if kinds else None
        unsure = question.topic == "clarify"
        return last if unsure and last in ranked[:3] else None

    def _on_subject(self, question: Question) -> str | None:
        """Return a likely topic of the subject spoken of: "lương bao nhiêu" after a job."""
        groups = (turn.group for turn in self._turns[:2])
        group = next((group for group in groups if group not in NO_SUBJECT), None)
        subject = STUDY_AND_WORK if group in STUDY_AND_WORK else frozenset({group})
        for topic, chance in question.ranking:
            if chance >= LIKELY_ENOUGH and topic.split("/")[0] in subject:
                return topic
        return None

    def _last_that_takes(self, kinds: frozenset[str]) -> str | None:
        for turn in self._relevant():
            options = [it.topic for it in turn.options] if turn.asked_back else []
            for topic in (*reversed(turn.topics), *options):
                if kinds <= self._contract.takes(topic):
                    return topic
        return None

    def _relevant(self) -> Iterator[Turn]:
        """Yield the turns that are still about the subject, newest first."""
        aside = 0
        for turn in self._turns[:FRESH]:
            if turn.group in STUDY_AND_WORK:
                aside = 0
                yield turn
            elif turn.group in NO_SUBJECT:
                yield turn
            else:
                aside += 1
                yield turn
                if aside > self._asides:
                    return

    def _known(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        seen: set[str] = set()
        for turn in self._relevant():
            for kind, ids in turn.entities.items():
                if kind not in seen:
                    seen.add(kind)
                    yield kind, ids

    def _unanswered(self) -> int:
        count = 0
        for turn in self._turns:
            if not turn.asked_back:
                break
            count += 1
        return count

    def _named(
        self, said: Said, picked: Option | None
    ) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
        named = dict(said.named)
        pointed: dict[str, tuple[str, ...]] = dict(picked.entities) if picked else {}
        known = dict(self._known())
        for kind in said.referred_to:
            if kind in known:
                pointed.setdefault(kind, known[kind][-1:])
        added = {kind: ids for kind, ids in pointed.items() if kind not in named}
        return {**named, **added}, frozenset(added)

    def _renamed(self, topic: str, named: Entities) -> dict[str, tuple[str, ...]]:
        # CUSC teaches and employs; a bare FPT in a question on jobs is the company.
        takes = self._contract.takes(topic)
        if "employer" not in takes or "employer" in named:
            return dict(named)
        same = tuple(
            self._cues.employer_of[key]
            for key in named.get("institution", ())
            if key in self._cues.employer_of
        )
        rest = {kind: ids for kind, ids in named.items() if kind != "institution"}
        return {**rest, "employer": same} if same else dict(named)

    def _filled(
        self, topic: str, named: Mapping[str, tuple[str, ...]], said: Said
    ) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
        takes = self._contract.takes(topic)
        entities = {kind: ids for kind, ids in named.items() if kind in takes}
        added: set[str] = set()
        elliptical = said.bare or said.returns
        for kind in self._carried(topic, elliptical):
            remembered = self._remembered(kind, topic, said)
            if kind in said.asked_for or (kind == "institution" and _of_all(said)):
                continue
            if self._contract.pairs.get(topic) == kind and kind in entities:
                if len(entities[kind]) == 1:
                    both = dict.fromkeys((*remembered, *entities[kind]))
                    entities[kind] = tuple(both)[-3:]
            elif kind not in entities and remembered:
                entities[kind] = remembered
                added.add(kind)
        return entities, frozenset(added)

    def _carried(self, topic: str, elliptical: bool) -> frozenset[str]:
        # An elliptical question keeps all that the last answer used.
        carried = self._contract.carried.get(topic, frozenset())
        return self._contract.takes(topic) if elliptical else carried

    def _remembered(self, kind: str, topic: str, said: Said) -> tuple[str, ...]:
        wrong = {*said.negated.get(kind, ()), *said.excluded.get(kind, ())}
        pair = self._contract.pairs.get(topic) == kind
        for turn in self._relevant():
            ids = tuple(it for it in turn.entities.get(kind, ()) if it not in wrong)
            if kind in ("year", "level", "experience") and topic not in turn.topics:
                # A year of one thing is not meant for another.
                if not turn.asked_back and turn.group in STUDY_AND_WORK:
                    return ()
                continue
            if ids:
                return ids if pair else ids[-1:]
        return ()


def _of_all(said: Said) -> bool:
    return bool(said.stranger or "cheapest" in said.wants)
