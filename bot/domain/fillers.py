"""Words that stand in any question and carry nothing: politeness, particles, who asks and what for; and shorthand."""

from __future__ import annotations

#: Never a name, never a reason to doubt.
FILLERS = """
a ạ mai ad ai anh ấy à ư ừ ơi ơ ban bạn bác bây giờ biết bot bằng bị bởi cả các cái cán bộ cần cấp chi cho chỉ chị chú
chúng chung chính có cô con còn cũng của cùng cục cụ thể dạ dùm giùm đã đang được đi đây đấy đó đc đến đều đơn vị đồng
chí đúng em gấp gì giúp gửi ha hả hay hãy hết hiện hỏi hộ hơi hôm nay hướng huyện kia khi không kết quả kỳ là lại lãnh
đạo làm lên lấy liệu luôn lúc mà mau mấy mình mọi một muốn này nào nãy năm ngay ngành nha nhanh nhé nhỉ nhờ nhá như
nhưng những nên nói nơi nữa nó ở ông phòng qua quá ra rồi rất sao sau sẽ sếp so số sớm ta tại tháng thấy theo thế thì
thi thử thưa tí tiếp tính tỉnh toàn tôi tới tổng trên trong trước tự từ tất tui từng tụi và vào vẫn vậy về với vừa
việc xem xin xíu xong thôi cụm thua đua nhiêu bao kèm phận chút nhất cháu nhau thads cc vụ tiền giải quyết thụ lý điều
kiện kiểm tra cứu coi check show mới hành án dân sự đạt chưa chiều sáng tối họp trình liền khu vực nếu riêng đâu thêm
hợp rõ tiết đầy đủ đứa
"""

#: What is written in haste: only where it stands alone.
SHORT = {
    "bn": "bao nhiêu",
    "bnhieu": "bao nhiêu",
    "bnh": "bao nhiêu",
    "bao nhiu": "bao nhiêu",
    "ntn": "như thế nào",
    "sl": "số liệu",
    "kq": "kết quả",
    "dv": "đơn vị",
    "đv": "đơn vị",
    "đvị": "đơn vị",
    "ko": "không",
    "k": "không",
    "kg": "không",
    "hok": "không",
    "đc": "được",
    "dc": "được",
    "bc": "báo cáo",
    "pt": "phần trăm",
    "ck": "cùng kỳ",
    "cty": "chỉ tiêu",
    "chtieu": "chỉ tiêu",
    "bđ": "biểu đồ",
    "tlệ": "tỷ lệ",
    "xh": "xếp hạng",
    "ps": "phát sinh",
    "hd": "hướng dẫn",
    "gq": "giải quyết",
    "cx": "cũng",
    "r": "rồi",
    "ms": "mới",
    "trc": "trước",
    "đchi": "đồng chí",
    "kh": "kế hoạch",
    "lm": "làm",
    "vs": "với",
    "j": "gì",
    "thg": "tháng",
    "ss": "so sánh",
}

#: A tail from here on says what the answer is for: "để báo cáo sếp", "vì chiều họp", "kẻo muộn".
REASONS = ("để", "vì!", "do cần", "kẻo", "không thì", "nhằm", "phục vụ", "cho kịp", "cho buổi", "trước khi")

#: Letters that are another word with other accents: where accents were typed, they must be the right ones.
HOMOGRAPHS = frozenset(
    """
    so dat tien han con hon the ve muon nop moi bo thoi chi ten ton chua thi khong nguon mau du loi tru hen xuat tu ra
    top thieu nhat cao de ai may vu no vi da gui nhac rut sua sai khoa chot luong in nam giao dang hoi tinh cho dong
    an
    """.split()  # noqa: SIM905
)
