"""A bad cell is named exactly; the project's own catalogue has none."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.errors import KnowledgeError
from bot.knowledge.catalogue.files import contract_problems, read_catalogue
from bot.knowledge.library import read_library, read_yaml
from bot.reply import Source
from bot.settings import ROOT

FOLDER = ROOT / "data" / "knowledge"
SOURCES = {"s-1": Source("A page", "2026-11-22")}


def cell(**changed: Any) -> dict[str, Any]:
    good = {
        "value": "a text",
        "sources": ["s-1"],
        "facts": ["F-1"],
        "confidence": "cao",
        "as_of": "2026",
    }
    return {key: it for key, it in {**good, **changed}.items() if it is not None}


def school(**fields: Any) -> dict[str, Any]:
    return {"id": "ctu", "name": "A school", "levels": ["university"], **fields}


def write(folder: Path, **tables: Any) -> Path:
    for name, rows in tables.items():
        path = folder / f"{name.replace('__', '/')}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return folder


def problems(folder: Path) -> str:
    with pytest.raises(KnowledgeError) as error:
        read_catalogue(folder, SOURCES)
    return str(error.value)


def test_the_projects_catalogue_keeps_the_contract() -> None:
    library = read_library(FOLDER)
    files = read_catalogue(FOLDER / "catalogue", library.sources)
    entities = read_yaml(ROOT / "data" / "topics.yml")["entities"]
    surfaces = {
        path.stem: list(read_yaml(path))
        for path in (ROOT / "data" / "lexicon" / "entities").glob("*.yml")
    }
    assert contract_problems(files, entities, surfaces) == []
    assert set(files.sources) <= set(library.sources)


def test_missing_tables_are_empty(tmp_path: Path) -> None:
    files = read_catalogue(write(tmp_path, institutions=[school()]), SOURCES)
    assert [row["id"] for row in files.records["institutions"]] == ["ctu"]
    assert files.records["roles"] == []


def test_one_cell_or_many_are_read_alike(tmp_path: Path) -> None:
    rows = [school(code=cell(), methods=[cell(), cell()])]
    record = read_catalogue(write(tmp_path, institutions=rows), SOURCES).records
    assert len(record["institutions"][0]["code"]) == 1
    assert len(record["institutions"][0]["methods"]) == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sources": []}, "code[0].sources: needs a source"),
        ({"sources": ["s-9"]}, "source 's-9' is not in sources.yml"),
        ({"facts": None}, "code[0].facts"),
        ({"confidence": "thấp"}, "code[0].confidence"),
        ({"as_of": "last year"}, "code[0].as_of: must be YYYY"),
        ({"year": "2025"}, "code[0].year"),
        ({"value": True}, "code[0].value: must be a text"),
        ({"amount_min": 5}, "code[0].amount_min: amount_min and amount_max"),
        ({"per": "decade"}, "code[0].per"),
        ({"confirmed": False}, "code[0].confirmed: Unknown field"),
    ],
)
def test_a_bad_cell_is_named(
    tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    folder = write(tmp_path, institutions=[school(code=cell(**changed))])
    assert said in problems(folder) and "ctu" in problems(folder)


def test_every_problem_is_listed_at_once(tmp_path: Path) -> None:
    rows = [school(levels=["kindergarten"]), school(id="x", code=cell(year=1))]
    said = problems(write(tmp_path, institutions=rows))
    assert "levels" in said and "code[0].year" in said


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (
            {
                "programmes__a": [
                    {"id": "p", "name": "PP", "institution": "no", "level": "college"}
                ]
            },
            "institution: 'no' is not in institutions",
        ),
        (
            {"majors": [{"id": "it", "name": "IT", "roles": ["king"]}]},
            "roles: 'king' is not in roles",
        ),
        (
            {"contacts": [{"id": "c", "name": "CC", "successor": "d"}]},
            "successor: 'd' is not in contacts",
        ),
        ({"institutions": [school(), school()]}, "'ctu' is given twice"),
        ({"institutions": "nothing"}, "expected a list of rows"),
    ],
)
def test_dangling_and_double_ids_are_named(
    tmp_path: Path, tables: dict[str, Any], said: str
) -> None:
    assert said in problems(write(tmp_path, **tables))


def test_promised_and_surface_ids_must_exist(tmp_path: Path) -> None:
    files = read_catalogue(write(tmp_path, institutions=[school()]), SOURCES)
    said = contract_problems(
        files,
        {"institution": ["ctu", "tdu"], "level": ["university", "nursery"]},
        {"institution": ["ctu", "uit"], "year": [""]},
    )
    assert len(said) == 3
    assert any("'tdu'" in it for it in said)
    assert any("'nursery'" in it for it in said)
    assert any("'uit'" in it for it in said)
