import { type Clock, systemClock } from "../../aws/clock";
import type { DeliveryEvent } from "../../aws/firehose/delivery/deliveryEvent";
import { declaredGraph } from "../../cli/declaredGraph";
import { connectionSnippets } from "../../cli/local/connectionDetails";
import { pageAlarms } from "../../cli/local/page/pageAlarms";
import { startPage } from "../../cli/local/page/startPage";
import type { PageServer } from "../../cli/local/page/pageServer";
import type { FeedListener, PageFeed } from "../../cli/local/page/state/pageSnapshot";
import { readStack } from "../../engine/stack/stackFile";
import { LocalClients } from "../../local/run/awsClients";
import { Monitoring } from "../../local/monitoring/monitoring";
import { declaredPipeline } from "../../local/simulation/declaredPipeline";
import { packSample } from "../../local/simulation/estimatedPacking";
import { processContents } from "../../local/simulation/processedContents";
import { SeededRandom } from "../../local/simulation/seededRandom";
import { simulate } from "../../local/simulation/simulate";
import { syntheticEvents } from "../../local/simulation/syntheticEvents";

/** A run to show, which is the same each time: a simulation at one moment. */
export interface SimulatedRun {
  /** Directory of the program. */
  readonly directory: string;
  readonly stack: string;
  readonly recordsPerSecond: number;
  /** Milliseconds from the beginning of the traffic to the moment that is shown. */
  readonly shownAfter: number;
}

const begin = Date.UTC(2026, 10, 27, 9, 30);
const seed = 1;
const recordBytes = 1024;
const contentCount = 256;

/** The endpoints of `streamlake local --port 4567`. */
const endpoints = {
  kinesisEndpoint: "http://127.0.0.1:4567",
  s3Endpoint: "http://127.0.0.1:4568",
  firehoseEndpoint: "http://127.0.0.1:4569",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
};

/**
 * Serves the live page of a run that stands still: the delivery engine runs on a virtual clock up to the
 * moment, and the page shows that moment.
 */
export async function startSimulatedRun(run: SimulatedRun): Promise<PageServer> {
  const { directory, stack, recordsPerSecond, shownAfter } = run;
  const now = begin + shownAfter;
  const ended = new AbortController();
  const graph = await declaredGraph(readStack(directory, stack), ended.signal);
  const { configuration, stream } = declaredPipeline(graph);
  const monitoring = new Monitoring(graph);
  const contents = syntheticEvents(new SeededRandom(seed, 0), recordBytes, contentCount);
  const processed = await processContents(contents, configuration, false);
  const listeners = new Set<FeedListener>();
  const counted = recordsOfBuffers();
  const clients = new LocalClients({
    kinesis: endpoints.kinesisEndpoint,
    firehose: endpoints.firehoseEndpoint,
    s3: endpoints.s3Endpoint,
  });
  const feed: PageFeed = {
    stack,
    pipeline: [configuration],
    stopping: new AbortController().signal,
    resumeCommand: "npx streamlake local --resume .streamlake/dev",
    resumedRecords: () => 0,
    connection: () => ({
      endpoint: endpoints.kinesisEndpoint,
      snippets: connectionSnippets(configuration, endpoints),
    }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    s3Client: (region) => clients.s3(region),
    alarms: () => pageAlarms(monitoring.declaredAlarms, monitoring.alarms(now)),
  };
  const page = await startPage(feed, stoppedAt(now));
  await simulate({
    configuration,
    ...{ shards: stream.shards, retentionHours: stream.retentionHours, seed, processed },
    traffic: { contents, recordsPerSecond, begin, end: now + shownAfter },
    sample: await packSample(processed.delivered, configuration),
    outages: [],
    onDelivery: (event) => {
      if (event.at > now) return;
      monitoring.onDelivery(event);
      const shown = counted(event);
      for (const listener of listeners) listener.onDelivery(shown);
    },
    onKinesis: (call) => {
      if (call.at > now) return;
      monitoring.onKinesis(call);
      for (const listener of listeners) listener.onKinesis(call);
    },
    onProgress: (time) => {
      if (time > now) ended.abort();
    },
    signal: ended.signal,
  }).catch((error: unknown) => {
    if (!ended.signal.aborted) throw error;
  });
  return {
    url: page.url,
    async stop() {
      await page.stop();
      clients.destroy();
    },
  };
}

/**
 * A simulation moves several records as one through its buffers. What is in them follows from what was read
 * and delivered, as nothing is dropped here.
 */
function recordsOfBuffers(): (event: DeliveryEvent) => DeliveryEvent {
  let waiting = 0;
  return (event) => {
    if (event.type === "records-read") waiting += event.records;
    if (event.type === "object-delivered") waiting -= event.records;
    if (event.type !== "records-buffered" || event.sealed.objects > 0) return event;
    return { ...event, records: waiting, streamRecords: waiting };
  };
}

/** A clock whose time of day stands still, so that the page shows one moment. */
function stoppedAt(now: number): Clock {
  return {
    now: () => now,
    monotonic: () => systemClock.monotonic(),
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds, signal),
  };
}
