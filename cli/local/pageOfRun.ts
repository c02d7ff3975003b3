import type { LocalAws } from "../../local/aws/localAws";
import { systemClock } from "../../local/aws/clock";
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
    alarms: () =>
      monitoring
        .alarms(systemClock.now())
        .filter(({ isCondition }) => !isCondition)
        .map((alarm): PageAlarm => {
          const { resource: name } = alarm;
          if ("notEvaluated" in alarm)
            return {
              name,
              state: "INSUFFICIENT_DATA",
              note: `not evaluated here: ${alarm.notEvaluated}`,
            };
          const { state, firesAfterSeconds } = alarm;
          if (firesAfterSeconds === undefined) return { name, state };
          const minutes = Math.ceil(firesAfterSeconds / 60);
          return { name, state, note: `breaching; fires if this lasts ${minutes} min more` };
        }),
  };
}
