"""The demo refuses a real installation, a day gone by, and people who are not its own."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaign.models import Campaign
from config.demo.cells import Cell, DemoError, read_cell
from config.demo.replay import replay
from indicators.models import Figure, Total
from indicators.services.submissions import make_move
from tests.demo import in_demo
from units.models import User


@pytest.mark.django_db
def test_a_real_installation_refuses_the_demo():
    with pytest.raises(CommandError, match="^Dữ liệu minh họa chỉ nạp được khi DEMO=1; máy chạy thật không nạp.$"):
        call_command("replay_demo")
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("replay_demo", until="2024-11-15")
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_without_the_campaign_there_is_nothing_to_replay():
    with in_demo(), pytest.raises(CommandError, match="load_campaign"):
        call_command("replay_demo")


@pytest.mark.django_db
def test_a_real_persons_account_is_never_taken_over():
    call_command("load_campaign", verbosity=0)
    User.objects.create_user("hieu", "mat-khau-that-2024", full_name="Người thật")

    with in_demo(), pytest.raises(DemoError, match="hieu đã có người dùng thật"):
        replay(date(2024, 11, 15))


def test_an_earlier_day_asks_for_a_reset(demo):
    with pytest.raises(CommandError, match="make reset"):
        call_command("replay_demo", until="2024-11-14")


def test_a_day_that_is_none_is_said_so(demo):
    with pytest.raises(CommandError, match="Viết như 2024-11-15"):
        call_command("replay_demo", until="15/11")


def test_what_a_visitor_has_done_is_passed_over_by_a_later_replay(demo):
    waiting = Figure.objects.filter(
        submission__participation__unit__key="kon-plong-mang-canh", period__month=11, period__kind="month"
    )
    make_move("receive", waiting[0].submission, by=User.objects.get(username="noivu"))

    with in_demo(date(2024, 11, 19)):
        done = replay(date(2024, 11, 19))

    assert [line for line in done.skipped if "mang-canh" in line] == done.skipped
    assert len(done.skipped) == 1


def test_the_accounts_are_printed_with_their_password(demo):
    out = StringIO()

    call_command("replay_demo", stdout=out)

    assert "ThiDua-MangDen-2024" in out.getvalue()
    for username in ("hieu", "poe", "hieu.ct", "nongnghiep", "taichinh", "noivu.tp", "lanhdao", "huyenuy", "quantri"):
        assert f"  {username} " in out.getvalue()


def test_a_wrong_total_is_found(demo):
    Total.objects.filter(is_node=True, period__month=10).update(sent=99)

    with pytest.raises(CommandError, match="sai khác"):
        call_command("check_totals", campaign=Campaign.objects.get().key, stdout=StringIO())


@pytest.mark.django_db
def test_a_campaign_that_is_not_there_has_no_totals_to_check():
    with pytest.raises(CommandError, match="khóa “khong-co”"):
        call_command("check_totals", campaign="khong-co")


@pytest.mark.django_db
def test_what_has_served_its_time_is_removed():
    now = timezone.now()
    Session.objects.create(session_key="cu", session_data="", expire_date=now - timezone.timedelta(minutes=1))
    Session.objects.create(session_key="moi", session_data="", expire_date=now + timezone.timedelta(hours=1))
    out = StringIO()

    call_command("run_due", stdout=out)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["moi"]
    assert out.getvalue().splitlines() == [
        "Đã xóa 1 phiên đăng nhập hết giờ và 0 kết quả việc nền cũ; xếp hàng lại 0 việc.",
        "Đã lập 0 dự thảo báo cáo đến hạn; báo việc trong ngày cho 0 người, "
        "0 thông báo về phát động, điều chỉnh; gửi 0 thư, 0 thư chờ gửi lại.",
    ]


@pytest.mark.parametrize(
    ("written", "cell"),
    [("12.5", ("12.5", None, False, False)), ("=60", ("60", None, True, False)), ("9~", ("9", None, False, True))],
)
def test_a_cell_says_how_it_was_reported(written, cell):
    read = read_cell(written)

    assert (str(read.amount), read.denominator, read.is_cumulative, read.is_estimate) == cell


def test_a_cell_may_hold_a_ratio_or_say_that_nothing_arose():
    ratio = read_cell("318/612")

    assert (ratio.amount, ratio.denominator) == (318, 612)
    assert read_cell("kps") == Cell(None)
    with pytest.raises(DemoError, match="không đọc được “12,5”"):
        read_cell("12,5")
