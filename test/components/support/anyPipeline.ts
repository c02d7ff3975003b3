import fc from "fast-check";
import type { Pipeline } from "./pipelineDocuments";

const place = fc.constantFrom(
  { partition: "aws", region: "us-east-1" },
  { partition: "aws", region: "eu-central-1" },
  { partition: "aws-cn", region: "cn-northwest-1" },
  { partition: "aws-us-gov", region: "us-gov-east-1" },
);
const account = fc.stringMatching(/^\d{12}$/);
const name = fc.stringMatching(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/);
const optionally = { freq: 4, nil: undefined };

/** Any pipeline: in any partition, with or without a key, its bucket and key new or existing. */
export const anyPipeline: fc.Arbitrary<Pipeline> = fc
  .record({
    place,
    account,
    keyAccount: account,
    stream: name,
    bucket: name,
    keyId: fc.option(fc.uuid(), optionally),
    streamKeyId: fc.option(fc.uuid(), optionally),
    existingKey: fc.boolean(),
    existingBucket: fc.option(fc.constantFrom("same-account", "other-account"), optionally),
    encryptedLog: fc.boolean(),
    prefix: fc.oneof(fc.constant(""), fc.string({ unit: "grapheme" })),
    errorPrefix: fc.oneof(fc.constant(""), fc.string({ unit: "grapheme" })),
    logGroupName: fc.stringMatching(/^[a-zA-Z0-9_\-/.#]{1,40}$/),
    roleNames: fc.record({ source: name, delivery: name }),
  })
  .map(({ place: { partition, region }, account, keyAccount, stream, bucket, ...other }) => {
    const { keyId, streamKeyId, ...rest } = other;
    const key = (id: string | undefined) =>
      id && `arn:${partition}:kms:${region}:${keyAccount}:key/${id}`;
    return {
      ...rest,
      streamArn: `arn:${partition}:kinesis:${region}:${account}:stream/${stream}`,
      bucketArn: `arn:${partition}:s3:::${bucket}`,
      keyArn: key(keyId),
      streamKeyArn: key(streamKeyId),
    };
  });
