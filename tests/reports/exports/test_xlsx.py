"""The workbook: four sheets for the office, heads, real numbers and dates, formulas that reckon what is stored."""

from collections import Counter
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from itertools import product
from pathlib import Path

import openpyxl
import pytest

from indicators.choices import Direction, Operator, TimeRule
from indicators.rules.progress import DEFAULT_BAND_RULE, BandRule, band
from indicators.tables.standings import OFFICIAL
from reports.exports.xlsx import summary_workbook
from reports.exports.xlsx_bands import BANDS
from reports.tables import period_report as period_reports
from reports.tables.frame import Frame
from reports.tables.pace import of_limit, of_plan
from reports.tables.period_report import period_report
from tests.builders import at
from tests.office import recalculated
from tests.reports.exports.sample import NOTE, UNSENT, office_world, opened, report_of, send_the_last, shown, table
from units import clock

pytestmark = pytest.mark.django_db

ABOUT_ALL = ["Tóm tắt", "Tổng hợp", "2.3 Kinh tế", "Theo đơn vị", "Nhiệm vụ"]
ABOUT_SENDING = ["Tình hình gửi báo cáo", "Chậm, còn thiếu"]
COMMUNES = ["xã Hiếu", "xã Măng Cành", "xã Pờ Ê"]
SHEETS = [*ABOUT_ALL, *ABOUT_SENDING, *COMMUNES, "Nguồn, thời điểm"]
LAST_HEADS = {
    "Tóm tắt": "Chưa có số liệu",
    "Tổng hợp": "Nguồn, ghi chú",
    "2.3 Kinh tế": "Nguồn, ghi chú",
    "Theo đơn vị": "Ghi chú của đơn vị",
    "Nhiệm vụ": "Nội dung đã làm",
    "Tình hình gửi báo cáo": "Còn thiếu",
    "Chậm, còn thiếu": "Chỉ tiêu, nhiệm vụ chưa có số liệu",
    **dict.fromkeys(COMMUNES, "Nội dung, ghi chú của đơn vị"),
    "Nguồn, thời điểm": "Nội dung",
}
FROZEN_AT = {"Tình hình gửi báo cáo": "B", "Chậm, còn thiếu": "B", "Nguồn, thời điểm": "B"}


@pytest.mark.parametrize("communes", [1, 3])
def test_everything_is_read_in_the_same_queries_for_one_unit_and_for_three(communes, django_assert_num_queries):
    world = office_world(communes)
    period = world.period(2)
    with django_assert_num_queries(period_reports.QUERIES):
        report = period_report(Frame(world.campaign, period, "sent"))
    with django_assert_num_queries(0):
        summary_workbook(report)


def test_every_sheet_says_who_what_which_window_and_which_figures():
    content = summary_workbook(report_of(office_world()))
    assert openpyxl.load_workbook(BytesIO(content)).sheetnames == SHEETS
    heads = [[opened(content, name).cell(row, 1).value for row in (1, 2, 4, 5)] for name in SHEETS]
    assert heads == [
        [
            "ỦY BAN NHÂN DÂN HUYỆN THỬ",
            "PHÒNG NỘI VỤ",
            "Kết quả thực hiện phong trào thi đua 6 tháng cuối năm 2024, Tháng 8/2024 (15/7–14/8/2024)",
            "Số liệu tạm tính, gồm số liệu các đơn vị đã gửi; lập lúc 15/8/2024, 18:00",
        ]
    ] * len(SHEETS)
    assert opened(content, "Tổng hợp")["A6"].value == "Nguồn số liệu: do đơn vị báo cáo; số liệu minh họa"


def test_official_figures_are_called_so():
    content = summary_workbook(report_of(office_world(), basis=OFFICIAL))
    assert opened(content, "Tổng hợp")["A5"].value.startswith("Số liệu chính thức, chỉ gồm số liệu đã tiếp nhận; lập")


