"""Uses a Kinesis endpoint as a Python program does: python3 putAndGet.py ENDPOINT REGION"""

import sys
import time

import boto3
from botocore.config import Config

endpoint, region = sys.argv[1:]
kinesis = boto3.client(
    "kinesis",
    endpoint_url=endpoint,
    region_name=region,
    aws_access_key_id="local",
    aws_secret_access_key="local",
    config=Config(retries={"max_attempts": 0}),
)
kinesis.create_stream(StreamName="python", ShardCount=2)
kinesis.get_waiter("stream_exists").wait(StreamName="python")
sent = [f"record {number}".encode() for number in range(500)]
answer = kinesis.put_records(
    StreamName="python",
    Records=[{"Data": data, "PartitionKey": str(data)} for data in sent],
)
assert answer["FailedRecordCount"] == 0, answer

found = []
for page in kinesis.get_paginator("list_shards").paginate(StreamName="python"):
    for shard in page["Shards"]:
        iterator = kinesis.get_shard_iterator(
            StreamName="python",
            ShardId=shard["ShardId"],
            ShardIteratorType="TRIM_HORIZON",
        )["ShardIterator"]
        records = kinesis.get_records(ShardIterator=iterator)
        assert records["MillisBehindLatest"] == 0, records
        for record in records["Records"]:
            age = time.time() - record["ApproximateArrivalTimestamp"].timestamp()
            assert 0 <= age + 1 < 120, age
            found.append(record["Data"])
assert sorted(found) == sorted(sent), len(found)

try:
    kinesis.put_record(StreamName="none", Data=b"x", PartitionKey="k")
    raise AssertionError("There is no such stream.")
except kinesis.exceptions.ResourceNotFoundException:
    pass
try:
    kinesis.put_records(
        StreamName="python",
        Records=[{"Data": b"x", "PartitionKey": "k"}] * 501,
    )
    raise AssertionError("There are too many records.")
except kinesis.exceptions.ClientError as error:
    assert error.response["Error"]["Code"] == "ValidationException", error.response
