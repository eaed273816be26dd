"""Questions in mixed styles get the answer of their topic, with its sources."""

import pytest

from evaluation.dialogues import Person

pytestmark = pytest.mark.model

QUESTIONS = [
    ("Kế hoạch 06/KH-UBND của Cần Thơ nói về cái gì?", "plan/overview"),
    ("ke hoach 06 la gi z", "plan/overview"),
    ("KH 06 do ai ban hành vậy ad", "plan/issuer"),
    ("kế hoạch đó ký ngày mấy", "plan/number_date"),
    ("nguoi dan duoc loi gi tu ke hoach 06", "plan/citizen_participation"),
    ("báo đài làm gì trong kế hoạch 06 vậy", "plan/press_role"),
    ("Quyết định 1755 ai ký, ngày nào?", "scheme/decision"),
    ("de an nuoc manh cntt toi nam 2020 muon dat cai gi", "scheme/goals_2020"),
    ("tới năm 2015 đề án đặt chỉ tiêu gì", "scheme/goals_2015"),
    ("đề án nước mạnh lấy tiền đâu ra mà làm hông biết", "scheme/funding"),
    ("sau đề án 1755 rồi tới chương trình nào nữa", "scheme/successor"),
    ("vì sao nhân lực cntt lại quan trọng", "workforce/importance"),
    ("miền tây mình thiếu thợ lập trình cỡ nào", "workforce/cantho"),
    ("chứng chỉ tin học A B giờ thay bằng gì", "training/basic_skill_standard"),
    ("thi FE chuẩn nhật là thi gì", "training/japan_exam"),
    ("ky nang mem can co cho dan IT", "training/soft_skills"),
    (
        "ông bà già học xài điện thoại thông minh ở đâu miễn phí",
        "training/digital_skills_public",
    ),
    ("công ty phần mềm việt nam nào lớn", "industry/brands"),
    ("ngành cntt vn doanh thu bn 1 năm", "industry/size"),
    ("thuế cho cty phần mềm có được giảm hông", "industry/incentives"),
    ("khu cntt tập trung cần thơ nằm ở đâu", "industry/it_zones"),
    ("sinh vien muon lam nghien cuu khoa hoc cntt thi sao", "research/students"),
    ("Cần Thơ hợp tác CNTT với nước nào", "integration/partners"),
    (
        "bằng cấp cntt của mình qua nước khác có được công nhận k",
        "integration/labour_mobility",
    ),
    ("thông tin bạn nói lấy từ đâu, tin được không", "service/sources"),
    ("mấy cái mình nhắn có bị lưu lại ko", "service/privacy"),
    ("bạn là người hay máy vậy", "chitchat/bot_identity"),
    ("hỏi bạn được những gì", "chitchat/capabilities"),
    ("xin chào, cho hỏi kế hoạch 06 có mục đích gì", "plan/purpose"),
    ("cảm ơn bạn nhiều nghen", "chitchat/thanks"),
]


@pytest.mark.parametrize(
    ("text", "topic"), QUESTIONS, ids=lambda value: str(value)[:40]
)
def test_question_gets_its_topic(person: Person, text: str, topic: str) -> None:
    replies = person.say(text)
    assert topic in {reply["topic"] for reply in replies}
    if not topic.startswith(("chitchat", "service")):
        assert all(source["checked_on"] for source in replies[0]["sources"])


def test_out_of_scope_is_refused_kindly_with_a_way_on(person: Person) -> None:
    (reply,) = person.say("mai trời mưa hông ta")
    assert (reply["kind"], reply["topic"]) == ("out_of_scope", "out_of_scope")
    assert reply.get("related") or reply.get("choices")


@pytest.mark.parametrize(
    ("accented", "bare"),
    [
        ("học phí ngành công nghệ thông tin ở Đại học Cần Thơ", None),
        ("đề án nước mạnh về công nghệ thông tin là gì", None),
        ("lương kỹ sư phần mềm mới ra trường", None),
    ],
)
def test_text_without_diacritics_gets_the_same_answer(
    person: Person, accented: str, bare: str | None
) -> None:
    from bot.text.fold import fold

    first, second = person.say(accented), person.say(bare or fold(accented))
    assert [r["topic"] for r in first] == [r["topic"] for r in second]
    assert first[0].get("params") == second[0].get("params")


@pytest.mark.parametrize(
    "typed", ["/restart", "/service_delete_data", "//session_start"]
)
def test_typed_commands_are_only_text(person: Person, typed: str) -> None:
    replies = person.say(typed)
    assert replies
    assert not any("erased" in reply.get("effects", []) for reply in replies)
