"""Rasa's rule and memoization policies, silent about questions no rule or story begins with.

Both describe a whole conversation to themselves before they look anything up. A question outside a
form, of an intent that their rules and stories never name, they cannot know; here they say so
at once, and ``AnswerPolicy`` answers.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import Any

from rasa.core.policies.memoization import MemoizationPolicy
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_INTENTS
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

# In the lookup a conversation's states are JSON within JSON.
_INTENT = re.compile(r'\bintent\\*": *\\*"(.+?)\\*"')


class _Sparing(MemoizationPolicy):
    """Speaks only where its lookup could."""

    # Compressed, the intents in it could not be read.
    ENABLE_FEATURE_STRING_COMPRESSION = False

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Predict as Rasa's policy does, or nothing."""
        asked = tracker.latest_action_name == ACTION_LISTEN_NAME
        if asked and not tracker.active_loop_name and not self._names(tracker):
            return self._prediction(self._default_predictions(domain))
        return super().predict_action_probabilities(
            tracker, domain, rule_only_data, **kwargs
        )

    def _names(self, tracker: DialogueStateTracker) -> bool:
        return tracker.latest_message.intent.get("name") in self._named

    @cached_property
    def _named(self) -> frozenset[str]:
        found = _INTENT.findall(json.dumps(self.lookup))
        return frozenset([*found, *DEFAULT_INTENTS])


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class SparingMemoizationPolicy(_Sparing):
    """Rasa's ``MemoizationPolicy`` for intents that stories name."""


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class SparingRulePolicy(_Sparing, RulePolicy):
    """Rasa's ``RulePolicy`` for intents that rules name."""
