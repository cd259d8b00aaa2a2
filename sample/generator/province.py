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
    facts = _placed([modern_facts(place + 1) for place in range(len(units))])
    return [_write(folder, unit, place, facts[place], found, receiver) for place, unit in enumerate(units)]


def _placed(facts: Sequence[Facts]) -> list[Facts]:
    """Return the figures of all units with the place that each one's score of the index has among them."""
    scores = [one["service_index_score"] for one in facts]
    return [
        Facts(one.values | {"service_index_rank": 1 + sum(s > score for s in scores)})
        for one, score in zip(facts, scores, strict=True)
    ]


def _write(folder: Path, unit: Ward, place: int, facts: Facts, found: Round, receiver: str) -> Written:
    day = found.window_end.replace(day=9 + place % 5)
    marker = Marker(facts)
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
    """Return the figures of a commune of today: those of before on its scale, and the ones that came with the reform.

    The place among all units by the index of Decision 766 is not among them.
    """
    rng = random.Random(seed)  # noqa: S311 (invented figures, no secret)
    v: dict[str, int | Decimal] = dict(make_facts(seed).values)
    _dossiers(v, rng)
    _procedures(v, rng)
    _digital(v, rng)
    _steering(v, rng)
    return Facts(v)


def _dossiers(v: dict[str, int | Decimal], rng: random.Random) -> None:
    """Put the dossiers on the scale of today; sums hold as before."""
    for code in ("dossiers_early", "dossiers_on_time", "dossiers_pending", "dossiers_direct", "dossiers_carried_over"):
        v[code] = int(v[code]) * _SCALE + rng.randint(0, _SCALE)
    v["dossiers_withdrawn"], v["dossiers_returned"] = rng.randint(1, 12), rng.randint(1, 9)
    v["dossiers_pending_overdue"] = rng.choice([0, 0, 1, 3])
    v["dossiers_pending_in_time"] = int(v["dossiers_pending"]) - int(v["dossiers_pending_overdue"])
    v["dossiers_resolved"] = int(v["dossiers_early"]) + int(v["dossiers_on_time"]) + int(v["dossiers_late"])
    ended = int(v["dossiers_resolved"]) + int(v["dossiers_withdrawn"]) + int(v["dossiers_returned"])
    v["dossiers_received"] = ended + int(v["dossiers_pending"])
    v["dossiers_received_new"] = int(v["dossiers_received"]) - int(v["dossiers_carried_over"])
    v["dossiers_online"] = int(v["dossiers_received_new"]) - int(v["dossiers_direct"])
    v["dossiers_online_pct"] = share(v["dossiers_online"], v["dossiers_received_new"])
    v["dossiers_online_full"] = round(int(v["dossiers_online"]) * rng.uniform(0.4, 0.75))
    v["dossiers_online_full_pct"] = share(v["dossiers_online_full"], v["dossiers_online"])
    v["dossiers_cross_boundary"] = rng.randint(15, 400)
    v["apology_letters"] = v["dossiers_late"]


def _procedures(v: dict[str, int | Decimal], rng: random.Random) -> None:
    v["procedures_total"] = rng.randint(372, 420)
    v["procedures_online_full"] = round(int(v["procedures_total"]) * rng.uniform(0.4, 0.6))
    v["procedures_online_partial"] = round(int(v["procedures_total"]) * rng.uniform(0.2, 0.35))
    v["procedures_online_full_pct"] = share(v["procedures_online_full"], v["procedures_total"])


def _digital(v: dict[str, int | Decimal], rng: random.Random) -> None:
    base = round(int(v["dossiers_received"]) * rng.uniform(0.3, 0.5))
    parts = {
        "online_payments": round(base * rng.uniform(0.6, 0.98)),
        "results_electronic": round(int(v["dossiers_resolved"]) * rng.uniform(0.8, 0.99)),
        "digitised_reused": round(int(v["dossiers_received"]) * rng.uniform(0.3, 0.8)),
        "digitised_dossiers": round(int(v["dossiers_received"]) * rng.uniform(0.7, 0.99)),
        "digitised_results": round(int(v["dossiers_resolved"]) * rng.uniform(0.6, 0.99)),
    }
    v |= parts | {
        "online_payment_base": base,
        "online_payment_pct": share(parts["online_payments"], base),
        "results_electronic_pct": share(parts["results_electronic"], v["dossiers_resolved"]),
        "digitised_reused_pct": share(parts["digitised_reused"], v["dossiers_received"]),
        "digitised_dossiers_pct": share(parts["digitised_dossiers"], v["dossiers_received"]),
        "digitised_results_pct": share(parts["digitised_results"], v["dossiers_resolved"]),
    }


