"""Five manners of writing the same kind of report, as marked text.

Belongs here: words. A figure is marked `[[code|printed]]` or `[[code=value|printed]]`, so that the answer key falls
out of the text. Lines begin with `# ` or `## ` for headings and `|` for table rows; others are paragraphs.
Stays out: figures (`facts`) and file formats (`files`).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sample.generator.facts import Facts

Manner = Callable[[Facts, str, str], str]


def dotted(value: int | Decimal) -> str:
    """Return a whole number in groups of three: 1.234.000."""
    return f"{int(value):,}".replace(",", ".")


def comma(value: int | Decimal) -> str:
    """Return a percentage with a decimal comma, without needless zeros: 86,5."""
    return f"{value:f}".rstrip("0").rstrip(".").replace(".", ",") if "." in f"{value:f}" else f"{value}"


class Marker:
    """Marks figures in text: `m.n` whole numbers, `m.two` with a leading zero, `m.p` percentages, `m.zero` words."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    def n(self, code: str) -> str:
        """Return a marked whole number in groups."""
        return f"[[{code}|{dotted(self.facts[code])}]]"

    def plain(self, code: str) -> str:
        """Return a marked whole number without groups."""
        return f"[[{code}|{int(self.facts[code])}]]"

    def two(self, code: str) -> str:
        """Return a marked whole number of at least two digits: 06."""
        return f"[[{code}|{int(self.facts[code]):02d}]]"

    def p(self, code: str) -> str:
        """Return a marked percentage with its sign."""
        return f"[[{code}|{comma(self.facts[code])}]]%"

    def million(self, code: str) -> str:
        """Return a marked amount of dong in millions: 1.234,5 triệu."""
        exact = Decimal(self.facts[code]) / 1_000_000
        whole, _, rest = f"{exact:f}".partition(".")
        rest = rest.rstrip("0")
        text = dotted(int(whole)) + (f",{rest}" if rest else "")
        return f"[[{code}={self.facts[code]}|{text} triệu]]"

    def p_plain(self, code: str) -> str:
        """Return a marked number with its decimals and no sign: 87,52."""
        return f"[[{code}|{comma(self.facts[code])}]]"

    def or_none(self, code: str, none: str, some: str) -> str:
        """Return `none` as a printed zero where there are none, else `some` with the number, two digits, in its place."""
        return some.format(self.two(code)) if self.facts[code] else f"[[{code}=0|{none}]]"

    def overdue(self, some: str) -> str:
        """Return the pending dossiers past their day, nothing where there are none."""
        return some.format(self.two("dossiers_pending_overdue")) if self.facts["dossiers_pending_overdue"] else ""

    def late(self, words: str) -> str:
        """Return the late dossiers: `words` as a printed zero, else the number."""
        if self.facts["dossiers_late"]:
            return f"quá hạn {self.two('dossiers_late')} hồ sơ"
        return f"[[dossiers_late=0|{words}]]"


