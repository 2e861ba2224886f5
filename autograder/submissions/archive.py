"""Files of a folder or a zip as a flat list of entries, read one at a time and never unpacked to disk.

An archive comes from strangers: the number of entries, the size of its directory, every file's size and its rate of
compression are bounded; links, absolute names and `..` are refused; names in cp949 (a Korean Windows) are read as such.
"""

from __future__ import annotations

import functools
import io
import itertools
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from autograder.errors import SubmissionError
from autograder.notebooks.reader import MAX_BYTES, NOTEBOOK_ENDINGS

MAX_ENTRIES = 50_000  # names read of one student's folder; files of a student's zip
MAX_ENTRIES_EACH = 2_000  # files that are listed of one student
MOST_LISTED = 1_000_000  # files of a whole folder or zip; a zip's table of contents is bounded in bytes, too
MAX_DIRECTORY = 16 << 20  # bytes of a zip's table of contents
MAX_TOTAL = 8 << 30  # unpacked bytes of all notebooks in a zip
MAX_RATIO = 200  # unpacked over packed, for files above RATIO_FLOOR
RATIO_FLOOR = 4 << 20
MAX_DEPTH = 8
FIRST_YEAR, LAST_YEAR = 1970, 9000  # of a file's time
# What zipfile raises for broken archives: of these it documents BadZipFile alone.
ZIP_ERRORS = (
    OSError, EOFError, LookupError, ValueError, ArithmeticError, RuntimeError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
# Not LZMA: its reader sets aside as much memory as the archive says, up to 4 GB.
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)

IGNORED_FOLDERS = frozenset({"__MACOSX", ".ipynb_checkpoints", "__pycache__", "node_modules"})
ZIPS = (".zip",)
ARCHIVES = (*ZIPS, ".7z", ".rar", ".tar", ".gz", ".tgz", ".alz", ".egg")


@dataclass(frozen=True)
class Entry:
    """One file.

    parts: its path as names below the folder or zip.
    path: of the file, or of the zip that it is in.
    member: its name inside the zip at `path`.
    modified: when it was saved.
    size: in bytes, as the folder or zip claims.
    inside: its name inside the zip that `member` is, where a student handed in a zip.
    """

    parts: tuple[str, ...]
    path: Path
    member: str | None = None
    modified: datetime | None = None
    size: int = 0
    inside: str | None = None

    @property
    def name(self) -> str:
        return self.parts[-1]

    @property
    def where(self) -> str:
        return ":".join(map(str, filter(None, (self.path, self.member, self.inside))))

    def read(self) -> bytes:
        """The file's bytes, at most one more than a notebook may have. Raises SubmissionError."""
        try:
            if self.member is None:
                with open(self.path, "rb") as file:
                    return file.read(MAX_BYTES + 1)
            return _read_member(self.path, self.member, self.inside)
        except PermissionError:
            raise SubmissionError(
                "there is no permission to read it.", where=self.where, remedy="Allow reading: chmod u+r."
            ) from None
        except ZIP_ERRORS as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise SubmissionError(
                f"cannot be read: {reason}.", where=self.where, remedy="Ask the student to hand it in again."
            ) from None


@dataclass(frozen=True)
class Listing:
    """What a folder or a zip holds.

    entries: its files.
    folders: its folders, each as names.
    refused: one error for each entry that is not taken.
    """

    entries: tuple[Entry, ...]
    folders: tuple[tuple[str, ...], ...] = ()
    refused: tuple[SubmissionError, ...] = ()


def is_notebook(name: str) -> bool:
    return name.lower().endswith(NOTEBOOK_ENDINGS)


def is_ignored(parts: Iterable[str]) -> bool:
    """Rubbish that systems and editors leave: .DS_Store, __MACOSX, checkpoints, hidden files."""
    return any(part in IGNORED_FOLDERS or (part != ".." and part.startswith((".", "~$"))) for part in parts)


# -- folders ---------------------------------------------------------------------------------------------------------


