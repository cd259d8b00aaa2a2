"""A round of a province since the reform: every unit of an office writes, in one of three manners of 2026.

Belongs here: the words of 2026 (two levels, Trung tâm Phục vụ hành chính công, phi địa giới, toàn trình), the figures
that came with them, one report for each unit. Stays out: file formats (`files`), the figures of before (`facts`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from catalogue.rounds import Round
from catalogue.wards import Ward
from sample.generator.facts import Facts, make_facts, share
from sample.generator.files import Letterhead, pdf_bytes, write_docx
from sample.generator.manners import Marker

Manner = Callable[[Marker, Ward, Round], str]
_SCALE = 6
"""How many times more dossiers a commune of today has than a ward of before."""


@dataclass(frozen=True)
class Written:
    """A report that was written: its unit, its file, and the figures it prints, by code."""

    unit: Ward
    path: Path
    marked: str


def write_round(folder: Path, units: Sequence[Ward], found: Round, receiver: str) -> list[Written]:
    """Write one report for each unit of a round into a folder and return them; the same units give the same files.

    `receiver` is whom the reports are for ("Sở Nội vụ tỉnh Quảng Ngãi"). Two in three are DOCX, the third is a PDF.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder, unit, place, found, receiver) for place, unit in enumerate(units)]


def _write(folder: Path, unit: Ward, place: int, found: Round, receiver: str) -> Written:
    day = found.window_end.replace(day=9 + place % 5)
    marker = Marker(modern_facts(place + 1))
    body = _MANNERS[place % len(_MANNERS)](marker, unit, found)
    head = Letterhead(
        agency=unit.full_name.upper(),
        number=f"{101 + place}/BC-UBND",
        place=unit.name,
        date_words=f"ngày {day:%d} tháng {day.month} năm {day.year}",
        abstract=f"Kết quả thực hiện công tác cải cách hành chính {found.title_vi}",
        recipient=receiver,
    )
    kind = "pdf" if place % 3 == 1 else "docx"
    path = folder / f"BC CCHC {unit.slug}.{kind}"
    if kind == "pdf":
        path.write_bytes(pdf_bytes(head, body))
    else:
        write_docx(path, head, body)
    return Written(unit, path, body)


def modern_facts(seed: int) -> Facts:
    """Return the figures of a commune of today: those of before on its scale, and the ones that came with the reform."""
    rng = random.Random(seed)  # noqa: S311 (invented figures, no secret)
    v: dict[str, int | Decimal] = dict(make_facts(seed).values)
    _dossiers(v, rng)
    assigned, overdue = rng.randint(40, 180), rng.choice([0, 0, 1, 2])
    base = round(int(v["dossiers_received"]) * rng.uniform(0.3, 0.5))
    paid = round(base * rng.uniform(0.6, 0.98))
    electronic = round(int(v["dossiers_resolved"]) * rng.uniform(0.8, 0.99))
    reused = round(int(v["dossiers_received"]) * rng.uniform(0.3, 0.8))
    v |= {
        "tasks_assigned": assigned,
        "tasks_assigned_overdue": overdue,
        "tasks_assigned_completed": assigned - overdue - rng.randint(2, 12),
        "dialogues_held": rng.randint(1, 3),
        "initiatives_recognised": rng.randint(1, 4),
        "procedures_total": rng.randint(372, 420),
        "dossiers_cross_boundary": rng.randint(15, 400),
        "online_payment_base": base,
        "online_payments": paid,
        "online_payment_pct": share(paid, base),
        "results_electronic": electronic,
        "digitised_reused": reused,
        "service_index_score": Decimal(rng.randint(7200, 9600)) / 100,
    }
    v["procedures_online_full"] = round(int(v["procedures_total"]) * rng.uniform(0.4, 0.6))
    v["procedures_online_full_pct"] = share(v["procedures_online_full"], v["procedures_total"])
    return Facts(v)


