import { credentials, type ServiceError } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type {
  AnalyzeRequest,
  AnalyzeResponse,
  AnalyzerInfo,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { decidableGraph } from "../graph/madeUp";
import { type Redact, redactorOf } from "../graph/redaction";
import type { GraphResource, Properties, ResourceGraph } from "../graph/resourceGraph";
import { STACK_TYPE, urnOf } from "../graph/urn";
import { readableReason, RunnerFailure } from "../runner/runnerFailure";
import { decodeProperties } from "../wire";
import {
  analyzeRequest,
  analyzeStackRequest,
  configureRequest,
  type Lookup,
  remediateRequest,
} from "./analyzerMessages";
import type { PackServer, ServerOptions } from "./packServer";
import type { PolicyLayer, PolicySetting } from "./policyConfig";
import { policyFacts } from "./policyFacts";
import {
  byUrgency,
  joinResults,
  type PolicyReport,
  reasonOfUnknown,
  type Remediation,
  type Results,
  resultsOf,
} from "./policyReport";
import { reconcilePolicyConfig } from "./policySettings";
import type { Undecided } from "./resultData";

export interface PackOptions extends ServerOptions {
  /** Settings that override the pack's own; see `readPolicyConfig`. */
  readonly config: PolicyLayer;
}

/** Concurrent calls: enough to keep the pack busy, few enough to keep memory flat. */
const IN_FLIGHT = 32;

/** A policy pack, served by the runner of @pulumi/pulumi as it is for the Pulumi CLI. */
export class PolicyPack {
  readonly #client: AnalyzerClient;
  readonly #server: PackServer;
  readonly #info: AnalyzerInfo;
  readonly #settings: ReadonlyMap<string, PolicySetting>;
  readonly #remediations: Remediation[] = [];
  readonly #undecided: Undecided[] = [];
  readonly #early = new Map<string, EarlyAnswer>();
  readonly #created = new Map<string, GraphResource>();

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

  /** Uses a pack that has been started, with its settings resolved as the CLI does. */
  static async connect(server: PackServer, { config, signal }: PackOptions): Promise<PolicyPack> {
    const client = new AnalyzerClient(server.address, credentials.createInsecure(), {
      "grpc.enable_http_proxy": 0,
      "grpc.max_receive_message_length": -1,
    });
    signal.addEventListener("abort", () => {
      client.close();
    });
    const info = await reply<AnalyzerInfo>((done) => client.getAnalyzerInfo(new Empty(), done));
    const settings = reconcilePolicyConfig(info, config);
    await reply((done) => client.configure(configureRequest(settings), done));
    return new PolicyPack(server, client, info, settings);
  }

  /** Everything that the pack has printed. */
  get printed(): string {
    return this.#server.printed();
  }

  /** The inputs of a resource after all rules at level `remediate` have corrected them. */
  async remediate(resource: GraphResource): Promise<Properties> {
    let { inputs } = resource;
    if (![...this.#settings.values()].some(({ level }) => level === "remediate")) return inputs;
    const request = remediateRequest(resource, () => undefined);
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
   * Evaluates the rules for a resource while the program runs. `evaluate` then asks again only for what
   * has become different.
   */
  evaluateEarly(resource: GraphResource): void {
    this.#created.set(resource.urn, resource);
    const request = analyzeRequest(resource, (urn) => this.#created.get(urn));
    const answer = this.#analyze(request);
    // If the program fails, nobody asks for the answer.
    answer.catch(() => undefined);
    this.#early.set(resource.urn, { asked: request.serializeBinary(), answer });
  }

  #analyze(request: AnalyzeRequest): Promise<AnalyzeResponse> {
    return reply((done) => this.#client.analyze(request, done), request.getUrn());
  }

  /**
   * Evaluates the rules: every resource by its inputs, and the stack by all outputs.
   *
   * @throws Error if a rule throws, which is a bug in the rule and not a violation
   */
  async evaluate(evaluated: ResourceGraph): Promise<PolicyReport> {
    const redact = redactorOf(evaluated);
    // A rule must not decide on a value that is only made up.
    const graph = decidableGraph(evaluated);
    const resources = new Map(graph.resources.map((resource) => [resource.urn, resource]));
    const find: Lookup = (urn) => resources.get(urn);
    // A resource that is only looked up is not part of the stack. Stack rules still see it; their
    // results for it are left out, because this program cannot change it.
    const managed = graph.resources.filter(({ custom, external }) => custom && !external);
    const isLookedUp = (urn: string): boolean => find(urn)?.external === true;
    try {
      const results = await mapConcurrently(managed, IN_FLIGHT, async (resource) => {
        const request = analyzeRequest(resource, find);
        const early = this.#early.get(resource.urn);
        const isSame =
          early !== undefined && Buffer.compare(request.serializeBinary(), early.asked) === 0;
        const answer = await (isSame ? early.answer : this.#analyze(request));
        return resultsOf(answer, resource.urn);
      });
      const request = analyzeStackRequest(graph, find);
      const answer = await reply<AnalyzeResponse>((done) =>
        this.#client.analyzeStack(request, done),
      );
      results.push(resultsOf(answer, rootUrn(graph)));
      const { violations, undecided, exempted, ...others } = joinResults(results);
      const isOfStack = ({ urn }: { readonly urn: string }): boolean => !isLookedUp(urn);
      const ofStack = {
        ...others,
        violations: violations.filter(isOfStack),
        undecided: undecided.filter(isOfStack),
        exempted: exempted.filter(isOfStack),
      };
      return this.#report(ofStack, redact);
    } catch (error) {
      throw error instanceof RunnerFailure ? error.redacted(redact) : error;
    }
  }

  #report(results: Results, redact: Redact): PolicyReport {
    // A rule that can neither remediate nor evaluate a resource reports the reason twice.
    const undecided = new Map(
      [...this.#undecided, ...results.undecided].map(
        (entry) => [`${entry.policy} ${entry.urn} ${entry.reason}`, entry] as const,
      ),
    );
    const { exemptions, exempted, evaluatedTypes, evaluated } = results;
    return {
      pack: { name: this.#info.getName(), version: this.#info.getVersion() },
      policies: this.#info
        .getPoliciesList()
        .map((info) => policyFacts(info, this.#settings.get(info.getName()))),
      violations: results.violations
        .map((violation) => ({ ...violation, message: redact(violation.message) }))
        .sort(byUrgency),
      undecided: [...undecided.values()].map((entry) => ({
        ...entry,
        reason: redact(entry.reason),
        ...(entry.values && { values: entry.values.map(redact) }),
      })),
      exemptions,
      exempted: exempted.map((entry) => ({ ...entry, message: redact(entry.message) })),
      remediations: this.#remediations,
      ...(evaluatedTypes && { evaluatedTypes }),
      ...(evaluated && { evaluated }),
    };
  }
}

interface EarlyAnswer {
  readonly asked: Uint8Array;
  readonly answer: Promise<AnalyzeResponse>;
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

/** The SDK reports a rule that throws as "<where>:\n<stack>". */
function packFailure({ details }: ServiceError, urn?: string): RunnerFailure {
  const [where = "", ...thrown] = details.split("\n");
  const reason = thrown.length === 0 ? "" : ` ${readableReason(thrown.join("\n"))}`;
  const subject = urn === undefined ? "" : `\nIt was evaluating ${urn}`;
  return new RunnerFailure(`${where}${reason}${subject}`, details);
}

/** Maps items, at most `limit` at a time. The results are in the order of the items. */
export async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  // All workers take items from the same iterator.
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
