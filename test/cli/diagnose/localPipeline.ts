import { mock } from "node:test";
import { setTimeout } from "node:timers/promises";
import { type KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { systemClock } from "../../../aws/clock";
import type { DeliveryConfiguration } from "../../../aws/firehose/model/deliveryConfiguration";
import { RunEvidence } from "../../../cli/local/runEvidence";
import { RunFile } from "../../../cli/local/runFile";
import { type Pipeline, RunFeed } from "../../../cli/local/startPipeline";
import type { ResourceGraph } from "../../../engine/graph/resourceGraph";
import { Monitoring } from "../../../local/monitoring/monitoring";
import {
  type LocalAws,
  type LocalAwsOptions,
  startLocalAws,
} from "../../../local/run/startLocalAws";
import type { DeliveryOptions, RunningDelivery } from "../../../local/run/startDeliveries";
import { streamlakeHere } from "../support/streamlakeHere";

type Options = Omit<LocalAwsOptions, "onKinesisCall" | "onDirectPut"> & DeliveryOptions;

/** What `diagnose --json` prints. */
export interface Diagnosed {
  readonly title: string;
  readonly findings: readonly {
    readonly cause: string;
    readonly title: string;
    readonly evidence: readonly string[];
    readonly fix: readonly { readonly command?: string; readonly step?: string }[];
  }[];
  readonly fine: readonly string[];
  readonly notChecked: readonly { readonly part: string }[];
}

/** A local run in this process, as `streamlake local` starts it, without its program's process. */
export class LocalPipeline {
  readonly #directory: string;
  readonly #aws: LocalAws;
  readonly #delivery: RunningDelivery;
  readonly #evidence: RunEvidence;
  readonly #file: RunFile;
  /** For events that would take too long to happen. */
  readonly feed: RunFeed;

  private constructor(parts: {
    readonly directory: string;
    readonly aws: LocalAws;
    readonly delivery: RunningDelivery;
    readonly evidence: RunEvidence;
    readonly file: RunFile;
    readonly feed: RunFeed;
  }) {
    this.#directory = parts.directory;
    this.#aws = parts.aws;
    this.#delivery = parts.delivery;
    this.#evidence = parts.evidence;
    this.#file = parts.file;
    this.feed = parts.feed;
  }

  /** @throws Error, which the run writes as `streamlake local` does, if it cannot start */
  static async start(graph: ResourceGraph, options: Options): Promise<LocalPipeline> {
    const { directory } = options;
    const feed = new RunFeed();
    const aws = await startLocalAws({
      ...options,
      onKinesisCall: feed.onKinesis,
      onDirectPut: feed.onDirectPut,
    });
    const evidence = new RunEvidence(directory, { cwd: ".", stack: "dev" }, systemClock);
    const monitoring = new Monitoring(graph);
    feed.subscribe(monitoring);
    try {
      await createDeclared(graph, aws);
      const delivery = await aws.startDelivery(graph, { ...options, onEvent: feed.onDelivery });
      const pipeline: Pipeline = {
        ...{ graph, monitoring, resumed: 0, resumedStreams: [] },
        deliveryStreams: delivery.deliveryStreams,
        access: () => delivery.access(),
      };
      evidence.start(pipeline, feed, aws);
      const file = new RunFile(directory, "dev", delivery.deliveryStreams, aws, () => 0);
      return new LocalPipeline({ directory, aws, delivery, evidence, file, feed });
    } catch (error) {
      await aws.stop();
      evidence.end(error as Error);
      throw error;
    }
  }

  /** Puts lines on the stream of the only delivery stream. */
  async put(...lines: readonly string[]): Promise<void> {
    const { source } = this.configuration;
    if (source.type !== "kinesis") throw new Error("It reads no stream.");
    await this.kinesis().send(
      new PutRecordsCommand({
        StreamName: source.name,
        Records: lines.map((line) => ({ Data: Buffer.from(line), PartitionKey: "key" })),
      }),
    );
  }

  /** Of its only delivery stream. */
  get configuration(): DeliveryConfiguration {
    const [configuration] = this.#delivery.deliveryStreams;
    if (!configuration) throw new Error("It has no delivery stream.");
    return configuration;
  }

  kinesis(): KinesisClient {
    return this.#aws.kinesisClient(this.configuration.source.region);
  }

  diagnose(): Promise<Diagnosed> {
    return diagnosed(this.#directory);
  }

  /**
   * Waits until a diagnosis has a cause.
   *
   * @param later how much later than now the diagnosis is, in milliseconds. Default: 0
   */
  async found(cause: string, later = 0): Promise<Diagnosed["findings"][number]> {
    for (;;) {
      const now = Date.now.bind(Date);
      const clock = mock.method(Date, "now", () => now() + later);
      const { findings } = await this.diagnose().finally(() => {
        clock.mock.restore();
      });
      const finding = findings.find((one) => one.cause === cause);
      if (finding) return finding;
      await setTimeout(100);
    }
  }

  async stop(giveUp?: AbortSignal): Promise<void> {
    await this.#aws.stop(giveUp).catch(() => undefined);
    this.#evidence.end();
    this.#file.end();
  }
}

/** Creates the streams and buckets of a graph, as they are created while its program runs. */
async function createDeclared({ resources }: ResourceGraph, aws: LocalAws): Promise<void> {
  for (const { urn, type, name, inputs, outputs, custom } of resources) {
    const known = () => Promise.resolve({ outputs });
    const provider = aws.provider({ check: () => inputs, create: known, read: known });
    if (custom) await provider.create({ urn, type, name, inputs });
  }
}

/** The causes that diagnoses of local runs have found in this process. */
export const foundCauses = new Set<string>();

export async function diagnosed(directory: string): Promise<Diagnosed> {
  const { stdout, stderr } = await streamlakeHere(["diagnose", "--local", directory, "--json"]);
  if (stdout === "") throw new Error(stderr);
  const diagnosis = JSON.parse(stdout) as Diagnosed;
  for (const { cause } of diagnosis.findings) foundCauses.add(cause);
  return diagnosis;
}
