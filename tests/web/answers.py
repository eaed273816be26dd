"""What the stand-in Rasa answers in the browser tests."""

from typing import Any

from starlette.responses import JSONResponse, Response

from tests.gateway.rasa import choice, reply

ATTACK = "<img src=x onerror=document.title='hacked'><script>alert(1)</script>"
TABLE = """So sánh nhanh hai trường:

| Trường | Học phí | Thời gian |
|---|---|---|
| Đại học Cần Thơ | 40 triệu đồng/năm | 4,5 năm |
| Đại học Nam Cần Thơ | 14–15 triệu đồng/học kỳ | 4 năm |

- Gọi 0292 3872 728 để hỏi trường.
- Xem https://tuyensinh.ctu.edu.vn."""
SOURCES = [
    {
        "title": "Kế hoạch 06",
        "number": "06/KH-UBND",
        "date": "2013-01-11",
        "url": "https://cantho.example/ke-hoach-06",
        "checked_on": "2026-11-22",
    },
    {"title": "Bản tin của Bộ", "checked_on": "2026-11-20"},
]
PLAN = reply(
    "Kế hoạch 06/KH-UBND do UBND thành phố Cần Thơ ban hành ngày 11/01/2013.",
    topic="plan/overview",
    sources=SOURCES,
    as_of="2013-01-11",
    related=[{"id": "plan/issuer", "title": "Cơ quan nào ban hành?"}],
)
TUITION = reply(
    "Bạn hỏi học phí trường nào?",
    kind="clarify",
    topic="clarify",
    choices=[
        choice("Đại học Cần Thơ", institution="ctu"),
        choice("Đại học FPT Cần Thơ", institution="fpt_cantho"),
        choice("Đại học Nam Cần Thơ", institution="nctu"),
    ],
)
LONG = reply("\n\n".join(f"Đoạn {n}. " + "Rất dài. " * 40 for n in range(1, 9)))
HOSTILE = reply(
    f"Câu trả lời {ATTACK} javascript:alert(1) https://a.example/?q='\"><b>x</b>",
    topic="plan/overview",
    sources=[
        {"title": ATTACK, "url": "javascript:alert(1)", "checked_on": "2026-11-20"},
        {"title": "data", "url": "data:text/html,x", "checked_on": "2026-11-20"},
    ],
    choices=[choice(f"Chọn {ATTACK}")],
    related=[{"id": "plan/issuer", "title": ATTACK}],
)
ERASED = reply("Mình đã xóa hết.", topic="service/delete_data", effects=["erased"])

_BY_WORDS = {
    "hoc phi": TUITION,
    "học phí": TUITION,
    "so sánh": reply(TABLE, topic="study/compare_institutions"),
    "rất dài": LONG,
    "tấn công": HOSTILE,
    "xóa hết đi": ERASED,
}


async def answer(turn: dict[str, Any]) -> Response:
    """Answer like Rasa would: by the words of the question, or by the choice."""
    text = turn["text"].lower()
    if "rasa hỏng" in text:
        return JSONResponse({}, 500)
    if "choice" in turn:
        return JSONResponse(
            {"replies": [reply(f"Về {turn['text']}.", topic="study/tuition")]}
        )
    for words, found in _BY_WORDS.items():
        if words in text:
            return JSONResponse({"replies": [found]})
    return JSONResponse({"replies": [PLAN]})