def _steering(v: dict[str, int | Decimal], rng: random.Random) -> None:
    assigned, overdue, feedback = rng.randint(40, 180), rng.choice([0, 0, 1, 2]), rng.randint(3, 24)
    answered = feedback - rng.choice([0, 0, 0, 1])
    v |= {
        "tasks_assigned": assigned,
        "tasks_assigned_overdue": overdue,
        "tasks_assigned_completed": assigned - overdue - rng.randint(2, 12),
        "dialogues_held": rng.randint(1, 3),
        "initiatives_recognised": rng.randint(1, 4),
        "feedback_received": feedback,
        "feedback_resolved": answered,
        "feedback_resolved_pct": share(answered, feedback),
        "service_index_score": Decimal(rng.randint(7200, 9600)) / 100,
    }


def prose(m: Marker, unit: Ward, found: Round) -> str:
    """Return a report in full sentences."""
    begin, end = (f"{d:%d/%m/%Y}" for d in (found.window_start, found.window_end))
    return f"""# I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH
UBND {unit.full_name} báo cáo kết quả cải cách hành chính {found.title_vi}, số liệu tính từ ngày {begin} đến ngày {end}.
Kế hoạch cải cách hành chính năm {found.year} có {m.n("plan_tasks_total")} nhiệm vụ, đã hoàn thành {m.n("plan_tasks_completed")} nhiệm vụ, đạt {m.p("plan_completion_pct")} kế hoạch. UBND tỉnh giao {m.n("tasks_assigned")} nhiệm vụ trong kỳ, đã hoàn thành {m.n("tasks_assigned_completed")} nhiệm vụ; {m.or_none("tasks_assigned_overdue", "không có nhiệm vụ được giao quá hạn", "nhiệm vụ được giao quá hạn chưa hoàn thành là {} nhiệm vụ")}.
Đã đăng, phát {m.n("communication_items")} tin, bài tuyên truyền về cải cách hành chính và tổ chức {m.two("dialogues_held")} cuộc đối thoại với người dân, doanh nghiệp; có {m.two("initiatives_recognised")} sáng kiến cải cách hành chính được công nhận.
# II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH
Số thủ tục hành chính thuộc thẩm quyền của UBND {unit.kind} là {m.n("procedures_total")} thủ tục, trong đó {m.n("procedures_online_full")} thủ tục cung cấp trực tuyến toàn trình, đạt {m.p("procedures_online_full_pct")}, và {m.n("procedures_online_partial")} thủ tục cung cấp trực tuyến một phần.
Trung tâm Phục vụ hành chính công {unit.kind} tiếp nhận {m.n("dossiers_received")} hồ sơ, trong đó tiếp nhận mới {m.n("dossiers_received_new")} hồ sơ, kỳ trước chuyển sang {m.n("dossiers_carried_over")} hồ sơ. Trong số hồ sơ tiếp nhận mới có {m.n("dossiers_online")} hồ sơ nộp trực tuyến, đạt {m.p("dossiers_online_pct")}, và {m.n("dossiers_direct")} hồ sơ nộp trực tiếp; tỷ lệ hồ sơ trực tuyến toàn trình đạt {m.p("dossiers_online_full_pct")} số hồ sơ trực tuyến. Tiếp nhận phi địa giới hành chính {m.n("dossiers_cross_boundary")} hồ sơ.
Đã giải quyết {m.n("dossiers_resolved")} hồ sơ, gồm trước hạn {m.n("dossiers_early")} hồ sơ, đúng hạn {m.n("dossiers_on_time")} hồ sơ, {m.late("không có hồ sơ quá hạn")}. Đang giải quyết {m.n("dossiers_pending")} hồ sơ, trong đó còn trong hạn {m.n("dossiers_pending_in_time")} hồ sơ{m.overdue(", quá hạn {} hồ sơ")}. Công dân rút {m.two("dossiers_withdrawn")} hồ sơ; trả lại {m.two("dossiers_returned")} hồ sơ do không đủ điều kiện. Toàn tỉnh trong kỳ giải quyết 402.318 hồ sơ.
{m.or_none("apology_letters", "Không phát sinh thư xin lỗi do giải quyết hồ sơ trễ hạn", "Đã gửi {} thư xin lỗi do giải quyết hồ sơ trễ hạn")}. Tiếp nhận {m.two("feedback_received")} phản ánh, kiến nghị; tỷ lệ phản ánh, kiến nghị đã xử lý đạt {m.p("feedback_resolved_pct")}.
Lấy ý kiến bằng {m.n("satisfaction_surveys")} phiếu, tỷ lệ hài lòng đạt {m.p("satisfaction_pct")}. Theo Bộ chỉ số 766, {unit.kind} đạt {m.p_plain("service_index_score")} điểm, xếp thứ {m.plain("service_index_rank")}.
# III. BỘ MÁY, CHUYỂN ĐỔI SỐ
Biên chế hiện có {m.n("staff_total")} người, gồm {m.n("staff_cadres")} cán bộ và {m.n("staff_civil_servants")} công chức.
Số hóa thành phần hồ sơ {m.n("digitised_dossiers")} hồ sơ, đạt {m.p("digitised_dossiers_pct")}; số hóa kết quả giải quyết {m.n("digitised_results")} hồ sơ, đạt {m.p("digitised_results_pct")}.
Kết quả điện tử đã cấp {m.n("results_electronic")} kết quả, đạt {m.p("results_electronic_pct")}; khai thác, sử dụng lại dữ liệu số hóa {m.n("digitised_reused")} hồ sơ, đạt {m.p("digitised_reused_pct")}. Thanh toán trực tuyến {m.n("online_payments")} hồ sơ trên {m.n("online_payment_base")} hồ sơ có phí, lệ phí, đạt {m.p("online_payment_pct")}.
Sang kỳ tới, {unit.kind} phấn đấu nâng tỷ lệ hồ sơ trực tuyến lên 95%.
"""


