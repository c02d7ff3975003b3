import type { Cause } from "../finding";
import { newest } from "../metrics";
import { duration, settingFix, streamlakeCommand } from "../words";

/** Reading a page takes a second; this is no accident. */
const behindMilliseconds = 5 * 60_000;

/** The longest buffer interval. */
const freshSeconds = 900;

/** Firehose reads or delivers with a delay, although nothing denies it. */
export const lag: Cause<"metrics"> = {
  name: "lag",
  about: "Firehose reads or delivers with a delay",
  needs: ["metrics"],
  fine: ({ metrics }) => {
    const behind = newest(metrics, "behind");
    return behind && `${duration(behind.value)} behind the stream`;
  },
  examine: ({ metrics, deliveryStream, stream }, place) => {
    const behind = newest(metrics, "behind")?.value ?? 0;
    const age = newest(metrics, "iteratorAge")?.value ?? 0;
    const fresh = newest(metrics, "freshness")?.value ?? 0;
    const limit = Math.max(freshSeconds, 2 * (deliveryStream?.bufferSeconds ?? 0));
    if (behind < behindMilliseconds && fresh <= limit) return [];
    return [
      {
        cause: "lag",
        title:
          behind >= behindMilliseconds
            ? `Firehose is ${duration(behind)} behind the stream`
            : `Delivered records are ${duration(fresh * 1000)} old`,
        evidence: [
          `KinesisMillisBehindLatest ${duration(behind)}, DataFreshness ${duration(fresh * 1000)}`,
          ...(age > 0
            ? [`iterator age of the slowest reader of the stream: ${duration(age)}`]
            : []),
        ],
        fix: [
          { step: "If nothing above explains it: add shards, or make the function faster." },
          ...(stream?.mode === "PROVISIONED" ? settingFix(place, "stream.shardCount") : []),
          streamlakeCommand(place, "verify"),
        ],
      },
    ];
  },
};
