"""A detail that is asked for is said beside the answer; nothing else is."""

from dataclasses import replace

import pytest

from bot.answers.asked import LINES, Asked
from bot.answers.composer import Composer
from bot.answers.detail_lines import LONG, cut, say
from bot.answers.question import Question
from bot.knowledge.asking import load_asking
from bot.knowledge.entry import Entry
from bot.knowledge.library import Library
from tests.answers.talk import WORDINGS

ASKED = [
    (
        "training/japan_exam",
        "Bài FE của kỳ sát hạch chuẩn Nhật gồm mấy phần, bao nhiêu câu?",
        "60 câu",
    ),
    ("training/japan_exam", "Lệ phí?", "1.500.000"),
    ("training/japan_exam", "le phi thi bao nhieu", "1.500.000"),
    (
        "training/japan_exam",
        "rồi sát hạch kỹ sư CNTT kiểu Nhật lệ phí nhiêu dạ",
        "1.500.000",
    ),
    ("training/japan_exam", "thi cái đó tốn bao nhiêu tiền", "1.500.000"),
    ("training/japan_exam", "Còn bậc AP tổ chức tháng mấy", "tháng 10"),
    ("training/japan_exam", "AP thi vào tháng nào vậy", "tháng 10"),
    ("training/japan_exam", "bài IP làm trong bao lâu", "120 phút"),
    ("training/japan_exam", "thi ở tỉnh nào vậy", "Hà Nội"),
    ("training/japan_exam", "bài FE đã đạt có được bảo lưu không", "bảo lưu"),
    ("study/loans", "Chừng nào mới phải trả?", "12 tháng"),
    ("study/loans", "khi nào phải trả nợ", "12 tháng"),
    ("study/loans", "ra truong may nam phai tra no", "12 tháng"),
    ("study/loans", "có phải thế chấp gì không", "500 triệu"),
    ("study/loans", "ai đứng tên vay vậy", "đứng tên"),
    (
        "study/scholarships",
        "sinh viên vi mạch mỗi tháng được nhà nước cho bao nhiêu?",
        "4,2 triệu",
    ),
    ("study/scholarships", "học bổng nhận mấy tháng một năm", "10 tháng"),
    ("study/scholarships", "chương trình tài năng được bao nhiêu tiền", "5,5 triệu"),
    ("study/scholarships", "người khuyết tật có được miễn học phí không", "khuyết tật"),
    ("study/contests", "Hội thi Tin học trẻ năm 2026 là lần thứ mấy vậy ạ?", "XXXII"),
    ("study/contests", "sinh viên an ninh mạng có mấy đội tham gia", "319"),
    ("study/contests", "olympic tin học sinh viên năm 2025 tổ chức ở đâu", "HUTECH"),
    (
        "study/admission_calendar",
        "dạ còn thi V-SAT thì đăng ký trang nào, một năm có mấy đợt?",
        "7 đợt",
    ),
    ("study/admission_calendar", "thi tốt nghiệp THPT ngày nào", "11–12/6"),
    ("study/admission_methods", "một năm thi V-SAT mấy đợt", "7 đợt"),
    ("study/admission_methods", "khu vực 1 được cộng bao nhiêu điểm", "0,75"),
    ("study/free_resources", "Bình dân học vụ số có bao nhiêu khóa", "3.000"),
    ("study/laptop", "vay mua máy tính theo quyết định nào", "09/2022"),
    (
        "training/digital_skills_public",
        "Cần Thơ phát động phong trào ngày nào",
        "21/5/2025",
    ),
    (
        "training/basic_skill_standard",
        "chứng chỉ tin học A B C còn dùng được không",
        "A, B, C",
    ),
    ("training/basic_skill_standard", "sáu mô đun cơ bản là gì", "soạn thảo"),
    ("training/foreign_language", "TOEIC bao nhiêu thì được miễn", "450"),
    ("training/advanced_programs", "cả khóa bao nhiêu tín chỉ", "163"),
    (
        "career/public_sector",
        "Khoản hỗ trợ có tính đóng bảo hiểm xã hội không",
        "bảo hiểm",
    ),
    ("career/public_sector", "vị trí nào được hưởng xem thông tư nào", "23/2025"),
    (
        "career/public_sector",
        "làm ở trung tâm dữ liệu quốc gia được bao nhiêu tiền một ngày",
        "500.000",
    ),
    ("career/startup", "Vườn ươm KVIP ở đâu", "Trà Nóc"),
    ("industry/awards", "Sao Khuê 2025 trao ngày nào", "19/4/2025"),
    ("industry/brands", "doanh thu FPT năm rồi bao nhiêu tỷ", "70.113"),
    (
        "industry/incentives",
        "luật thuế thu nhập doanh nghiệp sửa đổi có hiệu lực khi nào",
        "01/10/2025",
    ),
    ("industry/investment_national", "nhà máy Amkor tạo bao nhiêu việc làm", "10.000"),
    ("industry/it_zones", "Khu Công nghệ số khởi công ngày nào", "12/12/2023"),
    ("industry/it_zones", "ở Khu Công nghệ số có nhận thực tập không", "12 tuần"),
    ("industry/semiconductor", "dai hoc can tho diem san nam 2026 bao nhieu", "22,75"),
    ("industry/products", "Zalo ra mắt năm nào", "2012"),
    ("service/contact", "số điện thoại của Sở Khoa học và Công nghệ", "0292.3820674"),
    ("service/contact", "trung tâm phục vụ hành chính công mấy giờ mở cửa", "7h"),
    ("service/contact", "Sở Khoa học và Công nghệ nằm ở đường nào", "Lý Thường Kiệt"),
    (
        "research/cantho_units",
        "trường công nghệ thông tin có bao nhiêu giảng viên",
        "104",
    ),
    ("workforce/importance", "quyết định 698 ai ký", "Nguyễn Thiện Nhân"),
    ("scheme/goal_infrastructure", "năm 2015 Việt Nam xếp hạng ITU thứ mấy", "102"),
    ("study/levels", "trung cấp có được miễn học phí không", "miễn 100%"),
    ("career/salary", "thực tập sinh IT được bao nhiêu tiền", "3–5 triệu"),
    ("career/no_degree", "hỗ trợ kỹ thuật lương khởi điểm bao nhiêu", "7–9 triệu"),
    ("career/find_job", "tuần lễ CASTID diễn ra ngày nào", "16–20/12"),
    ("scheme/methods", "Thanh Hoá ra kế hoạch ngày nào", "23/6/2011"),
]
NOT_ASKED = [
    ("training/japan_exam", "sát hạch kỹ sư CNTT chuẩn Nhật là gì"),
    ("training/japan_exam", "FE là cái gì vậy"),
    ("training/japan_exam", "chứng nhận có giá trị ở Nhật không"),
    ("study/loans", "Ông phải ra chỗ nào làm giấy"),
    ("study/loans", "vay vốn ở đâu"),
    ("study/loans", "nhà không có tiền thì có vay được không lãi bao nhiêu"),
    ("training/digital_skills_public", "nghe nói phải có VNeID mới vô được hả"),
    ("training/digital_skills_public", "học kỹ năng số ở đâu"),
    ("training/digital_skills_public", "trang nào để học vậy"),
    ("study/why_it", "có nên học công nghệ thông tin không"),
    ("study/scholarships", "cảm ơn bạn"),
    ("study/contests", "có cuộc thi nào cho học sinh cấp ba"),
    ("plan/number_date", "kế hoạch 06 ban hành ngày nào"),
    ("plan/timeline", "kế hoạch bắt đầu khi nào"),
    ("plan/overview", "kế hoạch 06 là gì"),
    ("scheme/decision", "ai ký quyết định 1755"),
    ("scheme/period", "đề án kéo dài từ năm nào đến năm nào"),
    ("scheme/funding", "đề án tốn bao nhiêu tiền"),
    ("industry/size", "doanh thu ngành CNTT bao nhiêu"),
    ("industry/brands", "công ty nào lớn nhất"),
    ("workforce/demand", "cả nước thiếu bao nhiêu nhân lực"),
    ("career/demand", "học xong có dễ xin việc không"),
    ("career/ai_impact", "AI có thay thế lập trình viên không"),
    ("career/remote_freelance", "làm từ xa được không"),
    ("study/laptop", "cần mua laptop cấu hình gì, RAM bao nhiêu"),
    ("study/age_limit", "34 tuổi học được không"),
    ("service/delete_data", "xóa dữ liệu của tôi"),
    ("service/privacy", "dữ liệu lưu bao lâu"),
    ("study/loans", "giá vé xe bao nhiêu"),
]
#: Messages that are no question about any entry's detail.
TALK = ["cảm ơn bạn", "ok", "", "?", "ủa vậy hả", "a" * 900, "mấy " * 30]


