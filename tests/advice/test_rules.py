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


# What a school counsellor would say first: major, role.
BY_LIKES = {
    "product": ("se", "software_developer"),
    "data": ("ds", "data_analyst"),
    "ai": ("ai", "ai_engineer"),
    "network": ("network", "network_admin"),
    "security": ("security", "security_engineer"),
    "hardware": ("ce", "embedded_engineer"),
    "design": ("multimedia", "ui_ux_designer"),
    "games": ("se", "game_developer"),
    "business": ("ecommerce", "business_analyst"),
    "teaching": ("it_education", "it_teacher"),
    "theory": ("cs", "ai_engineer"),
}
BY_STRENGTHS = {
    "math_strong": ("cs", "software_developer"),
    "math_fair": ("it", "software_developer"),
    "math_weak": ("it", "it_support"),
    "careful": ("it", "tester"),
    "outgoing": ("is", "business_analyst"),
    "creative": ("multimedia", "ui_ux_designer"),
    "languages": ("it", "bridge_engineer"),
}


@pytest.mark.parametrize(
    ("slot", "first"), [("advice_likes", BY_LIKES), ("advice_strengths", BY_STRENGTHS)]
)
def test_one_answer_leads(slot: str, first: dict[str, tuple[str, str]]) -> None:
    assert first.keys() == {option.id for option in question_of(slot).options}
    for option, (major, role) in first.items():
        answers = {slot: (option,)}
        assert best_majors(answers)[0].id == major
        assert best_roles(answers)[0].id == role


@pytest.mark.parametrize(
    ("answers", "majors", "roles"),
    [
        ("likes=product strengths=math_strong", "se it cs", "software_developer"),
        ("likes=product,theory strengths=math_strong", "cs se", "software_developer"),
        ("likes=product strengths=careful", "se it", "software_developer tester"),
        ("likes=data,ai strengths=math_strong", "ds ai", "data_analyst ai_engineer"),
        ("likes=data strengths=math_weak", "is", "data_analyst business_analyst"),
        (
            "level=working likes=data strengths=math_fair",
            "ds is",
            "data_analyst business_analyst",
        ),
        (
            "likes=design strengths=math_weak,creative",
            "multimedia web_design",
            "ui_ux_designer",
        ),
        (
            "likes=hardware strengths=math_strong",
            "ce",
            "embedded_engineer chip_designer",
        ),
        (
            "level=secondary likes=hardware strengths=math_weak budget=low",
            "applied_informatics ce",
            "it_support embedded_engineer",
        ),
        (
            "likes=business strengths=outgoing language=asian",
            "ecommerce is",
            "business_analyst project_manager bridge_engineer",
        ),
        (
            "likes=business strengths=math_fair language=weak budget=low",
            "ecommerce is",
            "business_analyst",
        ),
        (
            "likes=network,security strengths=careful",
            "security network",
            "network_admin security_engineer",
        ),
        ("likes=security strengths=math_weak", "security it", "security_engineer"),
        ("likes=ai strengths=math_weak", "it is", "software_developer"),
    ],
)
def test_several_answers_are_weighed(answers: str, majors: str, roles: str) -> None:
    told = {
        f"advice_{slot}": tuple(options.split(","))
        for slot, options in (part.split("=") for part in answers.split())
    }
    advised = [it.id for it in best_majors(told)]
    assert advised[0] == majors.split(maxsplit=1)[0]
    assert set(majors.split()) <= set(advised)
    assert set(roles.split()) <= {it.id for it in best_roles(told)}


def test_reasons_suit_parents_too_and_promise_nothing() -> None:
    for rule in rules():
        for reason in (rule.reason, rule.role_reason):
            assert not {"bạn", "chắc", "đảm", "lương", "đậu"} & set(reason.split())


def test_who_shuns_maths_is_not_sent_into_it() -> None:
    for liked in question_of("advice_likes").options:
        answers = {
            "advice_likes": (liked.id,),
            "advice_strengths": ("math_weak",),
        }
        if liked.id not in ("ai", "theory"):
            assert not {"cs", "ai"} & {it.id for it in best_majors(answers)}
