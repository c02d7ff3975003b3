import { systemClock } from "../../aws/clock";
import type { AlarmResult } from "../../aws/cloudwatch/alarms/evaluateAlarms";
import type { LocalAws } from "../../local/run/startLocalAws";
import { alarmNote, toldAlarms } from "../monitoring/alarmNote";
import type { PageAlarm, PageFeed } from "./page/pageFeed";
import type { RunFeed } from "./runFeed";
import type { Pipeline } from "./startPipeline";

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
    alarms: () => toldAlarms(monitoring.alarms(systemClock.now())).map(pageAlarm),
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
