"""The file a backup is: a tar of plain members, the last of which tells the size and the SHA-256 of every other.

Reading trusts nothing: whoever gives us a file may have made it. What is no plain file with a plain name, what is
not in the manifest, and what differs from it by a byte is refused before anything is written anywhere.
"""

import gzip
import hashlib
import io
import json
import re
import tarfile
import time
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO, Protocol, Self

FORMAT = 1
MANIFEST = "manifest.json"
MANIFEST_LIMIT = 256 * 1024 * 1024
LINE_LIMIT = 64 * 1024 * 1024  # bytes of one row as a line of JSON
CHUNK = 1024 * 1024
PLAIN_NAME = re.compile(r"database/[a-z0-9_]+\.jsonl\.gz|files/[a-z]+/[^\\\x00-\x1f\x7f]+")
HALF = "This backup is not whole, or is none. Take another one, or fetch it again."


class BackupRefused(Exception):  # noqa: N818 -- named for what happened; its text is shown as it stands
    """Nothing was kept or put back; the text says why and what to do."""


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Member:
    size: int
    sha256: str


@dataclass(frozen=True)
class Table:
    """A table as it was: its columns in the order of each line, how many lines, and how many bytes unpacked."""

    columns: list[str]
    rows: int
    unpacked: int
    last_number: int | None = None  # the highest number ever given to a row, where the database counts


