"""``python -m evaluation.end_to_end``: held-out questions and conversations over the API."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from rich.progress import track

from bot.settings import ROOT
from evaluation.dialogues import FOLDER, Conversation, Person, hold, read_dialogues
from evaluation.questions import HeldOut, read_questions
from evaluation.stack import running_stack

OUT = ROOT / "evaluation" / "out"
#: Whole conversations that must go right.
WANTED = 0.95


def main() -> int:
    """Run everything, print shares and failures; 1 when too few conversations are right."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.end_to_end")
    parser.add_argument(
        "--address", help="a running assistant; by default one is started"
    )
    parser.add_argument(
        "--questions", action="store_true", help="single questions, too"
    )
    parser.add_argument("--dialogues", type=Path, default=FOLDER, help="their folder")
    options = parser.parse_args()
    if options.address:
        return score(options.address, options)
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
        return score(stack.address, options)


def score(address: str, options: argparse.Namespace) -> int:
    """Score a running assistant and write ``evaluation/out/end_to_end.json``."""
    found = {"conversations": talk(address, read_dialogues(options.dialogues))}
    if options.questions:
        found["questions"] = ask(address, read_questions())
    OUT.mkdir(parents=True, exist_ok=True)
    content = json.dumps(found, ensure_ascii=False, indent=1)
    (OUT / "end_to_end.json").write_text(content + "\n", encoding="utf-8")
    return 0 if found["conversations"]["right"] >= WANTED else 1


def talk(address: str, conversations: list[Conversation]) -> dict[str, object]:
    """Hold conversations; return the share right, by kind, and what went wrong."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    wrong: dict[str, list[str]] = {}
    for conversation in track(conversations, description="talking"):
        failures = hold(address, conversation)
        kinds[conversation.kind].append(not failures)
        if failures:
            wrong[conversation.id] = failures
            print(conversation.id, *failures, sep="\n   ")
    rights = [right for group in kinds.values() for right in group]
    share = sum(rights) / len(rights)
    print(f"conversations right: {share:.3f} of {len(rights)}")
    for kind, group in sorted(kinds.items()):
        print(f"  {kind}: {sum(group)}/{len(group)}")
    return {"right": share, "count": len(rights), "wrong": wrong}


def ask(address: str, questions: list[HeldOut]) -> dict[str, object]:
    """Ask every question in a conversation of its own; return shares."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for question in track(questions, description="asking"):
        topics = [str(r.get("topic")) for r in Person(address).say(question.text)]
        kind = "in_scope" if question.in_scope else question.topic
        groups[kind].append(question.is_right(topics))
    shares = {kind: sum(group) / len(group) for kind, group in groups.items()}
    print("questions right:", {kind: round(value, 4) for kind, value in shares.items()})
    return dict(shares)


if __name__ == "__main__":
    sys.exit(main())
