"""An S3 server of our own for benchmarks, kept in memory by moto.

Belongs here: starting and ending it, the environment in which programs find it. Stays out: what is kept there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

BUCKET = "cchc"
KEYS = {"AWS_ACCESS_KEY_ID": "made-up", "AWS_SECRET_ACCESS_KEY": "made-up", "AWS_DEFAULT_REGION": "us-east-1"}


@contextmanager
def s3_server(port: int = 0) -> Iterator[dict[str, str]]:
    """Run a server with one bucket; give the environment by which programs reach it."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    host, chosen = server.get_host_and_port()
    environ = {**KEYS, "AWS_ENDPOINT_URL": f"http://{host}:{chosen}"}
    client = boto3.client(
        "s3",
        endpoint_url=environ["AWS_ENDPOINT_URL"],
        aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        region_name=KEYS["AWS_DEFAULT_REGION"],
    )
    client.create_bucket(Bucket=BUCKET)
    try:
        yield environ
    finally:
        server.stop()
