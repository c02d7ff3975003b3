import {
  declaredDeliveryStreams,
  readDeliveryStream,
} from "../../aws/firehose/model/deliveryStream";
import {
  type DocumentedRequest,
  documentedRequests,
} from "../../aws/firehose/requests/documentedRequests";
import { rolesOf } from "../../aws/firehose/requests/firehoseIdentity";
import { firehoseRequests } from "../../aws/firehose/requests/firehoseRequests";
import type { AccessRequest } from "../../aws/iam/accessRequest";
import type { Decision } from "../../aws/iam/decision";
import { evaluatePrefix } from "../../components/prefix/evaluatePrefix";
import type { GraphResource, ResourceGraph } from "../../engine/graph/resourceGraph";
import { type DeclaredDelivery, declaredDelivery, type DeclaredOutput } from "./declaredDelivery";
import { declaredPolicies } from "./declaredPolicies";
import { Unresolved } from "./declaredValue";
import { readEncryptionAndOwnership } from "./encryptionAndOwnership";
import { GrantLedger, type UnusedGrants } from "./grantLedger";

/** The access check of one delivery stream: IAM's decisions on all its calls. */
export interface AccessCheck {
  readonly deliveryStream: GraphResource;
  /** Empty if its calls are unknown. */
  readonly decisions: readonly CheckedRequest[];
  /** Grants in the identity-based policies of its roles. */
  readonly unused: UnusedGrants;
  /** What was not checked, as clauses; undecided requests are not included. */
  readonly notChecked: readonly string[];
  /** What was assumed because the graph does not contain it, as sentences. */
  readonly assumptions: readonly string[];
}

interface CheckedRequest {
  /** The call that makes the request, e.g. `PutObject`, which may also use a key. */
  readonly call: string;
  readonly request: AccessRequest;
  readonly decision: Decision;
}

/**
 * Evaluates the policies of a graph for every call of its delivery streams: the checks when they
 * are created, reading, transforming and converting, delivering data and failed records, backing up,
 * and logging.
 */
export function checkAccess(graph: ResourceGraph): readonly AccessCheck[] {
  const ledger = new GrantLedger(declaredPolicies(graph));
  const streamChecks = declaredDeliveryStreams(graph).map((resource) =>
    checkStream(graph, resource, ledger),
  );
  // Delivery streams can share a role, so a grant is unused only if none of them needs it.
  const documented = streamChecks.flatMap((streamCheck) => streamCheck.documented);
  return streamChecks.map(({ roleArns, ...streamCheck }) => ({
    deliveryStream: streamCheck.deliveryStream,
    decisions: streamCheck.decisions,
    unused: ledger.unused(roleArns, documented),
    notChecked: streamCheck.notChecked,
    assumptions: streamCheck.assumptions,
  }));
}

/** The check of one delivery stream, before grants are compared with those of the others. */
interface StreamCheck extends Omit<AccessCheck, "unused"> {
  /** The roles whose unused grants can be reported. */
  readonly roleArns: readonly string[];
  readonly documented: readonly DocumentedRequest[];
}

function checkStream(
  graph: ResourceGraph,
  deliveryStream: GraphResource,
  ledger: GrantLedger,
): StreamCheck {
  const uncheckable = (reason: string): StreamCheck => ({
    ...{ deliveryStream, decisions: [], notChecked: [reason], assumptions: [] },
    ...{ roleArns: [], documented: [] },
  });
  const delivery = declaredDelivery(readDeliveryStream(deliveryStream));
  if (delivery instanceof Unresolved) return uncheckable(delivery.reason);
  try {
    const { calls, documented } = expectedCalls(graph, delivery);
    const { uncheckedFeatures } = delivery;
    return {
      deliveryStream,
      ...decideAll(graph, calls, ledger),
      notChecked: uncheckedFeatures.map((feature) => `its calls for ${feature} are not checked`),
      // A grant that seems unused may be needed by an unchecked feature.
      roleArns: uncheckedFeatures.length === 0 ? rolesOf(delivery) : [],
      documented,
    };
  } catch (error) {
    return uncheckable((error as Error).message);
  }
}

function decideAll(
  graph: ResourceGraph,
  calls: ExpectedCalls["calls"],
  ledger: GrantLedger,
): Pick<AccessCheck, "decisions" | "assumptions"> {
  const declared = declaredPolicies(graph);
  const decisions = Object.entries(calls).flatMap(([call, requests]) =>
    requests.map((request) => {
      const decision = declared.decide(request);
      ledger.record(request, decision);
      return { call, request, decision };
    }),
  );
  return { decisions, assumptions: declared.assumptions };
}

interface ExpectedCalls {
  /** Name of a call -> all requests that it makes. */
  readonly calls: Readonly<Record<string, readonly AccessRequest[]>>;
  readonly documented: readonly DocumentedRequest[];
}

/** @throws if a KMS key or a prefix is invalid or unknown */
function expectedCalls(graph: ResourceGraph, delivery: DeclaredDelivery): ExpectedCalls {
  const { backup } = delivery;
  const requests = firehoseRequests(delivery, readEncryptionAndOwnership(graph, delivery));
  const keys = sampleKeys(delivery);
  const destination = outputCalls(graph, delivery, [keys.data, keys.errors]);
  // Records fail only on their way to the destination.
  const ofBackup = backup && outputCalls(graph, backup, [sampleKeys(backup).data]);
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
  graph: ResourceGraph,
  output: DeclaredOutput,
  keys: readonly string[],
): ExpectedCalls & { readonly assumeRole: readonly AccessRequest[] } {
  const encryptionAndOwnership = readEncryptionAndOwnership(graph, output);
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
