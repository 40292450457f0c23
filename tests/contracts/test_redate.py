"""A demonstration's records lie in the days around whoever tries it."""

from datetime import date, timedelta

from crm_adapter.redate import redated

WRITTEN = date(2026, 11, 22)


def test_fields_and_sentences_move_by_the_days_that_have_passed() -> None:
    row = redated(
        {"expected": date(2026, 12, 4), "since": date(2019, 1, 1), "text": "Paid by 4 December, due 30 June 2027."},
        timedelta(days=20),
        WRITTEN,
    )
    assert row["expected"] == date(2026, 12, 24)
    assert row["since"] == date(2019, 1, 1)
    assert row["text"] == "Paid by 24 December, due 20 July 2027."


def test_a_weekday_named_with_its_date_is_the_new_dates() -> None:
    assert redated({"text": "by Friday 27 November"}, timedelta(days=8), WRITTEN)["text"] == "by Saturday 5 December"


def test_a_sentence_over_the_turn_of_the_year_names_the_right_day() -> None:
    assert redated({"text": "by 28 December"}, timedelta(days=7), WRITTEN)["text"] == "by 4 January"


def test_on_the_day_they_were_written_for_nothing_moves() -> None:
    assert redated({"text": "4 December"}, timedelta(0), WRITTEN) == {"text": "4 December"}


def test_before_that_day_they_move_back() -> None:
    assert redated({"text": "4 December"}, timedelta(days=-1), WRITTEN) == {"text": "3 December"}
