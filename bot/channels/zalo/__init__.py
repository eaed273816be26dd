"""Zalo Official Account."""
