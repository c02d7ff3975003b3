import {
  DescribeStreamSummaryCommand,
  type KinesisClient,
  type StreamDescriptionSummary,
} from "@aws-sdk/client-kinesis";
import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { Parts } from "../evidence";
import type { Attempts } from "./attempts";

/** The stream of a pipeline. */
export interface DescribedStream {
  readonly part: Parts["stream"];
  /** ID or ARN of its key; absent if it is not encrypted. */
  readonly keyId?: string;
}

/** @returns undefined, with a gap, if it could not be read */
export async function describeStream(
  client: KinesisClient,
  name: string,
  attempts: Attempts,
): Promise<DescribedStream | undefined> {
  const answer = await attempts.attempt("stream", "kinesis:DescribeStreamSummary", () =>
    client.send(new DescribeStreamSummaryCommand({ StreamName: name })),
  );
  if (answer === undefined) return undefined;
  if (answer === "missing") return { part: { name, status: "MISSING" } };
  const summary = answer.StreamDescriptionSummary;
  return {
    part: streamPart(name, summary),
    ...(summary?.EncryptionType === "KMS" &&
      summary.KeyId !== undefined && { keyId: summary.KeyId }),
  };
}

function streamPart(name: string, summary: StreamDescriptionSummary | undefined): Parts["stream"] {
  const { StreamStatus, RetentionPeriodHours, OpenShardCount, StreamModeDetails } = summary ?? {};
  const mode = StreamModeDetails?.StreamMode;
  return {
    name,
    status: StreamStatus ?? "ACTIVE",
    ...(RetentionPeriodHours !== undefined && { retentionHours: RetentionPeriodHours }),
    ...(OpenShardCount !== undefined && { shards: OpenShardCount }),
    ...(mode !== undefined && { mode }),
  };
}

/** The bucket of a pipeline. */
export interface DescribedBucket {
  readonly part?: Parts["bucket"];
  /** Its policy as JSON; absent if it has none, or if it could not be read. */
  readonly policy?: string;
  /** Whether its policy is known, also if it has none. */
  readonly isPolicyKnown: boolean;
  /** ARN or ID of the key of its default encryption; absent without one. */
  readonly keyId?: string;
  readonly bucketKey: "enabled" | "disabled" | "unknown";
}

/** @param region of the delivery stream; absent if it is unknown */
export async function describeBucket(
  client: S3Client,
  name: string,
  region: string | undefined,
  attempts: Attempts,
): Promise<DescribedBucket> {
  const part = await bucketPart(client, name, region, attempts);
  const none = { ...(part && { part }), isPolicyKnown: false, bucketKey: "unknown" } as const;
  if (part?.state === "missing") return none;
  const policy = await attempts.attempt("access", "s3:GetBucketPolicy", () =>
    client.send(new GetBucketPolicyCommand({ Bucket: name })),
  );
  const encryption = await attempts.attempt("keys", "s3:GetEncryptionConfiguration", () =>
    client.send(new GetBucketEncryptionCommand({ Bucket: name })),
  );
  const rule =
    typeof encryption === "object"
      ? encryption.ServerSideEncryptionConfiguration?.Rules?.[0]
      : undefined;
  const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
  const keyId = SSEAlgorithm?.startsWith("aws:kms") ? KMSMasterKeyID : undefined;
  return {
    ...none,
    isPolicyKnown: policy !== undefined,
    ...(typeof policy === "object" && policy.Policy !== undefined && { policy: policy.Policy }),
    ...(keyId !== undefined && { keyId }),
    ...(rule && { bucketKey: rule.BucketKeyEnabled === true ? "enabled" : "disabled" }),
  };
}

export async function bucketPart(
  client: S3Client,
  name: string,
  region: string | undefined,
  attempts: Attempts,
): Promise<Parts["bucket"] | undefined> {
  // HeadBucket needs the permission to list.
  const answer = await attempts.attempt("bucket", "s3:ListBucket", async () => {
    try {
      return (await client.send(new HeadBucketCommand({ Bucket: name }))).BucketRegion;
    } catch (error) {
      const elsewhere = redirectedTo(error);
      if (elsewhere === undefined) throw error;
      return elsewhere;
    }
  });
  if (answer === "missing") return { name, state: "missing" };
  if (answer === undefined && attempts.gaps.some(({ part }) => part === "bucket")) return undefined;
  if (answer === undefined || region === undefined || answer === region)
    return { name, state: "found", ...(answer !== undefined && { region: answer }) };
  return { name, state: "in another region", region: answer };
}

/** S3 answers with 301 and the region if a bucket is in another one. */
function redirectedTo(error: unknown): string | undefined {
  const { $metadata, $response } = error as {
    $metadata?: { httpStatusCode?: number };
    $response?: { headers?: Readonly<Record<string, string>> };
  };
  return $metadata?.httpStatusCode === 301
    ? ($response?.headers?.["x-amz-bucket-region"] ?? "another region")
    : undefined;
}