@pytest.fixture(scope="module")
def asked(library: Library) -> Asked:
    return Asked(library.entries.values(), load_asking())


def added(asked: Asked, library: Library, topic: str, question: str) -> list[str]:
    return asked.lines(question, library.entries[topic])


@pytest.mark.parametrize(("topic", "question", "wanted"), ASKED)
def test_the_line_asked_for_is_found(
    asked: Asked, library: Library, topic: str, question: str, wanted: str
) -> None:
    found = added(asked, library, topic, question)
    assert any(wanted in line for line in found)
    assert len(found) <= LINES


@pytest.mark.parametrize(("topic", "question"), NOT_ASKED)
def test_nothing_is_added_when_the_answer_says_it_or_nothing_fits(
    asked: Asked, library: Library, topic: str, question: str
) -> None:
    assert added(asked, library, topic, question) == []


@pytest.mark.parametrize("question", TALK)
def test_small_talk_adds_nothing_to_hardly_any_entry(
    asked: Asked, library: Library, question: str
) -> None:
    found = [it for it in library.entries if added(asked, library, it, question)]
    assert len(found) <= len(library.entries) // 20


def test_titles_are_answered_by_the_answer(asked: Asked, library: Library) -> None:
    titles = {topic: entry.title for topic, entry in library.entries.items()}
    found = [it for it in titles if added(asked, library, it, titles[it])]
    assert len(found) <= len(titles) // 20


