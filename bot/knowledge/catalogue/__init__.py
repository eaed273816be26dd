"""The catalogue: schools, majors, programmes, roles and the rest, looked up by id."""
