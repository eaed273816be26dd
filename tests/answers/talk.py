"""A conversation with the composer; the intent is given, entities are really found."""

from typing import Any

from bot.answers.composer import Composer, Wordings
from bot.answers.contract import load_contract
from bot.answers.cues import load_cues
from bot.answers.memory import Memory
from bot.answers.mentions import Mention, Message, Said, read
from bot.answers.question import Question, topic_of
from bot.answers.turns import Option, Turn
from bot.clock import vietnam_date
from bot.nlp.reader import Reader
from bot.reply import Choice, Reply
from tests.conftest import FixedClock

TODAY = vietnam_date(FixedClock()())
WORDINGS = Wordings(more="more", clarify="which?", out_of_scope="no")


def message(reader: Reader, text: str) -> Message:
    reading = reader.read(text)
    return Message(
        text,
        tuple(
            Mention(span.label_, span.ent_id_ or span.text, *reading.origin(span))
            for span in reading.doc.ents
        ),
    )


def said(reader: Reader, text: str) -> Said:
    return read(message(reader, text), load_cues(), TODAY)


class Talk:
    def __init__(self, composer: Composer, reader: Reader) -> None:
        self.composer = composer
        self.reader = reader
        self.turns: list[Turn] = []

    def ask(self, topic: str, text: str, **ranking: float) -> Reply:
        heard = said(self.reader, text)
        ranked = tuple((topic_of(intent), share) for intent, share in ranking.items())
        return self._reply(heard, Question(topic, text=text, ranking=ranked), False)

    def press(self, choice: Choice) -> Reply:
        payload = choice.payload
        entities = {kind: _ids(value) for kind, value in payload["entities"].items()}
        heard = Said(named=entities)
        return self._reply(heard, Question(topic_of(payload["intent"])), True)

    def _reply(self, heard: Said, question: Question, chosen: bool) -> Reply:
        memory = Memory(
            load_contract(),
            load_cues(),
            self.turns,
            returning=heard.returns,
            answers=self.composer,
        )
        resolved = memory.resolve(heard, question, chosen)
        reply = self.composer.reply(resolved, WORDINGS)
        assert reply is not None, resolved
        told = {kind: _ids(value) for kind, value in reply.params.items()}
        options = tuple(
            Option(
                topic_of(choice.payload["intent"]),
                {k: _ids(v) for k, v in choice.payload["entities"].items()},
            )
            for choice in reply.choices
        )
        turn = Turn((reply.topic,), {**heard.named, **told}, options)
        self.turns.insert(0, turn)
        return reply


def _ids(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)
