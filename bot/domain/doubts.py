"""What people ask for that is not kept here, as data: it is asked back, never answered with something near."""

from __future__ import annotations

# As in EVIDENCE. "left" is what is still to be done: a doubt, unless it is held against a target.
DOUBTS = """
doubt 0 | ai là chi cục trưởng, ai là thủ trưởng, tên gì, ai là trưởng, trừ, ngoại trừ, trừ ra, không tính, không kể
doubt 0 | loại ra, không bao gồm, pdf, powerpoint, pptx, tuần, tuần này, tuần trước, hôm qua, hôm kia, hôm trước
doubt 0 | ngày mai, tại sao, vì sao, sao lại, do đâu, tháng sau, tháng tới, sang năm, năm sau, kỳ sau, kỳ tới, dự báo
doubt 0 | dự kiến, ước tính, đừng, khỏi phải, nhắc, nhắc nhở, gia hạn, mở khóa, mở lại, chốt, chốt sổ, khóa sổ, rút
doubt 0 | rút lại, lịch sử, sửa, sửa lại, xóa, trả lại, đính chính, từ … đến @period, chưa xong, chưa giải quyết
doubt 0 | còn tồn, tồn đọng, án tồn, tồn, chưa thụ lý, không xong, chưa có điều kiện, không có điều kiện
doubt 0 | chưa đủ điều kiện, trung bình, bình quân, chưa thi hành, thất bại, không đạt, tổ chức, nhân sự, biên chế
doubt 0 | lương, thưởng!, kỷ luật, nghỉ phép, giá vàng, thời tiết, chấp hành viên, kê biên, đấu giá, bị cáo, khiếu nại
doubt 0 | tố cáo, kế toán, tăng lương, mỗi tháng, từng tháng, hàng tháng, các tháng, gần đây, từ đầu nhiệm kỳ, sai
doubt 0 | thu hồi, không đúng, không khớp, lỗi, 6 tháng cuối, tháng cuối, cuối năm, hẹn
doubt 0 | bao nhiêu người, mấy người, điện thoại
doubt 0 | số điện thoại, địa chỉ, tên, chiếm … cụm, chiếm … tỉnh, @office chiếm, từ @period, không phải, chưa được
doubt 0 | chuyển kỳ sau, đình chỉ, ủy thác, hoãn, tạm đình chỉ, quá hạn, từ tháng, ngoài!, không có @office
doubt 0 | bỏ @office, làm gì nữa, phải làm gì, thì làm gì, ngoài @office, trừ @office, bỏ qua @office, thế giới
doubt 0 | từ đầu năm dương lịch, từ đầu tháng, từ đầu quý, từ đầu tuần, năm kia, năm kìa, hai năm trước
doubt 0 | xếp hạng các cụm, cụm nào, giữa các cụm, các cụm với nhau
doubt 0 | cả nước, mấy giờ họp, khi nào họp, bao giờ họp, toàn quốc, trung ương
doubt 0 | còn phải thi hành, phải giải quyết, phải thi hành, phải thu
doubt 0 | còn lại bao nhiêu, còn lại mấy, việc còn lại, tiền còn lại, số còn lại, án còn lại, chưa thu, chưa thu được
doubt 0 | thụ lý mới, việc mới, mới thụ lý, án mới, mới nhận, vụ mới, số mới, việc cũ, năm trước chuyển sang
doubt 0 | cách đây, tăng nhiều nhất, giảm nhiều nhất, tăng mạnh nhất, giảm mạnh nhất, tăng nhanh nhất
doubt 0 | giảm sâu nhất, tăng … nhất, giảm … nhất, tiến bộ, tiến bộ nhất, tụt … nhất, đầu tiên, sau cùng, cuối cùng
doubt 0 | số đơn vị, tổng số đơn vị, gửi báo cáo cho tôi, gửi báo cáo cho em, gửi báo cáo cho anh
doubt 0 | gửi báo cáo cho chị, gửi báo cáo cho mình, gửi báo cáo cho bác, gửi tôi báo cáo, gửi em báo cáo
doubt 0 | vừa thụ lý, tháng kia, vươn lên, bứt phá, cải thiện, sụt giảm, thụt lùi, tụt hạng, tăng hạng, lên hạng
doubt 0 | sau @month, trước @month, ai nộp trước, đơn vị nào nộp trước, ai nộp cuối, đơn vị nào nộp cuối
doubt 0 | lúc mấy giờ, lần nộp, lần gửi
doubt 0 | gửi báo cáo … cho tôi, gửi báo cáo … cho em, gửi báo cáo … cho anh, gửi báo cáo … cho chị
left 0 | còn bao nhiêu việc, còn bao nhiêu tiền, còn bao nhiêu vụ, còn bao nhiêu án, còn bao nhiêu tỷ, còn mấy việc
left 0 | còn mấy vụ, còn mấy tỷ, còn mấy án, còn phải xong, còn phải làm, còn phải thu, còn phải giải quyết
"""
