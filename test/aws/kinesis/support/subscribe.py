"""Subscribes to a shard as a Python program does: python3 subscribe.py ENDPOINT REGION"""

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
kinesis.create_stream(StreamName="pushed", ShardCount=1)
kinesis.get_waiter("stream_exists").wait(StreamName="pushed")
stream = kinesis.describe_stream_summary(StreamName="pushed")["StreamDescriptionSummary"]
consumer = kinesis.register_stream_consumer(
    StreamARN=stream["StreamARN"], ConsumerName="python"
)["Consumer"]
shard = "shardId-000000000000"
subscription = kinesis.subscribe_to_shard(
    ConsumerARN=consumer["ConsumerARN"],
    ShardId=shard,
    StartingPosition={"Type": "LATEST"},
)["EventStream"]

sent = [f"record {number}".encode() for number in range(100)]
found = []
for event in subscription:
    pushed = event["SubscribeToShardEvent"]
    for record in pushed["Records"]:
        age = time.time() - record["ApproximateArrivalTimestamp"].timestamp()
        assert 0 <= age + 1 < 120, age
        found.append(record["Data"])
    if "ChildShards" in pushed:
        assert len(pushed["ChildShards"]) == 2, pushed
        assert "ContinuationSequenceNumber" not in pushed, pushed
    elif len(found) < len(sent):
        data = sent[len(found)]
        kinesis.put_record(StreamName="pushed", Data=data, PartitionKey="k")
    else:
        kinesis.split_shard(
            StreamName="pushed", ShardToSplit=shard, NewStartingHashKey="1000"
        )
assert found == sent, len(found)

try:
    kinesis.subscribe_to_shard(
        ConsumerARN=consumer["ConsumerARN"],
        ShardId=shard,
        StartingPosition={"Type": "LATEST"},
    )
    raise AssertionError("The consumer has just subscribed.")
except kinesis.exceptions.ResourceInUseException:
    pass
