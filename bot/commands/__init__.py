"""The ``ictbot`` command: one module per noun."""