def test_sheets_are_frozen_outlined_and_lie_on_a4_landscape():
    content = summary_workbook(report_of(office_world()))
    for name, last in LAST_HEADS.items():
        sheet = opened(content, name)
        head = next(row for row in range(1, 20) if last in [cell.value for cell in sheet[row]])
        assert sheet.freeze_panes == f"{FROZEN_AT.get(name, 'C')}{head + 1}"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows.endswith(f"${head}")
    levels = [opened(content, "Tổng hợp").row_dimensions[row].outlineLevel for row in range(10, 16)]
    assert levels == [0, 1, 2, 1, 1, 1]


def test_plans_with_words_and_percentages_stay_numbers():
    rows = table(opened(summary_workbook(report_of(office_world())), "Tổng hợp"), LAST_HEADS["Tổng hợp"])
    by_name = {row["Chỉ tiêu"].value: row for row in rows}
    limit = by_name["Đơn tồn đọng"]["Số giao"]
    opening = by_name["Giải ngân"]["TH 6 tháng đầu năm"]
    assert (limit.value, shown(limit)) == (20, "không quá 20")
    assert (opening.value, shown(opening)) == (19.6, "19,6 %")
    assert by_name["Trồng cà phê mới"]["TH 6 tháng đầu năm"].value == "40,8 % hoặc 0 %"
    assert by_name["Đơn tồn đọng"]["Cơ quan giao"].value == "UBND tỉnh"


def test_a_whole_that_is_the_sum_of_its_units_is_a_formula_and_another_is_not():
    content = summary_workbook(report_of(office_world()))
    rows = table(opened(content, "Theo đơn vị", values=False), LAST_HEADS["Theo đơn vị"])
    by_name = {row["Chỉ tiêu, đơn vị"].value: row for row in rows if row["TT"].value}
    tea, paid = by_name["Trồng chè mới"], by_name["Giải ngân"]
    assert [str(tea[head].value)[:4] for head in ("Kế hoạch năm", "TH trong kỳ", "Lũy kế từ đầu năm")] == ["=IF("] * 3
    assert paid["Kế hoạch năm"].value == 12345


def test_another_program_reckons_the_very_values_that_are_stored(tmp_path: Path):
    content = summary_workbook(report_of(office_world()))
    reckoned = recalculated(content, tmp_path)
    formulas = []
    for name in SHEETS:
        cells = [cell for row in opened(content, name, values=False).iter_rows() for cell in row]
        for cell in cells:
            if cell.data_type == "f":
                formulas.append(str(cell.value))
                stored = opened_value(content, name, cell.coordinate)
                assert (cell.coordinate, opened_value(reckoned, name, cell.coordinate)) == (cell.coordinate, stored)
    assert len(formulas) >= 60
    assert {kind for kind in ("ROUND(SUM", "*100", "COUNTIF", "vượt tiến độ") if kind in "".join(formulas)} == {
        "ROUND(SUM",
        "*100",
        "COUNTIF",
        "vượt tiến độ",
    }


_books: dict[tuple[int, str], dict[str, object]] = {}


def opened_value(content: bytes, name: str, place: str) -> object:
    """One stored value; a sheet is read once."""
    key = (hash(content), name)
    if key not in _books:
        _books[key] = {cell.coordinate: cell.value for row in opened(content, name).iter_rows() for cell in row}
    value = _books[key][place]
    return "" if value is None else value


def test_tasks_tell_counts_and_the_words_of_each_unit():
    rows = table(opened(summary_workbook(report_of(office_world())), "Nhiệm vụ"), LAST_HEADS["Nhiệm vụ"])
    told = [(row["Nhiệm vụ, đơn vị"].value, row["Tình hình"].value, row[LAST_HEADS["Nhiệm vụ"]].value) for row in rows]
    assert told == [
        ("2.3. Kinh tế", None, None),
        ("Tuyên truyền vận động", None, None),
        ("xã Hiếu", "Đang thực hiện", "Đã họp 1 thôn."),
        ("xã Măng Cành", "Chưa báo cáo", None),
        ("xã Pờ Ê", "Đang thực hiện", "Đã họp 2 thôn."),
    ]
    assert [rows[1][head].value for head in ("Hoàn thành", "Đang thực hiện", "Chưa báo cáo")] == [0, 2, 1]


