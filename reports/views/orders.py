"""Order among the units of a cluster: a working paper of office and leaders, and what a leader published of it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from campaign.models import Cluster
from reports.models import PublishedOrder
from reports.permissions import why_not_publish, why_not_submissions
from reports.services.orders import publish_order, withdraw_order
from reports.tables import order as orders
from reports.tables.frame import SLUGS
from reports.tables.order import OrderRow
from reports.views.frame import Opened, open_board
from units.models import User
from units.views.navigation import go_to


@require_safe
def order(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The order of one cluster as it stands, with what was published of the period."""
    opened = _for_office(request, pk)
    clusters = list(opened.campaign.clusters.all())
    wanted = request.GET.get("cum", "")
    cluster = next((one for one in clusters if str(one.pk) == wanted), None if wanted else next(iter(clusters), None))
    if wanted and cluster is None:
        raise Http404
    found = PublishedOrder.objects.of(cluster, opened.frame.period).standing()
    context = {
        "clusters": clusters,
        "cluster": cluster,
        "rows": orders.order(opened.frame, cluster) if cluster else (),
        "published": found.select_related("published_by").first(),
        "why_not_publish": why_not_publish(opened.campaign, opened.user),
    }
    return render(request, "reports/order.html", {**opened.context, **context})


@require_POST
def publish(request: HttpRequest, pk: int, cluster_pk: int) -> HttpResponse:
    """Let the units of the cluster see the order of the period."""
    opened = _for_office(request, pk)
    cluster = get_object_or_404(Cluster, pk=cluster_pk, campaign=opened.campaign)
    published = publish_order(opened.frame, cluster, by=opened.user)
    messages.success(request, f"Đã công bố thứ tự: {published}.")
    return _back(request, published)


@require_safe
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """What was published, as it stood that day."""
    row = _visible(request, pk)
    rows = [OrderRow.from_json(one) for one in row.rows]
    context = {"published": row, "rows": rows, "campaign": row.cluster.campaign}
    context["why_not_publish"] = why_not_publish(row.cluster.campaign, cast(User, request.user))
    return render(request, "reports/published_order.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a published order back, with the reason."""
    row = _visible(request, pk)
    withdraw_order(row, by=cast(User, request.user), reason=request.POST.get("reason", ""))
    messages.success(request, "Đã thu hồi thứ tự đã công bố.")
    return _back(request, row)


def _for_office(request: HttpRequest, pk: int | None) -> Opened:
    opened = open_board(request, pk, is_run=True)
    reason = why_not_submissions(opened.campaign, opened.user)
    if reason:
        raise PermissionDenied("Thứ tự giữa các đơn vị dành cho lãnh đạo và cơ quan thường trực cho đến khi công bố.")
    return opened


def _visible(request: HttpRequest, pk: int) -> PublishedOrder:
    rows = PublishedOrder.objects.visible_to(cast(User, request.user))
    return get_object_or_404(rows.select_related("cluster__campaign", "period", "published_by"), pk=pk)


def _back(request: HttpRequest, row: PublishedOrder) -> HttpResponse:
    """To the working paper of the same cluster and period."""
    place = reverse("reports:order", args=[row.cluster.campaign_id])
    return go_to(request, f"{place}?ky={row.period_id}&cum={row.cluster_id}&co-so={SLUGS[row.basis]}")
