"""The spaCy pipeline for Vietnamese as people type it."""
