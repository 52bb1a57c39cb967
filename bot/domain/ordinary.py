"""Common Vietnamese syllables and abbreviations, bare of accents: written on purpose, never a mistyped name."""

from __future__ import annotations

_SYLLABLES = """
anh ban bang bao ben bien biet bieu binh bon bot buoc buoi cac cach cai cam can cao cap cau chac cham chan chao chap
chat chau chay chi chia chieu chinh cho choi chon chot chu chua chuan chuc chung chuong chuyen con cong cua cuc cung
cuoc cuoi cuu dai dam dan dang danh dao dat dau day dem den deu dia dich diem dien dieu dinh doan doc doi don dong
dung duoc duoi duong gan gap gay giai giam gian giao giay gio gioi giu giua goi gom gop gui hai han hanh hay hen het
hieu hinh hoa hoac hoan hoat hoc hoi hom hon hong hop huong huu huyen keo ket khac khach kham khi khien kho khoa
khoan khoang khoi khong khu kia kiem kien kinh lai lam lan lanh lap lau lay len lien liet lieu linh loai loi lon
luat luc luon luong luu mac mang mat mau may men mien minh moc moi mon mong mot mua muc muoi muon nam nan nang nao
nay nen neu ngan ngang nganh ngay nghe nghi nghia nghiep ngoai ngoi ngon nguoi nguon nguyen nhac nham nhan nhanh
nhap nhat nhau nhieu nho nhom nhu nhung niem noi nop nua nuoc oan ong phai phan phap phat phep phia phieu pho phong
phu phuc phuong qua quan quang quen quy quyen quyet rang rat rieng roi rong rut sach sai san sang sao sap sat sau
say sinh soat som son song sua suat suc sung suy tai tam tan tang tap tat tau tay ten tha thai tham than thang thanh
thao thap that thau thay the them theo thep thi thich thiet thieu thoa thoi thong thu thua thuan thuc thue thuoc
thuong thuy thuyet tien tiep tieu tim tin tinh toa toan toi ton tong tot trach trai tran trang tranh tren trich
trien trieu trinh tro trong tru truc trung truoc truong truy truyen tuan tung tuoi tuong tuy tuyen van vao vay ven
viec vien viet von vong vua vui vung vuong vuot xa xac xem xep xet xin xong xua xuan xuat xung xuong yeu
"""
ORDINARY = frozenset(_SYLLABLES.split())

#: Abbreviations in small letters that mean something else before they mean an office.
_ABBREVIATIONS = "bc cc cdk ct dk nd qd tb td tl tp tr tt tx ty vb vd vn vv"
SHORTHAND = frozenset(_ABBREVIATIONS.split())
