"""Zalo Bot Platform: like Telegram, without buttons; also a free test bench."""
