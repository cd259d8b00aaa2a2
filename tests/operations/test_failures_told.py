"""Why a run failed, in words for the office."""

from __future__ import annotations

import pytest
from dagster_shared.error import SerializableErrorInfo

from pipelines.orchestration.definitions import ROUND_ASSETS
from pipelines.orchestration.process import failure_reason, step_names


def info(kind: str, message: str) -> SerializableErrorInfo:
    """Return an error as Dagster keeps it."""
    return SerializableErrorInfo(message, [], kind)


@pytest.mark.parametrize(
    ("cause", "told"),
    [
        (
            info("WarehouseBusyError", "cchc.errors.WarehouseBusyError: kho đang bận: thử lại\n"),
            "kho đang bận: thử lại",
        ),
        (info("DagsterAssetCheckFailedError", "1 blocking asset check failed"), "một kiểm tra bắt buộc không đạt"),
        (
            info("KeyError", "KeyError: 'x'"),
            "chương trình gặp lỗi (KeyError); báo người phụ trách máy, xem lượt chạy 12345678 trên trang Dagster",
        ),
        (None, "chương trình gặp lỗi (–); báo người phụ trách máy, xem lượt chạy 12345678 trên trang Dagster"),
    ],
)
def test_own_errors_speak_and_foreign_ones_are_named(cause: SerializableErrorInfo | None, told: str) -> None:
    """A clerk reads a sentence in Vietnamese; the text of a library stays on Dagster's page."""
    assert failure_reason(cause, "12345678-aaaa") == told


def test_every_step_of_a_round_has_a_name() -> None:
    """No name of an asset is shown to a clerk."""
    assert set(ROUND_ASSETS) <= set(step_names())