def tabular(m: Marker, unit: Ward, found: Round) -> str:
    """Return a report whose figures stand in tables."""
    return f"""# I. TỔ CHỨC, ĐIỀU HÀNH
UBND {unit.full_name} tổng hợp số liệu {found.title_vi} của {unit.kind} trong các bảng sau.
| TT | Nội dung | Kết quả |
| 1 | Nhiệm vụ trong kế hoạch cải cách hành chính năm | {m.n("plan_tasks_total")} |
| 2 | Nhiệm vụ đã hoàn thành | {m.n("plan_tasks_completed")} |
| 3 | Tỷ lệ hoàn thành kế hoạch | {m.p("plan_completion_pct")} |
| 4 | Nhiệm vụ UBND tỉnh giao | {m.n("tasks_assigned")} |
| 5 | Nhiệm vụ UBND tỉnh giao đã hoàn thành | {m.n("tasks_assigned_completed")} |
| 6 | Nhiệm vụ UBND tỉnh giao quá hạn chưa hoàn thành | {m.n("tasks_assigned_overdue")} |
| 7 | Tin, bài tuyên truyền | {m.n("communication_items")} |
| 8 | Số cuộc đối thoại với người dân, doanh nghiệp | {m.n("dialogues_held")} |
| 9 | Số sáng kiến, mô hình mới về cải cách hành chính được công nhận | {m.n("initiatives_recognised")} |
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
| 10 | Hồ sơ đang giải quyết còn trong hạn | {m.n("dossiers_pending_in_time")} |
| 11 | Hồ sơ đang giải quyết đã quá hạn | {m.n("dossiers_pending_overdue")} |
| 12 | Hồ sơ công dân rút | {m.n("dossiers_withdrawn")} |
| 13 | Hồ sơ trả lại do không đủ điều kiện | {m.n("dossiers_returned")} |
| 14 | Hồ sơ tiếp nhận phi địa giới hành chính | {m.n("dossiers_cross_boundary")} |
| 15 | Thủ tục hành chính thuộc thẩm quyền giải quyết | {m.n("procedures_total")} |
| 16 | Thủ tục cung cấp dịch vụ công trực tuyến toàn trình | {m.n("procedures_online_full")} |
| 17 | Thủ tục cung cấp dịch vụ công trực tuyến một phần | {m.n("procedures_online_partial")} |
| 18 | Thư xin lỗi do giải quyết hồ sơ trễ hạn | {m.n("apology_letters")} |
| 19 | Phản ánh, kiến nghị tiếp nhận | {m.n("feedback_received")} |
| 20 | Tỷ lệ phản ánh, kiến nghị đã xử lý | {m.p("feedback_resolved_pct")} |
| 21 | Tỷ lệ hồ sơ trực tuyến toàn trình | {m.p("dossiers_online_full_pct")} |
Hồ sơ giải quyết quá hạn: {m.late("không có")}.
# III. CHUYỂN ĐỔI SỐ
| TT | Nội dung | Kết quả |
| 1 | Hồ sơ được số hóa thành phần | {m.n("digitised_dossiers")} |
| 2 | Hồ sơ được số hóa kết quả giải quyết | {m.n("digitised_results")} |
| 3 | Hồ sơ khai thác, sử dụng lại dữ liệu số hóa | {m.n("digitised_reused")} |
| 4 | Hồ sơ cấp kết quả điện tử | {m.n("results_electronic")} |
| 5 | Hồ sơ có phát sinh phí, lệ phí | {m.n("online_payment_base")} |
| 6 | Hồ sơ thanh toán trực tuyến | {m.n("online_payments")} |
| 7 | Điểm Bộ chỉ số 766 | {m.p_plain("service_index_score")} |
| 8 | Thứ hạng theo Bộ chỉ số 766 | {m.plain("service_index_rank")} |
# IV. SỰ HÀI LÒNG, BỘ MÁY
Phát {m.n("satisfaction_surveys")} phiếu lấy ý kiến, tỷ lệ hài lòng {m.p("satisfaction_pct")}. Biên chế hiện có {m.n("staff_total")} người.
"""


