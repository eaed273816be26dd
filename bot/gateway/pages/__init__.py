"""The website's pages: a home page, the chat page, questions without JavaScript."""