@dataclass
class Manifest:
    """What a backup says of itself."""

    product: str
    taken_at: str
    database: str  # "sqlite" or "postgresql"; a backup of either goes into either
    migrations: list[list[str]]  # [app, name] of each that was applied
    log_head: str
    tables: dict[str, Table] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def files(self) -> list[str]:
        return [name for name in self.members if name.startswith("files/")]

    def written(self) -> bytes:
        return json.dumps({"format": FORMAT} | asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Raises ``BackupRefused`` for anything this version did not write or cannot read."""
        try:
            told: dict[str, Any] = json.loads(text)
            if told.pop("format") != FORMAT:
                raise BackupRefused("This backup was made by a newer version of the newsroom. Install that one first.")
            told["tables"] = {str(name): Table(**table) for name, table in told["tables"].items()}
            told["members"] = {str(name): Member(**member) for name, member in told["members"].items()}
            manifest = cls(**told)
            manifest.check()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as odd:
            raise BackupRefused(HALF) from odd
        return manifest

    def check(self) -> None:
        """Raise ``TypeError`` or ``ValueError`` where a value is not of its kind."""
        for table in self.tables.values():
            _strings(table.columns)
            _counts(table.rows, table.unpacked, table.last_number or 0)
        for member in self.members.values():
            _strings([member.sha256])
            _counts(member.size)
        for app, name in self.migrations:
            _strings([app, name])
        _strings([self.product, self.taken_at, self.database, self.log_head, *self.missing])
        if {table_member(name) for name in self.tables} != set(self.members) - set(self.files):
            raise ValueError("Tables and members differ.")


def table_member(name: str) -> str:
    """What the member that holds the table ``name`` is called."""
    return f"database/{name}.jsonl.gz"


class Writer:
    """Writes members one after the other, and the manifest last."""

    def __init__(self, raw: BinaryIO) -> None:
        self._tar = tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 -- closed by `close`
        self._now = int(time.time())
        self.members: dict[str, Member] = {}

    def add(self, name: str, source: BinaryIO, size: int) -> None:
        """Add the ``size`` bytes of ``source``; what cannot be read of it, or has another size, is refused."""
        if not PLAIN_NAME.fullmatch(name) or _climbs(name):
            raise BackupRefused(f"“{name}” cannot be kept in a backup under this name.")
        reading = _Exact(source, name, size)
        self._put(name, reading, size)
        reading.end()
        self.members[name] = Member(size, reading.sha256)

    def close(self, manifest: Manifest) -> None:
        manifest.members = self.members
        text = manifest.written()
        self._put(MANIFEST, io.BytesIO(text), len(text))
        self._tar.close()

    def _put(self, name: str, source: Any, size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, self._now
        self._tar.addfile(info, source)


class Archive:
    """A backup that was read through and found whole: every member is what the manifest says."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._places: dict[str, int] = {}
        self.manifest = self._examined()

    def lines(self, table: str) -> Iterator[list[Any]]:
        """The rows of a table."""
        told = self.manifest.tables[table]
        try:
            for line in _unpacked(self.read(table_member(table)), told):
                row = json.loads(line)
                if not isinstance(row, list) or len(row) != len(told.columns):
                    raise BackupRefused(HALF)
                yield row
        except (ValueError, RecursionError) as odd:
            raise BackupRefused(HALF) from odd

    def read(self, name: str) -> "_Exact":
        """The bytes of a member, compared with the manifest once more when ``end`` is called."""
        member = self.manifest.members[name]
        self._raw.seek(self._places[name])
        return _Exact(self._raw, name, member.size, expected=member.sha256)

    def _examined(self) -> Manifest:
        """Walk the whole file once; raises ``BackupRefused``."""
        found: dict[str, Member] = {}
        manifest = None
        try:
            with tarfile.open(fileobj=self._raw, mode="r:") as tar:
                while info := tar.next():
                    tar.members = []  # type: ignore[attr-defined] # a hundred thousand need not be remembered
                    if manifest is not None:
                        raise BackupRefused(HALF)
                    self._check_plain(info, found)
                    if info.name == MANIFEST:
                        manifest = Manifest.read(tar.extractfile(info).read())  # type: ignore[union-attr]
                    else:
                        found[info.name] = self._hashed(tar, info)
        except (tarfile.TarError, EOFError, ValueError, OverflowError, RecursionError) as odd:
            raise BackupRefused(HALF) from odd
        if manifest is None:
            raise BackupRefused(HALF)
        self._compare(manifest, found)
        return manifest

    def _compare(self, manifest: Manifest, found: dict[str, Member]) -> None:
        """What was found is what the manifest tells, to the byte, and unpacks to as many rows."""
        for name in sorted(found.keys() | manifest.members.keys()):
            if found.get(name) != manifest.members.get(name):
                raise BackupRefused(f"“{name}” in this backup is not what was kept. Take another backup.")
        self.manifest = manifest
        for name, table in manifest.tables.items():
            for _ in _unpacked(self.read(table_member(name)), table):
                pass

    def _check_plain(self, info: tarfile.TarInfo, found: dict[str, Member]) -> None:
        """Links, devices, folders, sparse files, odd and doubled names have no place in a backup."""
        is_plain = info.type in {tarfile.REGTYPE, tarfile.AREGTYPE} and not info.issparse() and info.size >= 0
        is_named = info.name == MANIFEST or bool(PLAIN_NAME.fullmatch(info.name))
        is_bounded = info.name != MANIFEST or info.size <= MANIFEST_LIMIT
        if not (is_plain and is_named and is_bounded) or info.name in found or _climbs(info.name):
            raise BackupRefused(f"“{info.name[:200]}” has no place in a backup: this file was not made by us.")

    def _hashed(self, tar: tarfile.TarFile, info: tarfile.TarInfo) -> Member:
        self._places[info.name] = info.offset_data
        source = tar.extractfile(info)
        digest, size = hashlib.sha256(), 0
        while source is not None and (chunk := source.read(CHUNK)):
            digest.update(chunk)
            size += len(chunk)
        if size != info.size:
            raise BackupRefused(HALF)
        return Member(size, digest.hexdigest())


class _Exact:
    """So many bytes of a file, with their SHA-256; fewer, more or unreadable ones are refused."""

    def __init__(self, source: Readable, name: str, size: int, *, expected: str = "") -> None:
        self._source, self._name, self._left, self._expected = source, name, size, expected
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        try:
            chunk = self._source.read(wanted) if wanted else b""
        except OSError as error:
            raise BackupRefused(
                f"“{self._name}” cannot be read: {error.strerror or error}. Nothing was kept."
            ) from error
        if wanted and not chunk:
            raise BackupRefused(f"“{self._name}” is shorter than it was a moment ago.")
        self._digest.update(chunk)
        self._left -= len(chunk)
        return chunk

    def end(self) -> None:
        """Everything was read, and it was what was expected; without an expectation the source ends here, too."""
        while self._left:
            self.read(CHUNK)
        if self._expected and self.sha256 != self._expected:
            raise BackupRefused(f"“{self._name}” in this backup has changed while it was read.")
        if not self._expected and self._source.read(1):
            raise BackupRefused(f"“{self._name}” is longer than it was a moment ago.")


def _unpacked(packed: _Exact, table: Table) -> Iterator[bytes]:
    """The lines of a table; no more of them and no more bytes than the manifest says, whatever was packed."""
    rows = size = 0
    try:
        with gzip.GzipFile(fileobj=packed, mode="rb") as lines:  # type: ignore[call-overload]
            while line := lines.readline(LINE_LIMIT):
                rows, size = rows + 1, size + len(line)
                if rows > table.rows or size > table.unpacked or not line.endswith(b"\n"):
                    raise BackupRefused(HALF)
                yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as odd:
        raise BackupRefused(HALF) from odd
    packed.end()
    if (rows, size) != (table.rows, table.unpacked):
        raise BackupRefused(HALF)


def _climbs(name: str) -> bool:
    return not {".", "..", ""}.isdisjoint(name.split("/"))


def _strings(values: list[str]) -> None:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError("Texts were expected.")


def _counts(*values: int) -> None:
    if not all(type(value) is int and 0 <= value < 2**63 for value in values):
        raise TypeError("Counts were expected.")
