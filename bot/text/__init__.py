"""Pure Vietnamese text functions; they know neither Rasa nor the database."""