def narrative(f: Facts, unit: str, kind: str) -> str:
    """Return a report in full sentences."""
    m = Marker(f)
    return f"""# I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH
UBND {unit} triển khai Kế hoạch số 12/KH-UBND ngày 15/01/2024 về cải cách hành chính năm 2024 với {m.n("plan_tasks_total")} nhiệm vụ. Đến cuối quý III đã hoàn thành {m.n("plan_tasks_completed")} nhiệm vụ, đạt {m.p("plan_completion_pct")} kế hoạch năm.
Trong quý, {kind} đã đăng, phát {m.n("communication_items")} tin, bài về cải cách hành chính và tổ chức {m.two("communication_sessions")} buổi tuyên truyền tại khu dân cư. {kind.capitalize()} tự kiểm tra kỷ luật, kỷ cương hành chính {m.two("inspections_conducted")} cuộc.
# II. KẾT QUẢ THỰC HIỆN CÁC NỘI DUNG
## 1. Cải cách thủ tục hành chính
Số thủ tục hành chính thuộc thẩm quyền giải quyết của UBND {kind} là {m.n("procedures_total")} thủ tục; trong quý rà soát {m.n("procedures_reviewed")} thủ tục.
Từ ngày 15/6/2024 đến ngày 14/9/2024, Bộ phận Một cửa tiếp nhận {m.n("dossiers_received")} hồ sơ, trong đó tiếp nhận mới {m.n("dossiers_received_new")} hồ sơ, kỳ trước chuyển sang {m.n("dossiers_carried_over")} hồ sơ. Đã giải quyết {m.n("dossiers_resolved")} hồ sơ, gồm giải quyết trước hạn {m.n("dossiers_early")} hồ sơ, đúng hạn {m.n("dossiers_on_time")} hồ sơ, {m.late("không có hồ sơ quá hạn")}. Hiện còn {m.n("dossiers_pending")} hồ sơ đang giải quyết, tất cả còn trong hạn. Cùng kỳ năm 2023 {kind} tiếp nhận 412 hồ sơ.
Lấy ý kiến của tổ chức, công dân bằng {m.n("satisfaction_surveys")} phiếu, tỷ lệ hài lòng đạt {m.p("satisfaction_pct")}.
## 2. Cải cách tổ chức bộ máy
Tổng số cán bộ, công chức hiện có {m.n("staff_total")} người, trong đó cán bộ {m.n("staff_cadres")} người, công chức {m.n("staff_civil_servants")} người; người hoạt động không chuyên trách {m.n("staff_part_time")} người.
## 3. Cải cách chế độ công vụ
Cử {m.n("staff_trained")} lượt cán bộ, công chức tham gia các lớp bồi dưỡng, tập huấn theo Nghị định số 89/2021/NĐ-CP. Trong quý không có cán bộ, công chức nghỉ hưu.
## 4. Cải cách tài chính công
Thu ngân sách nhà nước trên địa bàn lũy kế 9 tháng là {m.n("state_revenue_ytd")} đồng, đạt {m.p("state_revenue_vs_town_pct")} so với chỉ tiêu thị xã giao ({m.n("state_revenue_target_town")} đồng). Thu ngân sách {kind} quý III là {m.n("ward_revenue")} đồng, lũy kế 9 tháng {m.n("ward_revenue_ytd")} đồng, đạt {m.p("ward_revenue_budget_pct")} dự toán năm. Chi ngân sách {kind} quý III là {m.n("ward_expenditure")} đồng.
Vốn đầu tư công năm 2024 được giao {m.n("investment_plan")} đồng, đã giải ngân {m.n("investment_disbursed")} đồng, đạt {m.p("investment_disbursed_pct")} kế hoạch vốn.
## 5. Xây dựng chính quyền điện tử
Hồ sơ nộp trực tuyến trong quý là {m.n("dossiers_online")} hồ sơ, chiếm {m.p("dossiers_online_pct")} số hồ sơ tiếp nhận mới; trong đó dịch vụ công toàn trình {m.n("dossiers_online_full")} hồ sơ, một phần {m.n("dossiers_online_partial")} hồ sơ. Số hồ sơ được thanh toán trực tuyến là {m.n("online_payments")} hồ sơ.
{kind.capitalize()} duy trì {m.two("digital_teams")} tổ công nghệ số cộng đồng với {m.n("digital_team_members")} thành viên. Hệ thống quản lý chất lượng theo TCVN ISO 9001:2015 tiếp tục được áp dụng.
# III. NHIỆM VỤ QUÝ IV
Phấn đấu đưa tỷ lệ hồ sơ trực tuyến lên 85%, tổ chức thêm 02 buổi tuyên truyền và hoàn thành các nhiệm vụ còn lại của kế hoạch."""


