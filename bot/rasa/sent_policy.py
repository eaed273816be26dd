"""Dialogue policy: what was sent to staff is not sent, nor asked for, a second time.

Behind a ticket, "gửi đi" or "chừng nào có người gọi lại?" would open a new form or be
refused, by whatever intent it was read as; here it is answered with the ticket.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.forms.message import Message
from bot.handoff.code import find_code
from bot.handoff.sending import asks_when, sent_again

#: Above RulePolicy (6), whose rules would open a form.
SENT_POLICY_PRIORITY = 7
ACTION = "action_ticket_sent"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class SentPolicy(Policy):
    """Predicts ``action_ticket_sent``, or nothing."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of every option."""
        return {POLICY_PRIORITY: SENT_POLICY_PRIORITY}

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
        """Predict the action with full confidence, or leave it to the other policies."""
        if is_about_what_was_sent(tracker):
            return self._prediction(confidence_scores_for(ACTION, 1.0, domain))
        return self._prediction(self._default_predictions(domain))


def is_about_what_was_sent(tracker: DialogueStateTracker) -> bool:
    """Return whether the latest message confirms a ticket again, or asks after it."""
    latest = tracker.latest_message
    listens = tracker.latest_action_name == ACTION_LISTEN_NAME
    if not (listens and latest and latest.text) or tracker.active_loop_name:
        return False
    told = list(_tickets_told(tracker))
    if not any(told):
        return False
    message = Message(
        latest.text, latest.intent.get("name") or "", latest.intent.get("confidence", 0)
    )
    return asks_when(message) or (told[0] and sent_again(message))


def _tickets_told(tracker: DialogueStateTracker) -> Iterator[bool]:
    """Yield for every earlier turn, newest first, whether it told a ticket's code."""
    told = False
    users = 0
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            if users:
                yield told
            users, told = users + 1, False
        elif isinstance(event, BotUttered):
            custom = (event.data or {}).get("custom") or {}
            told = told or any(map(_tells_ticket, custom.get("replies", [])))


def _tells_ticket(reply: dict[str, Any]) -> bool:
    return reply.get("kind") == "handoff" and find_code(reply["text"]) is not None
