"""Rasa NLU components; generic: they know nothing of this programme."""
