"""Processes and traffic for runs against a whole gateway."""
