"""A demonstration's records lie in the days around whoever tries it."""

from datetime import date, timedelta

from crm_adapter.redate import redated, weeks_between

WRITTEN = date(2026, 11, 22)


def test_whole_weeks_keep_weekdays_in_fields_and_in_sentences() -> None:
    by = weeks_between(WRITTEN, WRITTEN + timedelta(days=20))
    row = redated(
        {"expected": date(2026, 12, 4), "since": date(2019, 1, 1), "text": "Paid by 4 December, due 30 June 2027."},
        by,
        WRITTEN,
    )
    assert by == timedelta(days=14)
    assert row["expected"] == date(2026, 12, 18)
    assert row["since"] == date(2019, 1, 1)
    assert row["text"] == "Paid by 18 December, due 14 July 2027."


def test_a_sentence_over_the_turn_of_the_year_names_the_right_day() -> None:
    assert redated({"text": "by 28 December"}, timedelta(days=7), WRITTEN)["text"] == "by 4 January"


def test_on_the_day_they_were_written_for_nothing_moves() -> None:
    assert redated({"text": "4 December"}, weeks_between(WRITTEN, WRITTEN), WRITTEN) == {"text": "4 December"}


def test_before_that_day_they_move_back() -> None:
    assert weeks_between(WRITTEN, WRITTEN - timedelta(days=1)) == timedelta(days=-7)
