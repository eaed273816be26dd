"""Rasa's message processor without what a turn here need not pay for.

Rasa has no setting for these, so ``install`` puts ours in the places it takes its own from. What
each one saves: ``docs/adr/008-lean-turns.md``.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import rasa.core.agent
import rasa.core.processor
from jsonschema import Draft202012Validator
from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    ACTION_VALIDATE_SLOT_MAPPINGS,
    ACTIVE_LOOP,
    MAPPING_CONDITIONS,
    SlotMappingType,
)
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

    @cached_property
    def _fills_in_forms_only(self) -> bool:
        """Tell whether no slot of the domain is filled from a message outside a form."""
        rows = [row for slot in self.domain.slots for row in slot.mappings]
        return ACTION_VALIDATE_SLOT_MAPPINGS not in self.domain.user_actions and all(
            _is_of_a_form(row) for row in rows
        )

    async def run_action_extract_slots(
        self, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Fill slots from the message, unless all that are filled so belong to a form."""
        if tracker.active_loop_name is None and self._fills_in_forms_only:
            return tracker
        return await super().run_action_extract_slots(output_channel, tracker)

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Leave it: the domain is written from the data the model is trained on."""


def _is_of_a_form(mapping: dict[str, Any]) -> bool:
    if mapping["type"] == str(SlotMappingType.CUSTOM):
        return "action" not in mapping
    conditions = mapping.get(MAPPING_CONDITIONS, [])
    return bool(conditions) and all(it.get(ACTIVE_LOOP) for it in conditions)


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
