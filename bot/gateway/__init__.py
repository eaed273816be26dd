"""The public gateway: alone on a public address; imports no Rasa."""
