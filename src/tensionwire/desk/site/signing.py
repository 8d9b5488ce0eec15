"""Hashes of a folder, signed: Ed25519 (RFC 8032), the key kept in the user's data folder."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tensionwire.errors import InputError, UsageError

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
FORMAT: Final = "tensionwire-site-1"
KEY: Final = "site.key"
_OWN: Final = frozenset({MANIFEST, SIGNATURE})
_PART: Final = 1 << 20


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a site holds. `key` is the public key in base64; `files` maps paths to SHA-256 in hex."""

    format: str
    made: str
    key: str
    files: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of checking a site: who signed it and when, and everything that is amiss."""

    key: str
    made: str
    files: int
    faults: tuple[str, ...]


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """The key of this user, made at the first call, in a file that only its owner can read."""
    path = folder / KEY
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _keep(path, Ed25519PrivateKey.generate())
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise UsageError(str(path), f"cannot be kept ({error.strerror})", "see to the rights of the folder") from error
    except ValueError as error:
        raise UsageError(str(path), "is no key", "restore it from a backup, or remove it for a new one") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(str(path), "is a key of another kind", "remove it for a new one")
    return key


def public_words(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """The public key as it is passed on: 44 characters of base64."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def sign(folder: Path, key: Ed25519PrivateKey, made: str) -> Manifest:
    """Write the manifest of a folder and its signature into it."""
    files = {name: digest(folder / name) for name in sorted(files_of(folder)) if name not in _OWN}
    manifest = Manifest(format=FORMAT, made=made, key=public_words(key), files=files)
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    (folder / MANIFEST).write_bytes(data)
    (folder / SIGNATURE).write_bytes(base64.b64encode(key.sign(data)) + b"\n")
    return manifest


def check(folder: Path, key: str | None = None) -> Checked:
    """Recheck a site: that its manifest is signed, and that all its files are those of the manifest.

    `key` is the public key that is expected; None: the one that the manifest names, which proves only that nothing was
    changed since whoever has that key signed it. Raises InputError where there is no manifest to check.
    """
    data, signature = _read(folder / MANIFEST), _read(folder / SIGNATURE)
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except msgspec.DecodeError as error:
        raise InputError(str(folder / MANIFEST), f"is no manifest ({error})", "ask for the site again") from error
    faults = [*_of_signature(data, signature, manifest, key), *_of_files(folder, manifest.files)]
    return Checked(key=manifest.key, made=manifest.made, files=len(manifest.files), faults=tuple(faults))


def files_of(folder: Path) -> Iterator[str]:
    """Every file of a folder, links as well, with forward slashes."""
    for base, folders, names in os.walk(folder):
        linked = [name for name in folders if (Path(base) / name).is_symlink()]
        for name in (*names, *linked):
            yield (Path(base) / name).relative_to(folder).as_posix()


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while part := stream.read(_PART):
            found.update(part)
    return found.hexdigest()


def _keep(path: Path, key: Ed25519PrivateKey) -> None:
    data = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return  # another program was first: its key is the one
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = f"cannot be read ({error.strerror})"
        raise InputError(str(path), why, "name the folder that export-site wrote") from error


def _of_signature(data: bytes, signature: bytes, manifest: Manifest, key: str | None) -> Iterator[str]:
    if manifest.format != FORMAT:
        yield f"{MANIFEST}: of another format ({manifest.format[:40]})"
    if key is not None and key != manifest.key:
        yield f"{MANIFEST}: names another key than the one you gave"
    try:
        _public(key or manifest.key).verify(base64.b64decode(signature, validate=False), data)
    except (InvalidSignature, ValueError):
        yield f"{SIGNATURE}: is not the signature of the manifest by that key"


def _public(words: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(words, validate=True))


def _of_files(folder: Path, files: Mapping[str, str]) -> Iterator[str]:
    for name, expected in files.items():
        if not _inside(name):
            yield f"{name!r}: leads out of the folder"
        elif any(part.is_symlink() for part in _way(folder, name)):
            yield f"{name}: is a link, not a file"
        elif not (folder / name).is_file():
            yield f"{name}: is missing"
        elif digest(folder / name) != expected:
            yield f"{name}: was changed"
    for name in sorted(set(files_of(folder)) - files.keys() - _OWN):
        yield f"{name}: was added"


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(name) and not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _way(folder: Path, name: str) -> Iterator[Path]:
    at = folder
    for part in PurePosixPath(name).parts:
        at = at / part
        yield at
