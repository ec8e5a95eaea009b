"""The trial of the forecast: honest years, a record that the rule of today gives, refusals in one line."""

import io
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from indicators.rules.backtest import ALL, COLOURS, LINE, PATH, RIGHT, WRONG, backtest, losses
from indicators.rules.made_years import TARGET, made_years
from indicators.tables.forecast_record import kept_record, record_texts


def run(**options):
    out = io.StringIO()
    call_command("backtest_forecast", stdout=out, **options)
    return out.getvalue()


def test_a_third_of_the_made_up_years_follow_another_shape_than_their_path():
    years = list(made_years(600, seed=5))

    assert 0.28 < sum(year.is_path_wrong for year in years) / len(years) < 0.39
    assert all(abs(year.path[-1] - 1) < 0.001 for year in years)
    assert 0.25 < sum(year.cumulatives[-1] >= TARGET for year in years) / len(years) < 0.75


def test_the_kept_record_is_what_the_rule_of_today_gives():
    kept = kept_record()
    fresh = backtest(kept.years, kept.seed)

    for group, scores in kept.scores.items():
        for method, score in scores.items():
            assert fresh.scores[group][method].brier == pytest.approx(score.brier, abs=0.002), (group, method)
            assert fresh.scores[group][method].hits == pytest.approx(score.hits, abs=0.005), (group, method)


def test_on_the_whole_the_forecast_beats_the_straight_line_and_fixed_colours():
    scores = kept_record().scores

    for group in (ALL, RIGHT):
        assert scores[group][PATH].brier < min(scores[group][LINE].brier, scores[group][COLOURS].brier)
        assert scores[group][PATH].hits > max(scores[group][LINE].hits, scores[group][COLOURS].hits)


def test_where_it_does_not_win_it_says_so():
    record = kept_record()

    assert [group for group, _ in losses(record)] == [WRONG]
    assert "Dự báo theo lộ trình không tốt nhất ở: lộ trình sai" in " ".join(record_texts(record).findings)


def test_a_record_without_losses_speaks_of_none():
    record = kept_record()
    won = replace(record, scores={ALL: record.scores[ALL]})

    assert "không tốt nhất" not in " ".join(record_texts(won).findings)


def test_the_command_prints_every_method_and_reads_no_database():
    told = run(years="50", seed="3")

    assert "Thử trên 50 năm giả định (số gieo 3)" in told
    assert all(word in told for word in ("Đường thẳng", "Màu cố định 70/90 %", "đoán đúng", "Brier", "khoảng chứa"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"years": "x"}, "--years phải là số nguyên từ 50 đến 20000, không phải “x”."),
        ({"years": "-5"}, "--years phải là số nguyên từ 50 đến 20000, không phải “-5”."),
        ({"seed": "1,5"}, "--seed phải là số nguyên từ 0 đến 1000000000, không phải “1,5”."),
    ],
)
def test_what_is_no_number_is_refused_in_one_line(options, message):
    with pytest.raises(CommandError) as refused:
        run(**options)

    assert str(refused.value) == message
