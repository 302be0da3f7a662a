"""Where files are kept: on the disk, or in an S3 bucket as STORAGE_URL says."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

ON_DISK = "django.core.files.storage.FileSystemStorage"
IN_A_BUCKET = "files.bucket.Bucket"
HOW = "s3://key:secret@s3.eu-central-1.amazonaws.com/bucket?region=eu-central-1"
PRIVATE = ("originals", "documents")  # documents are sent by their own view alone
LOCAL = {"127.0.0.1", "localhost", "::1"}
# A name is used once and its file never changes: whoever serves the bucket may say so.
CACHED = {"CacheControl": "public, max-age=31536000, immutable"}


def storages(url: str, address: str, data_dir: Path) -> dict[str, Any]:
    """The storages for ``STORAGES``: "default" holds what readers load, no address leads to the others.

    ``url`` is STORAGE_URL, ``address`` STORAGE_ADDRESS. Raises ``ImproperlyConfigured`` for what cannot work.
    """
    if not url:
        if address:
            raise ImproperlyConfigured("STORAGE_ADDRESS is set and STORAGE_URL is not. Set both, or neither.")
        return _disk(data_dir)
    bucket = _bucket(url)
    if address and (not address.startswith("https://") or not urlsplit(address).hostname):
        raise ImproperlyConfigured(
            f"STORAGE_ADDRESS is “{address}”. Set the https:// address of the bucket's folder “media”, or leave it out."
        )
    public = {"location": "media", "address": f"{address.rstrip('/')}/" if address else "media/"}
    return {
        "default": {"BACKEND": IN_A_BUCKET, "OPTIONS": bucket | public | {"object_parameters": CACHED}},
        **{
            alias: {"BACKEND": IN_A_BUCKET, "OPTIONS": bucket | {"location": alias, "address": "nowhere/"}}
            for alias in PRIVATE
        },
    }


def origin(address: str) -> list[str]:
    """Where pages may load pictures from besides ourselves, for the policies."""
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


def _disk(data_dir: Path) -> dict[str, Any]:
    private = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {
        "default": {"BACKEND": ON_DISK},
        # outside MEDIA_ROOT: no address leads there
        **{alias: {"BACKEND": ON_DISK, "OPTIONS": {"location": data_dir / alias} | private} for alias in PRIVATE},
    }


def _bucket(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = parts.path.strip("/")
    asked = parse_qs(parts.query)
    if (
        parts.scheme not in {"s3", "s3+http"}
        or not parts.hostname
        or not name
        or "/" in name
        or set(asked) - {"region"}
    ):
        raise ImproperlyConfigured(
            f"STORAGE_URL names no bucket. Set it as in {HOW}, or leave it out to keep files here."
        )
    if parts.scheme == "s3+http" and parts.hostname not in LOCAL:
        raise ImproperlyConfigured("STORAGE_URL would send files unencrypted over a network. Set s3:// instead.")
    if bool(parts.username) != bool(parts.password):
        raise ImproperlyConfigured(f"STORAGE_URL has a key without a secret, or the reverse. Set it as in {HOW}.")
    if not find_spec("storages") or not find_spec("boto3"):
        raise ImproperlyConfigured("STORAGE_URL needs packages that are not installed. Run “bin/bootstrap s3”.")
    host = parts.netloc.rpartition("@")[2]
    return {
        "bucket_name": name,
        "endpoint_url": f"{'http' if parts.scheme == 's3+http' else 'https'}://{host}",
        "region_name": asked.get("region", ["us-east-1"])[0],
        "addressing_style": "path",
        # without them the machine's own role is asked
        **(
            {"access_key": unquote(parts.username), "secret_key": unquote(parts.password or "")}
            if parts.username
            else {}
        ),
    }
