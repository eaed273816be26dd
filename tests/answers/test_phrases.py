"""The phrases are all there, all used, and carry no facts."""

import re
from pathlib import Path

import pytest

from bot.answers.phrases import PATH, Phrases, _flat, load_phrases
from bot.errors import KnowledgeError
from bot.knowledge.library import read_yaml
from bot.settings import ROOT

SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "bot" / "answers").glob("*.py")
)
KEYS = dict(_flat(read_yaml(PATH)))
SAID = set(re.findall(r'say\(\s*"([\w./]+)"', SOURCE))
BUILT = set(re.findall(r'say\(\s*f"([\w.]+)\.\{', SOURCE))


def test_every_phrase_said_is_written() -> None:
    assert SAID - set(KEYS) == set()
    assert {key.split(".")[0] for key in KEYS} >= BUILT


def test_every_phrase_written_is_said() -> None:
    quoted = set(re.findall(r'"([\w./]+)"', SOURCE))
    unused = [
        key for key in KEYS if key not in quoted and key.split(".")[0] not in BUILT
    ]
    assert unused == []


def test_no_phrase_carries_a_figure() -> None:
    for key, phrase in KEYS.items():
        assert not re.search(r"\d{3}|\d,\d", re.sub(r"\{.*?\}", "", phrase)), key


@pytest.mark.parametrize("content", ["a: 5", "a: '{'", "yes: text"])
def test_a_bad_phrase_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "phrases.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"phrases\.yml"):
        load_phrases(path)


def test_a_missing_part_is_named() -> None:
    with pytest.raises(KnowledgeError, match="year"):
        Phrases({"a": "{year}"}).say("a")
