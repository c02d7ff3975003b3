import type { LocalAws } from "../../local/run/startLocalAws";
import type { StreamToRead } from "../../aws/firehose/model/deliveryConfiguration";

/** A program for Node.js that puts a record on a local stream, as text to copy. */
export function producerSnippet(
  { name, region }: StreamToRead,
  { kinesisEndpoint, credentials }: LocalAws,
): readonly string[] {
  return [
    'import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";',
    "",
    "const kinesis = new KinesisClient({",
    `  region: "${region}",`,
    `  endpoint: "${kinesisEndpoint}",`,
    `  credentials: { accessKeyId: "${credentials.accessKeyId}", secretAccessKey: "${credentials.secretAccessKey}" },`,
    "});",
    "await kinesis.send(",
    "  new PutRecordCommand({",
    `    StreamName: "${name}",`,
    '    PartitionKey: "user-1",',
    '    Data: Buffer.from(JSON.stringify({ type: "hello" })),',
    "  }),",
    ");",
  ];
}

/** Variables by which every AWS SDK and the AWS CLI find the local services, as text to copy. */
export function endpointVariables(
  region: string,
  { kinesisEndpoint, s3Endpoint, credentials }: LocalAws,
): readonly string[] {
  return [
    `export AWS_ENDPOINT_URL_KINESIS=${kinesisEndpoint}`,
    `export AWS_ENDPOINT_URL_S3=${s3Endpoint}`,
    `export AWS_REGION=${region}`,
    `export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
  ];
}
