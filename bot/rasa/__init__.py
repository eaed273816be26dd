"""What Rasa itself is given: a channel, a policy, a tracker store, a language generator."""
