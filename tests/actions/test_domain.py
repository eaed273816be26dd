"""The domain has what the forms ask, and its buttons say what the forms understand."""

import pytest
import yaml

from actions.advice import AdviceForm
from actions.handoff import FeedbackForm, HumanForm
from bot.advice.questions import questions
from bot.forms.message import BUTTON, Control, Message, control
from bot.handoff import request
from bot.settings import ROOT

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
ASKED = [
    *(("advice_form", slot) for slot in AdviceForm.slots),
    *(
        (form, slot)
        for form in ("human_form", "feedback_form")
        for slot in (*request.SLOTS, request.CONFIRMED_WITH_CONTACT, request.CHANGE)
    ),
]


def response(form: str, slot: str) -> dict[str, object]:
    return dict(DOMAIN["responses"][f"utter_ask_{form}_{slot}"][0])


@pytest.mark.parametrize(("form", "slot"), ASKED)
def test_every_question_says_its_form_and_its_topic(form: str, slot: str) -> None:
    topics = {
        "advice_form": "career/advice",
        "human_form": "service/human",
        "feedback_form": "service/feedback",
    }
    assert response(form, slot)["custom"] == {"kind": "form", "topic": topics[form]}


@pytest.mark.parametrize("question", questions(), ids=lambda it: it.slot)
def test_advice_buttons_are_the_options(question: object) -> None:
    buttons = response("advice_form", question.slot)["buttons"]
    titles = [option.title for option in question.options if option.title]
    assert [button["title"] for button in buttons[:-1]] == titles
    assert control(Message(buttons[-1]["title"])) is Control.SKIP


def test_every_button_of_a_form_is_one_that_forms_take() -> None:
    for form, slot in ASKED:
        for button in response(form, slot)["buttons"]:
            assert button["payload"] == f"/{BUTTON}"


def test_only_a_summary_with_a_contact_offers_to_leave_it_out() -> None:
    for form in ("human_form", "feedback_form"):
        plain, more = (
            [button["title"] for button in response(form, slot)["buttons"]]
            for slot in request.SUMMARIES
        )
        assert plain == ["Gửi đi", "Sửa lại", "Thôi, không gửi"]
        assert [title for title in more if title not in plain] == [
            "Gửi, không kèm liên hệ"
        ]


def test_forms_and_their_validations_are_in_the_domain() -> None:
    for action in (AdviceForm, HumanForm, FeedbackForm):
        assert action.form in DOMAIN["forms"]
        assert f"validate_{action.form}" in DOMAIN["actions"]