def terse(f: Facts, _unit: str, kind: str) -> str:
    """Return a report of short lines, key and value."""
    m = Marker(f)
    return f"""# 1. Chỉ đạo điều hành
- Tiến độ thực hiện kế hoạch CCHC năm 2024: {m.p("plan_completion_pct")}.
- Tuyên truyền CCHC: {m.two("communication_sessions")} buổi.
- Kiểm tra CCHC: {m.two("inspections_conducted")} cuộc.
# 2. Thủ tục hành chính
- Tổng số TTHC đang áp dụng: {m.n("procedures_total")}.
- Hồ sơ tiếp nhận trong kỳ: {m.plain("dossiers_received")} HS; trong đó trực tuyến: {m.plain("dossiers_online")} HS, trực tiếp: {m.plain("dossiers_direct")} HS, bưu chính: {m.plain("dossiers_postal")} HS, kỳ trước chuyển qua: {m.plain("dossiers_carried_over")} HS.
- Đã giải quyết: {m.plain("dossiers_resolved")} HS ({m.p("dossiers_resolved_pct")}); đúng và trước hạn: {m.plain("dossiers_early_or_on_time")} HS; trễ hẹn: {m.two("dossiers_late")} HS.
- Đang giải quyết: {m.plain("dossiers_pending")} HS. Hồ sơ rút: {m.two("dossiers_withdrawn")} HS; trả lại do không đủ điều kiện: {m.two("dossiers_returned")} HS.
- Khảo sát hài lòng: {m.plain("satisfaction_surveys")} phiếu, hài lòng {m.p("satisfaction_pct")}.
- Phản ánh, kiến nghị về quy định hành chính: [[feedback_received=0|không phát sinh]].
# 3. Tổ chức bộ máy, công vụ
- Biên chế hiện có: {m.plain("staff_total")} người (cán bộ {m.plain("staff_cadres")}, công chức {m.plain("staff_civil_servants")}).
- Người hoạt động không chuyên trách: {m.plain("staff_part_time")} người.
- Tập huấn, bồi dưỡng: {m.two("staff_trained")} lượt cán bộ, công chức.
- Cán bộ, công chức bị kỷ luật: [[staff_disciplined=0|không có]].
# 4. Tài chính
- Thu NSNN trên địa bàn lũy kế: {m.million("state_revenue_ytd")} đồng, đạt {m.p("state_revenue_vs_town_pct")} chỉ tiêu thị xã giao.
- Thu ngân sách {kind} quý III: {m.million("ward_revenue")} đồng.
- Chi ngân sách {kind} quý III: {m.million("ward_expenditure")} đồng.
- Giải ngân vốn đầu tư công: {m.million("investment_disbursed")} đồng, đạt {m.p("investment_disbursed_pct")}.
# 5. Chuyển đổi số
- Tỷ lệ hồ sơ trực tuyến: {m.p("dossiers_online_pct")} hồ sơ tiếp nhận mới.
- Số hóa thành phần hồ sơ: {m.plain("digitised_dossiers")}/{m.plain("digitised_base")} HS, đạt {m.p("digitised_dossiers_pct")}.
- Số hóa kết quả giải quyết: {m.plain("digitised_results")}/{m.plain("digitised_base")} HS, đạt {m.p("digitised_results_pct")}.
- Văn bản đi được ký số: {m.plain("documents_signed")}/{m.plain("documents_outgoing")} văn bản, đạt {m.p("documents_signed_pct")}.
- Tổ công nghệ số cộng đồng: {m.two("digital_teams")} tổ, {m.plain("digital_team_members")} thành viên.
# 6. Phương hướng
- Tỷ lệ hồ sơ trực tuyến quý IV đạt từ 80% trở lên; giải ngân đạt 95% kế hoạch."""


