"""From a question to replies: the only place that words an answer's frame."""
