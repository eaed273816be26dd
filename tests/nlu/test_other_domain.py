"""The shipped pipeline trains on any Rasa NLU data, and so does the one with an encoder."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import ROOT
from evaluation.understanding import load_agent
from tests.nlu.tiny_encoder import write_encoder

# The data mark entities, as Rasa's often do; the pipeline has no extractor that learns them.
pytestmark = pytest.mark.filterwarnings(
    "ignore:You have defined training data:UserWarning"
)

DATA = Path(__file__).parent / "other_domain" / "nlu.yml"
ASKED = [
    ("mình muốn mượn sách về đọc", "borrow"),
    ("tra sach tre bi phat khong", "return_book"),
    ("chu nhat thu vien co mo cua ko", "opening_hours"),
    ("lam the ban doc o dau z", "card"),
]


def pipeline(config: str) -> list[dict[str, Any]]:
    content = yaml.safe_load((ROOT / config).read_text(encoding="utf-8"))
    return list(content["pipeline"])


def trained(folder: Path, parts: list[dict[str, Any]]) -> Any:
    from rasa.model_training import train_nlu

    for part in parts:
        if "lexicon" in part:
            part["lexicon"] = str(ROOT / part["lexicon"])
    config = {"recipe": "default.v1", "language": "vi", "assistant_id": "library"}
    path = folder / "config.yml"
    path.write_text(yaml.safe_dump({**config, "pipeline": parts}), encoding="utf-8")
    return load_agent(Path(str(train_nlu(str(path), str(DATA), str(folder)))))


def ask(agent: Any, text: str) -> dict[str, Any]:
    return dict(asyncio.run(agent.parse_message(text)))


def test_pipeline_learns_another_domain(tmp_path: Path) -> None:
    agent = trained(tmp_path, pipeline("config.yml"))
    for text, intent in ASKED:
        assert ask(agent, text)["intent_ranking"][0]["name"] == intent
    chances = [row["confidence"] for row in ask(agent, "")["intent_ranking"]]
    assert sum(chances) == pytest.approx(1, abs=0.01)


def test_pipeline_with_an_encoder_learns_another_domain(tmp_path: Path) -> None:
    write_encoder(tmp_path / "encoder", DATA.read_text(encoding="utf-8"))
    parts = pipeline("config.encoder.yml")
    for part in parts:
        if "folder" in part:
            part["folder"] = str(tmp_path / "encoder")
    agent = trained(tmp_path, parts)
    for text, intent in ASKED:
        assert ask(agent, text)["intent_ranking"][0]["name"] == intent


def test_encoder_config_is_the_shipped_one_with_an_encoder() -> None:
    parts = pipeline("config.encoder.yml")
    names = [part["name"] for part in parts]
    encoder = parts.pop(names.index("bot.nlu.encoder.EncoderFeaturizer"))
    assert encoder["folder"] == "models/encoder"
    assert parts == pipeline("config.yml")
