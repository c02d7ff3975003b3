import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { AccessDeniedError } from "../../aws/firehose/delivery/retry";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import type { FirehoseCall, Authorize } from "../../aws/firehose/delivery/authorizedCalls";
import type { AccessRequest } from "../../aws/iam/accessRequest";
import { type DeclaredPolicies, declaredPolicies } from "../access/declaredPolicies";
import { encryptionAndOwnershipOf } from "../access/encryptionAndOwnership";
import {
  type FirehoseRequests,
  firehoseRequests,
} from "../../aws/firehose/requests/firehoseRequests";
import { GrantLedger } from "../access/grantLedger";
import type { Grant } from "../../aws/iam/decision";

/** What a run has shown of the roles of its delivery streams. */
export interface AccessReport {
  /** What IAM refused, in AWS's words, each once. */
  readonly denied: readonly string[];
  /** What the roles grant, and what of it no call of this run needed. */
  readonly granted: readonly Grant[];
  readonly unused: readonly Grant[];
}

/** IAM for the delivery streams of a graph: judges their calls by the policies that it declares. */
export class FirehoseAccess {
  readonly #graph: ResourceGraph;
  readonly #policies: DeclaredPolicies;
  readonly #ledger: GrantLedger;
  readonly #onLog: (line: string) => void;
  readonly #denied = new Set<string>();
  readonly #told = new Set<string>();

  /** @param onLog takes, each once, what is taken to be allowed since nothing declared decides it */
  constructor(graph: ResourceGraph, onLog: (line: string) => void) {
    this.#graph = graph;
    this.#policies = declaredPolicies(graph);
    this.#ledger = new GrantLedger(this.#policies);
    this.#onLog = onLog;
  }

  /**
   * Checks what AWS checks before it creates a delivery stream.
   *
   * @throws as CreateDeliveryStream refuses, with what IAM said
   */
  checkCreation(configuration: DeliveryConfiguration): void {
    const { name, source, roleArn } = configuration;
    const requests = this.#requests(configuration);
    for (const [asked, refusal] of [
      [requests.assumeSourceRole, unableToAssume(source.roleArn)],
      [requests.describeStream, notAuthorized(source.roleArn, "DescribeStream", source.arn)],
      [requests.assumeDeliveryRole, unableToAssume(roleArn)],
      [requests.getBucketLocation, undefined],
    ] as const) {
      const denial = this.#denial(asked);
      if (denial === undefined) continue;
      throw new Error(
        [`${name} cannot be created: ${refusal ?? denial}`, ...(refusal ? [`  ${denial}`] : [])]
          .join("\n")
          .trimEnd(),
      );
    }
  }

  /** Judges the calls of one delivery stream. */
  authorizeFor(configuration: DeliveryConfiguration): Authorize {
    const requests = this.#requests(configuration);
    return (call) => {
      const denial = this.#denial(requestsOf(call, requests));
      if (denial !== undefined) throw new AccessDeniedError(codes[call.operation], denial);
    };
  }

  /** Whether the delivery stream may write a line to its error log. */
  mayLog(configuration: DeliveryConfiguration): boolean {
    return this.#denial(this.#requests(configuration).putLogEvents) === undefined;
  }

  report(deliveryStreams: readonly DeliveryConfiguration[]): AccessReport {
    const roles = deliveryStreams.flatMap(({ source, roleArn }) => [source.roleArn, roleArn]);
    return {
      denied: [...this.#denied],
      granted: this.#policies.granted(roles),
      unused: this.#ledger.unused(roles, []).tooMuch,
    };
  }

  #requests(configuration: DeliveryConfiguration): FirehoseRequests {
    return firehoseRequests(configuration, encryptionAndOwnershipOf(this.#graph, configuration));
  }

  /** What IAM says to the first request that it refuses; undefined if it refuses none. */
  #denial(requests: readonly AccessRequest[]): string | undefined {
    for (const request of requests) {
      const decision = this.#policies.decide(request);
      if (decision.outcome === "denied") {
        this.#denied.add(decision.message);
        return decision.message;
      }
      if (decision.outcome === "undecided")
        this.#tell(`IAM cannot decide everything: ${decision.reason}. Taken as allowed.`);
      this.#ledger.enter(request, decision);
    }
    for (const assumption of this.#policies.assumptions) this.#tell(assumption);
    return undefined;
  }

  #tell(line: string): void {
    if (this.#told.has(line)) return;
    this.#told.add(line);
    this.#onLog(line);
  }
}

function requestsOf(call: FirehoseCall, requests: FirehoseRequests): readonly AccessRequest[] {
  switch (call.operation) {
    case "PutObject":
      return requests.putObject(call.key);
    case "ListShards":
      return requests.listShards;
    case "GetShardIterator":
      return requests.getShardIterator;
    case "GetRecords":
      return requests.getRecords;
  }
}

/** How the services spell the same code. */
const codes: Readonly<Record<FirehoseCall["operation"], AccessDeniedError["name"]>> = {
  PutObject: "AccessDenied",
  ListShards: "AccessDeniedException",
  GetShardIterator: "AccessDeniedException",
  GetRecords: "AccessDeniedException",
};

/** AWS's words, as CreateDeliveryStream answers. */
function unableToAssume(roleArn: string): string {
  return `Firehose is unable to assume role ${roleArn}. Please check the role provided.`;
}

/** AWS's words, as CreateDeliveryStream answers. */
function notAuthorized(roleArn: string, operation: string, streamArn: string): string {
  return `Role ${roleArn} is not authorized to perform: kinesis:${operation} on resource ${streamArn}.`;
}
