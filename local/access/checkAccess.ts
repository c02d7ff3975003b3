import {
  declaredDeliveryStreams,
  readDeliveryStream,
} from "../../aws/firehose/model/deliveryStream";
import type { DocumentedRequest } from "../../aws/firehose/requests/documentedRequests";
import { rolesOf } from "../../aws/firehose/requests/firehoseIdentity";
import type { AccessRequest } from "../../aws/iam/accessRequest";
import type { Decision } from "../../aws/iam/decision";
import type { GraphResource, ResourceGraph } from "../../engine/graph/resourceGraph";
import { declaredDelivery } from "./declaredDelivery";
import { declaredPolicies } from "./declaredPolicies";
import { Unresolved } from "./declaredValue";
import { readEncryptionAndOwnership } from "./encryptionAndOwnership";
import { type ExpectedCalls, expectedCalls } from "./expectedCalls";
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
    const { calls, documented } = expectedCalls(delivery, (output) =>
      readEncryptionAndOwnership(graph, output),
    );
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
