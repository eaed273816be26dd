"""What a message means to an open form; knows neither Rasa nor the database."""