def _dossiers(v: dict[str, int | Decimal], rng: random.Random) -> None:
    """Put the dossiers on the scale of today; sums hold as before."""
    for code in ("dossiers_early", "dossiers_on_time", "dossiers_pending", "dossiers_direct", "dossiers_carried_over"):
        v[code] = int(v[code]) * _SCALE + rng.randint(0, _SCALE)
    v["dossiers_resolved"] = int(v["dossiers_early"]) + int(v["dossiers_on_time"]) + int(v["dossiers_late"])
    v["dossiers_received"] = int(v["dossiers_resolved"]) + int(v["dossiers_pending"])
    v["dossiers_received_new"] = int(v["dossiers_received"]) - int(v["dossiers_carried_over"])
    v["dossiers_online"] = int(v["dossiers_received_new"]) - int(v["dossiers_direct"])
    v["dossiers_online_pct"] = share(v["dossiers_online"], v["dossiers_received_new"])


def prose(m: Marker, unit: Ward, found: Round) -> str:
    """Return a report in full sentences."""
    begin, end = (f"{d:%d/%m/%Y}" for d in (found.window_start, found.window_end))
    return f"""# I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH
UBND {unit.full_name} báo cáo kết quả cải cách hành chính {found.title_vi}, số liệu tính từ ngày {begin} đến ngày {end}.
Kế hoạch cải cách hành chính năm {found.year} có {m.n("plan_tasks_total")} nhiệm vụ, đã hoàn thành {m.n("plan_tasks_completed")} nhiệm vụ, đạt {m.p("plan_completion_pct")} kế hoạch. UBND tỉnh giao {m.n("tasks_assigned")} nhiệm vụ trong kỳ, đã hoàn thành {m.n("tasks_assigned_completed")} nhiệm vụ.
Đã đăng, phát {m.n("communication_items")} tin, bài tuyên truyền về cải cách hành chính và tổ chức {m.two("dialogues_held")} cuộc đối thoại với người dân, doanh nghiệp.
# II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH
Số thủ tục hành chính thuộc thẩm quyền của UBND {unit.kind} là {m.n("procedures_total")} thủ tục, trong đó {m.n("procedures_online_full")} thủ tục cung cấp trực tuyến toàn trình, đạt {m.p("procedures_online_full_pct")}.
Trung tâm Phục vụ hành chính công {unit.kind} tiếp nhận {m.n("dossiers_received")} hồ sơ, trong đó tiếp nhận mới {m.n("dossiers_received_new")} hồ sơ, kỳ trước chuyển sang {m.n("dossiers_carried_over")} hồ sơ. Trong số hồ sơ tiếp nhận mới có {m.n("dossiers_online")} hồ sơ nộp trực tuyến, đạt {m.p("dossiers_online_pct")}, và {m.n("dossiers_direct")} hồ sơ nộp trực tiếp. Tiếp nhận phi địa giới hành chính {m.n("dossiers_cross_boundary")} hồ sơ.
Đã giải quyết {m.n("dossiers_resolved")} hồ sơ, gồm trước hạn {m.n("dossiers_early")} hồ sơ, đúng hạn {m.n("dossiers_on_time")} hồ sơ, {m.late("không có hồ sơ quá hạn")}. Đang giải quyết {m.n("dossiers_pending")} hồ sơ. Toàn tỉnh trong kỳ giải quyết 402.318 hồ sơ.
Lấy ý kiến bằng {m.n("satisfaction_surveys")} phiếu, tỷ lệ hài lòng đạt {m.p("satisfaction_pct")}.
# III. BỘ MÁY, CHUYỂN ĐỔI SỐ
Biên chế hiện có {m.n("staff_total")} người, gồm {m.n("staff_cadres")} cán bộ và {m.n("staff_civil_servants")} công chức.
Kết quả điện tử đã cấp {m.n("results_electronic")} kết quả; khai thác, sử dụng lại dữ liệu số hóa {m.n("digitised_reused")} hồ sơ. Thanh toán trực tuyến {m.n("online_payments")} hồ sơ trên {m.n("online_payment_base")} hồ sơ có phí, lệ phí, đạt {m.p("online_payment_pct")}.
Sang kỳ tới, {unit.kind} phấn đấu nâng tỷ lệ hồ sơ trực tuyến lên 95%.
"""


