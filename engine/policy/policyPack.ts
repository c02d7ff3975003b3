import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type {
  AnalyzeResponse,
  AnalyzerInfo,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type Redact, redactorOf } from "../graph/redaction";
import type { GraphResource, Properties, ResourceGraph } from "../graph/resourceGraph";
import { STACK_TYPE, urnOf } from "../graph/urn";
import type { RunnerSettings } from "../runner/runner";
import { readableReason, RunnerFailure } from "../runner/runnerFailure";
import { decodeProperties } from "../wire";
import {
  analyzeRequest,
  analyzeStackRequest,
  configureRequest,
  type Lookup,
} from "./analyzerMessages";
import { type PackServer, startPackServer } from "./packServer";
import { type PolicyLayer, type PolicySetting, reconcilePolicyConfig } from "./policyConfig";
import { policyFacts } from "./policyFacts";
import {
  byUrgency,
  findingsOf,
  type PolicyReport,
  reasonOfUnknown,
  type Remediation,
  type Undecided,
  type Violation,
} from "./policyReport";

export interface PackOptions {
  /** Settings on top of the pack's own; see `readPolicyConfig`. */
  readonly config: PolicyLayer;
  /** Ends the pack's process. */
  readonly signal: AbortSignal;
}

/** Calls in flight at a time: enough to keep the pack busy, few enough to keep memory flat. */
const IN_FLIGHT = 32;

/** A policy pack, served by the runner of @pulumi/pulumi as for the CLI. */
export class PolicyPack {
  readonly #client: AnalyzerClient;
  readonly #server: PackServer;
  readonly #info: AnalyzerInfo;
  readonly #settings: ReadonlyMap<string, PolicySetting>;
  readonly #remediations: Remediation[] = [];
  readonly #undecided: Undecided[] = [];

  private constructor(
    server: PackServer,
    client: AnalyzerClient,
    info: AnalyzerInfo,
    settings: ReadonlyMap<string, PolicySetting>,
  ) {
    this.#server = server;
    this.#client = client;
    this.#info = info;
    this.#settings = settings;
  }

  /** Starts the pack of a folder for a stack, with its settings reconciled as the CLI does. */
  static async start(
    directory: string,
    stack: RunnerSettings,
    { config, signal }: PackOptions,
  ): Promise<PolicyPack> {
    const server = await startPackServer(directory, stack, signal);
    const client = new AnalyzerClient(server.address, credentials.createInsecure(), {
      "grpc.enable_http_proxy": 0,
      "grpc.max_receive_message_length": -1,
    });
    signal.addEventListener("abort", () => {
      client.close();
    });
    const info = await reply<AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done));
    const settings = await reconcilePolicyConfig(info, config);
    await reply((done) => client.configure(configureRequest(settings), done));
    return new PolicyPack(server, client, info, settings);
  }

  /** All that the pack has printed. */
  get printed(): string {
    return this.#server.printed();
  }

  /** The inputs of a resource as the policies at level `remediate` leave them. */
  async remediate(resource: GraphResource): Promise<Properties> {
    let { inputs } = resource;
    if (![...this.#settings.values()].some(({ level }) => level === "remediate")) return inputs;
    const request = analyzeRequest(resource, () => undefined);
    const response = await reply<RemediateResponse>((done) =>
      this.#client.remediate(request, done),
    );
    const { urn } = resource;
    for (const remediation of response.getRemediationsList()) {
      const policy = remediation.getPolicyname();
      const diagnostic = remediation.getDiagnostic();
      if (diagnostic !== "") {
        this.#undecided.push({ policy, urn, reason: reasonOfUnknown(diagnostic) ?? diagnostic });
        continue;
      }
      inputs = decodeProperties(remediation.getProperties());
      this.#remediations.push({ policy, urn, description: remediation.getDescription() });
    }
    return inputs;
  }

  /**
   * Lets the policies judge every resource by its inputs, and the stack by all outputs.
   *
   * @throws Error when a policy throws, which is a bug in it and no verdict
   */
  async evaluate(graph: ResourceGraph): Promise<PolicyReport> {
    const redact = redactorOf(graph);
    const resources = new Map(graph.resources.map((resource) => [resource.urn, resource]));
    const find: Lookup = (urn) => resources.get(urn);
    // What is only looked up is no part of the stack; the policies see it in the stack's check.
    const managed = graph.resources.filter(({ custom, external }) => custom && !external);
    try {
      const findings = await mapConcurrently(managed, IN_FLIGHT, async (resource) => {
        const request = analyzeRequest(resource, find);
        const answer = await reply<AnalyzeResponse>(
          (done) => this.#client.analyze(request, done),
          resource.urn,
        );
        return findingsOf(answer, resource.urn);
      });
      const request = analyzeStackRequest(graph, find);
      const answer = await reply<AnalyzeResponse>((done) =>
        this.#client.analyzeStack(request, done),
      );
      findings.push(findingsOf(answer, rootUrn(graph)));
      return this.#report(findings.flat(), redact);
    } catch (error) {
      throw error instanceof RunnerFailure ? error.redacted(redact) : error;
    }
  }

  #report(findings: readonly (Violation | Undecided)[], redact: Redact): PolicyReport {
    const violations = findings.filter((finding) => "message" in finding);
    // A policy that can neither remediate nor judge a resource says so twice.
    const undecided = new Map(
      [...this.#undecided, ...findings.filter((finding) => "reason" in finding)].map(
        (entry) => [`${entry.policy} ${entry.urn} ${entry.reason}`, entry] as const,
      ),
    );
    return {
      pack: { name: this.#info.getName(), version: this.#info.getVersion() },
      policies: this.#info
        .getPoliciesList()
        .map((info) => policyFacts(info, this.#settings.get(info.getName())?.level ?? "disabled")),
      violations: violations
        .map((violation) => ({ ...violation, message: redact(violation.message) }))
        .sort(byUrgency),
      undecided: [...undecided.values()].map((entry) => ({
        ...entry,
        reason: redact(entry.reason),
      })),
      remediations: this.#remediations,
    };
  }
}

function rootUrn({ project, stack }: ResourceGraph): string {
  return urnOf({ project, stack, type: STACK_TYPE, name: `${project}-${stack}` });
}

function reply<Response>(
  send: (done: (error: ServiceError | null, response: Response) => void) => unknown,
  urn?: string,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    send((error, response) => {
      if (error) reject(packFailure(error, urn));
      else resolve(response);
    });
  });
}

/** The SDK reports a policy that throws as "<where>:\n<stack>". */
function packFailure({ details }: ServiceError, urn?: string): RunnerFailure {
  const [where = "", ...thrown] = details.split("\n");
  const reason = thrown.length === 0 ? "" : ` ${readableReason(thrown.join("\n"))}`;
  const subject = urn === undefined ? "" : `\nIt was judging ${urn}`;
  return new RunnerFailure(`${where}${reason}${subject}`, details);
}

/** Works on at most `limit` items at a time; results are in the order of the items. */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  // All workers draw from the same iterator.
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
