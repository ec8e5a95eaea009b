"""Addresses of the `followup` app."""

from django.urls import URLPattern, URLResolver, path

from followup.views import actions, explanations, inspections, notices, obstacles, reminders

app_name = "followup"
urlpatterns: list[URLPattern | URLResolver] = [
    # Khó khăn, vướng mắc
    path("vuong-mac/", obstacles.obstacle_list_page, name="obstacles"),
    path("vuong-mac/moi/", obstacles.new, name="new-obstacle"),
    path("so-lieu/<int:pk>/vuong-mac/", obstacles.raise_from_figure, name="raise-obstacle"),
    path("bao-cao-thang/<int:pk>/vuong-mac/", obstacles.beside, name="beside"),
    path("xac-nhan/<int:indicator_pk>/<int:period_pk>/vuong-mac/", obstacles.beside_indicator, name="beside-indicator"),
    path("vuong-mac/<int:pk>/", obstacles.obstacle, name="obstacle"),
    path("vuong-mac/<int:pk>/buoc/<slug:name>/", obstacles.move, name="move-obstacle"),
    path("vuong-mac/<int:pk>/y-kien/", obstacles.comment, name="comment"),
    # Đề nghị báo cáo nguyên nhân, giải trình
    path("giai-trinh/", explanations.explanation_list_page, name="explanations"),
    path("giai-trinh/moi/", explanations.ask, name="ask"),
    path("giai-trinh/<int:pk>/", explanations.explanation, name="explanation"),
    path("giai-trinh/<int:pk>/buoc/<slug:name>/", explanations.move, name="move-explanation"),
    # Kiểm tra, kết luận, việc được giao
    path("kiem-tra/", inspections.inspections, name="inspections"),
    path("kiem-tra/moi/", inspections.new_inspection, name="new-inspection"),
    path("kiem-tra/<int:pk>/", inspections.inspection, name="inspection"),
    path("kiem-tra/<int:pk>/van-ban/", inspections.add_paper, name="add-paper"),
    path("kiem-tra/<int:pk>/ket-qua/", inspections.note_findings, name="note-findings"),
    path("kiem-tra/<int:pk>/kien-nghi/", inspections.recommend, name="recommend"),
    path("ket-luan/", inspections.conclusions, name="conclusions"),
    path("ket-luan/moi/", inspections.new_conclusion, name="new-conclusion"),
    path("ket-luan/<int:pk>/", inspections.conclusion, name="conclusion"),
    path("ket-luan/<int:pk>/giao-viec/", inspections.give, name="give"),
    path("viec-duoc-giao/", actions.actions, name="actions"),
    path("viec-duoc-giao/<int:pk>/", actions.action, name="action"),
    path("viec-duoc-giao/<int:pk>/ket-qua/", actions.report_done, name="report-done"),
    path("viec-duoc-giao/<int:pk>/mo-lai/", actions.reopen, name="reopen-item"),
    # Điển hình, mô hình; tin, bài; đề xuất biểu dương
    path("dien-hinh/", actions.records, name="records"),
    path("dien-hinh/moi/", actions.new_record, name="new-record"),
    path("dien-hinh/<int:pk>/go/", actions.withdraw_record, name="withdraw-record"),
    # Đôn đốc
    path("don-doc/", reminders.choose, name="remind"),
    path("don-doc/phong-trao/<int:pk>/gui/", reminders.send, name="send-reminders"),
    path("don-doc/phong-trao/<int:pk>/cach-nhac/", reminders.set_policy, name="set-policy"),
    path("don-doc/nhat-ky/", reminders.reminders, name="reminders"),
    path("don-doc/<int:pk>/", reminders.reminder, name="reminder"),
    path("don-doc/<int:pk>/cong-van.pdf", reminders.letter_pdf, name="reminder-pdf"),
    path("don-doc/<int:pk>/cong-van.docx", reminders.letter_word, name="reminder-word"),
    path("don-doc/<int:pk>/cach-gui/", reminders.log_delivery, name="log-delivery"),
    path("don-doc/<int:pk>/tra-loi/", reminders.answer, name="answer-reminder"),
    path("don-doc/<int:pk>/gui-lai-thu/", reminders.mail_again, name="mail-again"),
    # Thông báo
    path("thong-bao/", notices.notices, name="notices"),
    path("thong-bao/da-doc/", notices.read_all, name="read-all"),
    path("thong-bao/<int:pk>/mo/", notices.open_notice, name="open-notice"),
]
