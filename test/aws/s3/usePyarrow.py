"""Writes and reads with pyarrow, which is built on the SDK for C++. Arguments: endpoint, bucket."""

import os
import sys

from pyarrow import fs

endpoint, bucket = sys.argv[1:]
s3 = fs.S3FileSystem(
    access_key="any",
    secret_key="any",
    endpoint_override=endpoint.removeprefix("http://"),
    scheme="http",
    region="eu-central-1",
)
content = os.urandom(12 * 2**20)
with s3.open_output_stream(f"{bucket}/pyarrow/large") as file:
    file.write(content)
with s3.open_input_file(f"{bucket}/pyarrow/large") as file:
    assert file.size() == len(content)
    assert file.read_at(10, 7 * 2**20) == content[7 * 2**20 :][:10]
s3.copy_file(f"{bucket}/pyarrow/large", f"{bucket}/pyarrow/copy")
paths = [info.path for info in s3.get_file_info(fs.FileSelector(f"{bucket}/pyarrow"))]
assert sorted(paths) == [f"{bucket}/pyarrow/copy", f"{bucket}/pyarrow/large"], paths
s3.delete_dir(f"{bucket}/pyarrow")
assert s3.get_file_info(f"{bucket}/pyarrow").type == fs.FileType.NotFound
