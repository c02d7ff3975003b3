import type { Authorize, FirehoseCall } from "../../aws/firehose/delivery/authorizedCalls";
import { AccessDeniedError } from "../../aws/firehose/delivery/retry";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import { rolesOf } from "../../aws/firehose/requests/firehoseIdentity";
import {
  type FirehoseRequests,
  firehoseRequests,
} from "../../aws/firehose/requests/firehoseRequests";
import type { AccessRequest } from "../../aws/iam/accessRequest";
import type { Grant } from "../../aws/iam/decision";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import { type DeclaredPolicies, declaredPolicies } from "../access/declaredPolicies";
import { readEncryptionAndOwnership } from "../access/encryptionAndOwnership";
import { GrantLedger } from "../access/grantLedger";

/** How a run used the roles of its delivery streams. */
export interface AccessReport {
  /** AWS's messages for the denied requests, without duplicates. */
  readonly denied: readonly string[];
  /** All grants of the roles. */
  readonly granted: readonly Grant[];
  /** The grants that no call of this run needed. */
  readonly unused: readonly Grant[];
}

/** IAM for the delivery streams of a graph: authorizes their calls with the declared policies. */
export class FirehoseAccess {
  readonly #graph: ResourceGraph;
  readonly #policies: DeclaredPolicies;
  readonly #ledger: GrantLedger;
  readonly #onLog: (line: string) => void;
  readonly #denied = new Set<string>();
  readonly #logged = new Set<string>();

  /** @param onLog receives each assumption once, and each reason why a request is undecided */
  constructor(graph: ResourceGraph, onLog: (line: string) => void) {
    this.#graph = graph;
    this.#policies = declaredPolicies(graph);
    this.#ledger = new GrantLedger(this.#policies);
    this.#onLog = onLog;
  }

  /**
   * Makes the checks that AWS makes before it creates a delivery stream.
   *
   * @throws with the message of CreateDeliveryStream and IAM's denial
   */
  checkCreation(configuration: DeliveryConfiguration): void {
    const { name, source, roleArn, schemaTable, backup } = configuration;
    const requests = this.#requests(configuration);
    const ofBackup = backup && this.#requests(backup);
    const ofTable = [
      ...requests.getTable,
      ...requests.getTableVersion,
      ...requests.getTableVersions,
    ];
    const ofSource =
      source.type === "kinesis"
        ? ([
            [requests.assumeSourceRole, unableToAssume(source.roleArn)],
            [requests.describeStream, notAuthorized(source.roleArn, "DescribeStream", source.arn)],
          ] as const)
        : [];
    for (const [checked, rejection] of [
      ...ofSource,
      [requests.assumeDeliveryRole, unableToAssume(roleArn)],
      [requests.getBucketLocation, undefined],
      [requests.assumeTableRole, unableToAssume(schemaTable?.roleArn ?? "")],
      [ofTable, deniedByGlue],
      [ofBackup?.assumeDeliveryRole ?? [], unableToAssume(backup?.roleArn ?? "")],
      [ofBackup?.getBucketLocation ?? [], undefined],
    ] as const) {
      const denial = this.#denial(checked);
      if (denial === undefined) continue;
      throw new Error(
        [`${name} cannot be created: ${rejection ?? denial}`, ...(rejection ? [`  ${denial}`] : [])]
          .join("\n")
          .trimEnd(),
      );
    }
    // CreateDeliveryStream does not check it, and so a denial is only part of the report.
    this.#denial([...requests.assumeFunctionRole, ...requests.getFunctionConfiguration]);
  }

  /** Authorizes the calls of one delivery stream, or those of its backup. */
  authorizeFor(configuration: DeliveryConfiguration): Authorize {
    const requests = this.#requests(configuration);
    return (call) => {
      const denial = this.#denial(requestsOf(call, requests));
      if (denial !== undefined) throw new AccessDeniedError(codes[call.operation], denial);
    };
  }

  /** Whether the delivery stream, or its backup, may write a line to its error log. */
  mayLog(configuration: DeliveryConfiguration): boolean {
    return this.#denial(this.#requests(configuration).putLogEvents) === undefined;
  }

  report(deliveryStreams: readonly DeliveryConfiguration[]): AccessReport {
    const roles = deliveryStreams.flatMap(rolesOf);
    return {
      denied: [...this.#denied],
      granted: this.#policies.granted(roles),
      unused: this.#ledger.unused(roles, []).tooMuch,
    };
  }

  #requests(configuration: DeliveryConfiguration): FirehoseRequests {
    return firehoseRequests(configuration, readEncryptionAndOwnership(this.#graph, configuration));
  }

  /** AWS's message for the first denied request; undefined if none is denied. */
  #denial(requests: readonly AccessRequest[]): string | undefined {
    for (const request of requests) {
      const decision = this.#policies.decide(request);
      if (decision.outcome === "denied") {
        this.#denied.add(decision.message);
        return decision.message;
      }
      if (decision.outcome === "undecided")
        this.#logOnce(
          `Access is undecided: ${decision.reason}. The call is assumed to be allowed.`,
        );
      this.#ledger.record(request, decision);
    }
    for (const assumption of this.#policies.assumptions) this.#logOnce(assumption);
    return undefined;
  }

  #logOnce(line: string): void {
    if (this.#logged.has(line)) return;
    this.#logged.add(line);
    this.#onLog(line);
  }
}

function requestsOf(call: FirehoseCall, requests: FirehoseRequests): readonly AccessRequest[] {
  switch (call.operation) {
    case "PutObject":
      return requests.putObject(call.key);
    case "InvokeFunction":
      return [...requests.assumeFunctionRole, ...requests.invokeFunction];
    case "ListShards":
      return requests.listShards;
    case "GetShardIterator":
      return requests.getShardIterator;
    case "GetRecords":
      return requests.getRecords;
  }
}

/** S3 uses another code for the same error than other services. */
const codes: Readonly<Record<FirehoseCall["operation"], AccessDeniedError["name"]>> = {
  PutObject: "AccessDenied",
  InvokeFunction: "AccessDeniedException",
  ListShards: "AccessDeniedException",
  GetShardIterator: "AccessDeniedException",
  GetRecords: "AccessDeniedException",
};

/** The message of CreateDeliveryStream, verbatim. */
function unableToAssume(roleArn: string): string {
  return `Firehose is unable to assume role ${roleArn}. Please check the role provided.`;
}

/** The message of CreateDeliveryStream, verbatim. */
const deniedByGlue =
  "Access was denied when calling Glue. Please ensure that the role specified in the data format " +
  "conversion configuration has the necessary permissions.";

/** The message of CreateDeliveryStream, verbatim. */
function notAuthorized(roleArn: string, operation: string, streamArn: string): string {
  return `Role ${roleArn} is not authorized to perform: kinesis:${operation} on resource ${streamArn}.`;
}