def tabular(f: Facts, _unit: str, kind: str) -> str:
    """Return a report whose dossier figures stand in a table."""
    m = Marker(f)
    return f"""# I. Chỉ đạo, điều hành
Kế hoạch cải cách hành chính năm 2024 của {kind} có {m.plain("plan_tasks_total")} nhiệm vụ; đã thực hiện xong {m.plain("plan_tasks_completed")} nhiệm vụ ({m.p("plan_completion_pct")}).
# II. Cải cách thủ tục hành chính
UBND {kind} công khai {m.n("procedures_total")} thủ tục hành chính thuộc thẩm quyền giải quyết. Kết quả tiếp nhận, giải quyết hồ sơ trong quý III thể hiện ở bảng sau:
| Chỉ tiêu | Số lượng (hồ sơ)
| Tổng số hồ sơ tiếp nhận | {m.n("dossiers_received")}
| Tiếp nhận mới trong kỳ | {m.n("dossiers_received_new")}
| Kỳ trước chuyển sang | {m.n("dossiers_carried_over")}
| Hồ sơ nộp trực tuyến | {m.n("dossiers_online")}
| Hồ sơ đã giải quyết | {m.n("dossiers_resolved")}
| Giải quyết trước hạn | {m.n("dossiers_early")}
| Giải quyết đúng hạn | {m.n("dossiers_on_time")}
| Giải quyết quá hạn | {m.n("dossiers_late")}
| Hồ sơ đang giải quyết | {m.n("dossiers_pending")}
Qua {m.plain("satisfaction_surveys")} phiếu khảo sát, {m.p("satisfaction_pct")} người dân hài lòng với việc giải quyết thủ tục hành chính.
# III. Tổ chức bộ máy và công vụ
{kind.capitalize()} được giao {m.plain("staff_quota")} biên chế, hiện có {m.plain("staff_total")} người, gồm {m.plain("staff_cadres")} cán bộ và {m.plain("staff_civil_servants")} công chức. Có {m.plain("staff_trained")} lượt cán bộ, công chức được đào tạo, bồi dưỡng trong quý.
# IV. Tài chính công
Lũy kế 9 tháng, thu ngân sách {kind} đạt {m.n("ward_revenue_ytd")} đồng, bằng {m.p("ward_revenue_budget_pct")} dự toán năm ({m.n("ward_revenue_budget")} đồng); chi ngân sách {kind} {m.n("ward_expenditure_ytd")} đồng. Vốn đầu tư công giải ngân {m.n("investment_disbursed")}/{m.n("investment_plan")} đồng, đạt {m.p("investment_disbursed_pct")} kế hoạch.
# V. Chính quyền điện tử, chính quyền số
Tỷ lệ hồ sơ nộp trực tuyến đạt {m.p("dossiers_online_pct")} tổng số hồ sơ tiếp nhận mới. Có {m.n("digitised_dossiers")} hồ sơ được số hóa thành phần, tỷ lệ {m.p("digitised_dossiers_pct")} trên số hồ sơ tiếp nhận mới. Toàn {kind} có {m.plain("digital_teams")} tổ công nghệ số cộng đồng gồm {m.plain("digital_team_members")} thành viên."""


