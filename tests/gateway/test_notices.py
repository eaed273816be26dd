"""The gateway's own words: complete, and as the OpenAPI document names them."""

from pathlib import Path

import yaml

from bot.gateway import notices
from bot.gateway.notices import load_notices


def test_every_code_has_words_and_every_word_a_code() -> None:
    document = yaml.safe_load(
        Path(notices.__file__).with_name("openapi.yml").read_text(encoding="utf-8")
    )
    codes = document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]
    assert codes == sorted(load_notices().problems)
    assert all(
        words.title and words.detail for words in load_notices().problems.values()
    )


def test_the_notice_names_a_place_with_a_source() -> None:
    notice = load_notices().backend_failed
    assert notice.kind == "notice"
    assert notice.topic == "service/human"
    assert notice.sources[0].checked_on
