import {
  type DocumentedRequest,
  documentedRequests,
} from "../../aws/firehose/requests/documentedRequests";
import type { EncryptionAndOwnership } from "../../aws/firehose/requests/firehoseIdentity";
import { firehoseRequests } from "../../aws/firehose/requests/firehoseRequests";
import type { AccessRequest } from "../../aws/iam/accessRequest";
import { evaluatePrefix } from "../../components/prefix/evaluatePrefix";
import type { DeclaredDelivery, DeclaredOutput } from "./declaredDelivery";

/** All calls that a delivery stream makes, with the requests to IAM of each. */
export interface ExpectedCalls {
  /** Name of a call -> all requests that it makes. */
  readonly calls: Readonly<Record<string, readonly AccessRequest[]>>;
  readonly documented: readonly DocumentedRequest[];
}

type EncryptionOf = (output: DeclaredOutput) => EncryptionAndOwnership;

/**
 * The calls when it is created, and those that read, transform, convert, deliver, back up and log.
 *
 * @param encryptionOf the resources of the delivery stream, or of its backup
 * @throws if a KMS key or a prefix is invalid or unknown
 */
export function expectedCalls(
  delivery: DeclaredDelivery,
  encryptionOf: EncryptionOf,
): ExpectedCalls {
  const { backup } = delivery;
  const requests = firehoseRequests(delivery, encryptionOf(delivery));
  const keys = sampleKeys(delivery);
  const destination = outputCalls(delivery, encryptionOf(delivery), [keys.data, keys.errors]);
  // Records fail only on their way to the destination.
  const ofBackup = backup && outputCalls(backup, encryptionOf(backup), [sampleKeys(backup).data]);
  return {
    calls: {
      "AssumeRole of the source": requests.assumeSourceRole,
      DescribeStream: requests.describeStream,
      ListShards: requests.listShards,
      GetShardIterator: requests.getShardIterator,
      GetRecords: requests.getRecords,
      "AssumeRole of the function": requests.assumeFunctionRole,
      GetFunctionConfiguration: requests.getFunctionConfiguration,
      InvokeFunction: requests.invokeFunction,
      "AssumeRole of the conversion": requests.assumeTableRole,
      GetTable: requests.getTable,
      GetTableVersion: requests.getTableVersion,
      GetTableVersions: requests.getTableVersions,
      "AssumeRole of the delivery": requests.assumeDeliveryRole,
      ...destination.calls,
      ...(ofBackup && {
        ...(backup.roleArn !== delivery.roleArn && {
          "AssumeRole of the backup": ofBackup.assumeRole,
        }),
        ...Object.fromEntries(
          Object.entries(ofBackup.calls).map(([call, its]) => [`${call} of the backup`, its]),
        ),
      }),
    },
    documented: [...destination.documented, ...(ofBackup?.documented ?? [])],
  };
}

/**
 * The calls of one output to its bucket and its error log.
 *
 * @param keys of objects that are put
 */
function outputCalls(
  output: DeclaredOutput,
  encryptionAndOwnership: EncryptionAndOwnership,
  keys: readonly string[],
): ExpectedCalls & { readonly assumeRole: readonly AccessRequest[] } {
  const requests = firehoseRequests(output, encryptionAndOwnership);
  return {
    assumeRole: requests.assumeDeliveryRole,
    calls: {
      GetBucketLocation: requests.getBucketLocation,
      PutObject: keys.flatMap((key) => requests.putObject(key)),
      PutLogEvents: requests.putLogEvents,
    },
    documented: keys.flatMap((key) => documentedRequests(output, encryptionAndOwnership, key)),
  };
}

/** S3 keys in the form that Firehose uses: one for data, one for records that failed. */
interface SampleKeys {
  readonly data: string;
  readonly errors: string;
}

/**
 * Time, random parts and partition keys are fixed, so that access checks are reproducible.
 *
 * @throws if a prefix is invalid, or has an expression that is not supported locally
 */
function sampleKeys(output: DeclaredOutput): SampleKeys {
  const { name, prefix, errorPrefix, partitions, timeZone } = output;
  const sample = (): string => "0".repeat(11);
  const moment = {
    ...{ timestamp: 0, timeZone, random: sample },
    ...(partitions && { partitionKey: sample }),
  };
  const objectName = `${name}-1-1970-01-01-00-00-00-${NIL_UUID}`;
  const errorMoment = { ...moment, errorOutputType: "processing-failed" };
  return {
    data: evaluatePrefix(prefix, moment) + objectName,
    errors: evaluatePrefix(errorPrefix || prefix, errorMoment) + objectName,
  };
}

const NIL_UUID = "00000000-0000-0000-0000-000000000000";
