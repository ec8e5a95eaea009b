"""Who writes alone and who below a superior: out of the units' own names, without a word of one place."""

import pytest

from reports.exports.letters import ACTING, DEPUTY, HEAD, kept_at, letterhead, signature_lines
from units.models import OrgUnit, UnitKind

BODY = UnitKind(code="xa", name="Xã", is_territorial=True)
VILLAGE = UnitKind(code="thon", name="Thôn", is_territorial=True)
OFFICE = UnitKind(code="phong", name="Phòng", is_territorial=False)


def unit(pk: int, kind: UnitKind, name: str, official: str = "", **more: str) -> OrgUnit:
    return OrgUnit(pk=pk, kind=kind, name=name, official_name=official or name, **more)


COMMUNE = unit(1, BODY, "xã A", "Ủy ban nhân dân xã A", place_name="A", document_code="UBND", head_title="Chủ tịch")
CULTURE = unit(2, OFFICE, "Phòng Văn hóa - Xã hội", document_code="PVHXH", head_title="Trưởng phòng")
HAMLET = unit(3, VILLAGE, "thôn B", head_title="Trưởng thôn")
COMPANY = unit(4, OFFICE, "Tổng công ty C", head_title="Tổng Giám đốc")


@pytest.mark.parametrize(
    ("writer", "superior", "above", "issuer", "number"),
    [
        (COMMUNE, unit(9, BODY, "tỉnh D", "Ủy ban nhân dân tỉnh D"), (), ("ỦY BAN NHÂN DÂN", "XÃ A"), "/BC-UBND"),
        (CULTURE, COMMUNE, ("ỦY BAN NHÂN DÂN", "XÃ A"), ("PHÒNG VĂN HÓA - XÃ HỘI",), "/BC-PVHXH"),
        (HAMLET, COMMUNE, ("ỦY BAN NHÂN DÂN", "XÃ A"), ("THÔN B",), "/BC"),
        (COMPANY, None, (), ("TỔNG CÔNG TY C",), "/BC"),
        (COMPANY, COMPANY, (), ("TỔNG CÔNG TY C",), "/BC"),
    ],
    ids=lambda one: str(one) if isinstance(one, OrgUnit) else None,
)
def test_a_body_writes_alone_any_other_below_its_superior(writer, superior, above, issuer, number):
    head = letterhead(writer, superior, 2026)

    assert (head.superior, head.issuer) == (above, issuer)
    assert head.number_pattern.endswith(number)


@pytest.mark.parametrize(
    ("writer", "signer", "lines"),
    [
        (COMMUNE, HEAD, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (COMMUNE, DEPUTY, ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        (CULTURE, ACTING, ("Q. TRƯỞNG PHÒNG",)),
        (HAMLET, HEAD, ("TRƯỞNG THÔN",)),
        (COMPANY, DEPUTY, ("KT. TỔNG GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC")),
    ],
)
def test_who_signs_follows_from_body_and_post(writer, signer, lines):
    assert signature_lines(writer, signer) == lines


def test_the_copy_is_kept_with_the_office_that_drafted_it():
    assert kept_at(COMMUNE, CULTURE) == "VT, PVHXH"
    assert kept_at(CULTURE, CULTURE) == "VT"
