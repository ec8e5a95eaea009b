"""No word of one place: what the demo's campaign says of its place is data, the program says none of it."""

import json
import re
import unicodedata

import pytest

from tests.architecture.source import PACKAGES, ROOT, name
from vietnamese.text import fold

#: What people, programs and addresses read of us. Migrations hold labels of their day.
FOLDERS = (*PACKAGES, "templates", "static")
ENDINGS = {".py", ".html", ".txt", ".js", ".css", ".svg", ".json", ".webmanifest", ".md"}
#: Words that only make sense where the first campaign was held.
OF_THE_PLACE = (
    "Phòng Nội vụ", "Nội vụ", "PNV", "Huyện ủy", "Huyện đoàn", "huyện", "thị trấn", "cấp huyện", "UBND huyện",
    "Văn phòng - Thống kê", "Mai Anh Đào", "cà phê xứ lạnh", "sáu tháng cuối năm", "9 xã", "Ba Na", "Xơ Đăng",
)  # fmt: skip
#: The same words as keys, in addresses and in patterns without diacritics.
AS_KEYS = ("noi-vu", "noi_vu", "noivu", "phong noi vu", "thi-tran", "thi tran", "thitran", "huyen-uy", "pnv")
#: The whole word without diacritics: as a code it names a level of one time.
CODES = re.compile(r"""["'|(]huyen["'|)]""")
#: What may stand, file by file, with its reason.
ALLOWED = {
    "indicators/rules/drafting/disagreements.py": ({"huyen"}, "a word without weight in a document of any level"),
}


def places() -> set[str]:
    """The names of the places of the demo's units, with their other spellings; short ones only with their kind."""
    found = set()
    for path in (ROOT / "fixtures" / "units").glob("*.json"):
        for unit in json.loads(path.read_text())["units"]:
            if unit.get("place_name") and unit["kind"] != "phong-ban":
                names = [unit["name"], unit["place_name"], *unit.get("variants", [])]
                found |= {one for one in names if len(one.split()) > 1}
    return found


def files():
    """Every file of the program but migrations."""
    found = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in ENDINGS)
    return [path for path in found if not {"migrations", "__pycache__"} & set(path.parts)]


def pattern(words):
    """Any of the words, whole, the longer before the shorter."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


SPOKEN = pattern({*OF_THE_PLACE, *places()})
KEYS = pattern({*AS_KEYS, *(fold(place).replace(" ", "-") for place in places()), *(fold(place) for place in places())})


def found_in(text):
    """Every word of one place in a text."""
    text = unicodedata.normalize("NFC", text)
    matches = (match for one in (SPOKEN, KEYS, CODES) for match in one.finditer(text))
    return sorted({match.group().strip("\"'|()").lower() for match in matches})


def test_the_places_come_from_the_units_of_the_demo():
    assert {"Kon Plông", "huyện Kon Plông", "Măng Đen", "Kon Tum", "xã Hiếu", "Pờ Ê"} <= places()


@pytest.mark.parametrize(
    "text",
    [
        "UBND HUYỆN X",
        "Phòng Nội vụ",
        "9 xã",
        "kon-plong-2024",
        "BC-PNV",
        '("huyen", 2)',
        "mang den",
        "xã hiếu",
        "thị trấn",
    ],
)
def test_such_words_are_found_however_written(text):
    assert found_in(text)


def test_no_file_of_the_program_speaks_of_one_place():
    found = {name(path): set(found_in(path.read_text())) for path in files()}
    told = {path: words - ALLOWED.get(path, (set(), ""))[0] for path, words in found.items()}

    assert {path: words for path, words in told.items() if words} == {}


def test_every_exception_is_still_needed():
    assert {path: set(found_in((ROOT / path).read_text())) & words for path, (words, _) in ALLOWED.items()} == {
        path: words for path, (words, _) in ALLOWED.items()
    }