def tabular(m: Marker, unit: Ward, found: Round) -> str:
    """Return a report whose figures stand in tables."""
    return f"""# I. TỔ CHỨC, ĐIỀU HÀNH
UBND {unit.full_name} tổng hợp số liệu {found.title_vi} của {unit.kind} trong các bảng sau.
| TT | Nội dung | Kết quả |
| 1 | Nhiệm vụ trong kế hoạch cải cách hành chính năm | {m.n("plan_tasks_total")} |
| 2 | Nhiệm vụ đã hoàn thành | {m.n("plan_tasks_completed")} |
| 3 | Nhiệm vụ UBND tỉnh giao | {m.n("tasks_assigned")} |
| 4 | Tin, bài tuyên truyền | {m.n("communication_items")} |
# II. THỦ TỤC HÀNH CHÍNH
| TT | Nội dung | Kết quả |
| 1 | Tổng số hồ sơ tiếp nhận | {m.n("dossiers_received")} |
| 2 | Hồ sơ tiếp nhận mới trong kỳ | {m.n("dossiers_received_new")} |
| 3 | Hồ sơ kỳ trước chuyển sang | {m.n("dossiers_carried_over")} |
| 4 | Hồ sơ nộp trực tuyến | {m.n("dossiers_online")} |
| 5 | Hồ sơ nộp trực tiếp | {m.n("dossiers_direct")} |
| 6 | Hồ sơ đã giải quyết | {m.n("dossiers_resolved")} |
| 7 | Hồ sơ giải quyết trước hạn | {m.n("dossiers_early")} |
| 8 | Hồ sơ giải quyết đúng hạn | {m.n("dossiers_on_time")} |
| 9 | Hồ sơ đang giải quyết | {m.n("dossiers_pending")} |
Hồ sơ giải quyết quá hạn: {m.late("không có")}.
# III. SỰ HÀI LÒNG, BỘ MÁY
Phát {m.n("satisfaction_surveys")} phiếu lấy ý kiến, tỷ lệ hài lòng {m.p("satisfaction_pct")}. Biên chế hiện có {m.n("staff_total")} người.
"""


def template(m: Marker, unit: Ward, found: Round) -> str:
    """Return a report as the province's reporting software prints it: numbered items with a colon."""
    begin, end = (f"{d:%d/%m/%Y}" for d in (found.window_start, found.window_end))
    return f"""Đơn vị báo cáo: UBND {unit.full_name}. Kỳ số liệu: {begin} – {end}.
# Phần 1. CHỈ ĐẠO, ĐIỀU HÀNH
1.1. Kế hoạch cải cách hành chính năm: tổng số nhiệm vụ: {m.n("plan_tasks_total")}; đã hoàn thành: {m.n("plan_tasks_completed")}; tỷ lệ: {m.p("plan_completion_pct")}.
1.2. Nhiệm vụ UBND tỉnh giao trong kỳ: {m.n("tasks_assigned")}; hoàn thành: {m.n("tasks_assigned_completed")}.
1.3. Số tin, bài tuyên truyền: {m.n("communication_items")}.
# Phần 2. THỦ TỤC HÀNH CHÍNH
2.1. Tổng số hồ sơ tiếp nhận: {m.n("dossiers_received")}, trong đó tiếp nhận mới: {m.n("dossiers_received_new")}; kỳ trước chuyển sang: {m.n("dossiers_carried_over")}.
2.2. Hồ sơ nộp trực tuyến: {m.n("dossiers_online")}; hồ sơ nộp trực tiếp: {m.n("dossiers_direct")}.
2.3. Hồ sơ đã giải quyết: {m.n("dossiers_resolved")}; trước hạn: {m.n("dossiers_early")}; đúng hạn: {m.n("dossiers_on_time")}; {m.late("quá hạn: không có")}.
2.4. Hồ sơ đang giải quyết: {m.n("dossiers_pending")}.
# Phần 3. CHUYỂN ĐỔI SỐ
3.1. Thanh toán trực tuyến: {m.n("online_payments")} hồ sơ, đạt {m.p("online_payment_pct")} số hồ sơ có phí, lệ phí.
3.2. Số phiếu khảo sát sự hài lòng: {m.n("satisfaction_surveys")}; tỷ lệ hài lòng: {m.p("satisfaction_pct")}.
"""


_MANNERS: tuple[Manner, ...] = (prose, tabular, template)
