import { type Clock, systemClock } from "../../../aws/clock";
import type { AlarmResult } from "../../../aws/cloudwatch/alarms/evaluateAlarms";
import type { LocalAws } from "../../../local/run/startLocalAws";
import { alarmNote, reportedAlarms } from "../../monitoring/alarmLines";
import type { Pipeline, RunFeed } from "../startPipeline";
import { objectPreview, type ObjectPreview } from "./objectPreview";
import { type PageServer, startPageServer, Tabs } from "./pageServer";
import {
  type PageAlarm,
  type PageFeed,
  pageSnapshot,
  type PageSnapshot,
} from "./state/pageSnapshot";
import { initialState, type PageState } from "./state/pageState";
import { reduceDelivery, reduceKinesis } from "./state/reduceState";

/** Often enough to look alive, and little work whatever the throughput. */
const snapshotMilliseconds = 200;

/** Rates fall and alarms change without any event. */
const quietMilliseconds = 1000;

/**
 * Serves a page on loopback that shows a run as it happens, to any number of tabs. A tab gets the whole
 * state at first and whenever it changes, five times a second at most.
 */
export async function startPage(feed: PageFeed, clock: Clock): Promise<PageServer> {
  let state = initialState(feed.pipeline);
  let hasChanged = false;
  const change = (next: PageState): void => {
    state = next;
    hasChanged = true;
  };
  const tabs = new Tabs();
  const alarms = everySecond(() => feed.alarms(), clock);
  const snapshot = (): PageSnapshot => pageSnapshot(feed.stack, state, alarms(), clock.now());
  const unsubscribe = feed.subscribe({
    onDelivery: (event) => {
      change(reduceDelivery(state, event));
    },
    onKinesis: (call) => {
      change(reduceKinesis(state, call));
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
      if (hasChanged || clock.now() - sentAt >= quietMilliseconds) {
        hasChanged = false;
        sentAt = clock.now();
        tabs.send(snapshot);
      }
      await clock.sleep(snapshotMilliseconds, stopping.signal);
    }
  }

  return {
    url: server.url,
    async stop() {
      unsubscribe();
      stopping.abort();
      await sending;
      tabs.send(snapshot);
      tabs.end();
      await server.stop();
    },
  };
}

/** What was read last, unless that was a second ago or more. */
function everySecond<T>(read: () => T, clock: Clock): () => T {
  let last: { readonly value: T; readonly at: number } | undefined;
  return () => {
    if (!last || clock.now() - last.at >= quietMilliseconds)
      last = { value: read(), at: clock.now() };
    return last.value;
  };
}

/** Only of an object that the page shows: the rest of the buckets is none of its business. */
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

/** What the page of a run shows. */
export function pageFeed(
  stack: string,
  { deliveryStreams, monitoring }: Pipeline,
  aws: LocalAws,
  feed: RunFeed,
): PageFeed {
  return {
    stack,
    pipeline: deliveryStreams,
    subscribe: (listener) => feed.subscribe(listener),
    s3Client: (region) => aws.s3Client(region),
    alarms: () => reportedAlarms(monitoring.alarms(systemClock.now())).map(pageAlarm),
  };
}

function pageAlarm(alarm: AlarmResult): PageAlarm {
  const note = alarmNote(alarm);
  return {
    name: alarm.resource,
    // Nothing is known of one that is not evaluated.
    state: "notEvaluated" in alarm ? "INSUFFICIENT_DATA" : alarm.state,
    ...(note !== undefined && { note }),
  };
}
