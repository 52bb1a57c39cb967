"""What people say when they want something: phrases and their weight, as data."""

from __future__ import annotations

# One line: what the phrases speak for, their weight, the phrases. 4 settles it, 2 is enough alone, 1 is a hint.
# "…" lets other words stand between. A longer phrase silences the shorter ones inside it, whatever it speaks for.
# @office @group @period @amount @percent stand for what was read there.
EVIDENCE = """
totals 3 | tổng, tổng số, tổng cộng, tổng hợp, cộng lại, cộng dồn, tổng số liệu, số tổng, tổng kết, tổng bao nhiêu
totals 3 | tổng @office, lũy kế
totals 2 | từ đầu năm, từ đầu năm đến nay, từ đầu năm tới nay, từ đầu năm đến giờ, từ đầu kỳ, từ đầu kỳ đến nay
totals 2 | bao nhiêu việc, bao nhiêu tiền, bao nhiêu vụ, mấy việc, mấy vụ, bao nhiêu đồng, bao nhiêu tỷ, bao nhiêu án
totals 2 | số liệu @group, tình hình @group, kết quả @group, số liệu của @group, @group thế nào, số liệu chung
totals 2 | kết quả của @group, tình hình của @group, xem @group, gửi cho tôi số liệu @group, gửi số liệu @group cho
totals 2 | cho tôi số liệu @group, lấy số liệu @group
totals 3 | số liệu … các đơn vị, số liệu … từng đơn vị, số liệu … mỗi đơn vị
totals 1 | số liệu, kết quả, tình hình
rates 4 | tỷ lệ, phần trăm, bao nhiêu phần trăm, mấy phần trăm, bao nhiêu %, mấy %, %, đạt tỷ lệ, tỷ suất
rates 3 | đạt bao nhiêu, đạt được bao nhiêu, tiến độ, đạt mấy, tiến độ thi hành
office 3 | số liệu @office, kết quả @office, tình hình @office, số liệu của @office, kết quả của @office
office 3 | @office thế nào, tình hình của @office, @office ra sao, @office sao rồi, xem @office, báo cáo của @office
office 3 | số của @office, @office làm ăn, @office làm được gì, số @office, thông tin @office, báo cáo @office
office 3 | số liệu của tôi, số liệu đơn vị tôi, số của tôi, số liệu chi cục tôi
office 2 | gửi cho tôi số liệu @office, cho tôi số liệu @office, gửi số liệu @office cho, cho xin số liệu @office
office 2 | cho tôi xin số liệu @office, gửi tôi số liệu @office, gửi anh số liệu @office, lấy số liệu @office
office 1 | số liệu, kết quả, tình hình, số má, số liệu của, kết quả của, tình hình của
ranking 7 | xếp hạng … nộp, nộp sớm nhất, nộp nhanh nhất, nộp muộn nhất, nộp chậm nhất, xếp hạng … hạn, nộp trước nhất
ranking 6 | xếp hạng, xếp thứ, xếp thứ mấy, bảng xếp hạng, thứ hạng, đứng thứ, đứng thứ mấy, hạng mấy, xếp loại
ranking 6 | thứ mấy
ranking 5 | nhiều … nhất, ít … nhất, đơn vị nào … nhất, chi cục nào … nhất, ai … nhất, ai … nhất cụm, dẫn đầu
ranking 5 | đứng đầu, đứng cuối, đầu bảng, cuối bảng, cao nhất, thấp nhất, nhiều nhất, ít nhất, tốt nhất, kém nhất
ranking 5 | bét, bét bảng, đội sổ, nhất cụm, bét cụm, giỏi nhất, yếu nhất, chậm nhất, nhanh nhất, đứng nhất, ai nhất
ranking 5 | đơn vị nào nhất, ai hơn ai, top, đứng bét, xếp cuối, xếp đầu, về nhất, sớm nhất, ai cao, ai thấp
ranking 5 | thứ tự các đơn vị, sắp xếp, từ cao xuống thấp, từ cao đến thấp, từ thấp lên cao, tụt lại, đứng ở đâu
ranking 5 | xếp theo, đứng chót, chót bảng, chót, xếp chót, đứng bét bảng, cuối cụm, đầu cụm
ranking 3 | đơn vị nào … hơn, ai … hơn
ranking 8 | đơn vị nào … đạt chỉ tiêu, đơn vị nào … vượt chỉ tiêu, ai … đạt chỉ tiêu, ai … vượt chỉ tiêu, ai chưa đạt
ranking 8 | đơn vị nào … chưa đạt, mấy đơn vị … đạt, bao nhiêu đơn vị … đạt, chi cục nào … đạt, đơn vị nào đạt
ranking 8 | đơn vị nào … đạt kế hoạch, ai … đạt kế hoạch, chỉ tiêu … từng đơn vị, chỉ tiêu … mỗi đơn vị, ai đạt
ranking 8 | từng đơn vị … chỉ tiêu, mỗi đơn vị … chỉ tiêu, đơn vị nào vượt, ai vượt
ranking 8 | các đơn vị … đạt chỉ tiêu, đơn vị nào … @percent, mấy đơn vị … @percent, bao nhiêu đơn vị … @percent
ranking 8 | hay nộp muộn, hay nộp trễ, hay nộp chậm, hay trễ hạn, hay muộn, hay chậm, thường nộp muộn, thường nộp trễ
ranking 8 | hay quá hạn, thường xuyên nộp muộn, thường xuyên muộn, thường xuyên trễ, nộp muộn mấy lần
ranking 8 | muộn mấy lần, nộp muộn bao nhiêu lần
ranking 7 | từng đơn vị … bao nhiêu, từng đơn vị … mấy, mỗi đơn vị … bao nhiêu, mỗi đơn vị … mấy
ranking 7 | mỗi chi cục … bao nhiêu, mỗi chi cục … mấy, từng chi cục … bao nhiêu, từng chi cục … mấy
ranking 4 | số liệu … các đơn vị, số liệu … từng đơn vị, số liệu … mỗi đơn vị
missing 5 | nộp … chưa, gửi … chưa, báo cáo … có chưa, báo cáo … chưa, bao nhiêu … gửi số liệu, bao nhiêu … nộp rồi
missing 5 | bao nhiêu … đã nộp, mấy … nộp rồi, mấy … đã nộp, trễ hạn, muộn hạn, quá hạn nộp, ai … trễ, ai … muộn
missing 5 | bao nhiêu … chưa nộp, đã gửi số liệu, ai gửi rồi, nộp … bao nhiêu đơn vị, nộp … mấy đơn vị
missing 5 | bao nhiêu đơn vị, mấy đơn vị, danh sách chưa nộp, danh sách đã nộp, danh sách … nộp
missing 4 | chưa nộp, ai chưa nộp, nộp chưa, đã nộp chưa, chưa gửi số liệu, chưa báo cáo, chưa gửi, chưa có số liệu
missing 4 | nộp đủ chưa, nộp đủ, nộp đầy đủ, đủ chưa, đủ số liệu chưa, thiếu ai, thiếu đơn vị, còn thiếu ai
missing 4 | nộp hết chưa, nộp muộn, nộp trễ, nộp chậm, nộp quá hạn, gửi muộn, gửi trễ, chậm nộp, ai nộp
missing 4 | đơn vị nào nộp, nợ số liệu, thiếu đơn vị nào, còn đơn vị nào, còn ai, thiếu số liệu, chưa thấy số liệu
missing 4 | nợ báo cáo, tiến độ nộp, nộp hay chưa, đã nộp hay chưa, gửi chưa, mấy đơn vị nộp, bao nhiêu đơn vị nộp
missing 4 | báo cáo chưa, gửi số liệu chưa, nộp số liệu chưa, nộp báo cáo chưa, nộp đúng hạn, tình hình nộp
missing 4 | danh sách nộp, đủ … chưa, chưa nộp số liệu, chưa nộp báo cáo, ai đã nộp, ai nộp rồi, đơn vị nào đã nộp
missing 4 | đơn vị nào nộp rồi, ai … nộp chưa, ai … chưa nộp, chưa … nộp, còn thiếu đơn vị, mấy nơi nộp, nộp được mấy
missing 4 | ai nợ, ai còn nợ, đơn vị nào chưa nộp, tình hình nộp báo cáo, tình hình nộp số liệu, chưa chịu nộp
missing 4 | ai … nộp rồi, tôi đã nộp chưa, em đã nộp chưa, tôi nộp chưa, em nộp chưa, mình nộp chưa, tôi nộp rồi chưa
missing 4 | chúng tôi nộp chưa
missing 3 | đơn vị nộp rồi, đơn vị đã nộp, đã nộp, nộp rồi, gửi rồi, @office nộp rồi, đã nộp số liệu
missing 2 | ai chưa, đơn vị nào chưa, những ai chưa
missing 1 | tôi nộp rồi, tôi đã nộp, tôi đã nộp rồi, em nộp rồi, em đã nộp, em đã nộp rồi, mình nộp rồi
missing 1 | chúng tôi nộp rồi, tôi gửi rồi, em gửi rồi, tôi vừa nộp, em vừa nộp, tôi nộp xong rồi, em nộp xong rồi
missing 1 | tôi đã gửi, tôi vừa gửi
compare 5 | so với, so sánh, so … với, so cùng kỳ, cùng kỳ, so với cùng kỳ, tăng hay giảm, tăng giảm, đối chiếu, so kè
compare 5 | so sánh với, so sánh … với, so … và, hơn tháng trước, hơn cùng kỳ, hơn năm ngoái, kém tháng trước
compare 5 | so tháng trước, @period so @period, @period với @period, @period so với @period, @period và @period
compare 4 | tăng bao nhiêu, giảm bao nhiêu, hơn kém, chênh lệch, chênh, hơn … bao nhiêu, kém … bao nhiêu, so năm ngoái
compare 4 | có tăng không, có hơn, tăng so với, giảm so với, hơn @office, kém @office, thua @office, hơn … không
compare 4 | kém … không, có hơn … không
compare 5 | so @office, so @group, so cả cụm, so toàn cụm, so toàn tỉnh, so cả tỉnh
compare 3 | @office với @office, @office và @office, @office hay @office, giữa @office
increments 4 | phát sinh, riêng tháng, trong tháng, chỉ tính tháng, riêng @month, trong @month, chỉ @month
increments 4 | chỉ tính @month, phát sinh trong, riêng trong @month, phát sinh mới, một mình @month, nội trong @month
increments 4 | tính riêng @month
increments 4 | phát sinh mấy việc mới, phát sinh bao nhiêu việc mới, phát sinh việc mới, phát sinh bao nhiêu vụ mới
increments 3 | tháng này làm được, làm thêm được, tăng thêm được, riêng kỳ, trong kỳ, trong riêng @month, không lũy kế
targets 6 | so với chỉ tiêu, so chỉ tiêu, so với kế hoạch, chưa đạt chỉ tiêu, chưa đạt kế hoạch
targets 5 | chỉ tiêu, đạt chỉ tiêu, còn thiếu bao nhiêu, thiếu bao nhiêu, để đạt, đạt kế hoạch, vượt chỉ tiêu
targets 5 | thì đạt @percent, chỉ tiêu được giao, cần thêm bao nhiêu, còn bao nhiêu … nữa, bao nhiêu … nữa, đạt … chưa
targets 5 | để đạt @percent, để được @percent, mục tiêu, kế hoạch được giao, đạt yêu cầu, vượt kế hoạch
targets 5 | giao bao nhiêu, thì đạt chỉ tiêu, phải làm thêm bao nhiêu, phải xong thêm bao nhiêu, cần bao nhiêu
targets 5 | nữa thì đạt, mới đạt @percent, còn thiếu … để
targets 6 | thì được @percent, đạt @percent … cần, muốn được @percent, muốn đạt @percent, cần … đạt @percent
targets 6 | cần … lên @percent, cần … được @percent, để lên @percent, cần thêm mấy, còn xa chỉ tiêu, xa chỉ tiêu, còn xa
targets 6 | thêm … thì đạt @percent, thêm … thì được @percent, thiếu … đạt @percent, thiếu … được @percent
targets 6 | muốn lên @percent, phải lên @percent
what_if 7 | nếu … thêm, giả sử … thêm, nếu … @amount, giả sử … @amount, nếu như … thêm, giả dụ … thêm, ví như … thêm
what_if 7 | thử thêm @amount, nếu … bớt, giả sử … bớt, xong thêm @amount thì, thêm @amount … thì
what_if 7 | giải quyết thêm @amount thì, thêm được @amount, thêm @amount nữa thì, cộng thêm @amount
what_if 1 | nếu, giả sử
what_if 1 | gần @amount, khoảng @amount, tầm @amount, chừng @amount, độ @amount, xấp xỉ @amount, cỡ @amount
chart 7 | biểu đồ, vẽ biểu đồ, đồ thị, vẽ đồ thị, vẽ hình, vẽ!, bằng hình, biểu đồ hóa, bieu do tron, biểu đồ cột
chart 7 | chart
paragraph 6 | soạn sẵn, viết sẵn, đoạn văn, viết đoạn, viết báo cáo, soạn báo cáo, đoạn báo cáo, viết đoạn báo cáo
paragraph 6 | viết đoạn văn, đoạn tổng hợp, soạn đoạn, viết hộ báo cáo, viết giúp báo cáo, viết lời, thảo báo cáo
paragraph 6 | viết văn bản, làm đoạn báo cáo, thành văn, viết phần báo cáo, lời văn, viết … báo cáo, soạn … báo cáo
paragraph 6 | viết thành đoạn, viết đánh giá, viết nhận xét, đoạn đánh giá, viết … đoạn, đoạn nhận xét, một đoạn
paragraph 5 | không lấy số lẻ, lấy số lẻ, số lẻ, bỏ số lẻ, chữ số thập phân, không số lẻ, số thập phân, làm tròn
export 6 | xuất, xuất file, xuất excel, xuất ra, tải file, tải về, excel, xlsx, file word, docx, csv, bảng tính
export 6 | file excel, xuất word, xuất csv, xuất báo cáo, xuất số liệu, tải số liệu, kết xuất, tải báo cáo, tải excel
export 6 | gửi file, file số liệu, bản word, bản excel, cho file, file tổng hợp, in ra, kết xuất file, xuất bảng
export 6 | bản in
source 6 | lấy ở đâu, lấy từ đâu, ở đâu ra, từ đâu ra, nguồn, nguồn số liệu, lấy đâu ra, căn cứ vào đâu, ai nhập
source 6 | nguồn gốc, số này ở đâu, nguồn ở đâu, ai gửi số này, ai nhập số, dựa vào đâu, đâu ra, số này của ai
source 6 | ai báo số này, từ đâu, lấy số ở đâu, lấy số liệu ở đâu, lấy số liệu từ đâu, ai nhập số liệu, trích từ đâu
source 6 | ai nộp số này, ai nộp số đó, ai nộp số liệu này, ai đã nộp số này
source 6 | tin nhắn nào, ai … nhập, người nhập, ai là người nhập, người nào nhập, ai … gõ
source 6 | lần nộp gần nhất, lần nộp cuối, lần nộp mới nhất, nộp lần cuối, nộp gần nhất, lần gửi gần nhất
source 6 | công thức, công thức tính, cách tính tỷ lệ, tính theo công thức nào
source 6 | tính thế nào, tính như nào, tính như thế nào, tính kiểu gì, tính ra sao
deadlines 6 | thứ mấy là hết hạn, thứ mấy hết hạn, mai hết hạn, phải hạn nộp, hạn nộp, hết hạn, bao giờ hết hạn
deadlines 6 | đến hạn, hạn chót, khi nào hết hạn, hạn cuối, bao giờ nộp, khi nào nộp, bao giờ phải nộp
deadlines 6 | khi nào phải nộp, hạn là khi nào, hạn bao giờ, hạn khi nào, ngày nào nộp, deadline, thời hạn
deadlines 6 | hạn ngày nào, hạn báo cáo, mấy giờ hết hạn, còn mấy ngày, còn bao lâu, ngày mấy nộp, nộp trước ngày nào
deadlines 6 | hạn của tôi, hạn nộp số liệu, hạn nộp báo cáo, còn hạn, quá hạn chưa, hết hạn chưa, thời hạn nộp
deadlines 6 | hạn gửi, hôm nào nộp, hôm nào phải nộp, ngày nào phải nộp, ngày mấy phải nộp, kỳ hạn, còn mấy hôm
deadlines 6 | phải nộp khi nào, hôm nào hết hạn, ngày nào hết hạn, phải nộp trước, khóa sổ khi nào, bao giờ khóa sổ
deadlines 6 | hạn đến, hạn tới, bao giờ … nộp, khi nào … nộp, hôm nào … nộp, ngày nào … nộp, ngày mấy … nộp
template 6 | mẫu, biểu mẫu, xin mẫu, cho mẫu, cho tôi mẫu, gửi mẫu, mẫu excel, file mẫu, mẫu nộp, mẫu báo cáo
template 6 | mẫu biểu, cú pháp nộp, cú pháp, mẫu số liệu, mẫu tin nhắn, gửi mẫu excel, mẫu nộp số liệu, biểu mẫu excel
template 6 | mẫu file excel, theo mẫu nào, điền vào đâu, form, mẫu nhắn tin, mẫu tin, nhắn tin mẫu, nhắn theo mẫu
submit 4 | muốn nộp, nộp số liệu, gửi số liệu, nộp báo cáo, nộp luôn, xin nộp, cần nộp, cho tôi nộp, nộp ngay
submit 4 | nộp giúp, muốn nộp số liệu, nhập số liệu, điền số liệu, nộp bây giờ, bắt đầu nộp, báo số liệu, gửi báo cáo
submit 4 | nộp đây, báo cáo số liệu, xin báo cáo số liệu, nộp số, nộp cho, nộp số liệu @period, để tôi nộp, để em nộp
submit 3 | nộp, nộp @period, nộp số liệu @office, gửi số liệu @office
totals 2 | gửi báo cáo cho tôi, gửi báo cáo cho em, gửi báo cáo cho anh, gửi báo cáo cho chị, gửi báo cáo cho mình
totals 2 | gửi tôi báo cáo, gửi em báo cáo, gửi anh báo cáo, gửi báo cáo cho bác
totals 2 | gửi báo cáo … cho tôi, gửi báo cáo … cho em, gửi báo cáo … cho anh, gửi báo cáo … cho chị
paragraph 2 | gửi báo cáo cho tôi, gửi báo cáo cho em, gửi báo cáo cho anh, gửi báo cáo cho chị, gửi báo cáo cho mình
paragraph 2 | gửi tôi báo cáo, gửi em báo cáo, gửi anh báo cáo, gửi báo cáo cho bác
paragraph 2 | gửi báo cáo … cho tôi, gửi báo cáo … cho em, gửi báo cáo … cho anh, gửi báo cáo … cho chị
submit 1 | gửi báo cáo cho tôi, gửi báo cáo cho em, gửi báo cáo cho anh, gửi báo cáo cho chị, gửi báo cáo cho mình
submit 1 | gửi tôi báo cáo, gửi em báo cáo, gửi anh báo cáo, gửi báo cáo cho bác
nil 5 | không phát sinh, không có phát sinh, không có gì mới, không phát sinh gì, chẳng có gì mới
nil 5 | không có gì phát sinh, ko phát sinh, không có việc mới, không có thay đổi, không phát sinh việc
nil 5 | không phát sinh mới, không có số liệu mới, không thay đổi gì, không có biến động, k phát sinh
nil 5 | không phát sinh thêm, chưa phát sinh, chưa phát sinh gì
invite 5 | mời người, mã mời, gửi lời mời, tạo mã mời, mời thêm, lời mời, thêm người, mời đồng chí, mời anh, mời chị
invite 5 | cấp mã, cấp quyền cho, thêm cán bộ, thêm tài khoản, mời cán bộ, mời vào, mời … vào, thêm thành viên
invite 5 | mời người mới, mời chi cục trưởng, mời thủ trưởng, mời em, mời bạn
me 5 | tôi là ai, quyền của tôi, vai trò của tôi, tôi có quyền gì, tôi được làm gì, tôi thuộc đơn vị nào
me 5 | tôi đang là ai, tài khoản của tôi, em là ai, quyền của em, chức vụ của tôi, thông tin của tôi, tôi ở đơn vị nào
me 5 | tôi có vai trò gì, tôi là gì, tôi được xem gì, tôi được xem những gì, tôi có những quyền gì, tôi thuộc cụm nào
me 4 | tôi … là ai, em … là ai, tôi đang là ai, quyền gì, có quyền gì, những quyền gì, vai trò gì
help 6 | cách dùng, hướng dẫn, trợ giúp, giúp tôi dùng, dùng thế nào, sử dụng thế nào, làm được gì, cách sử dụng
help 6 | dùng ra sao, hỏi được gì, bot làm gì, có những lệnh nào, các lệnh, danh sách lệnh, lệnh gì, chỉ tôi cách
help 6 | hướng dẫn sử dụng, làm thế nào để, làm sao để, cách nộp, nộp thế nào, nộp như thế nào, nộp ra sao
help 6 | nộp kiểu gì, dùng kiểu gì, trợ lý, cách nộp số liệu, hướng dẫn nộp, hướng dẫn nộp số liệu, biết làm gì
help 6 | giúp được gì, nộp bằng cách nào, dùng bot, không biết dùng, chưa biết dùng, cách làm, help, mày làm được gì
help 6 | trả lời được gì, dùng như nào, hỏi gì được
cancel 5 | hủy, hủy bỏ, thôi không nộp, không nộp nữa, bỏ đi, dừng lại, hủy đi, thôi bỏ, hủy nộp, thôi hủy
cancel 5 | hủy thao tác, không làm nữa, thôi không làm nữa, làm lại từ đầu, thoát, thôi không nộp nữa, thôi khỏi
cancel 5 | bỏ qua đi, hủy giúp
cancel 2 | thôi
nothing 0 | tôi nộp rồi, tôi đã nộp, tôi đã nộp rồi, em nộp rồi, em đã nộp, em đã nộp rồi, mình nộp rồi
nothing 0 | chúng tôi nộp rồi, tôi gửi rồi, em gửi rồi, tôi vừa nộp, em vừa nộp, tôi nộp xong rồi, em nộp xong rồi
nothing 0 | tôi đã gửi, tôi vừa gửi, xuất sắc, đề xuất, sản xuất, đồng chí, làm việc, chi cục, chi cục trưởng
nothing 0 | thi hành án, thi hành án dân sự, tỷ đồng, công việc, thế nào cũng được, mẫu mực, gương mẫu, nguồn thu
nothing 0 | nguồn lực, mục đích, mới đây, chào, dân sự, cho tôi hỏi, cho em hỏi, xin hỏi, cho hỏi, làm ơn, giúp tôi
nothing 0 | giúp em, cảm phiền, cho tôi biết, cho em biết, hỏi chút, cho tôi xem, cho em xem, cho xem, tôi muốn xem
nothing 0 | muốn biết, cho tôi xin, cho em xin, báo cáo đồng chí, báo cáo anh, báo cáo sếp, báo cáo chị, hỏi tí
nothing 0 | hỏi một chút, với ạ, giúp với, giúp cái, sếp hỏi, sếp cần, lãnh đạo hỏi, hiện nay, bây giờ, hiện tại
nothing 0 | đến nay, đến giờ, tính đến nay, hôm nay, sáng nay, chiều nay, lúc này, thời điểm này, trong cụm
nothing 0 | trong tỉnh, của cụm, về đích, bạn ơi, anh ơi, em ơi, bot ơi, dạ thưa, nhờ bot, cho anh hỏi, cho chị hỏi
nothing 0 | đang có, gồm những ai, gấp gấp, đã giải quyết được, đi họp, đang họp, một chút, ngay nhé, giúp anh
nothing 0 | giúp chị, cho anh xem, cho anh xin, cho chị xem, cho chị xin, cho mình hỏi, cho mình xem, cho mình xin
nothing 0 | cho mình biết, nhờ em, gửi cho tôi, gửi cho anh, gửi giúp tôi, gửi tôi, gửi anh, gửi lại cho tôi
nothing 0 | cho anh biết, nhắn giúp, cho tôi số liệu, lấy cho tôi, lấy giúp tôi, tra giúp, xem giúp, xem hộ, hỏi hộ
nothing 0 | cho bác hỏi, ạ cho em hỏi, xin lỗi, phiền đồng chí, đồng chí ơi, đồng chí cho, đồng chí cho biết, ad ơi
nothing 0 | bot cho hỏi, em chào anh, đề nghị, nhìn chung, nói chung, thật nhanh, giúp cho, mấy giờ rồi, có phát sinh
nothing 0 | dạo này, mới nhất, đợt này, hồi này, lúc nãy, hôm rồi
by_time 0 | nộp đúng hạn, nộp sớm nhất, nộp nhanh nhất, nộp chậm nhất, nộp muộn nhất, nộp trước nhất, đúng hạn
by_time 0 | sớm nhất, nhanh nhất, chậm nhất, kịp thời, muộn nhất, nộp sớm, theo thời gian nộp, về thời gian nộp
by_time 0 | hay nộp muộn, hay nộp trễ, hay nộp chậm, hay trễ hạn, hay muộn, hay chậm, thường nộp muộn, thường nộp trễ
by_time 0 | hay quá hạn, thường xuyên nộp muộn, thường xuyên muộn, thường xuyên trễ, nộp muộn mấy lần
by_time 0 | muộn mấy lần, nộp muộn bao nhiêu lần
each 0 | từng đơn vị … bao nhiêu, từng đơn vị … mấy, mỗi đơn vị … bao nhiêu, mỗi đơn vị … mấy
each 0 | mỗi chi cục … bao nhiêu, mỗi chi cục … mấy, từng chi cục … bao nhiêu, từng chi cục … mấy
by_target 0 | chỉ tiêu, theo chỉ tiêu, kế hoạch, về chỉ tiêu, so với chỉ tiêu, hoàn thành chỉ tiêu, đạt chỉ tiêu
by_target 0 | đơn vị nào … đạt chỉ tiêu, đơn vị nào … vượt chỉ tiêu, ai … đạt chỉ tiêu, ai … vượt chỉ tiêu
by_target 0 | đơn vị nào … chưa đạt, mấy đơn vị … đạt, bao nhiêu đơn vị … đạt, chi cục nào … đạt, đơn vị nào đạt
by_target 0 | đơn vị nào … đạt kế hoạch, ai … đạt kế hoạch, ai chưa đạt, ai đạt, đơn vị nào vượt, ai vượt
by_target 0 | các đơn vị … đạt chỉ tiêu
how_many 0 | bao nhiêu, mấy, được bao nhiêu, là bao nhiêu, bao nhiêu rồi
how 0 | thế nào, ra sao, sao rồi, như thế nào, thế nào rồi, như nào, tới đâu rồi, đến đâu rồi, kiểu gì, đến đâu
more 0 | thì sao, thế còn, vậy còn, nữa, thì thế nào, thì bao nhiêu, còn về, thế thì, nữa thì sao, cũng thế, tương tự
more 0 | cũng vậy, đổi sang, chuyển sang, còn lại thì
this 0 | số này, số đó, số liệu này, số liệu đó, kết quả này, vừa rồi, con số này, số kia, con số đó, cái này, cái đó
chat 0 | chào, xin chào, hello, hi, cảm ơn, thank, thanks, ok, vâng, dạ vâng, tạm biệt, chúc, được rồi, tốt lắm
chat 0 | chào bot, cám ơn, xin cảm ơn, trân trọng cảm ơn, rõ, alo, oke, hay quá, đã rõ, nhất trí, chào cả nhà
chat 0 | chào đồng chí
data 0 | số liệu, kết quả, tình hình, số liệu của, kết quả của, tình hình của, thông tin, số má
asking 0 | chưa, bao giờ, khi nào, nào, mấy, gì, bao nhiêu, không, ai, đâu, hay, sao, hôm nào, ngày nào, ngày mấy
asking 0 | nộp chưa, gửi chưa, đã nộp chưa, thế nào, ra sao, ai nộp, ai chưa nộp
"""

#: Two things read together: what they speak for, the weight, what must have been read.
TOGETHER = """
totals 2 | indicator how_many
totals 2 | @group how
totals 2 | @group data
office 2 | @office data
office 2 | mine data
ranking -2 | two
totals 1 | @group how_many
totals 1 | measure how_many
office 1 | @office how_many
office 2 | @office how
office 2 | mine how
office 1 | mine how_many
rates 2 | percent how_many
submit 7 | figures indicator
submit 6 | six
submit 3 | amount indicator
submit -9 | if
submit -3 | asking
nil -3 | asking
submit -7 | how_many
"""
