"""The IT-programme assistant of Cần Thơ: text, language pipeline, knowledge, gateway."""
