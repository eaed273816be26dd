"""Zalo and Messenger: one way in, one way out, for every channel."""