def percent_first(f: Facts, unit: str, kind: str) -> str:
    """Return a report that names the share before the number."""
    m = Marker(f)
    return f"""# I. TÌNH HÌNH CHUNG
Công tác cải cách hành chính quý III được UBND {unit} chỉ đạo thường xuyên; mức độ hoàn thành kế hoạch CCHC năm 2024 là {m.p("plan_completion_pct")} ({m.plain("plan_tasks_completed")}/{m.plain("plan_tasks_total")} nhiệm vụ).
# II. KẾT QUẢ
## 1. Thể chế
Trong quý {kind} ban hành {m.two("legal_documents_issued")} văn bản quy phạm pháp luật.
## 2. Thủ tục hành chính
Tiếp nhận {m.n("dossiers_received")} bộ hồ sơ (quý II năm 2024 là 655 bộ hồ sơ). Tỷ lệ giải quyết đạt {m.p("dossiers_resolved_pct")} với {m.n("dossiers_resolved")} bộ hồ sơ; tỷ lệ trước và đúng hạn đạt {m.p("dossiers_early_or_on_time_pct")} ({m.n("dossiers_early_or_on_time")} bộ hồ sơ). Số chưa giải quyết còn trong hạn: {m.plain("dossiers_pending_in_time")} bộ hồ sơ.
Mức độ hài lòng của người dân qua {m.plain("satisfaction_surveys")} phiếu đánh giá: {m.p("satisfaction_pct")}.
## 3. Bộ máy, công vụ
Hiện nay {kind} có {m.plain("staff_cadres")} cán bộ, {m.plain("staff_civil_servants")} công chức và {m.plain("staff_part_time")} người hoạt động không chuyên trách. Có {m.two("staff_trained")} lượt công chức đi bồi dưỡng nghiệp vụ.
## 4. Tài chính công
Tổng thu NSNN trên địa bàn 9 tháng đạt {m.p("state_revenue_vs_town_pct")} chỉ tiêu thị xã giao ({m.n("state_revenue_ytd")} đồng/{m.n("state_revenue_target_town")} đồng). Tỷ lệ giải ngân vốn đầu tư công đạt {m.p("investment_disbursed_pct")} ({m.n("investment_disbursed")} đồng).
## 5. Chính quyền điện tử
Tỷ lệ hồ sơ tiếp nhận trực tuyến đạt {m.p("dossiers_online_pct")} ({m.n("dossiers_online")} bộ hồ sơ) so với hồ sơ tiếp nhận mới là {m.n("dossiers_received_new")} bộ hồ sơ. Tỷ lệ số hóa thành phần hồ sơ đạt {m.p("digitised_dossiers_pct")}; tỷ lệ số hóa kết quả đạt {m.p("digitised_results_pct")}. Tiếp nhận {m.n("documents_incoming")} văn bản đến, phát hành {m.n("documents_outgoing")} văn bản đi trên phần mềm iOffice.
# III. PHƯƠNG HƯỚNG QUÝ IV NĂM 2024
Duy trì tỷ lệ hồ sơ đúng hạn từ 98% trở lên, giải ngân 100% vốn được giao, xử lý dứt điểm 03 đơn thư còn tồn."""


def short(f: Facts, unit: str, kind: str) -> str:
    """Return a short report, as small wards send on paper."""
    m = Marker(f)
    return f"""# 1. Công tác chỉ đạo
UBND {unit} đã hoàn thành {m.p("plan_completion_pct")} kế hoạch cải cách hành chính năm 2024.
# 2. Giải quyết thủ tục hành chính
Tổng số hồ sơ tiếp nhận trong quý III là {m.n("dossiers_received")} hồ sơ, đã giải quyết {m.n("dossiers_resolved")} hồ sơ, trong đó trước hạn {m.n("dossiers_early")} hồ sơ, đúng hạn {m.n("dossiers_on_time")} hồ sơ, {m.late("không phát sinh hồ sơ trễ hạn")}. Đang giải quyết {m.n("dossiers_pending")} hồ sơ.
Phát {m.n("satisfaction_surveys")} phiếu lấy ý kiến, {m.p("satisfaction_pct")} hài lòng.
# 3. Bộ máy
Cán bộ {m.n("staff_cadres")} người, công chức {m.n("staff_civil_servants")} người.
# 4. Tài chính
Thu ngân sách {kind} quý III là {m.n("ward_revenue")} đồng; chi ngân sách {kind} là {m.n("ward_expenditure")} đồng.
# 5. Dịch vụ công trực tuyến
Hồ sơ trực tuyến {m.n("dossiers_online")} hồ sơ, đạt {m.p("dossiers_online_pct")} so với hồ sơ tiếp nhận mới."""


MANNERS: dict[str, Manner] = {
    "narrative": narrative,
    "terse": terse,
    "tabular": tabular,
    "percent_first": percent_first,
    "short": short,
}
