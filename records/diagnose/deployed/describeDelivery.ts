import {
  DescribeDeliveryStreamCommand,
  type DeliveryStreamDescription,
  type FirehoseClient,
} from "@aws-sdk/client-firehose";
import type { Parts } from "../evidence";
import { type Attempts, AwsUnavailable } from "./attempts";

/**
 * Describes the delivery stream, the first call of a diagnosis.
 *
 * @returns "missing" if there is none of that name; undefined, with a gap, if AWS denied the call
 * @throws Error if AWS cannot be reached
 */
export async function describeDelivery(
  client: FirehoseClient,
  name: string,
  attempts: Attempts,
): Promise<DeliveryStreamDescription | "missing" | undefined> {
  return attempts.attempt("deliveryStream", "firehose:DescribeDeliveryStream", async () => {
    const command = new DescribeDeliveryStreamCommand({ DeliveryStreamName: name });
    const { DeliveryStreamDescription: found } = await client.send(command).catch(unreachable);
    if (found === undefined) throw new Error("the answer has no DeliveryStreamDescription");
    return found;
  });
}

/** Without a connection to Firehose, the other services would not answer either. */
function unreachable(error: unknown): never {
  const isAnswer = error instanceof Error && "$metadata" in error;
  const { httpStatusCode } = (isAnswer ? error.$metadata : {}) as { httpStatusCode?: number };
  if (httpStatusCode !== undefined) throw error;
  throw new AwsUnavailable(error);
}

const defaultBufferSeconds = 300;
const defaultBufferMiB = 5;

/** The state of a delivery stream that AWS describes. */
export function deliveryStreamPart(
  description: DeliveryStreamDescription | "missing",
  name: string,
): Parts["deliveryStream"] {
  if (description === "missing") return { name, status: "MISSING" };
  const { DeliveryStreamStatus: status, FailureDescription: failure, Source } = description;
  const { DeliveryStreamEncryptionConfiguration: sse, CreateTimestamp: created } = description;
  const s3 = description.Destinations?.[0]?.ExtendedS3DestinationDescription;
  const streamArn = Source?.KinesisStreamSourceDescription?.KinesisStreamARN;
  const { IntervalInSeconds: seconds, SizeInMBs: size } = s3?.BufferingHints ?? {};
  return {
    name,
    status: status ?? "ACTIVE",
    ...(failure && { failure: failureText(failure) }),
    ...(created && { createdAt: created.getTime() }),
    ...(streamArn !== undefined && { streamArn }),
    ...(s3?.BucketARN !== undefined && { bucket: s3.BucketARN.split(":").at(-1) ?? "" }),
    bufferSeconds: seconds ?? defaultBufferSeconds,
    bufferBytes: (size ?? defaultBufferMiB) * 1024 * 1024,
    partitions: s3?.DynamicPartitioningConfiguration?.Enabled === true,
    ...(sse?.Status !== undefined && {
      encryption: {
        status: sse.Status,
        ...(sse.FailureDescription && { failure: failureText(sse.FailureDescription) }),
      },
    }),
    logsErrors: s3?.CloudWatchLoggingOptions?.Enabled === true,
  };
}

function failureText({
  Type,
  Details,
}: {
  Type?: string | undefined;
  Details?: string | undefined;
}): string {
  return [Type, Details].filter(Boolean).join(": ");
}
