"""The words by which a sentence says what its number is: done or wanted, of what, on which base."""

from __future__ import annotations

import re

BREAKS = re.compile(r"[;()]|\.{2,}|…|\.(?=\s|$)|:(?=\s)")
VERBS = re.compile(
    r"[\s,–-]*\b(?:mới|chỉ|đã|cơ bản|ước|đều|phải|được|thực hiện|sẽ)?\s*"
    r"(?:đạt|là|có|chiếm|bằng|giải ngân được|lên|còn|xuống còn|xuống dưới|thực hiện thu)?\s*"
    r"(?:trên|ít nhất|tối thiểu|khoảng|gần|hơn|không quá|không dưới|dưới|tối đa|từ|xấp xỉ)?\s*$",
    re.I,
)
LEADS = re.compile(
    r"^[\s,:+–-]*(?:(?:trong đó|trong\s+\d+\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?|"
    r"đến\s+(?:hết\s+|cuối\s+)*năm\s+\d{4}|phấn đấu|đến\s+(?:hết\s+)?quý\s+\w+|đến nay|tình hình|"
    r"kết quả|công tác|trên địa bàn|và|với|gồm|bao gồm|cụ thể|tiếp tục|trong năm|mới|đã|năm\s+\d{4}|"
    r"giảm(?!\s+nghèo)|tăng|nâng|đạt)\b[\s,:]*)+",
    re.I,
)
PERIODS = re.compile(r"\s*(?:trong\s+)?\d+\s+tháng\s+(?:đầu|cuối)\s+năm(?:\s+\d{4})?", re.I)
YEARS = re.compile(r"\s*(?:năm|vào năm|trong năm)\s+\d{4}$", re.I)
#: Words that lead from a name to its number: "Tỷ lệ hộ nghèo giảm", "Tiêm phòng cho".
ENDS = re.compile(r"\s+(?:(?:giảm|tăng)(?:\s+bình quân)?|đạt|cho|duy trì|giữ vững|ổn định|còn)\s*$", re.I)
BASE = re.compile(
    r"\s*(?:so với\s+|của\s+|trên\s+)?(?P<base>(?:tổng\s+)?"
    r"(?:dự toán|thực nguồn|kế hoạch|chỉ tiêu|tổng số|tổng đàn|kế hoạch vốn|nghị quyết|cùng kỳ|nhu cầu)\b[^,;.()]*?)"
    r"(?=[,;.()]|\s+và\s|$)",
    re.I,
)
#: "giảm 5% số vụ so với năm 2025": the base behind the thing.
BASE_BEHIND = re.compile(r"[^,;.()]*?\bso với\s+(?P<base>cùng kỳ(?:\s+năm trước)?|năm trước|năm\s+\d{4})", re.I)
#: A base that is another time: the percentage tells a change.
COMPARED = re.compile(r"(?:cùng kỳ|năm trước|năm\s+\d{4})\b", re.I)
#: Names that say nothing of what: "tỷ lệ còn 4,8%" speaks of what was named before it.
BARE = re.compile(r"(?:tỷ lệ|tỉ lệ|số lượng)$", re.I)
#: What stands before a bare measure is then the whole name: "đàn lợn 5.400 con".
HERDS = re.compile(r"(?:tổng\s+)?đàn\s", re.I)
DONE = re.compile(
    r"\b(?:mới|chỉ)\s+(?:đạt|có|được)|\bmới\s+(?:[^\W\d_]+\s+){1,3}được|\bđã\s|"
    r"\bước\s+(?:đạt|thực hiện)|\bcòn lại\b|\bđang\b|\d tháng đầu năm|quý I\b",
    re.I,
)
DONE_ABOVE = re.compile(r"\d tháng đầu năm|tình hình|kết quả|mới có|đến nay", re.I)
WANTED = re.compile(
    r"phấn đấu|kế hoạch là|chỉ tiêu là|mục tiêu|ít nhất|tối thiểu|hoàn thành|đảm bảo|bảo đảm|không quá|không dưới|"
    r"giảm .{0,60}xuống|phải đạt|thu hút|xây dựng mới|hỗ trợ xây dựng|duy trì",
    re.I,
)
TARGET_OF = re.compile(r"^\s*,?\s*(?P<base>kế hoạch|chỉ tiêu|dự toán|nghị quyết)(?:\s+(?:giao|năm))?\s+là\s*$", re.I)
#: Right before its number: by how much, not how many.
CHANGE = re.compile(
    r"\b(?P<change>giảm|tăng)(?:\s+(?:thêm|từ|ít nhất|tối thiểu|trên|hơn|khoảng|bình quân|mỗi năm|hằng năm))*\s*$", re.I
)
THING_ENDS = re.compile(
    r"[,;.()]|\s+so với\s|\s(?:và\s+(?=\d)|(?:triển khai|trên|đến|tại|để|trong|với|nhằm|ở|từ|vào|trước)(?=\s))|$"
)
#: What is measured by a length, an area, a weight or money is called by one of these, near the number.
MEASURED = re.compile(
    r"\b(?:tổng\s+)?(?:diện tích|sản lượng|năng suất|chiều dài|số tiền|kinh phí|vốn|tổng số|tổng vốn|tổng thu|"
    r"thu(?!\s+hoạch)|giá trị)\b[^,;:]*$",
    re.I,
)
#: "trồng mới 120 ha": mới belongs to the work; "mới đạt 20 ha" says that it is little.
ANEW = re.compile(r"\s*mới\b(?!\s+(?:đạt|là|có|được|bằng|chiếm|lên|giải ngân|thực hiện))", re.I)
#: Behind a measured amount these do not tell of what it is.
NO_THING = re.compile(
    r"(?:đạt|bằng|so|theo|của|là|vượt|tăng|giảm|chiếm|và|hoặc|so với|kế hoạch|chỉ tiêu|năm|mỗi|trở lên|như|/)\b", re.I
)
UNITS_MEASURED = frozenset({"ha", "m²", "km", "km²", "m", "kg", "tấn", "tạ", "lít"})
#: A whole target is reached in parts of it where it is measured and not counted.
DECIMALS = {
    "ha": 1,
    "km": 1,
    "km²": 1,
    "km2": 1,
    "tấn": 1,
    "tạ": 1,
    "tỷ đồng": 1,
    "nghìn tấn": 1,
    "nghìn ha": 1,
    "MW": 1,
}
ZERO = re.compile(
    r"không để(?:\s+(?:xảy ra|phát sinh))?\s+(?P<name>[^,;.]{3,60}?)\s*"
    r"(?P<verb>tồn đọng|phát sinh|xảy ra|kéo dài)?(?=[,;.]|$)",
    re.I,
)
#: Verbs that say nothing of what is done; the base behind the rate does.
WEAK = frozenset({"hoan thanh", "giai ngan", "thuc hien", "dat"})
#: The measure of a number that is itself a percentage.
PERCENT = "%"
