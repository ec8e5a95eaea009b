"""Addresses of the `units` app."""

from django.urls import URLPattern, URLResolver, path

from units.views import account, files, people, register, stand_ins

app_name = "units"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", account.home, name="home"),
    path("dang-nhap/", account.LogIn.as_view(), name="log-in"),
    path("dang-xuat/", account.LogOut.as_view(), name="log-out"),
    path("doi-mat-khau/", account.ChangePassword.as_view(), name="change-password"),
    path("uy-quyen/", stand_ins.stand_ins, name="stand-ins"),
    path("uy-quyen/<int:pk>/thoi/", stand_ins.take_back, name="take-back"),
    path("to-chuc/", register.units, name="units"),
    path("to-chuc/danh-sach.xlsx", register.workbook, name="units-workbook"),
    path("to-chuc/nap/", register.import_units, name="import-units"),
    path("to-chuc/them/", register.new_unit, name="new-unit"),
    path("to-chuc/<int:pk>/", register.unit, name="unit"),
    path("nguoi-dung/", people.people, name="people"),
    path("nguoi-dung/danh-sach.xlsx", people.workbook, name="people-workbook"),
    path("nguoi-dung/nap/", people.import_people, name="import-people"),
    path("nguoi-dung/phieu.pdf", people.slips, name="slips"),
    path("tep/<int:pk>/", files.download, name="file"),
]
