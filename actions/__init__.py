"""Rasa SDK actions: they call ``bot`` and hold no rules of their own."""
