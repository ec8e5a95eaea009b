"""The command writes the same file as the download, or one clear line and a failing exit."""

from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from tests.builders import at
from tests.reports.exports.sample import office_world
from units import clock

pytestmark = pytest.mark.django_db


def export(world, *arguments):
    out = StringIO()
    with clock.set_to(at("2024-08-15", 18)):
        call_command("export_report", world.campaign.key, *arguments, stdout=out)
    return out.getvalue()


def test_an_excel_of_preliminary_figures_unless_told_otherwise(tmp_path):
    said = export(office_world(1), "2", "--out", str(tmp_path / "a.xlsx"))
    assert said.startswith(f"Đã ghi {tmp_path / 'a.xlsx'} (Tháng 8/2024, tam-tinh, ")
    assert "Tình hình gửi báo cáo" in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


@pytest.mark.parametrize("period", ["Tháng 7/2024", "1"])
def test_a_pdf_of_official_figures_of_a_period_by_name_or_number(tmp_path, period):
    export(office_world(1), period, "--format", "pdf", "--basis", "chinh-thuc", "--out", str(tmp_path / "a.pdf"))
    text = PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    assert "(tháng 7/2024)" in text
    assert "DỰ THẢO" not in text


def test_the_newest_closed_period_by_its_own_word(tmp_path):
    assert "Tháng 8/2024" in export(office_world(1), "moi-nhat", "--out", str(tmp_path / "a.xlsx"))


def test_an_older_file_is_replaced(tmp_path):
    (tmp_path / "a.xlsx").write_text("cũ")
    export(office_world(1), "2", "--out", str(tmp_path / "a.xlsx"))
    assert (tmp_path / "a.xlsx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["99", "--out", "{folder}/a.xlsx"], "Không có kỳ “99”. Các kỳ: 1 (Tháng 7/2024)"),
        (["2", "--out", "{folder}/la/a.xlsx"], "Không có thư mục “{folder}/la”. Tạo thư mục rồi chạy lại."),
        (["2", "--out", "{folder}"], "Không ghi được tệp “{folder}”"),
        (["2", "--out", "a", "--basis", "la"], "--basis: không có lựa chọn “la”"),
        (["2", "--out", "a", "--format", "doc"], "--format: không có lựa chọn “doc”"),
        (["2"], "Thiếu: --out."),
    ],
)
def test_bad_input_is_answered_in_one_line(tmp_path, arguments, sentence):
    with pytest.raises(CommandError) as caught:
        export(office_world(1), *(argument.format(folder=tmp_path) for argument in arguments))
    assert sentence.format(folder=tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_campaign_is_answered_with_those_there_are(tmp_path):
    world = office_world(1)
    with pytest.raises(
        CommandError, match=f"Không có phong trào đã phát động nào có khóa “la”. Các khóa: {world.campaign.key}."
    ):
        call_command("export_report", "la", "1", "--out", str(tmp_path / "a.xlsx"))