def loans(library: Library, detail: str) -> Entry:
    return replace(library.entries["study/loans"], detail=detail)


def test_a_line_nobody_wrote_questions_for_is_found_by_its_words(
    asked: Asked, library: Library
) -> None:
    entry = loans(library, "Bò sữa: được vay thêm 7 triệu.\nMưa to thì nghỉ.")
    assert asked.lines("nuôi bò sữa thì sao", entry) == [
        "Bò sữa: được vay thêm 7 triệu."
    ]


def test_an_edited_line_keeps_its_questions(asked: Asked, library: Library) -> None:
    line = "Người đại diện hộ đứng tên vay."
    assert line in library.entries["study/loans"].detail
    entry = loans(library, "Người đại diện của hộ sẽ đứng tên vay.\nMưa to thì nghỉ.")
    question = "giấy tờ ghi tên mẹ hay tên con"
    assert asked.lines(question, entry) == ["Người đại diện của hộ sẽ đứng tên vay."]


def test_asked_again_a_line_less_near_is_said(asked: Asked, library: Library) -> None:
    entry = library.entries["study/loans"]
    question = "lãi bao nhiêu, hộ nghèo thì sao"
    once = asked.lines(question, entry)
    assert len(asked.lines(question, entry, again=True)) >= len(once)


def test_a_long_line_is_cut_to_the_sentence_and_keeps_its_label() -> None:
    detail = f"- AP (2023): thi tháng 10. {'Câu rất dài ' * 30}."
    first, second = cut(detail)
    assert say([first]) == ["AP (2023): thi tháng 10."]
    assert say([second])[0].startswith("AP (2023): Câu rất dài")
    assert len(first.whole) > LONG


def test_a_heading_is_no_line_of_its_own() -> None:
    lines = cut("Điều kiện vay:\n- Năm nhất: khá.\n\nHết.")
    assert [(line.text, line.heading) for line in lines] == [
        ("Năm nhất: khá.", "Điều kiện vay:"),
        ("Hết.", ""),
    ]


def test_the_composer_adds_it_to_the_entrys_answer(
    composer: Composer, library: Library
) -> None:
    entry = library.entries["training/japan_exam"]
    reply = composer.reply(Question(entry.id, text="Lệ phí?"), WORDINGS)
    assert reply is not None
    assert reply.text.startswith(entry.answer) and "1.500.000" in reply.text
    assert reply.sources == entry.sources
    assert [choice.title for choice in reply.choices][-1] == "more"


def test_a_button_and_a_catalogue_answer_stay_as_they_are(
    composer: Composer, library: Library
) -> None:
    entry = library.entries["study/tuition"]
    button = composer.reply(Question(entry.id), WORDINGS)
    assert button is not None and button.text == entry.answer
    fptu = {"institution": ("fptu",)}
    looked_up = composer.reply(Question(entry.id, fptu), WORDINGS)
    typed = Question(entry.id, fptu, text="tiếng Anh dự bị bao nhiêu tiền một mức")
    assert composer.reply(typed, WORDINGS) == looked_up
