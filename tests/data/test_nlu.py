"""The NLU data as shipped: enough, distinct, and no held-out question in it."""

import re
from collections import Counter, defaultdict

from bot.knowledge.check import TRAINING_EXAMPLES, count_examples
from bot.knowledge.examples import training_examples
from bot.knowledge.library import read_yaml
from bot.settings import ROOT
from bot.text.fold import fold
from evaluation.leaks import leaks
from evaluation.questions import SPECIAL, read_questions

NLU = ROOT / "data" / "nlu"


#: The same words may answer two questions of a form, which looks only at its own, and ask on
#: after two answers.
ANSWERS = ("about_me", "more")


def bare(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def questions() -> list[tuple[str, str]]:
    return [row for row in training_examples(NLU) if row[1] not in ANSWERS]


def test_every_intent_of_the_domain_has_enough_examples() -> None:
    counts = count_examples(NLU)
    # Only buttons of forms say "inform".
    intents = set(read_yaml(ROOT / "domain.yml")["intents"]) - {"inform"}
    assert {i: counts[i] for i in intents if counts[i] < TRAINING_EXAMPLES} == {}
    assert set(counts) <= intents


def test_no_example_is_given_for_two_intents() -> None:
    owners = defaultdict(set)
    for text, intent in questions():
        owners[bare(text)].add(intent)
    assert {t: i for t, i in owners.items() if len(i) > 1 and t} == {}


def test_no_example_is_given_twice() -> None:
    counts = Counter(bare(text) for text, _ in questions())
    assert {text: n for text, n in counts.items() if n > 1 and text} == {}


def test_no_held_out_question_is_a_training_example() -> None:
    assert leaks(read_questions(), NLU) == []


def test_held_out_questions_are_many_and_named_once() -> None:
    held_out = read_questions()
    assert len({question.id for question in held_out}) == len(held_out)
    assert sum(question.in_scope for question in held_out) >= 1500
    assert sum(question.topic == SPECIAL[0] for question in held_out) >= 400
