import { declaredDeliveryStreams } from "../../aws/firehose/model/deliveryConfiguration";
import {
  type DocumentedRequest,
  documentedRequests,
} from "../../aws/firehose/requests/documentedRequests";
import { firehoseRequests } from "../../aws/firehose/requests/firehoseRequests";
import type { AccessRequest } from "../../aws/iam/accessRequest";
import type { Decision } from "../../aws/iam/decision";
import { evaluatePrefix } from "../../components/prefix/evaluatePrefix";
import type { GraphResource, ResourceGraph } from "../../engine/graph/resourceGraph";
import { type DeclaredDelivery, declaredDelivery } from "./declaredDelivery";
import { declaredPolicies } from "./declaredPolicies";
import { Unresolved } from "./declaredValue";
import { encryptionAndOwnershipOf } from "./encryptionAndOwnership";
import { GrantLedger, type UnusedGrants } from "./grantLedger";

/** What IAM would say to all that a delivery stream does in its life. */
export interface AccessCheck {
  readonly deliveryStream: GraphResource;
  /** Empty if it cannot be told what it calls. */
  readonly decisions: readonly CheckedRequest[];
  /** Of its roles' own policies. */
  readonly unused: UnusedGrants;
  /** What could not be rehearsed, as clauses; requests that are undecided not among them. */
  readonly notChecked: readonly string[];
  /** What was taken to be so, since the graph does not tell, as sentences. */
  readonly assumptions: readonly string[];
}

interface CheckedRequest {
  /** The call that takes the request, e.g. `PutObject`, which may take the use of a key too. */
  readonly call: string;
  readonly request: AccessRequest;
  readonly decision: Decision;
}

/**
 * Puts every call that the delivery streams of a graph will make to the policies of the graph: the
 * checks at their creation, reading, delivering data and failed records, logging.
 */
export function checkAccess(graph: ResourceGraph): readonly AccessCheck[] {
  const ledger = new GrantLedger(declaredPolicies(graph));
  const streamChecks = declaredDeliveryStreams(graph).map((resource) =>
    checkStream(graph, resource, ledger),
  );
  // Roles can be shared, so what one leaves unused another may need: first all, then the sum.
  const documented = streamChecks.flatMap((streamCheck) => streamCheck.documented);
  return streamChecks.map(({ roleArns, ...streamCheck }) => ({
    deliveryStream: streamCheck.deliveryStream,
    decisions: streamCheck.decisions,
    unused: ledger.unused(roleArns, documented),
    notChecked: streamCheck.notChecked,
    assumptions: streamCheck.assumptions,
  }));
}

/** What one delivery stream calls, or could not be told, and what its ledger page is made of. */
interface StreamCheck extends Omit<AccessCheck, "unused"> {
  /** Whose grants can be judged. */
  readonly roleArns: readonly string[];
  readonly documented: readonly DocumentedRequest[];
}

function checkStream(
  graph: ResourceGraph,
  deliveryStream: GraphResource,
  ledger: GrantLedger,
): StreamCheck {
  const failed = (reason: string): StreamCheck => ({
    ...{ deliveryStream, decisions: [], notChecked: [reason], assumptions: [] },
    ...{ roleArns: [], documented: [] },
  });
  const delivery = declaredDelivery(deliveryStream);
  if (delivery instanceof Unresolved) return failed(delivery.reason);
  try {
    const { calls, documented } = expectedCalls(graph, delivery);
    const { source, roleArn, uncheckedFeatures: uncheckedFeatures } = delivery;
    return {
      deliveryStream,
      ...decideAll(graph, calls, ledger),
      notChecked: uncheckedFeatures.map((work) => `what it calls for ${work} is not rehearsed`),
      // What further work needs is not known here, and so not what would be too much.
      roleArns: uncheckedFeatures.length === 0 ? [source.roleArn, roleArn] : [],
      documented,
    };
  } catch (error) {
    return failed((error as Error).message);
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
      ledger.enter(request, decision);
      return { call, request, decision };
    }),
  );
  return { decisions, assumptions: declared.assumptions };
}

interface ExpectedCalls {
  /** Name of a call -> all requests that it takes. */
  readonly calls: Readonly<Record<string, readonly AccessRequest[]>>;
  readonly documented: readonly DocumentedRequest[];
}

/** @throws if a key or a prefix cannot be told */
function expectedCalls(graph: ResourceGraph, delivery: DeclaredDelivery): ExpectedCalls {
  const encryptionAndOwnership = encryptionAndOwnershipOf(graph, delivery);
  const requests = firehoseRequests(delivery, encryptionAndOwnership);
  const keys = sampleKeys(delivery);
  return {
    calls: {
      "AssumeRole of the source": requests.assumeSourceRole,
      DescribeStream: requests.describeStream,
      ListShards: requests.listShards,
      GetShardIterator: requests.getShardIterator,
      GetRecords: requests.getRecords,
      "AssumeRole of the delivery": requests.assumeDeliveryRole,
      GetBucketLocation: requests.getBucketLocation,
      PutObject: [keys.data, keys.errors].flatMap((key) => requests.putObject(key)),
      PutLogEvents: requests.putLogEvents,
    },
    documented: documentedRequests(delivery, encryptionAndOwnership, keys.data),
  };
}

/** A key as a delivery stream would choose it for data, and one for records that failed. */
interface SampleKeys {
  readonly data: string;
  readonly errors: string;
}

/**
 * Time and random parts are always the same, so that a rehearsal is.
 *
 * @throws if a prefix is wrong, or has an expression that cannot be evaluated here
 */
function sampleKeys({ name, prefix, errorPrefix, timeZone }: DeclaredDelivery): SampleKeys {
  const moment = { timestamp: 0, timeZone, random: () => "0".repeat(11) };
  const objectName = `${name}-1-1970-01-01-00-00-00-${NIL_UUID}`;
  const errorMoment = { ...moment, errorOutputType: "processing-failed" };
  return {
    data: evaluatePrefix(prefix, moment) + objectName,
    errors: evaluatePrefix(errorPrefix, errorMoment) + objectName,
  };
}

const NIL_UUID = "00000000-0000-0000-0000-000000000000";
