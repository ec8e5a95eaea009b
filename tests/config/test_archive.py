"""Backup and restore: one archive that either engine reads, checked before it changes anything."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from tests.builders import at, fill, make_world
from tests.config.test_settings import PRODUCTION, ROOT
from units import clock
from units.models import AuditLine, OrgUnit, StoredFile, User
from units.services import store_file

pytestmark = pytest.mark.django_db(transaction=True)
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489")


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def office() -> StoredFile:
    """Two communes with a report sent and received, and one photo as evidence."""
    world = make_world()
    with clock.set_to(at("2024-07-15")):
        fill(world, ca_phe="12.5")
        world.send()
        world.receive()
    photo = SimpleUploadedFile("Vườn cà phê.png", PNG)
    return store_file(photo, by=world.people["clerk0"], owner=world.figure("ca-phe"))


def manifest(archive: Path) -> dict:
    with zipfile.ZipFile(archive) as opened:
        return json.loads(opened.read("manifest.json"))


def tables(archive: Path) -> dict:
    """The hash of every table; the restore itself adds one audit line."""
    return {label: part for label, part in manifest(archive)["tables"].items() if label != "units.AuditLine"}


def rewrite(archive: Path, changed: Path, part: str, content: str) -> Path:
    """The same archive with one part put in another's place."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return changed


def on_sqlite(data: Path, *arguments: str) -> None:
    """Run manage.py on an installation of its own."""
    environment = PRODUCTION | {"DATA_DIR": str(data), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True, timeout=180)


def test_an_office_moves_to_another_engine_and_back_without_losing_a_row(
    office: StoredFile, files: Path, tmp_path: Path
):
    first, second, third = (tmp_path / f"{name}.zip" for name in ("first", "second", "third"))
    call_command("backup", first)
    on_sqlite(tmp_path / "other", "restore", str(first))
    on_sqlite(tmp_path / "other", "backup", str(second))
    (files / office.content.name).unlink()

    call_command("restore", second, yes=True)
    call_command("backup", third)

    assert tables(first) == tables(second) == tables(third)
    assert manifest(first)["files"] == manifest(third)["files"]
    assert len(manifest(first)["files"]) == 1
    assert (files / office.content.name).read_bytes() == PNG
    assert StoredFile.objects.get().owner == office.owner


def test_after_a_restore_new_rows_get_numbers_of_their_own(office: StoredFile, tmp_path: Path):
    archive = tmp_path / "archive.zip"
    call_command("backup", archive)
    call_command("restore", archive, yes=True)

    User.objects.create_user("moi", full_name="(Họ và tên)")

    assert AuditLine.objects.filter(event="backup_restored").count() == 1


def test_a_restore_takes_away_what_came_after_the_backup(office: StoredFile, tmp_path: Path, client):
    archive = tmp_path / "archive.zip"
    call_command("backup", archive)
    later = User.objects.create_user("sau-nay", full_name="(Họ và tên)")
    client.force_login(later)

    call_command("restore", archive, yes=True)

    assert not User.objects.filter(username="sau-nay").exists()
    assert client.get("/doi-mat-khau/").status_code == 302


def test_only_the_owner_may_read_the_archive_and_no_half_is_left(office: StoredFile, tmp_path: Path):
    archive = tmp_path / "archive.zip"
    call_command("backup", archive)

    assert archive.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("*.part")) == []


def test_neither_command_overwrites_unasked(office: StoredFile, tmp_path: Path):
    archive = tmp_path / "archive.zip"
    call_command("backup", archive)

    with pytest.raises(CommandError, match="đã có"):
        call_command("backup", archive)
    with pytest.raises(CommandError, match="đang có dữ liệu"):
        call_command("restore", archive)


@pytest.mark.parametrize(
    ("part", "content", "sentence"),
    [
        ("tables/units.User.jsonl", "[]\n", "đã bị thay đổi hoặc hỏng"),
        ("manifest.json", '{"format": 99}', "khuôn dạng 99"),
        ("manifest.json", "không phải JSON", "không phải bản sao lưu"),
        ("manifest.json", '{"format": 1, "migrations": ["units.9999_later"]}', "phiên bản khác"),
    ],
)
def test_an_archive_that_is_not_sound_changes_nothing(office: StoredFile, tmp_path: Path, part, content, sentence):
    archive = tmp_path / "archive.zip"
    call_command("backup", archive)
    unsound = rewrite(archive, tmp_path / "unsound.zip", part, content)

    with pytest.raises(CommandError, match=sentence):
        call_command("restore", unsound, yes=True)

    assert OrgUnit.objects.exists()


def test_a_file_name_that_climbs_out_of_the_folder_is_refused(office: StoredFile, tmp_path: Path):
    archive = tmp_path / "archive.zip"
    call_command("backup", archive)
    climbing = manifest(archive)
    climbing["files"] = {"../../outside": [1, "0" * 64]}
    unsound = rewrite(archive, tmp_path / "unsound.zip", "manifest.json", json.dumps(climbing))

    with pytest.raises(CommandError, match="không an toàn"):
        call_command("restore", unsound, yes=True)


@pytest.mark.parametrize("content", [b"", b"not a zip at all"])
def test_any_other_file_is_answered_in_one_sentence(tmp_path: Path, content: bytes):
    other = tmp_path / "other.zip"
    other.write_bytes(content)

    with pytest.raises(CommandError, match="không phải bản sao lưu"):
        call_command("restore", other, yes=True)


def test_a_missing_file_or_folder_is_answered_in_one_sentence(tmp_path: Path):
    with pytest.raises(CommandError, match="Không đọc được"):
        call_command("restore", tmp_path / "none.zip", yes=True)
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("backup", tmp_path / "none" / "archive.zip")