def template(m: Marker, unit: Ward, found: Round) -> str:
    """Return a report as the province's reporting software prints it: numbered items with a colon."""
    begin, end = (f"{d:%d/%m/%Y}" for d in (found.window_start, found.window_end))
    return f"""Đơn vị báo cáo: UBND {unit.full_name}. Kỳ số liệu: {begin} – {end}.
# Phần 1. CHỈ ĐẠO, ĐIỀU HÀNH
1.1. Kế hoạch cải cách hành chính năm: tổng số nhiệm vụ: {m.n("plan_tasks_total")}; đã hoàn thành: {m.n("plan_tasks_completed")}; tỷ lệ: {m.p("plan_completion_pct")}.
1.2. Nhiệm vụ UBND tỉnh giao trong kỳ: {m.n("tasks_assigned")}; hoàn thành: {m.n("tasks_assigned_completed")}; quá hạn chưa hoàn thành: {m.n("tasks_assigned_overdue")}.
1.3. Số tin, bài tuyên truyền: {m.n("communication_items")}.
1.4. Số cuộc đối thoại với người dân, doanh nghiệp: {m.n("dialogues_held")}; số sáng kiến được công nhận: {m.n("initiatives_recognised")}.
# Phần 2. THỦ TỤC HÀNH CHÍNH
2.1. Tổng số hồ sơ tiếp nhận: {m.n("dossiers_received")}, trong đó tiếp nhận mới: {m.n("dossiers_received_new")}; kỳ trước chuyển sang: {m.n("dossiers_carried_over")}.
2.2. Hồ sơ nộp trực tuyến: {m.n("dossiers_online")}; hồ sơ nộp trực tiếp: {m.n("dossiers_direct")}.
2.3. Hồ sơ đã giải quyết: {m.n("dossiers_resolved")}; trước hạn: {m.n("dossiers_early")}; đúng hạn: {m.n("dossiers_on_time")}; {m.late("quá hạn: không có")}.
2.4. Hồ sơ đang giải quyết: {m.n("dossiers_pending")}; trong hạn: {m.n("dossiers_pending_in_time")}; quá hạn: {m.n("dossiers_pending_overdue")}.
2.5. Hồ sơ rút: {m.n("dossiers_withdrawn")}; hồ sơ trả lại: {m.n("dossiers_returned")}.
2.6. Số thủ tục hành chính thuộc thẩm quyền: {m.n("procedures_total")}; trực tuyến toàn trình: {m.n("procedures_online_full")}; trực tuyến một phần: {m.n("procedures_online_partial")}.
2.7. Tiếp nhận hồ sơ phi địa giới hành chính: {m.n("dossiers_cross_boundary")} hồ sơ. Số thư xin lỗi do giải quyết hồ sơ trễ hạn: {m.n("apology_letters")}.
2.8. Số phản ánh, kiến nghị tiếp nhận: {m.n("feedback_received")}; tỷ lệ phản ánh, kiến nghị đã xử lý: {m.p("feedback_resolved_pct")}.
# Phần 3. CHUYỂN ĐỔI SỐ
3.1. Thanh toán trực tuyến: {m.n("online_payments")} hồ sơ, đạt {m.p("online_payment_pct")} số hồ sơ có phí, lệ phí.
3.2. Số phiếu khảo sát sự hài lòng: {m.n("satisfaction_surveys")}; tỷ lệ hài lòng: {m.p("satisfaction_pct")}.
3.3. Số hồ sơ có phát sinh phí, lệ phí: {m.n("online_payment_base")}.
3.4. Tỷ lệ số hóa thành phần hồ sơ: {m.p("digitised_dossiers_pct")}; tỷ lệ số hóa kết quả giải quyết: {m.p("digitised_results_pct")}.
3.5. Tỷ lệ cấp kết quả điện tử: {m.p("results_electronic_pct")}. Tỷ lệ khai thác, sử dụng lại thông tin, dữ liệu số hóa: {m.p("digitised_reused_pct")}.
3.6. Tỷ lệ hồ sơ trực tuyến toàn trình: {m.p("dossiers_online_full_pct")}.
3.7. Điểm Bộ chỉ số 766: {m.p_plain("service_index_score")} điểm; thứ hạng Bộ chỉ số 766: {m.plain("service_index_rank")}.
"""


_MANNERS: tuple[Manner, ...] = (prose, tabular, template)
