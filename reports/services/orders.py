"""Publishing the order among the units of a cluster, and taking it back: acts of a leader, both in the audit trail."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from campaign.models import Cluster
from reports.models import PublishedOrder
from reports.permissions import why_not_publish
from reports.tables.frame import Frame
from reports.tables.order import order
from units import clock
from units.errors import refuse
from units.models import User
from units.services import record_act
from vietnamese.text import nfc


@transaction.atomic
def publish_order(frame: Frame, cluster: Cluster, *, by: User) -> PublishedOrder:
    """Let the units of the cluster see their order as it stands now; names and counts are kept as of today."""
    refuse(why_not_publish(frame.campaign, by))
    Cluster.objects.select_for_update(of=("self",)).get(pk=cluster.pk)
    if PublishedOrder.objects.of(cluster, frame.period).standing().exists():
        raise ValidationError(
            f"Thứ tự của {cluster} trong {frame.period} đã công bố. Muốn công bố lại thì thu hồi trước."
        )
    rows = order(frame, cluster)
    if not any(row.judged for row in rows):
        raise ValidationError("Chưa có chỉ tiêu nào có số liệu và kế hoạch để xếp thứ tự.")
    published = PublishedOrder.objects.create(
        cluster=cluster,
        period=frame.period,
        basis=frame.basis,
        rows=[row.as_json() for row in rows],
        published_by=by,
        published_at=clock.now(),
    )
    record_act("order.published", by=by, subject=published, unit=frame.campaign.authority)
    return published


@transaction.atomic
def withdraw_order(published: PublishedOrder, *, by: User, reason: str) -> PublishedOrder:
    """Take a published order back; it stays on record with the reason."""
    row = (
        PublishedOrder.objects.select_for_update(of=("self",)).select_related("cluster__campaign").get(pk=published.pk)
    )
    refuse(why_not_publish(row.cluster.campaign, by))
    if row.withdrawn_at is not None:
        raise ValidationError("Thứ tự này đã được thu hồi.")
    if not reason.strip():
        raise ValidationError("Ghi lý do thu hồi.")
    row.withdrawn_at, row.withdrawn_reason = clock.now(), nfc(reason).strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record_act("order.withdrawn", by=by, subject=row, unit=row.cluster.campaign.authority, reason=row.withdrawn_reason)
    return row
