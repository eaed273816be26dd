"""All tests."""

import os

# Rasa's own tables use SQLAlchemy's old declarative base; ours do not.
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
