"""Measures the assistant on held-out questions nobody tunes on."""
