"""A conversation is remembered the way a person would."""

from collections.abc import Callable

import pytest

from bot.answers.memory import FRESH
from tests.answers.talk import Talk

FOLLOW_UP = "follow/up"


def test_what_was_named_carries_over_and_is_said(talk: Talk) -> None:
    talk.ask("study/where", "Đại học Cần Thơ có ngành an toàn thông tin không?")
    reply = talk.ask("study/duration", "học mấy năm vậy")
    assert reply.topic == "study/duration"
    assert reply.params == {"institution": "ctu", "major": "security"}
    assert "An toàn thông tin" in reply.text and "Đại học Cần Thơ" in reply.text


def test_an_assumption_is_said_first_and_changed_by_one_tap(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí ngành CNTT ở CTU")
    reply = talk.ask("study/benchmark_score", "thế điểm chuẩn")
    first = reply.text.splitlines()[0]
    assert "Công nghệ thông tin" in first and "Đại học Cần Thơ" in first
    changes = [c for c in reply.choices if "any" in c.payload["entities"].values()]
    assert len(changes) == 2
    schools = next(c for c in changes if c.payload["entities"]["institution"] == "any")
    changed = talk.press(schools)
    assert changed.params == {"major": "it"} and len(changed.choices) > 1


@pytest.mark.parametrize("intent", [FOLLOW_UP, "study/majors", "clarify", "deny"])
def test_entities_alone_ask_the_same_again(talk: Talk, intent: str) -> None:
    talk.ask("study/tuition", "học phí ngành CNTT ở CTU")
    reply = talk.ask(intent, "còn FPT thì sao")
    assert reply.topic == "study/tuition"
    assert reply.params == {"institution": "fptu", "major": "it"}


@pytest.mark.parametrize(
    "text",
    [
        "ý em là Đại học Cần Thơ chứ không phải FPT",
        "không phải FPT, đại học cần thơ",
        "em hỏi CTU chứ không phải trường FPT",
        "y em la dai hoc can tho chu khong phai fpt",
    ],
)
def test_a_correction_replaces_what_was_wrong(talk: Talk, text: str) -> None:
    talk.ask("study/tuition", "học phí FPT ngành CNTT")
    reply = talk.ask(FOLLOW_UP, text)
    assert reply.topic == "study/tuition"
    assert reply.params["institution"] == "ctu"


def test_another_major_keeps_the_school(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí ngành CNTT ở CTU")
    reply = talk.ask(FOLLOW_UP, "còn ngành kỹ thuật phần mềm")
    assert reply.topic == "study/tuition"
    assert reply.params == {"institution": "ctu", "major": "se"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("ctu", "study/institution_info"),
        ("an toàn thông tin", "study/major_info"),
        ("lập trình viên", "career/role_info"),
        ("fpt software", "career/employer_info"),
        ("ccna", "training/certificates"),
        ("ctu với fpt", "study/compare_institutions"),
        ("khmt hay ktpm", "study/compare_majors"),
    ],
)
def test_entities_alone_at_the_start(talk: Talk, text: str, topic: str) -> None:
    assert talk.ask("out_of_scope", text).topic == topic


def test_a_general_question_waits_for_the_school(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí")
    reply = talk.ask("study/institution_info", "ctu")
    assert reply.topic == "study/tuition" and reply.params == {"institution": "ctu"}


@pytest.mark.parametrize(
    ("topic", "text", "place"),
    [
        ("study/tuition", "học phí trường thứ hai", 1),
        ("study/benchmark_score", "điểm chuẩn trường đầu tiên", 0),
        ("study/benchmark_score", "trường cuối lấy mấy điểm", -1),
    ],
)
def test_what_was_listed_can_be_counted(
    talk: Talk, topic: str, text: str, place: int
) -> None:
    listed = talk.ask("study/where", "trường nào có ngành khoa học dữ liệu").choices
    reply = talk.ask(topic, text)
    assert reply.topic == topic
    meant = listed[place].payload["entities"]["institution"]
    assert reply.params["institution"] == meant
    assert reply.params["major"] == "ds"


def test_one_of_two_compared_can_be_counted(talk: Talk) -> None:
    talk.ask("study/compare_institutions", "so sánh CTU với FPT")
    reply = talk.ask("study/tuition", "trường thứ hai học phí bao nhiêu")
    assert reply.params["institution"] == "fptu"


@pytest.mark.parametrize(
    ("before", "topic", "text", "params"),
    [
        ("học phí KTPM ở CTU", "study/major_info", "ngành đó học gì", {"major": "se"}),
        (
            "học phí KTPM ở CTU",
            "study/majors",
            "trường đó có ngành nào",
            {"institution": "ctu"},
        ),
    ],
)
def test_pointing_back(
    talk: Talk, before: str, topic: str, text: str, params: dict[str, str]
) -> None:
    talk.ask("study/tuition", before)
    reply = talk.ask(topic, text)
    assert params.items() <= reply.params.items()


def test_the_kind_asked_for_is_not_taken_from_memory(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí KTPM ở CTU")
    reply = talk.ask("study/tuition", "trường nào học phí rẻ nhất")
    assert "institution" not in reply.params


def test_a_year_stays_with_its_subject(talk: Talk) -> None:
    talk.ask("study/benchmark_score", "điểm chuẩn CNTT ở CTUT năm 2025")
    same = talk.ask(FOLLOW_UP, "còn ngành kỹ thuật phần mềm")
    other = talk.ask("study/tuition", "thế học phí")
    assert same.params["year"] == "2025" and "22,94" in same.text
    assert "year" not in other.params


def test_relative_years(talk: Talk) -> None:
    reply = talk.ask("study/benchmark_score", "điểm chuẩn CNTT CTUT năm ngoái")
    assert reply.params["year"] == "2025" and "24,23" in reply.text


def test_experience_and_role_carry_over(talk: Talk) -> None:
    talk.ask("career/salary", "lương tester mới ra trường")
    other = talk.ask(FOLLOW_UP, "còn lập trình viên")
    more = talk.ask(FOLLOW_UP, "5 năm kinh nghiệm thì sao")
    about = talk.ask("career/role_info", "nghề đó làm gì")
    assert other.params == {"role": "software_developer", "experience": "fresher"}
    assert more.params == {"role": "software_developer", "experience": "5"}
    assert about.params == {"role": "software_developer"}


def test_an_aside_does_not_lose_the_subject(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí ngành CNTT ở CTU")
    talk.ask("plan/overview", "kế hoạch 06 là gì")
    reply = talk.ask(FOLLOW_UP, "còn FPT thì sao")
    assert reply.topic == "study/tuition" and reply.params["major"] == "it"


def test_a_change_of_subject_drops_what_no_longer_fits(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí ngành CNTT ở CTU")
    assert talk.ask("career/salary", "lương tester").params == {"role": "tester"}
    talk.ask("plan/overview", "kế hoạch 06 là gì")
    talk.ask("scheme/overview", "đề án là gì")
    reply = talk.ask("study/tuition", "học phí bao nhiêu")
    assert reply.params == {}


def test_what_was_said_long_ago_is_not_taken_up(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí ngành CNTT ở CTU")
    for _ in range(FRESH):
        talk.ask("chitchat/thanks", "cảm ơn")
    assert talk.ask("study/tuition", "học phí bao nhiêu").params == {}


def test_a_third_school_joins_a_comparison(talk: Talk) -> None:
    talk.ask("study/compare_institutions", "so sánh CTU với FPT")
    reply = talk.ask(FOLLOW_UP, "còn Nam Cần Thơ")
    assert reply.params["institution"] == ["ctu", "fptu", "nctu"]


def test_compared_with_what_was_spoken_of(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí CTU")
    reply = talk.ask("study/compare_institutions", "so với FPT thì sao")
    assert reply.params["institution"] == ["ctu", "fptu"]


def test_a_button_means_only_what_it_says(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí ngành KTPM ở CTU")
    reply = talk.ask("study/tuition", "học phí")
    school = talk.ask("study/where", "trường nào có ngành an toàn thông tin").choices[0]
    assert talk.press(school).params == {"institution": "ctu", "major": "security"}
    assert reply.params["institution"] == "ctu"


def test_a_conversation_does_not_leak_into_another(
    new_talk: Callable[[], Talk],
) -> None:
    new_talk().ask("study/tuition", "học phí ngành CNTT ở CTU")
    assert new_talk().ask("study/tuition", "học phí").params == {}


def test_a_new_question_taken_for_an_ellipsis(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí KTPM ở CTUT")
    reply = talk.ask(FOLLOW_UP, "còn điểm chuẩn thì sao", study_benchmark_score=0.2)
    assert reply.topic == "study/benchmark_score" and "22,94" in reply.text


@pytest.mark.parametrize("intent", ["out_of_scope", "clarify"])
def test_who_points_back_is_not_out_of_scope(talk: Talk, intent: str) -> None:
    talk.ask("study/tuition", "học phí KTPM ở CTUT")
    guesses = {"plan_overview": 0.2, "career_opportunities": 0.1}
    reply = talk.ask(intent, "ngành đó ra làm gì", **guesses)
    assert reply.topic == "career/opportunities" and reply.params == {"major": "se"}


def test_another_one(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí KTPM ở CTU")
    reply = talk.ask("out_of_scope", "trường khác")
    assert reply.topic == "study/tuition" and reply.params == {"major": "se"}


def test_going_back_to_a_subject(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí KTPM ở CTU")
    talk.ask("plan/overview", "kế hoạch 06 là gì")
    talk.ask("scheme/overview", "đề án là gì")
    text = "quay lại chuyện lúc nãy, điểm chuẩn bao nhiêu"
    reply = talk.ask("study/benchmark_score", text, study_benchmark_score=0.9)
    assert reply.params == {"institution": "ctu", "major": "se"}


@pytest.mark.parametrize("intent", ["out_of_scope", "clarify"])
def test_going_back_to_what_was_said(talk: Talk, intent: str) -> None:
    talk.ask("study/loans", "vay tiền đi học được không")
    talk.ask("scheme/overview", "đề án là gì")
    text = "trở lại khoản vay STEM kia, lãi suất bao nhiêu"
    assert talk.ask(intent, text, out_of_scope=0.9).topic == "study/loans"


def test_a_correction_that_asks_something_is_no_more_of_the_last_answer(
    talk: Talk,
) -> None:
    talk.ask("scheme/overview", "đề án là gì")
    text = "ý em là kế hoạch của Cần Thơ chứ không phải đề án"
    reply = talk.ask("plan/overview", text, plan_overview=0.8)
    assert reply.topic == "plan/overview"


@pytest.mark.parametrize("intent", ["out_of_scope", "clarify"])
def test_a_fact_of_a_school_is_not_out_of_scope(talk: Talk, intent: str) -> None:
    reply = talk.ask(intent, "trường trà vinh kiểm định tới năm nào")
    assert reply.topic == "study/institution_info" and "2028" in reply.text


def test_what_is_known_is_offered_where_it_is_not_assumed(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí ở nam cần thơ")
    reply = talk.ask("study/scholarships", "có học bổng không")
    assert reply.params == {}
    assert talk.press(reply.choices[0]).params == {"institution": "nctu"}


def test_who_points_back_is_answered_whatever_the_guesses(talk: Talk) -> None:
    talk.ask("study/compare_majors", "so sánh ngành AI với khoa học dữ liệu")
    reply = talk.ask("out_of_scope", "ngành thứ hai học ở đâu", plan_overview=0.1)
    assert reply.params == {"major": "ds"}


def test_a_strange_school_after_one_of_ours(talk: Talk) -> None:
    talk.ask("study/tuition", "học phí CNTT ở CTU")
    reply = talk.ask("out_of_scope", "còn đh an giang")
    assert reply.topic == "study/tuition" and "institution" not in reply.params
    assert "chưa có" in reply.text
