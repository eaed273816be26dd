"""Errors of the assistant: one base class, precise children, stable codes."""


class AssistantError(Exception):
    """Base of every error this project raises on purpose.

    The message says what happened, with which value, and what to do about it.
    """

    code = "ICT-000"


class SettingsError(AssistantError):
    """An environment variable is missing or has a value that cannot be used."""

    code = "ICT-001"


class KnowledgeError(AssistantError):
    """A knowledge entry, catalogue row or source is not what its schema asks for."""

    code = "ICT-002"


class LexiconError(AssistantError):
    """A lexicon file has a line that cannot be used."""

    code = "ICT-003"


class BackendError(AssistantError):
    """Rasa was slow, down, or gave no usable answer."""

    code = "ICT-004"


class SealError(AssistantError):
    """Sealed data was written with another key, or changed since."""

    code = "ICT-010"


class TicketError(AssistantError):
    """A ticket does not exist, or what it needs is not there any more."""

    code = "ICT-011"


class FormError(AssistantError):
    """A form's data file has something that cannot be used."""

    code = "ICT-012"


class EncoderError(AssistantError):
    """The sentence encoder's folder or packages are not there, or cannot be used."""

    code = "ICT-013"
