"""Schemas of the rows and cells of ``data/knowledge/catalogue``."""

from __future__ import annotations

from typing import Any

from marshmallow import (
    RAISE,
    Schema,
    ValidationError,
    fields,
    validate,
    validates_schema,
)

LEVELS = ("university", "college", "vocational", "short_course", "master", "doctorate")
_DAY = validate.Regexp(
    r"^\d{4}(-\d{2}(-\d{2})?)?$", error="must be YYYY, YYYY-MM or YYYY-MM-DD"
)
_ID = validate.Regexp(r"^[\w-]+$", error="must be letters, digits, _ or -")


class ValueField(fields.Field):  # type: ignore[type-arg, unused-ignore]
    """A text, a number or a list of texts."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if (
            isinstance(value, list)
            and value
            and all(isinstance(it, str) for it in value)
        ):
            return value
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if number or (isinstance(value, str) and value.strip()):
            return value
        raise ValidationError("must be a text, a number or a list of texts")


class CellSchema(Schema):
    """One cell: a value with its sources."""

    class Meta:
        """Unknown keys are errors: a misspelt key must not vanish."""

        unknown = RAISE

    value = ValueField(required=True)
    sources = fields.List(
        fields.String(),
        required=True,
        validate=validate.Length(1, error="needs a source"),
    )
    facts = fields.List(fields.String(), required=True, validate=validate.Length(1))
    confidence = fields.String(required=True, validate=validate.OneOf(["cao", "vừa"]))
    as_of = fields.String(required=True, validate=_DAY)
    year = fields.Integer(strict=True, validate=validate.Range(1990, 2100))
    note = fields.String()
    amount = fields.Integer(strict=True, validate=validate.Range(min=0))
    amount_min = fields.Integer(strict=True, validate=validate.Range(min=0))
    amount_max = fields.Integer(strict=True, validate=validate.Range(min=0))
    per = fields.String(
        validate=validate.OneOf(
            ["year", "semester", "credit", "course", "month", "english_level"]
        )
    )
    group = fields.String()
    kind = fields.String(validate=validate.OneOf(["benchmark", "floor"]))
    method = fields.String(
        validate=validate.OneOf(["thpt", "hoc_ba", "dgnl", "vsat", "combined"])
    )
    scale = fields.Integer(strict=True)
    condition = fields.String()
    applies_to = fields.String()
    experience = fields.String()
    method_code = fields.String()
    confirmed_here = fields.Boolean()

    @validates_schema
    def _span_in_order(self, data: dict[str, Any], **_: Any) -> None:
        low, high = data.get("amount_min"), data.get("amount_max")
        if (low is None) != (high is None) or (low is not None and low > high):
            raise ValidationError(
                "amount_min and amount_max must be a span", "amount_min"
            )


#: A cell whose value is a number, and one whose value is a whole number.
FigureSchema = CellSchema.from_dict({"value": fields.Float(required=True)})
CountSchema = CellSchema.from_dict(
    {"value": fields.Integer(strict=True, required=True)}
)


class Cells(fields.Field):  # type: ignore[type-arg, unused-ignore]
    """One cell or a list of cells; always read as a list."""

    def __init__(self, schema: type[Schema] = CellSchema, **options: Any) -> None:
        """Read the cells with ``schema``."""
        super().__init__(**options)
        self._schema = schema()

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        rows = value if isinstance(value, list) else [value]
        return self._schema.load(rows, many=True)


class RowSchema(Schema):
    """What every row has."""

    class Meta:
        """Unknown keys are errors."""

        unknown = RAISE

    id = fields.String(required=True, validate=_ID)
    name = fields.String(required=True, validate=validate.Length(2))
    about = Cells()


def _row(*cells: str, **columns: Any) -> Schema:
    # Not a class attribute: marshmallow has an ``unknown`` of its own there.
    columns["unknown"] = fields.String()
    return RowSchema.from_dict({**{name: Cells() for name in cells}, **columns})()


def _text() -> Any:
    return fields.String(validate=validate.Length(1))


def _texts(**options: Any) -> Any:
    return fields.List(fields.String(**options))


_REACH = ("address", "phone", "email", "website", "zalo", "hours")
_SCHOOL_WIDE = (
    *("tuition_note", "scores_note", "methods_note", "majors_note", "quota_note"),
    *("english_note", "scholarships_note", "staff_note", "internship_note"),
    *("pathway_note", "entry_note", "methods", "calendar", "accreditation", "campuses"),
    *("it_school", "code", "duration", "admissions_website", "office_phone"),
    *("office_email", "credits", "availability"),
)
_OFFER = (
    *("amount", "condition", "when", "link", "interest", "repay", "where", "duration"),
    *("pathway", "register"),
)

#: Schema per table; a file of that name, or every file of a folder of that name.
SCHEMAS: dict[str, Schema] = {
    "institutions": _row(
        *(*_REACH, *_SCHOOL_WIDE),
        short=_text(),
        kind=fields.String(
            validate=validate.OneOf(["public", "private", "foreign_link", "centre"])
        ),
        levels=_texts(required=True, validate=validate.OneOf(LEVELS)),
        terms_per_year=fields.Integer(strict=True, validate=validate.Range(1, 4)),
    ),
    "majors": _row(
        *("code", "differs", "skills", "majors_note"),
        short=_text(),
        roles=_texts(),
        roles_facts=_texts(),
    ),
    "programmes": _row(
        *("code", "subject_groups", "duration", "degree", "language", "credits"),
        *("availability", "accreditation", "opened", "place", "specialization", "link"),
        *("tuition", "tuition_note", "scores_note", "methods_note", "english_note"),
        *("condition",),
        institution=fields.String(required=True),
        major=_text(),
        level=fields.String(required=True, validate=validate.OneOf(LEVELS)),
        variant=_text(),
        variant_name=_text(),
        scores=Cells(FigureSchema),
        quota=Cells(CountSchema),
    ),
    "roles": _row(
        *("skills", "majors_note", "salary", "demand", "entry_note"), majors=_texts()
    ),
    "employers": _row(
        *(*_REACH, "careers", "local", "size", "products"),
        kind=_text(),
    ),
    "certificates": _row(
        *(*_REACH, "for_whom", "recognition", "fee", "benefit", "where"),
        *("equivalent", "register", "level", "when"),
        vendor=_text(),
    ),
    "scholarships": _row(*_OFFER, institution=_text()),
    "loans": _row(*_OFFER, institution=_text()),
    "contests": _row(*_OFFER, institution=_text()),
    "short_courses": _row(*_OFFER, institution=_text()),
    "contacts": _row(*(*_REACH, "successor_of"), successor=_text()),
    "subject_groups": _row("subjects"),
}
