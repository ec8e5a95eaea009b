"""The month's report of a whole district takes three pages at most, that for the meeting one, signature included."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from campaign.models import Campaign
from reports.exports.documents import Choices, document
from reports.exports.kinds import BRIEFING, MONTH
from reports.exports.pdf import document_pdf
from reports.tables.frame import Frame
from reports.tables.material import report_material

pytestmark = pytest.mark.django_db
PLACES = tuple(f"Nơi nhận thứ {place} (b/c)" for place in range(8))


def made(kind, number, **choices):
    campaign = Campaign.objects.select_related("authority__kind", "standing_body__kind").get()
    material = report_material(Frame(campaign, campaign.periods.get(number=number), "sent"))
    if choices.pop("by_authority", False):
        choices["issuer"] = campaign.authority
    return document(replace(kind, annexes=()), material, Choices(**choices))


@pytest.mark.parametrize(
    ("kind", "number", "choices"),
    [
        (MONTH, 4, {"recipients": PLACES}),
        (MONTH, 5, {"recipients": PLACES}),
        (MONTH, 5, {"by_authority": True}),
        (BRIEFING, 4, {}),
        (BRIEFING, 5, {}),
    ],
)
def test_text_and_signature_stand_on_as_many_pages_as_the_kind_may_take(demo, kind, number, choices):
    whole = made(kind, number, **choices)

    assert len(PdfReader(BytesIO(document_pdf(whole))).pages) <= kind.pages


def test_who_is_told_comes_from_the_campaigns_own_document(demo):
    office, authority = made(MONTH, 5).letter, made(MONTH, 5, by_authority=True).letter

    assert office.addressees == ("Ủy ban nhân dân huyện Kon Plông",)
    assert office.recipients.lines == ["- Như trên;", "- Chủ tịch, các PCT UBND huyện (b/c);", "- Lưu: VT."]
    assert authority.addressees[0] == "Hội đồng TĐ-KT tỉnh (SNV)"
    assert authority.addressees[2:] == ("Thường trực Huyện ủy", "Thường trực HĐND huyện")
    assert authority.recipients.lines[:3] == [
        "- Như trên;",
        "- Chủ tịch, các PCT UBND huyện (đ/b);",
        "- Ủy ban MTTQ Việt Nam huyện (p/h);",
    ]
    assert authority.recipients.lines[-1] == "- Lưu: VT, PNV."
    assert authority.letterhead.superior == ()
    assert authority.letterhead.number_pattern.endswith("/BC-UBND")
    assert authority.signature.lines == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert office.signature.lines == ("TRƯỞNG PHÒNG",)
