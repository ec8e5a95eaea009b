"""`manage.py run_due`: what the clock alone brings about; the worker calls it every minute."""

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from followup.services.announcing import announce
from followup.services.digest import send_digests
from followup.services.mail import send_due_mail
from reports import tasks
from reports.services.due import draw_up_due
from units.management import command as base
from units.services.reorganising import take_up_names

#: Finished tasks are kept this long, so that somebody can look up what went wrong.
KEEP_FINISHED = timedelta(days=30)


class Command(base.Command):
    """Lateness and locks are derived when read; what has served its time goes, what was left undone goes on."""

    help = (
        "Làm việc đến hạn: dọn phiên và việc nền cũ, làm tiếp việc bỏ dở, đổi tên đơn vị đến ngày, lập dự thảo "
        "báo cáo đến hạn, báo việc trong ngày, gửi thư đang chờ."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove, and write nothing when there is nothing to remove."""
        sessions = Session.objects.filter(expire_date__lt=timezone.now())
        finished = DBTaskResult.objects.filter(
            status__in=[TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED],
            finished_at__lt=timezone.now() - KEEP_FINISHED,
        )
        removed = [rows.delete()[0] if rows.exists() else 0 for rows in (sessions, finished)]
        resumed = tasks.resume()
        if options["verbosity"]:
            self.stdout.write(
                f"Đã xóa {removed[0]} phiên đăng nhập hết giờ và {removed[1]} kết quả việc nền cũ; "
                f"xếp hàng lại {resumed} việc."
            )
        take_up_names()
        drafts = draw_up_due()
        announced = announce()
        told = send_digests()
        sent, failed = send_due_mail()
        if options["verbosity"]:
            self.stdout.write(
                f"Đã lập {len(drafts)} dự thảo báo cáo đến hạn; báo việc trong ngày cho {told} người, "
                f"{announced} thông báo về phát động, điều chỉnh; "
                f"gửi {sent} thư, {failed} thư chờ gửi lại."
            )
