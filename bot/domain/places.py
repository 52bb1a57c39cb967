"""Places that people name though they may be no unit here: a question about them is never one about oneself."""

from __future__ import annotations

#: The provinces of all times; and the districts of Thanh Hóa, the neighbours of the sample cluster.
_PLACES = """
An Giang, Bà Rịa, Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước, Bình
Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắc Lắc, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà
Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hồ Chí Minh, Huế, Hưng Yên, Khánh Hòa, Kiên
Giang, Kon Tum, Lai Châu, Lạng Sơn, Lào Cai, Lâm Đồng, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú
Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sài Gòn, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình, Thái
Nguyên, Thanh Hóa, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái, Bỉm Sơn, Đông
Sơn, Hà Trung, Hậu Lộc, Hoằng Hóa, Lang Chánh, Nga Sơn, Nghi Sơn, Như Thanh, Như Xuân, Nông Cống, Quảng Xương, Sầm
Sơn, Thạch Thành, Thiệu Hóa, Thọ Xuân, Tĩnh Gia, Triệu Sơn, Vĩnh Lộc, Yên Định, Bá Thước, Quan Hóa, Quan Sơn, Cẩm
Thủy, Ngọc Lặc, Mường Lát, Thường Xuân
"""
PLACES = tuple(" ".join(place.split()) for place in _PLACES.split(","))
