import type { Clock } from "../../aws/clock";
import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import type { DirectPutCall } from "../../aws/firehose/endpoint/directPutCall";
import type { KinesisCall } from "../../aws/kinesis/kinesisCall";
import type { LocalAws } from "../../local/run/startLocalAws";
import { writeLocalEvidence } from "../../records/diagnose/localEvidence";
import { accountingOf } from "./page/state/accounting";
import { initialState, type PageState } from "./page/state/pageState";
import { reduceDelivery, reduceDirectPut, reduceKinesis } from "./page/state/reduceState";
import { resumeCommand, type RunPlace } from "./runDirectory";
import { declaredParts, measuredParts, streamPart } from "./runParts";
import { type Pipeline, resumedRecords, type RunFeed, type RunListener } from "./startPipeline";

/** Often enough for somebody who looks, and cheap at any throughput. */
const writeMilliseconds = 1000;

/**
 * Keeps a file in the directory of a run with what `diagnose` examines. It is written when something has
 * happened, at most once in a while, and at the end. So it also shows what a killed run did last.
 */
export class RunEvidence implements RunListener {
  readonly #directory: string;
  readonly #place: RunPlace;
  readonly #clock: Clock;
  #pipeline: ExaminedPipeline | undefined;
  #startedAt = 0;
  /** By delivery stream. */
  #declared = new Map<string, ReturnType<typeof declaredParts>>();
  #state: PageState = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(directory: string, place: RunPlace, clock: Clock) {
    this.#directory = directory;
    this.#place = place;
    this.#clock = clock;
  }

  /** Writes from now on what the delivery streams of a program do. */
  start(pipeline: Pipeline, feed: RunFeed, aws: Pick<LocalAws, "stream">): void {
    const { deliveryStreams, graph, monitoring } = pipeline;
    const examined = (this.#pipeline = { monitoring, aws });
    this.#startedAt = this.#clock.now();
    this.#state = initialState(deliveryStreams, (one) => resumedRecords(pipeline, one));
    this.#declared = new Map(deliveryStreams.map((one) => [one.name, declaredParts(graph, one)]));
    this.#write(examined, true);
    feed.subscribe(this);
  }

  readonly onDelivery = (event: DeliveryEvent): void => {
    this.#change(reduceDelivery(this.#state, event));
  };

  readonly onKinesis = (call: KinesisCall): void => {
    this.#change(reduceKinesis(this.#state, call));
  };

  readonly onDirectPut = (call: DirectPutCall): void => {
    this.#change(reduceDirectPut(this.#state, call));
  };

  /**
   * Writes the last state.
   *
   * @param failure why the run could not start, or why it ended
   */
  end(failure?: Error): void {
    clearTimeout(this.#timer);
    const { stack } = this.#place;
    if (this.#pipeline) this.#write(this.#pipeline, false);
    else if (failure)
      tryToWrite(this.#directory, { stack, failure: failure.message, deliveryStreams: {} });
  }

  #change(state: PageState): void {
    this.#state = state;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#pipeline) this.#write(this.#pipeline, true);
    }, writeMilliseconds).unref();
  }

  #write({ monitoring, aws }: ExaminedPipeline, isUp: boolean): void {
    const now = this.#clock.now();
    const resume = resumeCommand(this.#place, this.#directory);
    const streams = this.#state.map((stream) => {
      const { accepted, delivered, dropped } = accountingOf(stream);
      const { name } = stream.configuration;
      const source = streamPart(stream.configuration, aws);
      const run = { isUp, undelivered: Math.max(0, accepted - delivered - dropped), resume };
      const declared = this.#declared.get(name);
      const measured = measuredParts(stream, monitoring, { now, startedAt: this.#startedAt });
      const access = [...(declared?.access ?? []), ...measured.access];
      const evidence = { at: now, gaps: [], ...declared, ...measured, access, run };
      return [name, { ...evidence, ...(source && { stream: source }) }] as const;
    });
    const { stack } = this.#place;
    tryToWrite(this.#directory, { stack, deliveryStreams: Object.fromEntries(streams) });
  }
}

/** What evidence is read from while a pipeline runs, and what of it is left at its end. */
interface ExaminedPipeline extends Pick<Pipeline, "monitoring"> {
  readonly aws: Pick<LocalAws, "stream">;
}

/** Whatever is wrong with the directory, the run reports it where it matters. */
function tryToWrite(...evidence: Parameters<typeof writeLocalEvidence>): void {
  try {
    writeLocalEvidence(...evidence);
  } catch {
    // A diagnosis then shows an earlier moment.
  }
}