def list_folder(root: Path, skip: Iterable[Path] = ()) -> Listing:
    """Every file below a folder, in order of names. Links are refused, not followed. skip: folders that are passed by.

    A student who hands in thousands of files costs nobody else theirs: of a folder below the one that holds the class
    only so many are listed, those nearest to its top first.
    """
    entries: list[Entry] = []
    folders: list[tuple[str, ...]] = []
    refused: list[SubmissionError] = []
    passed = {os.path.realpath(path) for path in skip}

    def look(folder: Path, parts: tuple[str, ...], room: int) -> tuple[list[tuple[Path, tuple[str, ...]]], int]:
        """(folders in it, how many more files may be listed)."""
        inner: list[tuple[Path, tuple[str, ...]]] = []
        try:
            with os.scandir(folder) as listing:
                found = sorted(itertools.islice(listing, max(room, MAX_ENTRIES)), key=lambda e: e.name)
        except OSError as error:
            refused.append(_refusal(str(folder), f"cannot be opened: {error.strerror}.", "Allow reading: chmod u+rx."))
            return inner, room
        for item in found:
            name = (*parts, normalised(item.name))
            if is_ignored(name[-1:]):
                continue
            if item.is_symlink():
                refused.append(_refusal(item.path, "is a link.", "Put the file itself there."))
            elif item.is_dir(follow_symlinks=False):
                if os.path.realpath(item.path) not in passed:
                    folders.append(name)
                    inner.append((Path(item.path), name))
            elif not item.is_file(follow_symlinks=False):
                refused.append(_refusal(item.path, "is no ordinary file.", "Remove it."))
            elif room > 0:
                room -= 1
                entries.append(Entry(name, Path(item.path), None, file_time(item), _size(item)))
        return inner, room

    def walk(folder: Path, parts: tuple[str, ...]) -> None:
        """One student's folder, from its top down."""
        room, waiting = MAX_ENTRIES_EACH, deque([(folder, parts)])
        while waiting and room > 0:
            here, name = waiting.popleft()
            inner, room = look(here, name, room)
            if len(name) < MAX_DEPTH:
                waiting.extend(inner[:MAX_ENTRIES_EACH])

    top, parts = root, tuple[str, ...]()
    students, _ = look(top, parts, MOST_LISTED)
    while len(students) == 1 and not entries:  # a folder that only wraps the pile, or the only student
        ((top, parts),) = students
        if len(parts) >= MAX_DEPTH:
            break
        students, _ = look(top, parts, MOST_LISTED)
    for folder, name in students:
        walk(folder, name)
    if len(entries) >= MOST_LISTED:
        refused.append(_refusal(str(root), f"holds more than {MOST_LISTED} files.", "Grade it in parts."))
    return Listing(tuple(sorted(entries, key=lambda e: e.parts)), tuple(folders), tuple(refused))


def moment(seconds: float) -> datetime | None:
    """The time that is so many seconds after 1970, in UTC; None outside of FIRST_YEAR to LAST_YEAR.

    No file was saved at such a time, and converting it to another time zone may overflow.
    """
    try:
        found = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def file_time(item: os.DirEntry[str] | Path) -> datetime | None:
    """When a file was saved; None where that cannot be told. A file may be gone, and its time may be anything."""
    try:
        return moment((item.lstat() if isinstance(item, Path) else item.stat(follow_symlinks=False)).st_mtime)
    except OSError:
        return None


def _size(item: os.DirEntry[str]) -> int:
    try:
        return item.stat(follow_symlinks=False).st_size
    except OSError:  # gone in the meantime: reading it will say so
        return 0


def normalised(name: str) -> str:
    """NFC: a Mac writes 한글 as separate letters. Bytes that are no text become replacement characters."""
    return unicodedata.normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _refusal(where: str, what: str, remedy: str) -> SubmissionError:
    return SubmissionError(what, where=where, remedy=remedy)


# -- zips ------------------------------------------------------------------------------------------------------------


class _Bounded(io.FileIO):
    """A file that refuses to read more than MAX_DIRECTORY bytes at once: zipfile reads a table of contents whole."""

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = size if size is not None and size >= 0 else os.fstat(self.fileno()).st_size - self.tell()
        if wanted > MAX_DIRECTORY:
            raise zipfile.BadZipFile("its table of contents is too large")
        return super().read(wanted) or b""

    def __del__(self) -> None:
        self.close()  # a ZipFile does not close a file object that it was given


class _BoundedBytes(io.BytesIO):
    """A zip in memory, with the same bound on its table of contents."""

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = size if size is not None and size >= 0 else len(self.getbuffer()) - self.tell()
        if wanted > MAX_DIRECTORY:
            raise zipfile.BadZipFile("its table of contents is too large")
        return super().read(wanted)


def list_zip(path: Path, time_zone: tzinfo | None = None) -> Listing:
    """Every file in a zip, in order of names. time_zone: for times without one; by default this machine's.

    Raises SubmissionError for a file that is no zip, and for a zip beyond the bounds above.
    """
    try:
        archive = _open_zip(path)
    except PermissionError:
        raise _refusal(str(path), "there is no permission to read it.", "Allow reading: chmod u+r.") from None
    except ZIP_ERRORS as error:
        raise _refusal(str(path), f"is not a zip that can be read: {error}.", "Download it again.") from None
    return _members(archive, Entry((), path), str(path), time_zone)


def list_nested(zipped: Entry, time_zone: tzinfo | None = None) -> Listing:
    """The files of a zip that lies in a zip or a folder, those nearest to its top first. Raises SubmissionError."""
    again = "Ask the student for the notebook alone."
    if zipped.inside is not None:
        raise _refusal(zipped.where, "is an archive inside an archive.", again)
    if zipped.size > MAX_BYTES:
        raise _refusal(zipped.where, f"is an archive larger than {MAX_BYTES >> 20} MB.", again)
    try:
        archive = _shared_zip(zipped.path, zipped.member, zipped.path.stat().st_mtime_ns, os.getpid())
    except ZIP_ERRORS as error:
        raise _refusal(zipped.where, f"is an archive that cannot be read: {error}.", again) from None
    if len(archive.infolist()) > MAX_ENTRIES:
        raise _refusal(zipped.where, f"holds more than {MAX_ENTRIES} files.", again)
    listing = _members(archive, zipped, zipped.where, time_zone)
    nearest = sorted(listing.entries, key=lambda entry: (len(entry.parts), entry.parts))
    return replace(listing, entries=tuple(nearest[:MAX_ENTRIES_EACH]))


