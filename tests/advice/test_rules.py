"""The rule table: ids are known, all can be reached, every reason is told."""

from itertools import product

import pytest

from bot.advice.questions import question_of, questions
from bot.advice.rules import Rule, best_majors, best_roles, rules
from bot.knowledge.catalogue.model import Catalogue

Answers = dict[str, tuple[str, ...]]


def answers_worth_trying() -> list[Answers]:
    """One or two likes and one strength, with each answer to one more question."""
    likes = [it.id for it in question_of("advice_likes").options]
    strengths = [it.id for it in question_of("advice_strengths").options]
    others: list[Answers] = [{}]
    for question in questions():
        if not question.several:
            others += [{question.slot: (it.id,)} for it in question.options]
    tried = []
    for liked, strong, other in product([None, *likes], [None, *strengths], others):
        answers = dict(other)
        if liked:
            answers["advice_likes"] = (liked,)
        if strong:
            answers["advice_strengths"] = (strong,)
        tried.append(answers)
    return tried


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.reason[:40])
def test_rules_name_what_exists(rule: Rule, catalogue: Catalogue) -> None:
    for slot, option in rule.when.items():
        assert option in {it.id for it in question_of(slot).options}
    assert rule.points.keys() <= catalogue.majors.keys()
    assert rule.roles.keys() <= catalogue.roles.keys()


def test_every_major_of_the_catalogue_can_be_advised(catalogue: Catalogue) -> None:
    advised = {it.id for a in answers_worth_trying() for it in best_majors(a)}
    assert advised == catalogue.majors.keys()


def test_every_role_the_rules_give_points_for_can_be_advised() -> None:
    advised = {it.id for a in answers_worth_trying() for it in best_roles(a)}
    assert {
        role for rule in rules() for role, points in rule.roles.items() if points > 0
    } == advised


def test_every_rule_gives_its_reason_to_somebody() -> None:
    # One rule needs a little money and weak maths together, and nothing else beside.
    tried = [
        *answers_worth_trying(),
        {"advice_budget": ("low",), "advice_strengths": ("math_weak",)},
    ]
    told = {
        reason
        for answers in tried
        for match in best_majors(answers)
        for reason in match.reasons[:2]
    }
    assert {rule.reason for rule in rules()} <= told


def test_two_or_three_are_advised_whatever_was_answered() -> None:
    for answers in answers_worth_trying():
        assert 2 <= len(best_majors(answers)) <= 3
        assert 2 <= len(best_roles(answers)) <= 3


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({"advice_likes": ("design",)}, "multimedia"),
        ({"advice_likes": ("security",)}, "security"),
        ({"advice_likes": ("hardware",)}, "ce"),
        ({"advice_likes": ("teaching",)}, "it_education"),
        ({"advice_likes": ("product",)}, "se"),
        ({"advice_likes": ("business",)}, "ecommerce"),
        ({"advice_likes": ("data",), "advice_strengths": ("math_strong",)}, "ds"),
    ],
)
def test_what_is_liked_leads(answers: Answers, first: str) -> None:
    assert best_majors(answers)[0].id == first


def test_who_shuns_maths_is_not_sent_into_it() -> None:
    for liked in question_of("advice_likes").options:
        answers = {
            "advice_likes": (liked.id,),
            "advice_strengths": ("math_weak",),
        }
        if liked.id not in ("ai", "theory"):
            assert not {"cs", "ai"} & {it.id for it in best_majors(answers)}
