"""What a request to open a closed period asks for, and the reason as it was typed."""

from __future__ import annotations

from datetime import date

import pytest

from bot import sample
from bot.domain.period import Period
from bot.domain.plea import Plea, read_plea

ORGANISATION, _ = sample.structure()
TODAY = date(2021, 10, 5)
AUGUST, SEPTEMBER = Period(2021, 11), Period(2021, 12)
BA_THUOC = ORGANISATION.find("Bá Thước", TODAY).unit  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "plea"),
    [
        ("", Plea()),
        (": nhập nhầm việc xong", Plea(reason="nhập nhầm việc xong")),
        ("đi công tác, nay mới về", Plea(reason="đi công tác, nay mới về")),
        ("cho tôi sửa số tiền", Plea(reason="cho tôi sửa số tiền")),
        ("lại tháng 8 vì nhập nhầm", Plea(periods=(AUGUST,), reason="nhập nhầm")),
        ("lại kỳ 12 vì chưa kịp nộp", Plea(periods=(SEPTEMBER,), reason="chưa kịp nộp")),
        ("kì 11 năm 2021: nhầm", Plea(periods=(AUGUST,), reason="nhầm")),
        ("kỳ 11 tháng, lý do: nhầm", Plea(periods=(AUGUST,), reason="nhầm")),
        ("tháng 8 gõ nhầm 9:30", Plea(periods=(AUGUST,), reason="gõ nhầm 9:30")),
        ("nhầm số tháng 8", Plea(periods=(AUGUST,), reason="nhầm số tháng 8")),
        ("tháng 8: nhầm với tháng 9", Plea(periods=(AUGUST,), reason="nhầm với tháng 9")),
        ("tháng 8 vì nhầm, tháng 9 cũng nhầm", Plea(periods=(AUGUST, SEPTEMBER), reason="nhầm, tháng 9 cũng nhầm")),
        ("Bá Thước tháng 8: nhầm", Plea((BA_THUOC,), (AUGUST,), "nhầm")),
        ("nhầm số với Bá Thước", Plea(reason="nhầm số với Bá Thước")),
        ("nhập sai do vội: thiếu một việc", Plea(reason="nhập sai do vội: thiếu một việc")),
        ("vi phạm quy trình nên phải sửa", Plea(reason="vi phạm quy trình nên phải sửa")),
        ("tháng 13: nhầm", Plea(reason="nhầm", unread="tháng 13")),
        ("tháng 13 nhầm", Plea(reason="tháng 13 nhầm", unread="tháng 13")),
        ("Bá Thướcc Xã: nhầm", Plea((BA_THUOC,), (), "nhầm", "Xã")),
    ],
)
def test_the_reason_is_what_was_typed_after_what_it_is_about(typed: str, plea: Plea) -> None:
    assert read_plea(typed, ORGANISATION, TODAY) == plea
