"""Held-out conversations, run against the real assistant through its public API."""

from __future__ import annotations

import json
import re
import unicodedata
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "dialogues"


@dataclass(frozen=True)
class Turn:
    """What a person says and what must come back."""

    text: str
    topics: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    params: dict[str, str] = field(default_factory=dict)

    def failures(self, replies: Sequence[dict[str, Any]]) -> list[str]:
        """Return what does not hold over the replies of the turn."""
        given = {reply.get("topic") for reply in replies}
        said = unicodedata.normalize("NFC", "\n".join(map(_shown, replies)))
        failed = []
        if self.topics and given.isdisjoint(self.topics):
            failed.append(f"topic {sorted(map(str, given))}, want {self.topics}")
        failed += [f"must {rule}" for rule in self.must if not _found(rule, said)]
        failed += [f"must not {rule}" for rule in self.must_not if _found(rule, said)]
        for kind, value in self.params.items():
            if not any(_has(reply, kind, value) for reply in replies):
                failed.append(f"param {kind}={value}")
        return failed


@dataclass(frozen=True)
class Conversation:
    """A written conversation of some kind."""

    id: str
    kind: str
    turns: tuple[Turn, ...]


def read_dialogues(folder: Path = FOLDER) -> list[Conversation]:
    """Return every conversation of the folder and those in it."""
    return [
        _parse(json.loads(line))
        for path in sorted(folder.rglob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def _parse(row: dict[str, Any]) -> Conversation:
    turns = []
    for turn in row["turns"]:
        expect = turn.get("expect", {})
        topics = expect.get("topic", ())
        turns.append(
            Turn(
                text=turn["user"],
                topics=(topics,) if isinstance(topics, str) else tuple(topics),
                must=tuple(expect.get("must", ())),
                must_not=tuple(expect.get("must_not", ())),
                params=expect.get("params", {}),
            )
        )
    return Conversation(row["id"], row["kind"], tuple(turns))


class Person:
    """Someone who talks to the assistant over HTTP."""

    def __init__(self, address: str) -> None:
        """Open a conversation."""
        self._address = address.rstrip("/") + "/api/v1"
        self._token: str | None = None
        self._token = self._call("/conversations", {})["token"]

    def say(self, text: str) -> list[dict[str, Any]]:
        """Say something and return the replies."""
        return list(self._call("/messages", {"text": text})["replies"])

    def _call(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            self._address + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
        )
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            return {"replies": [{"topic": f"http {error.code}", "text": ""}]}


def hold(address: str, conversation: Conversation) -> list[str]:
    """Hold a conversation and return what went wrong, turn by turn."""
    person = Person(address)
    return [
        f"{number}. {turn.text!r}: {failure}"
        for number, turn in enumerate(conversation.turns, 1)
        for failure in turn.failures(person.say(turn.text))
    ]


def _shown(reply: dict[str, Any]) -> str:
    titles = [choice["title"] for choice in reply.get("choices", [])]
    return "\n".join([reply.get("text", ""), *titles])


def _found(rule: str, said: str) -> bool:
    return re.search(rule, said, re.IGNORECASE | re.DOTALL) is not None


def _has(reply: dict[str, Any], kind: str, value: str) -> bool:
    given = reply.get("params", {}).get(kind)
    return given == value or (isinstance(given, list) and value in given)
