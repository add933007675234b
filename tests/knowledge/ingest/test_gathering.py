"""Folders and archives: what is in them is found, what is dangerous stays where it is, everything left out is told."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import DocumentRefused
from knowledge.ingest.gathering import Gathered, gather, read_bytes
from knowledge.ingest.importing import Importer
from knowledge.ingest.isolation import shared_reader
from tests.knowledge import papers
from tests.knowledge.ingest import office

Gather = Callable[..., Gathered]
PAPER = papers.GANSU.encode()


@pytest.fixture
def gathered(tmp_path: Path) -> Gather:
    """Gather an archive of the given bytes."""

    def of(content: bytes, name: str = "包.zip") -> Gathered:
        (tmp_path / name).write_bytes(content)
        (tmp_path / "work").mkdir(exist_ok=True)
        return gather([tmp_path / name], shared_reader(), tmp_path / "work")

    return of


@pytest.mark.parametrize("gbk", [False, True], ids=["UTF-8 names", "GBK names"])
def test_files_of_an_archive_are_found_under_their_names(gathered: Gather, gbk: bool) -> None:
    found = gathered(office.archive({"通知/正文.txt": PAPER, "通知/附件1：标准.csv": b"x", "说明.xyz": b"y", "__MACOSX/._a.txt": b"z"}, gbk))
    assert [file.name for file in found.files] == ["包.zip/通知/正文.txt", "包.zip/通知/附件1：标准.csv"]
    assert found.files[0].path.read_bytes() == PAPER
    assert found.files[0].group == found.files[1].group
    assert found.skipped == ["包.zip/说明.xyz"]


def test_an_archive_in_an_archive_is_opened_and_one_within_that_is_not(gathered: Gather) -> None:
    innermost = office.archive({"c.txt": PAPER})
    found = gathered(office.archive({"a.txt": PAPER, "内.zip": office.archive({"b.txt": PAPER, "更内.zip": innermost})}))
    assert [file.name for file in found.files] == ["包.zip/a.txt", "包.zip/内.zip/b.txt"]
    assert [name for name, _ in found.refused] == ["包.zip/内.zip/更内.zip"]


@pytest.mark.parametrize("name", ["../../etc/cron.txt", "/etc/passwd.txt", "..\\..\\a.txt", "C:\\a.txt", "a/../../b.txt"])
def test_a_path_that_leads_out_of_the_archive_is_refused_and_nothing_is_written_there(gathered: Gather, tmp_path: Path, name: str) -> None:
    before = set(tmp_path.parent.iterdir())
    found = gathered(office.archive({name: PAPER, "b.txt": PAPER}))
    assert [file.name for file in found.files] == ["包.zip/b.txt"]
    assert "路径可疑" in found.refused[0][1]
    assert set(tmp_path.parent.iterdir()) == before


def test_a_link_in_an_archive_is_refused(gathered: Gather) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        link = zipfile.ZipInfo("链接.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, "/etc/passwd")
    found = gathered(buffer.getvalue())
    assert (found.files, "不是普通文件" in found.refused[0][1]) == ([], True)


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").symlink_to("/etc/hostname")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    found = gather([tmp_path / "in"], shared_reader(), tmp_path)
    assert (found.files, len(found.refused)) == ([], 1)


@pytest.mark.parametrize(
    "content",
    [
        office.archive({"bomb.txt": b"\0" * 30_000_000}),
        office.archive({f"{number}.txt": b"a" * 200 for number in range(2_100)}),
    ],
    ids=["ratio", "count"],
)
def test_an_archive_that_is_a_bomb_is_refused_unopened(gathered: Gather, content: bytes) -> None:
    found = gathered(content)
    assert (found.files, len(found.refused)) == ([], 1)


def test_a_size_that_the_directory_hides_is_found_when_unpacking(gathered: Gather) -> None:
    content = bytearray(office.archive({"a.txt": b"\0" * 3_000_000 + PAPER}))
    directory = content.rfind(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (2_000).to_bytes(4, "little")
    found = gathered(bytes(content))
    assert found.files == []
    assert "损坏" in found.refused[0][1]


@pytest.mark.parametrize("share", [0.2, 0.7, 0.98])
def test_an_archive_cut_off_is_refused(gathered: Gather, share: float) -> None:
    content = office.archive({"a.txt": PAPER, "b.txt": PAPER})
    assert "重新" in gathered(content[: int(len(content) * share)]).refused[0][1]


def test_a_member_under_a_password_is_refused_by_name(gathered: Gather) -> None:
    content = bytearray(office.archive({"a.txt": PAPER}))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.find(mark) + place] |= 1
    found = gathered(bytes(content))
    assert found.refused == [("包.zip/a.txt", "包.zip/a.txt：加了密码，请去掉密码再导入")]


def test_a_document_under_the_name_of_an_archive_is_taken_as_what_it_is(gathered: Gather) -> None:
    found = gathered(office.docx(lambda document: document.add_paragraph(papers.GANSU)), "通知.zip")
    assert shared_reader().read(found.files[0].name, found.files[0].path.read_bytes()).format == "docx"


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null"])
def test_a_device_is_no_file(path: str) -> None:
    with pytest.raises(DocumentRefused, match="不是普通文件"):
        read_bytes(Path(path), "a.txt")


def test_what_is_handed_over_as_bytes_is_imported_archives_too(importer: Importer) -> None:
    content = office.archive({"通知.txt": PAPER, "清单.txt": papers.LIST.encode()})
    assert [outcome.result for outcome in importer.take_upload("../../包.zip", content)] == ["new", "new"]
    assert [outcome.source for outcome in importer.take_upload("..\\通知.txt", PAPER)] == ["通知.txt"]