def _members(archive: zipfile.ZipFile, holder: Entry, path: str, time_zone: tzinfo | None) -> Listing:
    """What a zip holds. holder: the entry of the zip itself. path: its name in errors."""
    infos = archive.infolist()
    if len(infos) > MOST_LISTED or sum(info.file_size for info in infos if is_notebook(info.filename)) > MAX_TOTAL:
        raise _refusal(
            str(path),
            f"holds more than {MOST_LISTED} files or {MAX_TOTAL >> 30} GB.",
            "Unpack what belongs to the assignment and grade that folder.",
        )
    entries: list[Entry] = []
    folders: list[tuple[str, ...]] = []
    refused: list[SubmissionError] = []
    for info in infos:
        if archive.getinfo(info.filename) is not info:  # of two members of one name, reading gives the last
            continue
        name = _member_name(info)
        parts = tuple(part for part in name.replace("\\", "/").split("/") if part not in ("", "."))
        if not parts or is_ignored(parts):
            continue
        if info.is_dir():
            folders.append(parts)
            continue
        problem = _member_problem(info, name, parts)
        if problem is not None:
            refused.append(_refusal(f"{path}:{name}", *problem))
        else:
            found = replace(holder, parts=parts, modified=_member_time(info, time_zone), size=info.file_size)
            outermost = holder.member is None
            entries.append(replace(found, member=info.filename) if outermost else replace(found, inside=info.filename))
    return Listing(tuple(sorted(entries, key=lambda e: e.parts)), tuple(folders), tuple(refused))


def _open_zip(path: Path) -> zipfile.ZipFile:
    file = _Bounded(path)
    try:
        return zipfile.ZipFile(file)
    except BaseException:
        file.close()
        raise


@functools.lru_cache(maxsize=2)
def _shared_zip(path: Path, member: str | None, mtime_ns: int, process: int) -> zipfile.ZipFile:
    """An open zip, or the zip that is its member, cached between reads.

    process: a part of the key, because a forked process would share the file's offset with its parent.
    """
    if member is None:
        return _open_zip(path)
    content = _bounded_member(_shared_zip(path, None, mtime_ns, process), member)
    if len(content) > MAX_BYTES:
        raise zipfile.BadZipFile("it is larger than it says")
    return zipfile.ZipFile(_BoundedBytes(content))


def _read_member(path: Path, member: str, inside: str | None) -> bytes:
    mtime_ns, process = path.stat().st_mtime_ns, os.getpid()
    if inside is None:
        return _bounded_member(_shared_zip(path, None, mtime_ns, process), member)
    return _bounded_member(_shared_zip(path, member, mtime_ns, process), inside)


def _bounded_member(archive: zipfile.ZipFile, member: str) -> bytes:
    with archive.open(member) as file:
        parts, size = [], 0
        # In small steps: the declared size is the archive's own claim.
        while size <= MAX_BYTES and (part := file.read(min(1 << 20, MAX_BYTES + 1 - size))):
            parts.append(part)
            size += len(part)
    return b"".join(parts)


def _member_name(info: zipfile.ZipInfo) -> str:
    """The name in its real encoding. Without the UTF-8 flag zipfile reads cp437; Windows in Korea writes cp949."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding) or name
                break
            except UnicodeDecodeError:
                continue
    return normalised(name)


def _member_problem(info: zipfile.ZipInfo, name: str, parts: tuple[str, ...]) -> tuple[str, str] | None:
    """(what is wrong, remedy) of an entry that must not be read."""
    again = "Ask the student to hand in the notebook alone."
    if name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":"):
        return "its name leads out of the archive.", again
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link.", again
    if info.flag_bits & 0x1:
        return "is encrypted.", "Ask for it without a password."
    if info.compress_type not in COMPRESSIONS:
        return "is compressed in an unusual way.", "Ask for an ordinary zip, or for the notebook alone."
    if name.lower().endswith(ARCHIVES) and not name.lower().endswith(ZIPS):
        return "is an archive inside the archive.", "Unpack it, and put the notebook in its place."
    if is_notebook(name) and info.file_size > MAX_BYTES:
        return f"is larger than {MAX_BYTES >> 20} MB.", "Ask for it without outputs."
    if info.file_size > RATIO_FLOOR and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return "unpacks to far more than any notebook does.", again
    return None


def _member_time(info: zipfile.ZipInfo, time_zone: tzinfo | None) -> datetime | None:
    """When the file was saved: in UTC where the archive says so, else on the course's clock."""
    extra = info.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == 0x5455 and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return moment(int.from_bytes(extra[5:9], "little"))
        extra = extra[4 + size :]
    try:
        if info.date_time[0] <= 1980:
            return None
        clock = datetime(*info.date_time)
        return clock.replace(tzinfo=time_zone) if time_zone is not None else clock.astimezone()
    except (ValueError, TypeError, OverflowError, OSError):
        return None
