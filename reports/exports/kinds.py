"""Every kind of report in one register: of what it speaks, its sections, its annexes, and how it lies on paper.

A new kind is a new row here. Sections and annexes may be left out of a draft by their keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reports.choices import OWN
from reports.exports import (
    annexes,
    area_report,
    briefing_text,
    chart_annex,
    evaluation_text,
    obstacle_text,
    sending_lists,
    summary_text,
    unit_text,
)
from reports.exports.area_report import narrowed
from reports.exports.kind import AREA, ITSELF, STANDING, UNIT, AnnexKind, Kind, Section
from reports.exports.wording import lower_first, movement, subject
from reports.tables.material import Material
from vietnamese.dates import format_document_date

RUNNING = Section(summary_text.RUNNING, "Công tác chỉ đạo, tổ chức phát động, triển khai")
RESULTS = Section(summary_text.RESULTS, "Kết quả thực hiện theo nội dung")
ASSESSMENT = Section(summary_text.ASSESSMENT, "Đánh giá chung")
AHEAD = Section(summary_text.AHEAD, "Nhiệm vụ trọng tâm")
PROPOSALS = Section(summary_text.PROPOSALS, "Kiến nghị, đề nghị khen thưởng")
MAIN_SECTIONS = (RUNNING, RESULTS, ASSESSMENT, AHEAD, PROPOSALS)


def _of_period(material: Material) -> str:
    return lower_first(material.frame.period.name)


def _about_period(material: Material) -> tuple[str, ...]:
    return subject(material.frame.campaign), f"({_of_period(material)})"


def _about(head: str) -> Callable[[Material], tuple[str, ...]]:
    """ "Sơ kết phong trào thi đua …", with the day up to which figures count."""

    def lines(material: Material) -> tuple[str, ...]:
        until = format_document_date(material.frame.period.ends_on)
        return f"{head} {movement(material.frame.campaign)}", f"(số liệu đến ngày {until})"

    return lines


def _year(material: Material) -> str:
    return f"năm {material.frame.period.ends_on.year}"


def _about_area(material: Material) -> tuple[str, ...]:
    title = material.area.title if material.area else subject(material.frame.campaign)
    return f"Kết quả nội dung: {lower_first(title)}", f"({_of_period(material)})"


SUMMARY_ANNEX = AnnexKind(
    "summary",
    "Biểu tổng hợp các chỉ tiêu",
    lambda material: f"Biểu tổng hợp các chỉ tiêu thi đua {_of_period(material)}",
    lambda material: (annexes.summary_table(narrowed(material)),),
)
BY_UNIT_ANNEX = AnnexKind(
    "by-unit",
    "Kết quả theo đơn vị",
    lambda material: f"Kết quả các chỉ tiêu thi đua theo đơn vị {_of_period(material)}",
    lambda material: (annexes.by_unit_table(narrowed(material)),),
)
MONTH_CHARTS = AnnexKind(
    "charts",
    "Biểu đồ tiến độ",
    lambda material: f"Biểu đồ tiến độ các chỉ tiêu thi đua {_of_period(material)}",
    chart_annex.month_charts,
    is_wide=False,
)
CAMPAIGN_SUMMARY = replace(
    SUMMARY_ANNEX, title=lambda material: f"Biểu tổng hợp các chỉ tiêu thi đua đến hết {_of_period(material)}"
)
CAMPAIGN_BY_UNIT = replace(
    BY_UNIT_ANNEX, title=lambda material: f"Kết quả các chỉ tiêu thi đua theo đơn vị đến hết {_of_period(material)}"
)
CAMPAIGN_CHARTS = replace(
    MONTH_CHARTS,
    title=lambda material: f"Biểu đồ tiến độ các chỉ tiêu thi đua đến hết {_of_period(material)}",
    blocks=chart_annex.campaign_charts,
)
OBSTACLE_ANNEX = AnnexKind(
    "obstacles",
    "Danh sách khó khăn, vướng mắc",
    lambda material: f"Danh sách khó khăn, vướng mắc {_of_period(material)}",
    lambda material: (obstacle_text.obstacle_table(material),),
)

MONTH = Kind(
    "thang",
    "Báo cáo tháng",
    _about_period,
    summary_text.month_text,
    MAIN_SECTIONS,
    (SUMMARY_ANNEX, MONTH_CHARTS),
    pages=3,
    states_figures=True,
)
REVIEW = Kind(
    "so-ket",
    "Báo cáo sơ kết",
    _about("Sơ kết"),
    summary_text.review_text,
    MAIN_SECTIONS,
    (CAMPAIGN_SUMMARY, CAMPAIGN_BY_UNIT, CAMPAIGN_CHARTS),
    tells_campaign=True,
    states_figures=True,
)
YEAR_END = Kind(
    "tong-ket",
    "Báo cáo tổng kết",
    _about("Tổng kết"),
    summary_text.year_end_text,
    MAIN_SECTIONS,
    (CAMPAIGN_SUMMARY, CAMPAIGN_BY_UNIT, CAMPAIGN_CHARTS),
    tells_campaign=True,
    closes_campaign=True,
    states_figures=True,
)
ONE_AREA = Kind(
    "noi-dung",
    "Báo cáo theo nội dung thi đua",
    _about_area,
    area_report.area_report_text,
    (RESULTS, ASSESSMENT, AHEAD),
    (SUMMARY_ANNEX, BY_UNIT_ANNEX),
    scope=AREA,
)
BRIEFING = Kind(
    "giao-ban",
    "Báo cáo giao ban (một trang)",
    lambda material: ("Tình hình thực hiện phong trào thi đua, phục vụ giao ban", f"({_of_period(material)})"),
    briefing_text.briefing_text,
    (
        Section(briefing_text.STANDING, "Tình hình chung"),
        Section(briefing_text.LAGGING, "Chỉ tiêu cần tập trung chỉ đạo"),
        Section(briefing_text.ASKED, "Đề nghị"),
    ),
    issuers=(STANDING,),
    pages=1,
)
OBSTACLES = Kind(
    "vuong-mac",
    "Báo cáo khó khăn, vướng mắc",
    lambda material: ("Khó khăn, vướng mắc trong thực hiện phong trào thi đua", f"({_of_period(material)})"),
    obstacle_text.obstacle_text,
    (
        Section(obstacle_text.SITUATION, "Tình hình chung"),
        Section(obstacle_text.IN_HAND, "Vướng mắc đang xử lý"),
        Section(summary_text.PROPOSALS, "Kiến nghị"),
    ),
    (OBSTACLE_ANNEX,),
    issuers=(STANDING,),
)
LATE = Kind(
    "cham-thieu",
    "Danh sách gửi chậm, còn thiếu",
    lambda material: ("Tình hình gửi báo cáo của các đơn vị", f"({_of_period(material)})"),
    sending_lists.late_text,
    (Section(sending_lists.LATE, "Tình hình gửi báo cáo của kỳ"),),
    issuers=(STANDING,),
    is_internal=True,
)
SHEETS_ANNEX = AnnexKind(
    "sheets",
    "Phiếu của từng đơn vị, người đứng đầu",
    lambda material: f"Phiếu kết quả của đơn vị, người đứng đầu {_year(material)}",
    evaluation_text.sheets,
    is_wide=False,
)
EVALUATION = Kind(
    "danh-gia",
    "Phiếu đơn vị, người đứng đầu để đánh giá cuối năm",
    lambda material: (
        "Kết quả thực hiện chỉ tiêu thi đua của đơn vị, người đứng đầu",
        f"(số liệu đến ngày {format_document_date(material.frame.period.ends_on)} và ước cả năm)",
    ),
    evaluation_text.evaluation_text,
    (Section(evaluation_text.OVERVIEW, "Tổng hợp kết quả của các đơn vị"),),
    (SHEETS_ANNEX,),
    issuers=(STANDING,),
    scope=UNIT,
    is_internal=True,
    tells_campaign=True,
    has_sheets=True,
)

OWN_REPORT = Kind(
    OWN,
    "Báo cáo của đơn vị",
    _about_period,
    unit_text.own_text,
    tuple(Section(key, title) for key, title in unit_text.TITLES.items()),
    issuers=(ITSELF,),
    scope=UNIT,
)

#: The order in which they are offered.
_ORDER = (MONTH, BRIEFING, REVIEW, YEAR_END, ONE_AREA, OBSTACLES, LATE, EVALUATION, OWN_REPORT)
KINDS: dict[str, Kind] = {kind.key: kind for kind in _ORDER}
