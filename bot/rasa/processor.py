"""Rasa's message processor without what a turn here need not pay for.

Rasa has no setting for these, so ``install`` puts ours in the places it takes its own from. What
each one saves: ``docs/adr/008-lean-turns.md``.
"""

from __future__ import annotations

from typing import Any

import rasa.core.agent
import rasa.core.processor
from jsonschema import Draft202012Validator
from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.rasa.answer_policy import AnswerPolicy
from bot.rasa.graph_runner import InOrderGraphRunner

_ANSWERS = Draft202012Validator(RemoteAction.action_response_format_spec())


class LeanProcessor(MessageProcessor):
    """Takes turns as Rasa's processor does, and listens behind a plain answer unasked."""

    def _predict_next_with_tracker(
        self, tracker: DialogueStateTracker
    ) -> PolicyPrediction:
        if (
            tracker.followup_action
            or tracker.active_loop_name
            or not _has_answered(tracker)
        ):
            return super()._predict_next_with_tracker(tracker)
        return PolicyPrediction.for_action_name(
            self.domain, ACTION_LISTEN_NAME, AnswerPolicy.__name__
        )

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        if action.name() != ACTION_LISTEN_NAME:
            return await super()._run_action(
                action, tracker, output_channel, nlg, prediction
            )
        # Listening does nothing that a copy of the conversation would have to be made for.
        self._log_action_on_tracker(tracker, action, [], prediction)
        return False

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Leave it: the domain is written from the data the model is trained on."""


def _has_answered(tracker: DialogueStateTracker) -> bool:
    """Tell whether the last thing done was what ``AnswerPolicy`` wanted done."""
    done = tracker.get_last_event_for(
        ActionExecuted, event_verbosity=EventVerbosity.ALL
    )
    if done is None or done.action_name == ACTION_LISTEN_NAME:
        return False
    return (done.policy or "").endswith(AnswerPolicy.__name__)


def _check_answer(self: RemoteAction, result: dict[str, Any]) -> bool:
    # Rasa checks, at every call, the schema itself as well.
    _ANSWERS.validate(result)
    return True


def install() -> None:
    """Make Rasa use them; before its agent is loaded."""
    rasa.core.processor.DaskGraphRunner = InOrderGraphRunner
    rasa.core.agent.MessageProcessor = LeanProcessor
    RemoteAction._validate_action_result = _check_answer
