"""Reads and checks the catalogue's files as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marshmallow import Schema, ValidationError

from bot.errors import KnowledgeError
from bot.knowledge.catalogue.schema import LEVELS, SCHEMAS
from bot.knowledge.library import read_yaml
from bot.reply import Source

#: Column of a table to the table its ids are of.
_REFERENCES = {
    ("programmes", "institution"): "institutions",
    ("programmes", "major"): "majors",
    ("majors", "roles"): "roles",
    ("roles", "majors"): "majors",
    ("scholarships", "institution"): "institutions",
    ("loans", "institution"): "institutions",
    ("contests", "institution"): "institutions",
    ("short_courses", "institution"): "institutions",
    ("contacts", "successor"): "contacts",
}
#: Entity kind to the table its ids are of.
TABLES = {
    "institution": "institutions",
    "major": "majors",
    "role": "roles",
    "employer": "employers",
    "certificate": "certificates",
}


@dataclass(frozen=True)
class CatalogueFiles:
    """The checked content of the folder; ``records`` is table to rows, in order."""

    records: dict[str, list[dict[str, Any]]]
    sources: Mapping[str, Source]


def read_catalogue(folder: Path, sources: Mapping[str, Source]) -> CatalogueFiles:
    """Read every table of ``folder``; a table without a file is empty.

    Raises:
        KnowledgeError: One line per bad cell, over all files.
    """
    problems: list[str] = []
    records: dict[str, list[dict[str, Any]]] = {}
    for table, schema in SCHEMAS.items():
        records[table] = []
        for path in _files(folder, table):
            where = path.relative_to(folder).as_posix()
            for row in _rows(read_yaml(path), where):
                try:
                    records[table].append(_load(schema, row, where))
                except KnowledgeError as error:
                    problems.append(str(error))
    problems += _twice(records)
    problems += _dangling(records)
    problems += _unsourced(records, sources)
    if problems:
        raise KnowledgeError("\n".join(problems))
    used = {key for _, _, cell in _cells(records) for key in cell["sources"]}
    return CatalogueFiles(
        records, {key: source for key, source in sources.items() if key in used}
    )


def contract_problems(
    files: CatalogueFiles,
    entities: Mapping[str, Iterable[str]],
    surfaces: Mapping[str, Iterable[str]],
) -> list[str]:
    """Hold the catalogue against the contract and the lexicon.

    Args:
        files: The catalogue.
        entities: Ids per kind that ``topics.yml`` promises.
        surfaces: Ids per kind that surface forms stand for.

    Returns:
        One line per promised id without a row, and per surface form without an id.
    """
    known = {
        kind: {row["id"] for row in files.records[table]}
        for kind, table in TABLES.items()
    }
    known["level"] = set(LEVELS)
    missing = [
        f"{kind} {key!r} of topics.yml has no row in the catalogue; add it"
        for kind, keys in entities.items()
        for key in sorted(set(keys) - known.get(kind, set()))
    ]
    stray = [
        f"entities/{kind}.yml: {key!r} is not in the catalogue; add or remove it"
        for kind, keys in surfaces.items()
        if kind in known
        for key in sorted(set(keys) - known[kind])
    ]
    return missing + stray


def _files(folder: Path, table: str) -> list[Path]:
    single = folder / f"{table}.yml"
    return [single] if single.is_file() else sorted((folder / table).glob("*.yml"))


def _rows(content: Any, where: str) -> list[Any]:
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        # A table of single cells: the key is the id.
        return [{"id": key, "name": key, "subjects": it} for key, it in content.items()]
    raise KnowledgeError(f"{where}: expected a list of rows, got {content!r:.60}")


def _load(schema: Schema, row: Any, where: str) -> dict[str, Any]:
    name = row.get("id", "?") if isinstance(row, dict) else "?"
    try:
        return dict(schema.load(row))
    except ValidationError as error:
        messages = _flat(error.messages)
        lines = (f"{where}: {name}: {path}: {text}" for path, text in messages)
        raise KnowledgeError("\n".join(lines)) from error


def _flat(messages: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(messages, dict):
        for key, value in messages.items():
            step = f"[{key}]" if isinstance(key, int) else f".{key}" if path else key
            yield from _flat(value, f"{path}{step}")
    else:
        yield path, " ".join(map(str, messages))


def _cells(
    records: Mapping[str, list[dict[str, Any]]],
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for table, rows in records.items():
        for row in rows:
            for name, value in row.items():
                if isinstance(value, list) and value and isinstance(value[0], dict):
                    for cell in value:
                        yield table, f"{row['id']}: {name}", cell


def _twice(records: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    problems = []
    for table, rows in records.items():
        ids = [row["id"] for row in rows]
        twice = sorted({key for key in ids if ids.count(key) > 1})
        problems += [f"{table}: {key!r} is given twice; keep one" for key in twice]
    return problems


def _dangling(records: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    problems = []
    for (table, column), target in _REFERENCES.items():
        known = {row["id"] for row in records[target]}
        for row in records[table]:
            value = row.get(column, [])
            for key in [value] if isinstance(value, str) else value:
                if key not in known:
                    problems.append(
                        f"{table}: {row['id']}: {column}: {key!r} is not in {target}"
                    )
    return problems


def _unsourced(
    records: Mapping[str, list[dict[str, Any]]], sources: Mapping[str, Source]
) -> list[str]:
    return [
        f"{table}: {where}: source {key!r} is not in sources.yml; add or correct"
        for table, where, cell in _cells(records)
        for key in cell["sources"]
        if key not in sources
    ]
