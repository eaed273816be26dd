"""The policies speak where Rasa's would, and are asked for nothing else."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from rasa.core.policies.memoization import MemoizationPolicy
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa.sparing_policies import SparingMemoizationPolicy

LOOKUP = {
    '[{"prev_action": {"action_name": "action_listen"},'
    ' "user": {"intent": "career_advice"}}]': "advice_form"
}


def asks(*events: Event) -> bool:
    """Tell whether Rasa's own policy is asked."""
    policy = SparingMemoizationPolicy.__new__(SparingMemoizationPolicy)
    policy.lookup = LOOKUP
    tracker = DialogueStateTracker.from_events("c", events, [])
    silent: Any = SimpleNamespace(
        _prediction=lambda chances: None, _default_predictions=lambda domain: []
    )
    vars(policy).update(vars(silent))
    with patch.object(MemoizationPolicy, "predict_action_probabilities") as rasas:
        policy.predict_action_probabilities(tracker, None)
    return rasas.called


def said(intent: str) -> list[Event]:
    return [ActionExecuted("action_listen"), UserUttered("…", {"name": intent})]


@pytest.mark.parametrize(
    ("events", "asked"),
    [
        (said("career_advice"), True),
        (said("study_tuition"), False),
        # Rasa's own words for its machine are rules of its own.
        (said("restart"), True),
        ([ActiveLoop("advice_form"), *said("study_tuition")], True),
        ([*said("study_tuition"), ActionExecuted("utter_study_tuition")], True),
    ],
)
def test_rasas_policy_is_asked(events: list[Event], asked: bool) -> None:
    assert asks(*events) is asked
