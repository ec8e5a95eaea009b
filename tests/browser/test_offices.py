"""Lead department, Phòng Nội vụ and the chairman in a real browser."""

import io

import openpyxl
import pypdf
import pytest
from django.urls import reverse
from playwright.sync_api import Download, Page, expect

from campaign.choices import SubmissionStatus
from tests.builders import World, fill


@pytest.fixture
def sent(world: World) -> World:
    """Both communes have sent July: 20 and 12,5 ha of tea."""
    for commune, tea in enumerate(("20", "12.5")):
        fill(world, commune, che=tea)
        world.send(commune)
    return world


def bytes_of(download: Download) -> bytes:
    return download.path().read_bytes()


def test_the_lead_department_confirms_some_asks_again_and_reconciles(sent: World, page: Page, enter_as):
    first, second = sent.figure("che", 0), sent.figure("che", 1)
    enter_as("reviewer")
    page.goto(reverse("indicators:confirm-list"))
    page.get_by_role("link", name="Trồng chè mới").first.click()
    expect(page.locator("h1")).to_contain_text("Trồng chè mới")
    expect(page.locator(f"#so-{first.pk}")).to_contain_text("chưa xác nhận")

    page.locator(f"#pick-{first.pk}").check()
    page.get_by_role("button", name="Xác nhận các số đã chọn").click()
    expect(page.locator(f"#so-{first.pk}")).to_contain_text("đã xác nhận")
    expect(page.locator(f"#so-{second.pk}")).to_contain_text("chưa xác nhận")

    page.locator(f"#so-{second.pk}").get_by_role("link", name="Nhập số sau đối chiếu").click()
    page.locator("[name=amount]").fill("11,5")
    page.get_by_role("button", name="Ghi số liệu sau đối chiếu").click()
    page.locator("[name=ground]").fill("Biên bản nghiệm thu ngày 12/7/2024")
    page.get_by_role("button", name="Ghi số liệu sau đối chiếu").click()
    expect(page.locator(f"#so-{second.pk}")).to_contain_text("11,5")
    expect(page.locator(f"#so-{second.pk}")).to_contain_text("12,5")
    assert sent.figure("che", 1).sent_version.amount == 12.5

    page.locator(f"#pick-{first.pk}").check()
    page.get_by_text("Đề nghị kiểm tra lại").first.click()
    page.locator("#query-reason").fill("Số không khớp biên bản")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.locator("#messages")).to_contain_text("Đã đề nghị 1 đơn vị kiểm tra lại")
    assert sent.submission(0).status == SubmissionStatus.CHANGES_REQUESTED


def test_the_lead_department_confirms_at_once_what_shows_nothing_odd(sent: World, page: Page, enter_as):
    """The button stands outside its form: its own name must be sent along."""
    figures = [sent.figure("che", commune) for commune in (0, 1)]
    enter_as("reviewer")
    page.goto(reverse("indicators:confirm", args=[sent.indicators["che"].pk, sent.period(1).pk]))

    page.get_by_role("button", name="số không có cảnh báo").click()

    expect(page.locator("#messages")).to_contain_text("Đã xác nhận")
    for figure in figures:
        expect(page.locator(f"#so-{figure.pk}")).to_contain_text("đã xác nhận")


def test_phong_noi_vu_asks_for_one_figure_and_receives_the_other_report(sent: World, page: Page, enter_as):
    tea = sent.figure("che", 0)
    enter_as("coordinator")
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("Tháng 7/2024")
    page.locator(f"a[href='{reverse('indicators:receive', args=[sent.submission(0).pk])}']").first.click()

    page.get_by_text("Đề nghị chỉnh sửa, bổ sung").first.click()
    page.locator("[name=reason]").first.fill("Bổ sung biên bản")
    page.locator(f"[name=marked][value='{tea.pk}']").check()
    page.locator(f"[name=reason-{tea.pk}]").fill("Thiếu biên bản nghiệm thu")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.locator("main")).to_contain_text("Đã đề nghị chỉnh sửa, bổ sung")
    assert sent.figure("che", 0).request_reason == "Thiếu biên bản nghiệm thu"

    page.goto(reverse("indicators:receive", args=[sent.submission(1).pk]))
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.locator("main")).to_contain_text("Đã tiếp nhận")
    assert sent.submission(1).status == SubmissionStatus.RECEIVED


def test_a_request_without_a_reason_is_refused_and_what_was_marked_stays(sent: World, page: Page, enter_as):
    tea = sent.figure("che", 0)
    enter_as("coordinator")
    page.goto(reverse("indicators:receive", args=[sent.submission(0).pk]))

    page.get_by_text("Đề nghị chỉnh sửa, bổ sung").first.click()
    page.locator(f"[name=marked][value='{tea.pk}']").check()
    page.locator("[name=reason]").first.fill(" ")
    page.get_by_role("button", name="Gửi đề nghị").click()

    expect(page.locator("#messages")).to_contain_text("Ghi lý do")
    expect(page.locator(f"[name=marked][value='{tea.pk}']")).to_be_checked()
    assert sent.submission(0).status == SubmissionStatus.SENT


def test_the_chairman_opens_the_board_goes_down_to_the_figure_and_takes_excel_and_pdf(
    sent: World, page: Page, enter_as
):
    sent.receive(0)
    enter_as("leader")
    page.goto("/")
    expect(page.locator("main")).to_contain_text("Trồng chè mới")

    page.get_by_role("link", name="Trồng chè mới").first.click()
    expect(page.locator("main")).to_contain_text("xã Hiếu")
    page.locator("main").get_by_role("link", name="20,0").first.click()
    expect(page.locator("h1")).to_contain_text("Trồng chè mới")
    expect(page.locator("main")).to_contain_text("clerk0")

    page.goto("/")
    with page.expect_download() as sheet:
        page.locator("a[href$='tong-hop.xlsx'], a[href*='tong-hop.xlsx?']").first.click()
    book = openpyxl.load_workbook(io.BytesIO(bytes_of(sheet.value)))
    values = [cell.value for part in book for row in part.iter_rows() for cell in row]
    assert "Trồng chè mới" in values
    with page.expect_download() as letter:
        page.locator("a[href$='tong-hop.pdf'], a[href*='tong-hop.pdf?']").first.click()
    text = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(bytes_of(letter.value))).pages)
    assert "Trồng chè mới" in " ".join(text.split())


def test_the_sheet_for_the_meeting_prints_from_the_page_on_one_upright_side(sent: World, page: Page, enter_as):
    enter_as("leader")
    page.goto(reverse("reports:briefing"))
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    [sheet] = paper.pages
    assert sheet.mediabox.height > sheet.mediabox.width
    assert sheet.extract_text().startswith("Trang giao ban")
