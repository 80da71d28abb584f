"""Files are wholly written or not at all."""

from __future__ import annotations

import multiprocessing
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.writing import ready_to_write, write_all, write_whole
from tests.commands import names_in
from tests.users import as_plain_user, open_folder


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_for_its_owner_only(tmp_path):
    write_whole(tmp_path / "maya.ics", b"BEGIN")

    assert (tmp_path / "maya.ics").read_bytes() == b"BEGIN"
    assert mode_of(tmp_path / "maya.ics") == 0o600


def test_an_existing_file_keeps_its_mode(tmp_path):
    path = tmp_path / "maya.ics"
    path.write_bytes(b"old")
    path.chmod(0o644)

    write_whole(path, b"new")

    assert (path.read_bytes(), mode_of(path)) == (b"new", 0o644)


def test_an_open_reader_keeps_the_old_content(tmp_path):
    """The file is replaced, not filled anew: nobody ever sees a part of it."""
    path = tmp_path / "maya.ics"
    path.write_bytes(b"old")

    with path.open("rb") as reader:
        write_whole(path, b"new")

        assert reader.read() == b"old"


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.ics").write_bytes(b"old")
    (tmp_path / "link.ics").symlink_to("real.ics")

    write_whole(tmp_path / "link.ics", b"new")

    assert (tmp_path / "link.ics").is_symlink()
    assert (tmp_path / "real.ics").read_bytes() == b"new"


def test_the_longest_file_name_can_be_written(tmp_path):
    # 255 octets is what common file systems allow.
    path = tmp_path / ("m" * 251 + ".ics")

    write_whole(path, b"new")

    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("folder", "is a folder"),
        ("missing/maya.ics", "there is no folder"),
        ("file/maya.ics", "cannot be written"),
        ("pipe", "not an ordinary file"),
        ("m" * 300, "cannot be written"),
        ("a\0b", "cannot be written"),
        ("loop", "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_told_in_a_sentence(tmp_path, name, says):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    before = sorted(tmp_path.iterdir())

    with pytest.raises(InputError, match=says):
        write_whole(tmp_path / name, b"new")

    assert sorted(tmp_path.iterdir()) == before


def test_two_files_are_both_written(tmp_path):
    write_all([(tmp_path / "a", b"1"), (tmp_path / "b", b"2")])

    assert [(tmp_path / name).read_bytes() for name in "ab"] == [b"1", b"2"]


def test_one_that_cannot_be_written_keeps_all_from_being_written(tmp_path):
    (tmp_path / "a").write_bytes(b"old")

    with pytest.raises(InputError):
        write_all([(tmp_path / "a", b"new"), (tmp_path / "missing" / "b", b"new")])

    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"old"


def test_a_full_disk_leaves_the_old_files(tmp_path):
    """``/dev/full`` cannot be used here: a limit on file size fails the write in the same place."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").write_bytes(b"old")

    answer = in_a_tight_place(tmp_path)

    assert "cannot be written: File too large" in answer
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a": b"old",
        "b": b"old",
    }


def in_a_tight_place(folder: Path) -> str:
    """Write a small and a large file in a process that may write 1000 octets to each."""
    import resource
    import signal

    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        answer = "written"
        try:
            write_all([(folder / "a", b"new"), (folder / "b", b"x" * 2000)])
        except InputError as fault:
            answer = fault.message
        os.write(writer, answer.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read().decode()
    os.waitpid(child, 0)
    return answer


def test_two_names_of_one_file_are_refused(tmp_path):
    with pytest.raises(InputError, match="one and the same file"):
        write_all([(tmp_path / "a", b"1"), (tmp_path / "." / "a", b"2")])

    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_the_right_to_write_is_told_in_a_sentence():
    with open_folder() as folder:
        (folder / "closed").mkdir(mode=0o555)

        answer = as_plain_user(lambda: written(folder / "closed" / "maya.ics"))

    assert answer.endswith("cannot be written: Permission denied.")


def test_a_file_protected_against_writing_is_not_replaced():
    with open_folder() as folder:
        folder.chmod(0o777)
        (folder / "maya.ics").write_bytes(b"old")
        (folder / "maya.ics").chmod(0o444)

        answer = as_plain_user(lambda: written(folder / "maya.ics"))

        assert (folder / "maya.ics").read_bytes() == b"old"
    assert answer.endswith("is protected against writing.")


def test_of_a_folder_protected_against_writing_another_name_is_no_way_out():
    with open_folder() as folder:
        (folder / "maya.ics").write_bytes(b"old")
        (folder / "maya.ics").chmod(0o444)
        folder.chmod(0o555)

        answer = as_plain_user(lambda: written(folder / "maya.ics"))

        folder.chmod(0o777)
    assert answer.endswith("it is protected against writing, and so is its folder.")


def written(path: Path) -> str:
    try:
        write_whole(path, b"new")
    except InputError as fault:
        return fault.message
    return "written"


def test_what_waits_is_not_there_before_it_is_put_in_place(tmp_path):
    path = tmp_path / "maya.ics"
    path.write_bytes(b"old")

    with ready_to_write([(path, b"new")]) as put_in_place:
        before = path.read_bytes()
        put_in_place()

    assert (before, path.read_bytes()) == (b"old", b"new")
    assert names_in(tmp_path) == ["maya.ics"]


def test_what_was_never_put_in_place_leaves_nothing(tmp_path):
    with ready_to_write([(tmp_path / "maya.ics", b"new")]):
        pass

    assert names_in(tmp_path) == []


def test_what_a_killed_command_left_is_tidied_by_the_next(tmp_path):
    """Files of others stay, whatever they are called."""
    theirs = [".runback-notes", ".runback-notes.tmp", "runback-abcdefgh.tmp"]
    for name in (".runback-abcdefgh.tmp", *theirs):
        (tmp_path / name).write_bytes(b"half")

    write_whole(tmp_path / "maya.ics", b"new")

    assert names_in(tmp_path) == sorted(["maya.ics", *theirs])


def test_what_another_command_is_writing_stays(tmp_path):
    with ready_to_write([(tmp_path / "maya.ics", b"slow")]) as put_in_place:
        in_another_process(lambda: write_whole(tmp_path / "zoe.ics", b"quick"))
        put_in_place()

    assert (tmp_path / "maya.ics").read_bytes() == b"slow"
    assert names_in(tmp_path) == ["maya.ics", "zoe.ics"]


def in_another_process(work: Callable[[], None]) -> None:
    worker = multiprocessing.get_context("fork").Process(target=work)
    worker.start()
    worker.join()
    assert worker.exitcode == 0
