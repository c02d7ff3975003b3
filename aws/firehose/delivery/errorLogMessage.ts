import { isThrottling } from "../../throttling";
import { invokedArn } from "../transformation/callFunction";
import type { FailedCall, FirehoseOperation, FunctionCalled } from "./deliveryEvent";

/** The delivery stream in every line of its error log. */
export interface LoggedDeliveryStream {
  readonly arn: string;
  /** Firehose includes the destination even in errors of the source. */
  readonly bucketArn: string;
}

/**
 * What Firehose writes to its CloudWatch error log about a failed call: one line of JSON.
 *
 * AWS retries some failures without logging them: throttled calls, expired iterators, and reads that
 * fail for any reason other than access or a missing stream. The local checkpoint is not a call to
 * AWS and is not logged either.
 *
 * Source: Amazon Data Firehose Developer Guide, "Data delivery errors". The messages of the Kinesis
 * errors and the type of the version are as observed in AWS.
 *
 * @returns undefined if Firehose logs nothing
 */
export function errorLogMessage(
  deliveryStream: LoggedDeliveryStream,
  call: FailedCall,
): string | undefined {
  const errorCode = errorCodes[call.operation](call.code);
  if (errorCode === undefined) return undefined;
  return JSON.stringify({
    deliveryStreamARN: deliveryStream.arn,
    destination: deliveryStream.bucketArn,
    // A local delivery stream is never updated.
    deliveryStreamVersionId: errorCode.startsWith("Kinesis.") ? 1 : "1",
    message: messages[errorCode],
    errorCode,
  });
}

/**
 * What Firehose writes about a call of a function that failed for all of its records.
 *
 * @returns undefined for any other call
 */
export function functionErrorMessage(
  { arn, bucketArn }: LoggedDeliveryStream,
  { functionArn, failure }: FunctionCalled,
): string | undefined {
  if (failure === undefined) return undefined;
  return JSON.stringify({
    ...{ deliveryStreamARN: arn, destination: bucketArn, deliveryStreamVersionId: 1 },
    ...{ message: failure.errorMessage, errorCode: failure.errorCode },
    processor: invokedArn(functionArn),
  });
}

const messages = {
  "S3.AccessDenied":
    "Access was denied. Ensure that the trust policy for the provided IAM role allows Firehose to " +
    "assume the role, and the access policy allows access to the S3 bucket.",
  "S3.NoSuchBucket":
    "The specified bucket does not exist. Create the bucket or use a different bucket that does exist.",
  "S3.MethodNotAllowed":
    "The specified method is not allowed against this resource. Modify the bucket's policy to allow " +
    "the correct Amazon S3 operation permissions.",
  "S3.KMS.NotFoundException":
    "The provided AWS KMS key was not found. If you are using what you believe to be a valid AWS KMS " +
    "key with the correct role, check if there is a problem with the account to which the AWS KMS " +
    "key is attached.",
  "S3.KMS.RequestLimitExceeded":
    "The KMS request per second limit was exceeded while attempting to encrypt S3 objects. Increase " +
    "the request per second limit.",
  InternalError:
    "An internal error occurred while attempting to deliver data. Delivery will be retried; if the " +
    "error persists, then it will be reported to AWS for resolution.",
  "Kinesis.AccessDenied":
    "Access was denied when calling Kinesis. Ensure the access policy on the IAM role used allows " +
    "access to the appropriate Kinesis APIs.",
  "Kinesis.ResourceNotFound":
    "Firehose failed to read from the stream. If the Firehose is attached with Kinesis Stream, the " +
    "stream may not exist, or the shard may have been merged or split. If the Firehose is of " +
    "DirectPut type, the Firehose may not exist any more.",
} as const;

type ErrorCode = keyof typeof messages;

const errorCodes: Readonly<Record<FirehoseOperation, (code: string) => ErrorCode | undefined>> = {
  ListShards: sourceError,
  GetShardIterator: sourceError,
  GetRecords: sourceError,
  // Events of its own report the calls of functions.
  InvokeFunction: () => undefined,
  PutObject: destinationError,
  Checkpoint: () => undefined,
};

function sourceError(code: string): ErrorCode | undefined {
  if (isDenial(code)) return "Kinesis.AccessDenied";
  return code === "ResourceNotFoundException" ? "Kinesis.ResourceNotFound" : undefined;
}

/** By the codes of S3, which passes on those of KMS. */
function destinationError(code: string): ErrorCode | undefined {
  if (isDenial(code)) return "S3.AccessDenied";
  if (isThrottling(code)) return undefined;
  switch (code) {
    case "NoSuchBucket":
      return "S3.NoSuchBucket";
    case "MethodNotAllowed":
      return "S3.MethodNotAllowed";
    case "KMS.NotFoundException":
      return "S3.KMS.NotFoundException";
    case "KMS.ThrottlingException":
      return "S3.KMS.RequestLimitExceeded";
    default:
      return "InternalError";
  }
}

/** S3 and STS use the first code, Kinesis the second, or the third for its KMS key. */
function isDenial(code: string): boolean {
  return ["AccessDenied", "AccessDeniedException", "KMSAccessDeniedException"].includes(code);
}
