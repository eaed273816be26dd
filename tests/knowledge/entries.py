"""Entries for tests."""

from datetime import date

from bot.knowledge.entry import Entry
from bot.reply import Source


def entry(topic: str) -> Entry:
    return Entry(
        id=topic,
        title=f"Câu hỏi về {topic}?",
        answer=f"Câu trả lời ngắn về {topic}.",
        detail=f"Nói kỹ hơn về {topic}.",
        fallback=f"Câu luôn đúng về {topic}.",
        as_of="2013-01-11",
        valid_from=date(2026, 11, 22),
        valid_to=date(2027, 8, 31),
        owner="Sở Khoa học và Công nghệ",
        sources=(
            Source(title="Tin của Bộ", checked_on="2026-11-22", number="06/KH-UBND"),
        ),
        facts=("CT-001",),
        related=("plan/issuer", "plan/overview"),
    )
