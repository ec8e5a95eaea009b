"""A sample report in both heads of the decree, long enough for several pages, with annexes."""

from datetime import UTC, datetime

from django.template import Context, Engine

from paper.letter import (
    Letter,
    Letterhead,
    Recipients,
    SignatureBlock,
    Title,
    date_line,
    number_line,
)
from paper.marks import band_mark, bullet_bar
from paper.pdf import STATIC_ROOT, render_pdf

CREATED = datetime(2024, 11, 15, 8, 0, tzinfo=UTC)
# Each of the 67 small and 67 capital letters that Vietnamese adds to the Latin alphabet.
MARKED = "ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ"
VIETNAMESE_LETTERS = MARKED + MARKED.upper()

TEMPLATE = """{% extends "base_print.html" %}
{% block text %}
<p>Thực hiện Phát động thi đua của Ủy ban nhân dân huyện, Phòng Nội vụ báo cáo kết quả như sau:</p>
<h2>I. CÔNG TÁC CHỈ ĐẠO, TỔ CHỨC PHÁT ĐỘNG, TRIỂN KHAI</h2>
{% for number in paragraphs %}
<p>{{ number }}. Ủy ban nhân dân các xã, thị trấn tiếp tục đôn đốc việc trồng mới, chăm sóc diện tích cà phê xứ lạnh,
chè và dược liệu; rà soát các chỉ tiêu còn thấp so với tiến độ, phân công cán bộ phụ trách từng thôn, làng, bảo đảm
hoàn thành kế hoạch giao trong năm 2024.</p>
{% endfor %}
<table class="figures"><colgroup><col class="mm-10"><col><col class="mm-25"><col class="mm-40"></colgroup>
<thead><tr><th>TT</th><th>Chỉ tiêu</th><th>Lũy kế</th><th>Tiến độ</th></tr></thead>
<tbody><tr><td class="centre">1</td><td>Trồng chè mới (ha)</td><td class="number">85,5</td>
<td>{{ bar }} {{ mark }}</td></tr></tbody></table>
<p>{{ letters }}</p>
<p>Trên đây là báo cáo kết quả thực hiện./.</p>
{% endblock %}
{% block annexes %}{% for annex in annexes %}
<section class="annex{% if annex.number == 1 %} wide{% endif %}">{% include "paper/_annex_head.html" %}
<table class="figures"><colgroup><col class="mm-10"><col><col class="mm-20"><col class="mm-20"></colgroup>
<thead><tr><th>TT</th><th>Chỉ tiêu của {{ annex.label }}</th><th>KH năm</th><th>Lũy kế</th></tr></thead>
<tbody>{% for row in rows %}
<tr><td class="centre">{{ row }}</td>
<td>Dòng thứ {{ row }} bắt đầu<br>và kết thúc dòng {{ row }}</td>
<td class="number">183,5</td><td class="number">85,5</td></tr>{% endfor %}</tbody></table></section>
{% endfor %}{% endblock %}
"""


def department_letter(**changes: object) -> Letter:
    """BC-PNV: the superior light over the department in bold."""
    parts: dict[str, object] = {
        "letterhead": Letterhead(
            superior=("UBND HUYỆN KON PLÔNG",),
            issuer=("PHÒNG NỘI VỤ",),
            name="Phòng Nội vụ",
            number_pattern=number_line("BC-PNV"),
            place="Kon Plông",
            date_text=date_line(2024),
        ),
        "title": Title(
            "BÁO CÁO",
            ("Kết quả thực hiện phong trào thi đua", "6 tháng cuối năm 2024 (tháng 11)"),
        ),
        "signature": SignatureBlock(("TRƯỞNG PHÒNG",)),
        "recipients": Recipients(("Như trên", "Thường trực Huyện ủy", "Thường trực HĐND huyện"), "VT"),
        "addressees": ("Ủy ban nhân dân huyện Kon Plông",),
    }
    return Letter(**{**parts, **changes})  # type: ignore[arg-type]


def committee_letter(**changes: object) -> Letter:
    """BC-UBND: the Committee alone, in two bold lines, signed by a deputy on behalf of it."""
    return department_letter(
        **{
            "letterhead": Letterhead(
                issuer=("ỦY BAN NHÂN DÂN", "HUYỆN KON PLÔNG"),
                name="Ủy ban nhân dân huyện Kon Plông",
                number_pattern=number_line("BC-UBND"),
                place="Kon Plông",
                date_text=date_line(2024),
            ),
            "signature": SignatureBlock(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
            "recipients": Recipients(("Như trên", "Các cơ quan, đơn vị"), "VT, PNV"),
            "addressees": ("Ủy ban nhân dân tỉnh Kon Tum", "Sở Nội vụ tỉnh Kon Tum"),
            **changes,
        }
    )


def report_html(letter: Letter, *, paragraphs: int = 14, rows: int = 60, template: str = TEMPLATE) -> str:
    """The HTML of a sample report."""
    engine = Engine(dirs=[str(STATIC_ROOT.parent / "templates")])
    context = {
        "letter": letter,
        "annexes": letter.annexes(["Biểu tổng hợp các chỉ tiêu thi đua", "Danh sách đơn vị chậm gửi báo cáo"]),
        "paragraphs": [str(number) for number in range(1, paragraphs + 1)],
        "rows": [str(number) for number in range(1, rows + 1)],
        "letters": " ".join(VIETNAMESE_LETTERS),
        "bar": bullet_bar(46.6, 74, band="at_risk", label="đạt 46,6 %, cần 74 %", width=90),
        "mark": band_mark("at_risk"),
    }
    return str(engine.from_string(template).render(Context(context)))


def report_pdf(letter: Letter, **choices: int) -> bytes:
    """The sample report as PDF."""
    return render_pdf(report_html(letter, **choices), title=letter.title.plain, created=CREATED)  # type: ignore[arg-type]
