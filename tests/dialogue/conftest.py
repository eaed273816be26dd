"""The three real processes with the trained model."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.train import MODEL
from evaluation.dialogues import Person
from evaluation.stack import Stack, running_stack


@pytest.fixture(scope="package")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    if not MODEL.is_file():
        reason = "there is no trained model (make train)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder: Path = tmp_path_factory.mktemp("stack")
    with running_stack(folder) as running:
        yield running


@pytest.fixture
def person(stack: Stack) -> Person:
    return Person(stack.address)
