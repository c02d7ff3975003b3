"""Writes and reads with boto3, as its users do. Arguments: endpoint, bucket, directory for files."""

import os
import sys
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, bucket, directory = sys.argv[1:]


def client(version):
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="eu-central-1",
        aws_access_key_id="any",
        aws_secret_access_key="any",
        config=Config(signature_version=version, proxies={}),
    )


s3 = client("s3v4")
content = os.urandom(20 * 2**20)
source = os.path.join(directory, "source")
with open(source, "wb") as file:
    file.write(content)

extra = {"ContentType": "text/plain", "Metadata": {"origin": "boto3"}}
s3.upload_file(source, bucket, "boto3/large", ExtraArgs=extra)
target = os.path.join(directory, "target")
s3.download_file(bucket, "boto3/large", target)
with open(target, "rb") as file:
    assert file.read() == content
head = s3.head_object(Bucket=bucket, Key="boto3/large")
assert head["ETag"].endswith('-3"'), head
assert head["ContentType"] == "text/plain", head
assert head["Metadata"] == {"origin": "boto3"}, head

copied = {"Bucket": bucket, "Key": "boto3/large"}
s3.copy(copied, bucket, "boto3/copy ü")
assert s3.get_object(Bucket=bucket, Key="boto3/copy ü")["Body"].read() == content
s3.copy_object(CopySource=copied, Bucket=bucket, Key="boto3/copy")

s3.put_object(Bucket=bucket, Key="boto3/small", Body=b"small", IfNoneMatch="*")
try:
    s3.put_object(Bucket=bucket, Key="boto3/small", Body=b"other", IfNoneMatch="*")
    raise AssertionError("replaced an object")
except ClientError as error:
    assert error.response["Error"]["Code"] == "PreconditionFailed", error

opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
for version in ["s3v4", "s3"]:
    signing = client(version)
    parameters = {"Bucket": bucket, "Key": "boto3/small"}
    url = signing.generate_presigned_url("get_object", {**parameters, "ResponseContentType": "a/b"})
    with opener.open(url) as answer:
        assert answer.read() == b"small"
        assert answer.headers["Content-Type"] == "a/b"
    url = signing.generate_presigned_url("put_object", parameters)
    with opener.open(urllib.request.Request(url, data=b"small", method="PUT")) as answer:
        assert answer.status == 200
    try:
        opener.open(signing.generate_presigned_url("get_object", parameters, ExpiresIn=-5))
        raise AssertionError("read with an expired URL")
    except urllib.error.HTTPError as error:
        assert error.code in (400, 403), error

s3.get_bucket_location(Bucket=bucket)
assert s3.get_bucket_versioning(Bucket=bucket).get("Status") is None
keys = [
    item["Key"]
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix="boto3/")
    for item in page["Contents"]
]
assert keys == ["boto3/copy", "boto3/copy ü", "boto3/large", "boto3/small"], keys
s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys]})
assert s3.list_objects_v2(Bucket=bucket, Prefix="boto3/")["KeyCount"] == 0
