"""S3 for the tests: a server of its protocol on loopback with one bucket."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

moto = pytest.importorskip("moto.server", reason="needs moto")
boto3 = pytest.importorskip("boto3", reason="needs moto")

BUCKET = "archive"


class Storage:
    """A bucket, as the tests see it."""

    def __init__(self, endpoint: str) -> None:
        self.environment = {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_CONFIG_FILE": os.devnull,
        }
        self.client: Any = boto3.client(
            "s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
        )
        self.client.create_bucket(Bucket=BUCKET)

    def put(self, folder: Path, key: str) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = f"{key}/{path.relative_to(folder).as_posix()}"
                self.client.put_object(Bucket=BUCKET, Key=name, Body=path.read_bytes())

    def empty(self) -> None:
        while listed := self.client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
            self.client.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": found["Key"]} for found in listed]})

    def get(self, key: str) -> dict[str, bytes]:
        """The objects below a key."""
        listed = self.client.list_objects_v2(Bucket=BUCKET, Prefix=f"{key}/").get("Contents", [])
        names = [found["Key"] for found in listed]
        return {
            name.removeprefix(f"{key}/"): self.client.get_object(Bucket=BUCKET, Key=name)["Body"].read()
            for name in names
        }


@contextmanager
def serve_bucket() -> Iterator[Storage]:
    server = moto.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    storage = Storage(f"http://{host}:{port}")
    try:
        yield storage
    finally:
        storage.client.close()
        request = Request(f"http://{host}:{port}/moto-api/reset", method="POST")  # the next server knows nothing of it
        urlopen(request, timeout=60).close()
        server.stop()
