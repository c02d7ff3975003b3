import { type Clock, systemClock } from "../../../aws/clock";
import type { LocalAws } from "../../../local/run/startLocalAws";
import { connectionSnippets } from "../connectionDetails";
import { type Pipeline, resumedRecords, type RunFeed } from "../startPipeline";
import { objectPreview, type ObjectPreview } from "./objectPreview";
import { pageAlarms } from "./pageAlarms";
import { type PageServer, startPageServer, Tabs } from "./pageServer";
import type { Phase } from "./state/deliveryStatus";
import { type PageFeed, pageSnapshot, type PageSnapshot } from "./state/pageSnapshot";
import { initialState, type PageState } from "./state/pageState";
import { reduceDelivery, reduceDirectPut, reduceKinesis } from "./state/reduceState";

/** Often enough to look live, and cheap at any throughput. */
const snapshotMilliseconds = 200;

/** Rates fall and alarms change even when nothing happens. */
const quietMilliseconds = 1000;

/** The end of a run, as the page shows it. */
interface RunEnd {
  /** Aborted when the run begins to stop. */
  readonly stopping: AbortSignal;
  /** Command that delivers what is undelivered at the end. */
  readonly resumeCommand: string;
}

/** What the page of a run shows. */
export function pageFeed(
  stack: string,
  { deliveryStreams, resumedStreams, monitoring }: Pipeline,
  aws: LocalAws,
  feed: RunFeed,
  end: RunEnd,
): PageFeed {
  return {
    stack,
    pipeline: deliveryStreams,
    ...end,
    resumedRecords: (configuration) => resumedRecords({ resumedStreams }, configuration),
    connection: (configuration) => ({
      endpoint:
        configuration.source.type === "kinesis" ? aws.kinesisEndpoint : aws.firehoseEndpoint,
      snippets: connectionSnippets(configuration, aws),
    }),
    subscribe: (listener) => feed.subscribe(listener),
    s3Client: (region) => aws.s3Client(region),
    alarms: () => pageAlarms(monitoring.declaredAlarms, monitoring.alarms(systemClock.now())),
  };
}

/**
 * Serves a page on loopback that shows a run as it happens, in any number of tabs. A tab receives the
 * whole state when it opens and when the state changes, at most five times a second. It is stopped after
 * the delivery streams, so that its last state is the result of the run.
 */
export async function startPage(feed: PageFeed, clock: Clock): Promise<PageServer> {
  let state = initialState(feed.pipeline, (configuration) => feed.resumedRecords(configuration));
  let phase: Phase = feed.stopping.aborted ? "stopping" : "running";
  let hasChanged = false;
  const change = (next: PageState): void => {
    state = next;
    hasChanged = true;
  };
  const tabs = new Tabs();
  const alarms = everySecond(() => feed.alarms(), clock);
  const snapshot = (): PageSnapshot =>
    pageSnapshot(feed, state, { phase, alarms: alarms(), now: clock.now() });
  const onStopping = (): void => {
    phase = "stopping";
    hasChanged = true;
  };
  feed.stopping.addEventListener("abort", onStopping);
  const unsubscribe = feed.subscribe({
    onDelivery: (event) => {
      change(reduceDelivery(state, event));
    },
    onKinesis: (call) => {
      change(reduceKinesis(state, call));
    },
    onDirectPut: (call) => {
      change(reduceDirectPut(state, call));
    },
  });
  const server = await startPageServer({
    addTab(response) {
      tabs.add(response, snapshot());
    },
    object: (bucket, key) => preview(feed, state, bucket, key),
  });

  const stopping = new AbortController();
  const sending = sendSnapshots();
  async function sendSnapshots(): Promise<void> {
    let sentAt = -Infinity;
    while (!stopping.signal.aborted) {
      if (hasChanged || clock.monotonic() - sentAt >= quietMilliseconds) {
        hasChanged = false;
        sentAt = clock.monotonic();
        tabs.send(snapshot);
      }
      await clock.sleep(snapshotMilliseconds, stopping.signal);
    }
  }

  return {
    url: server.url,
    async stop() {
      unsubscribe();
      feed.stopping.removeEventListener("abort", onStopping);
      phase = "ended";
      stopping.abort();
      await sending;
      tabs.send(snapshot);
      tabs.end();
      await server.stop();
    },
  };
}

/** Reads a value at most once a second, and repeats it in between. */
function everySecond<T>(read: () => T, clock: Clock): () => T {
  let last: { readonly value: T; readonly at: number } | undefined;
  return () => {
    if (!last || clock.monotonic() - last.at >= quietMilliseconds)
      last = { value: read(), at: clock.monotonic() };
    return last.value;
  };
}

/** @returns undefined unless the page lists the object: other objects of the bucket stay private */
async function preview(
  feed: PageFeed,
  state: PageState,
  bucket: string,
  key: string,
): Promise<ObjectPreview | undefined> {
  for (const { configuration, objects } of state) {
    const object = objects.find((shown) => shown.bucket === bucket && shown.key === key);
    if (!object) continue;
    const isPlain = configuration.newlineDelimiter || object.errorOutputType !== undefined;
    const client = feed.s3Client(configuration.source.region);
    return objectPreview(client, object, isPlain ? "newline" : "none");
  }
  return undefined;
}
