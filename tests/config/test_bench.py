"""The bench: its arithmetic, what it prints, and one run of each engine's every job at a tiny size."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.bench.arithmetic import Series, is_noisy, percentile, ratio
from config.bench.files import bare_workbook, cells_of
from config.bench.names import ALWAYS, NAMES, chosen
from config.bench.printing import HEADS, cells, remarks, table
from config.bench.result import MET, MISSED, NO_GOAL, UNSURE, Goal, Result, number
from config.bench.visits import between
from config.management.commands.bench import environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1), (0.0, 1)])
def test_a_percentile_is_a_sample_that_was_measured(share, expected):
    assert percentile(list(range(100, 0, -1)), share) == expected


def test_no_samples_have_no_percentile():
    with pytest.raises(ValueError, match="no samples"):
        percentile([], 0.5)


def test_a_slow_spell_that_hits_both_sides_leaves_the_ratio_alone():
    floor = Series([[1.0, 1.0], [10.0, 10.0], [1.0, 1.0]])
    ours = Series([[3.0, 3.0], [30.0, 30.0], [3.0, 3.0]])

    assert ratio(ours, floor) == 3.0
    assert ours.p50 == 3.0
    assert ours.p95 == 30.0


def test_one_slow_round_of_ours_does_not_decide():
    assert ratio(Series([[2.0], [2.0], [90.0]]), Series([[1.0], [1.0], [1.0]])) == 2.0


@pytest.mark.parametrize(
    ("middles", "expected"),
    [
        ([1.0, 1.0, 1.1, 1.0, 0.9, 1.0, 5.0], False),
        ([1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0], True),
        ([1.0], False),
    ],
)
def test_a_floor_that_wavers_by_more_than_two_fifths_is_noisy(middles, expected):
    assert is_noisy(Series([[one] for one in middles])) is expected


@pytest.mark.parametrize(
    ("goal", "values", "expected"),
    [
        (Goal(4), {"ratio": 4.0}, MET),
        (Goal(4), {"ratio": 4.1}, MISSED),
        (Goal(4), {"ratio": 4.1, "is_noisy": True}, UNSURE),
        (Goal(4), {"ratio": 3.9, "is_noisy": True}, MET),
        (Goal(200, "ms"), {"value": 180.0, "ratio": 9.0}, MET),
        (Goal(0, "lỗi"), {"value": 1.0}, MISSED),
        (Goal(0.5, "× thông lượng nền", is_least=True), {"value": 0.6}, MET),
        (Goal(0.5, "× thông lượng nền", is_least=True), {"value": 0.4}, MISSED),
        (Goal(4), {}, NO_GOAL),
        (None, {"ratio": 2.0}, NO_GOAL),
    ],
)
def test_a_goal_is_met_missed_or_not_to_be_told(goal, values, expected):
    assert Result("Việc", "SQLite", goal=goal, **values).verdict == expected


def test_a_result_comes_back_from_its_file_as_it_was():
    result = Result("Việc", "SQLite", "nền", Goal(4), note="ghi chú")
    result.put_times(Series([[0.004], [0.006]]), Series([[0.002], [0.002]]))

    assert (result.p50, result.floor_p50, result.ratio) == (5.0, 2.0, 2.5)
    assert Result.from_json(result.as_json()) == result


@pytest.mark.parametrize(("value", "expected"), [(0.126, "0,13"), (3.456, "3,46"), (45.67, "45,7"), (1234.6, "1.235")])
def test_numbers_are_printed_in_vietnamese_with_what_counts(value, expected):
    assert number(value) == expected


def test_the_table_has_a_line_for_each_job_and_the_remarks_tell_what_is_missed():
    board = Result("Bảng", "SQLite", "SQL thô", Goal(4), ratio=5.25, p50=21.0, floor_p50=4.0, queries=9, own_queries=7)
    queue = Result("Tiếp nhận", "SQLite", "một truy vấn", Goal(4), ratio=3.0, is_noisy=True)

    lines = table([board, queue]).splitlines()

    assert len(lines) == 4
    assert {len(line) for line in lines} == {len(lines[0])}
    assert cells(board)[HEADS.index("× nền")] == "5,25"
    assert cells(board)[HEADS.index("mục tiêu")] == "≤ 4 × nền"
    assert cells(board)[HEADS.index("truy vấn")] == "9 (7)"
    assert remarks([board, queue]) == [
        "Chưa đạt mục tiêu: Bảng (SQLite).",
        "Nền dao động quá 40 %, tỷ số ít ý nghĩa: Tiếp nhận (SQLite).",
    ]


@pytest.mark.parametrize(("rows", "expected"), [(20, 33.0), (60, 33.0), (180, 46.5), (300, 60.0), (900, 60.0)])
def test_the_weight_allowed_grows_with_the_rows_between_both_goals(rows, expected):
    assert between((33.0, 60.0), rows) == expected


def test_the_bare_workbook_holds_the_same_cells():
    sheets = [[(0, 0, "Đơn vị"), (0, 1, 1234.5), (2, 3, "=SUM(B1:B1)")], [(1, 1, 7)]]

    assert cells_of(bare_workbook(sheets)) == sheets


def test_jobs_are_named_with_blanks_or_commas_and_an_unknown_name_is_told():
    assert chosen(["board,matrix", "queue"]) == (["board", "matrix", "queue"], [])
    assert chosen(["board", "bord"]) == (["board"], ["bord"])
    with pytest.raises(CommandError, match="Không có việc “bord”. Các việc: month, board"):
        call_command("bench", only=["board,bord"])


def test_every_name_of_a_job_is_one_that_can_be_asked_for():
    source = (ROOT / "config/bench/jobs.py").read_text() + (ROOT / "config/bench/run.py").read_text()
    written = set(re.findall(r'(?:Job\(\s*|is_asked\(|^        \()"([a-z-]+)"', source, re.MULTILINE))

    assert written | set(ALWAYS) == set(NAMES)


def test_the_measuring_process_knows_nothing_of_the_offices_database(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://van-phong@may-chu/that")
    monkeypatch.setenv("DATA_DIR", "/srv/that")

    known = environment(tmp_path)

    assert (known["DATABASE_URL"], known["DATA_DIR"]) == ("", str(tmp_path))


def test_the_measuring_process_refuses_any_folder_but_its_scratch(tmp_path):
    command = [sys.executable, "-m", "config.bench", "--scratch", str(tmp_path), "--out", str(tmp_path / "out")]
    command += ["--units=2", "--indicators=3", "--periods=2", "--rounds=1", "--seed=1"]
    command += ["--campaigns=1", "--requests=10"]
    answer = subprocess.run(
        command, cwd=ROOT, env=environment(tmp_path / "other"), capture_output=True, text=True, timeout=60
    )

    assert answer.returncode == 1
    assert "a scratch folder only" in answer.stderr


def test_every_job_runs_at_a_tiny_size_and_loses_nothing():
    command = [sys.executable, "manage.py", "bench", "--size=small", "--units=2", "--rounds=1", "--engine=sqlite"]
    command += ["--requests=40"]
    known = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": ""}
    answer = subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True, timeout=900)

    assert answer.returncode == 0, answer.stderr
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in answer.stdout.splitlines() if "| SQLite" in line
    ]
    verdicts = {row[0]: row[HEADS.index("kết quả")] for row in rows}
    assert {"Trang biểu tháng", "Bảng tiến độ", "Lưu một ô", "Gửi báo cáo, có tổng hợp"} <= set(verdicts)
    assert {"Danh sách tiếp nhận", "Trang xác nhận", "Tệp Excel của kỳ", "Tệp Word của kỳ"} <= set(verdicts)
    assert verdicts["4 đơn vị cùng gửi, số lỗi"] == MET
    assert verdicts["Số sai hoặc mất sau tất cả"] == MET


def test_a_web_process_starts_without_what_few_processes_need():
    heavy = ("openpyxl", "PIL", "lxml", "weasyprint", "docx", "pyhanko", "fontTools")
    asked = f"import sys, config.wsgi; print([name for name in {heavy!r} if name in sys.modules])"
    known = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": ""}
    answer = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=known, capture_output=True, text=True)

    assert answer.stdout.strip() == "[]", answer.stdout + answer.stderr