def test_the_list_of_reports_tells_state_moments_days_late_and_what_is_missing():
    world = office_world()
    with clock.set_to(at("2024-08-19")):
        report = period_report(Frame(world.campaign, world.period(2), "sent"))
    rows = table(opened(summary_workbook(report), "Tình hình gửi báo cáo"), LAST_HEADS["Tình hình gửi báo cáo"])
    heads = ["Đơn vị", "Tình trạng", "Gửi lần đầu lúc", "Số ngày chậm", "Tiếp nhận lúc", "Phải báo cáo", "Còn thiếu"]
    assert [[row[head].value for head in heads] for row in rows] == [
        ["xã Hiếu", "Đã tiếp nhận", datetime(2024, 8, 15, 9), None, datetime(2024, 8, 15, 14), 6, 0],
        ["xã Măng Cành", "Chậm, chưa gửi", None, 3, None, 6, 6],
        ["xã Pờ Ê", "Chờ tiếp nhận", datetime(2024, 8, 15, 9), None, None, 5, 0],
    ]
    assert {type(row["Hạn gửi"].value) for row in rows} == {datetime}


def test_a_unit_to_which_the_row_is_not_given_is_named_so_and_a_note_stands_at_its_unit():
    world = office_world()
    send_the_last(world)
    rows = table(opened(summary_workbook(report_of(world)), "Theo đơn vị"), LAST_HEADS["Theo đơn vị"])
    told = [
        (row["Chỉ tiêu, đơn vị"].value, row["Tình trạng số liệu"].value, row[LAST_HEADS["Theo đơn vị"]].value)
        for row in rows
    ]
    assert ("xã Pờ Ê", "không giao", None) in told
    assert ("xã Măng Cành", "đã gửi", NOTE) in told


@pytest.mark.parametrize("basis", ["sent", "official"])
def test_what_a_unit_has_typed_and_not_sent_stands_in_no_sheet(basis):
    content = summary_workbook(report_of(office_world(), basis=basis))
    texts = [str(cell.value) for name in SHEETS for row in opened(content, name).iter_rows() for cell in row]
    assert [text for text in texts if UNSENT in text or NOTE in text] == []


def test_for_whom_the_list_of_reports_is_not_it_is_left_out():
    content = summary_workbook(report_of(office_world(), with_submissions=False))
    assert openpyxl.load_workbook(BytesIO(content)).sheetnames == [one for one in SHEETS if one not in ABOUT_SENDING]


def test_each_unit_has_its_own_rows_with_rates_and_bands_as_formulas():
    content = summary_workbook(report_of(office_world()))
    rows = table(opened(content, "xã Hiếu"), LAST_HEADS["xã Hiếu"])
    told = [
        [shown(row[head]) for head in ("TT", "Chỉ tiêu, nhiệm vụ", "Lũy kế từ đầu năm", "So KH (%)")] for row in rows
    ]
    assert told == [
        ["I", "2.3. Kinh tế", "", ""],
        ["1", "Trồng chè mới", "30,0", "60,0"],
        ["2", "Chè Shan", "–", "–"],
        ["3", "Trồng cà phê mới", "–", "–"],
        ["4", "Giải ngân", "–", "–"],
        ["5", "Đơn tồn đọng", "–", "–"],
        ["", "Tuyên truyền vận động", "", ""],
    ]
    written = table(opened(content, "xã Hiếu", values=False), LAST_HEADS["xã Hiếu"])[1]
    assert str(written["So KH (%)"].value).startswith("=IF(AND(ISNUMBER(")
    assert "nguong_vuot_tien_do" in str(written["Đánh giá"].value)


