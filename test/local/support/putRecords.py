"""Puts records as a Python program does: python3 putRecords.py ENDPOINT REGION DELIVERY_STREAM"""

import sys

import boto3
from botocore.config import Config

endpoint, region, name = sys.argv[1:]
firehose = boto3.client(
    "firehose",
    endpoint_url=endpoint,
    region_name=region,
    aws_access_key_id="local",
    aws_secret_access_key="local",
    config=Config(retries={"max_attempts": 0}),
)
assert firehose.list_delivery_streams()["DeliveryStreamNames"] == [name]
described = firehose.describe_delivery_stream(DeliveryStreamName=name)
assert described["DeliveryStreamDescription"]["DeliveryStreamType"] == "DirectPut", described
answer = firehose.put_record(DeliveryStreamName=name, Record={"Data": b"python 0"})
assert answer["RecordId"] and answer["Encrypted"] is False, answer
records = [{"Data": f"python {number}".encode()} for number in range(1, 500)]
answer = firehose.put_record_batch(DeliveryStreamName=name, Records=records)
assert answer["FailedPutCount"] == 0, answer
assert len({entry["RecordId"] for entry in answer["RequestResponses"]}) == 499, answer
try:
    firehose.put_record(DeliveryStreamName="none", Record={"Data": b""})
    sys.exit("a delivery stream that does not exist accepts records")
except firehose.exceptions.ResourceNotFoundException as error:
    assert error.response["Error"]["Message"].startswith("Firehose none under account"), error
