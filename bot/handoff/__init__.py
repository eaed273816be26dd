"""Leaving a question for staff: how it is asked, checked and put into words."""
