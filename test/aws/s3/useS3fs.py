"""Writes and reads with s3fs, which pandas uses. Arguments: endpoint, bucket."""

import os
import sys

import s3fs

endpoint, bucket = sys.argv[1:]
client = {"endpoint_url": endpoint, "region_name": "eu-central-1"}
s3 = s3fs.S3FileSystem(key="any", secret="any", client_kwargs=client)
content = os.urandom(12 * 2**20)
with s3.open(f"{bucket}/s3fs/large", "wb", block_size=5 * 2**20) as file:
    file.write(content)
assert s3.cat(f"{bucket}/s3fs/large") == content
with s3.open(f"{bucket}/s3fs/large", "rb") as file:
    file.seek(7 * 2**20)
    assert file.read(10) == content[7 * 2**20 :][:10]
s3.copy(f"{bucket}/s3fs/large", f"{bucket}/s3fs/copy")
assert s3.find(f"{bucket}/s3fs") == [f"{bucket}/s3fs/copy", f"{bucket}/s3fs/large"]
s3.rm(f"{bucket}/s3fs", recursive=True)
assert not s3.exists(f"{bucket}/s3fs/large")
