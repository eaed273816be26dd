"""Every figure of the catalogue is told as it is, with its year and its source."""

from collections.abc import Iterator

import pytest

from bot.answers.composer import Composer
from bot.answers.question import Question
from bot.answers.telling import figure
from bot.knowledge.catalogue.files import read_catalogue
from bot.knowledge.catalogue.model import Cell, Programme, Role
from bot.knowledge.catalogue.records import build
from bot.knowledge.library import read_library
from bot.reply import Reply
from tests.answers.conftest import FOLDER
from tests.answers.talk import WORDINGS

_library = read_library(FOLDER)
_files = read_catalogue(FOLDER / "catalogue", _library.sources)
CATALOGUE = build(_files.records, _files.sources)
TOPICS = {
    "tuition": ("study/tuition", ""),
    "scores": ("study/benchmark_score", ""),
    "quota": ("study/benchmark_score", "quota"),
    "subject_groups": ("study/subject_groups", ""),
    "code": ("study/admission_code", ""),
    "duration": ("study/duration", ""),
}


def programme_cells() -> Iterator[tuple[Programme, str, Cell]]:
    for programme in CATALOGUE.programmes.values():
        for name in TOPICS:
            for cell in programme.all(name):
                yield programme, name, cell


def salary_cells() -> Iterator[tuple[Role, Cell]]:
    for role in CATALOGUE.roles.values():
        for cell in role.all("salary"):
            yield role, cell


def assert_told(reply: Reply, cell: Cell) -> None:
    assert figure(cell.value).lower() in reply.text.lower()
    assert str(cell.year) in reply.text
    titles = {source.title for source in reply.sources}
    assert {CATALOGUE.sources[key].title for key in cell.sources} <= titles
    assert reply.as_of is not None and reply.as_of >= cell.as_of


def ids(row: object) -> str:
    return getattr(row, "id", "")


@pytest.mark.parametrize(("programme", "name", "cell"), programme_cells(), ids=ids)
def test_the_very_question_is_answered_with_the_cell(
    composer: Composer, programme: Programme, name: str, cell: Cell
) -> None:
    topic, cue = TOPICS[name]
    if cell.kind == "floor":
        cue = "floor"
    entities = {
        "institution": (programme.institution,),
        "major": (programme.major,),
        "level": (programme.level,),
    }
    if cell.year:
        entities["year"] = (str(cell.year),)
    question = Question(topic, entities, wants=frozenset({cue} - {""}))
    reply = composer.reply(question, WORDINGS)
    assert reply is not None
    assert_told(reply, cell)
    assert reply.params["institution"] == programme.institution
    assert reply.params["major"] == programme.major


@pytest.mark.parametrize(("role", "cell"), salary_cells(), ids=ids)
def test_the_salaries_of_a_role_are_told(
    composer: Composer, role: Role, cell: Cell
) -> None:
    question = Question("career/salary", {"role": (role.id,)})
    reply = composer.reply(question, WORDINGS)
    assert reply is not None
    assert_told(reply, cell)
    assert cell.experience.lower() in reply.text.lower()


@pytest.mark.parametrize("topic", sorted(_library.entries))
@pytest.mark.parametrize("kind", ["institution", "major", "role", "employer"])
def test_every_topic_answers_about_every_entity(
    composer: Composer, topic: str, kind: str
) -> None:
    for key in getattr(CATALOGUE, f"{kind}s"):
        reply = composer.reply(Question(topic, {kind: (key,)}), WORDINGS)
        assert reply is not None and reply.text.strip()
        assert "{" not in reply.text
        assert reply.topic == topic


def test_every_pair_of_school_and_major_is_answered(composer: Composer) -> None:
    for topic, _ in TOPICS.values():
        for school in CATALOGUE.institutions:
            for major in CATALOGUE.majors:
                entities = {"institution": (school,), "major": (major,)}
                reply = composer.reply(Question(topic, entities), WORDINGS)
                assert reply is not None and reply.text.strip()
                assert len(reply.text.splitlines()) <= 14
                assert reply.params["institution"] == school


def test_an_unconfirmed_programme_is_never_said_to_be_opened(
    composer: Composer,
) -> None:
    unconfirmed = [it for it in CATALOGUE.programmes.values() if not it.confirmed_here]
    assert unconfirmed
    for programme in unconfirmed:
        entities = {
            "institution": (programme.institution,),
            "major": (programme.major,),
        }
        for topic in ("study/where", "study/tuition", "study/benchmark_score"):
            reply = composer.reply(Question(topic, entities), WORDINGS)
            assert reply is not None
            assert "danh mục chung" in reply.text
            assert not reply.text.startswith("Có.")
