"""Career advice: questions, a rule table, the words around it; logic over data."""
