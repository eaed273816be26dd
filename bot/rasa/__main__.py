"""Rasa's command line without its noise: ``python -m bot.rasa run …``."""

from bot.rasa.quiet import quiet_rasa

if __name__ == "__main__":
    quiet_rasa()
    from rasa.__main__ import main

    from bot.rasa.processor import install

    install()
    main()
