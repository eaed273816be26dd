"""Dialogue policy: a question is answered by the response of its own name.

126 rules "intent X → utter_X", and as many again for every form that may be interrupted, would
say one sentence; this policy says it once. What is not a plain answer is a rule or a story.
"""

from __future__ import annotations

from typing import Any

from rasa.core.constants import POLICY_PRIORITY
from rasa.core.policies.policy import (
    Policy,
    PolicyPrediction,
    SupportedData,
    confidence_scores_for,
)
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

#: Below Rasa's own policies (MemoizationPolicy 3, RulePolicy 6): they decide first.
ANSWER_POLICY_PRIORITY = 1


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class AnswerPolicy(Policy):
    """Predicts ``utter_<intent>``, then the open form again if there is one, then listens."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of every option."""
        return {
            POLICY_PRIORITY: ANSWER_POLICY_PRIORITY,
            # Said when the intent has no response of its own.
            "unknown_response": "utter_out_of_scope",
        }

    @staticmethod
    def supported_data() -> SupportedData:
        """Return that rules and stories alike may be given; neither is looked at."""
        return SupportedData.ML_AND_RULE_DATA

    def train(self, training_trackers: Any, domain: Domain, **_: Any) -> Resource:
        """Learn nothing."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **_: Any,
    ) -> PolicyPrediction:
        """Predict the next action with full confidence."""
        action = self._next_action(tracker, domain)
        return self._prediction(confidence_scores_for(action, 1.0, domain))

    def _next_action(self, tracker: DialogueStateTracker, domain: Domain) -> str:
        if tracker.latest_action_name == ACTION_LISTEN_NAME:
            response = f"utter_{tracker.latest_message.intent.get('name')}"
            known = response in domain.action_names_or_texts
            return response if known else str(self.config["unknown_response"])
        if tracker.is_active_loop_rejected:
            return str(tracker.active_loop_name)
        return ACTION_LISTEN_NAME