def test_what_is_late_or_missing_is_listed_by_unit_with_the_names_of_the_rows():
    world = office_world()
    with clock.set_to(at("2024-08-19")):
        report = period_report(Frame(world.campaign, world.period(2), "sent"))
    rows = table(opened(summary_workbook(report), "Chậm, còn thiếu"), LAST_HEADS["Chậm, còn thiếu"])
    assert [[row[head].value for head in ("Đơn vị", "Số ngày chậm", "Số dòng còn thiếu")] for row in rows] == [
        ["xã Măng Cành", 3, 6]
    ]
    assert rows[0][LAST_HEADS["Chậm, còn thiếu"]].value.startswith("Trồng chè mới; Chè Shan; ")


def test_the_digest_counts_the_bands_of_each_area_and_of_all():
    report = report_of(office_world())
    whole, area = table(opened(summary_workbook(report), "Tóm tắt"), LAST_HEADS["Tóm tắt"])
    counted = Counter(row.band for row in report.annex if not row.is_area)
    assert [whole["Tổng số"].value, area["Tổng số"].value] == [5, 5]
    assert {band: area[str(band.label)].value for band in BANDS} == {band: counted[band] for band in BANDS}


def test_cells_tell_where_plan_opening_and_figure_come_from():
    rows = table(opened(summary_workbook(report_of(office_world())), "Tổng hợp"), LAST_HEADS["Tổng hợp"])
    by_name = {row["Chỉ tiêu"].value: row for row in rows}
    assert by_name["Giải ngân"]["Số giao"].comment.text == ("Cơ quan giao: HĐND huyện\nÁp dụng từ ngày 1/1/2024")
    assert by_name["Trồng chè mới"]["Lũy kế từ đầu năm"].comment.text == (
        "Số liệu đến ngày 14/8/2024\n2/3 đơn vị, đã xác nhận 0"
    )
    assert by_name["Đơn tồn đọng"]["TH 6 tháng đầu năm"].comment is None


@pytest.mark.parametrize("rule", [DEFAULT_BAND_RULE, BandRule(Decimal("1.2"), Decimal(1), Decimal("0.5"))])
@pytest.mark.parametrize("direction", [Direction.MORE, Direction.FEWER])
def test_the_band_of_two_percentages_is_the_band_of_the_rules(rule, direction):
    reckon = of_limit if direction == Direction.FEWER else of_plan
    for rate, expected in product(range(0, 131, 5), range(0, 101, 5)):
        wanted = band(
            Decimal(rate),
            Decimal(100),
            Decimal(expected) / 100,
            direction=direction,
            operator=Operator.AT_LEAST if direction == Direction.MORE else Operator.AT_MOST,
            time_rule=TimeRule.FLOW,
            rule=rule,
        )
        assert (rate, expected, reckon(float(rate), float(expected), rule)) == (rate, expected, wanted)


def test_text_that_looks_like_a_formula_stays_text():
    world = office_world()
    figure = world.figure("tuyen-truyen", 0, 2)
    assert figure.sent_version is not None
    type(figure.sent_version).objects.filter(pk=figure.sent_version_id).update(text='=HYPERLINK("http://x")')
    sheet = opened(summary_workbook(report_of(world)), "Nhiệm vụ", values=False)
    found = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=HYPERLINK")]
    assert [cell.data_type for cell in found] == ["s"]
    assert found[0].quotePrefix


def test_a_revised_plan_and_what_it_was_fit_their_column():
    world = office_world()
    targets = world.indicators["che"].targets
    given = targets.get(unit=world.communes[0])
    given.pk, given.sequence, given.amount = None, given.sequence + 1, Decimal(12345)
    given.valid_from = given.valid_from.replace(month=7)
    given.save()
    content = summary_workbook(report_of(world))

    for name in ("Theo đơn vị", "xã Hiếu"):
        sheet = opened(content, name)
        cells = [one for row in sheet.iter_rows() for one in row if "giao đầu năm" in one.number_format]
        assert len(max(map(shown, cells), key=len)) > 24
        assert all(sheet.column_dimensions[one.column_letter].width >= len(shown(one)) for one in cells)
