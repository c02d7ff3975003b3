import type { Evidence, Parts } from "../evidence";
import type { Cause, Finding, Fix, Place } from "../finding";
import { above0, type MetricName, sumOf } from "../metrics";
import { counted } from "../../amounts";
import { applyFix, awsCommand, moment, settingFix } from "../words";

/** Producers or readers exceed the throughput of the stream or of the delivery stream. */
export const throttling: Cause<"metrics"> = {
  name: "throttling",
  about: "producers or readers exceed a throughput",
  needs: ["metrics"],
  fine: () => "nothing throttled",
  examine: (evidence, place) => {
    const found = throttled.filter(({ names }) =>
      names.some((name) => above0(evidence.metrics, name).length > 0),
    );
    return found.map((kind) => findingOf(kind, evidence, place));
  },
};

interface Throttled {
  readonly title: string;
  readonly names: readonly MetricName[];
  readonly metric: string;
  readonly fix: (evidence: Evidence, place: Place) => readonly Fix[];
}

/**
 * Source: Kinesis Data Streams Developer Guide, "Quotas and limits"; Amazon Data Firehose Developer Guide,
 * "Amazon Data Firehose Quota".
 */
const throttled: readonly Throttled[] = [
  {
    title: "The stream rejects records: its producers exceed its throughput",
    names: ["writeThrottled"],
    metric: "WriteProvisionedThroughputExceeded",
    fix: ({ stream }, place) =>
      stream?.mode === "ON_DEMAND" ? spreadKeys(place) : moreShards(stream, place),
  },
  {
    title: "The delivery stream rejects records: its producers exceed its quota",
    names: ["putThrottled"],
    metric: "ThrottledRecords",
    fix: () => [
      { step: "Retry rejected records, and request a higher quota of the delivery stream." },
    ],
  },
  {
    title: "Reads of the stream are throttled: its readers share 5 calls and 2 MB/s a shard",
    names: ["getThrottled", "readThrottled"],
    metric: "ThrottledGetRecords or ReadProvisionedThroughputExceeded",
    fix: ({ stream }, place) => [
      { step: "Give other readers enhanced fan-out, or the stream more shards." },
      ...moreShards(stream, place),
    ],
  },
];

function findingOf(
  { title, names, metric, fix }: Throttled,
  evidence: Evidence & Pick<Parts, "metrics">,
  place: Place,
): Finding {
  const points = names.flatMap((name) => above0(evidence.metrics, name));
  const last = Math.max(...points.map(({ at }) => at));
  return {
    cause: "throttling",
    title,
    evidence: [
      `${metric}: ${counted(sumOf(points), "time")}, last at ${moment(last, evidence.at)}`,
    ],
    fix: fix(evidence, place),
  };
}

function spreadKeys(place: Place): readonly Fix[] {
  return place.kind === "local"
    ? [
        { step: "Spread partition keys over all shards, or run without --throttle:" },
        applyFix(place),
      ]
    : [{ step: "An on-demand stream grows within minutes: retry, and spread partition keys." }];
}

function moreShards(stream: Evidence["stream"], place: Place): readonly Fix[] {
  const { name, shards } = stream ?? {};
  if (place.kind === "local" || name === undefined || shards === undefined)
    return place.kind === "local"
      ? [{ step: "Give the stream more shards, or run without --throttle:" }, applyFix(place)]
      : settingFix(place, "stream.shardCount");
  return [
    { step: "Double the shards now, and set stream.shardCount to the same number:" },
    awsCommand(
      place,
      ...["kinesis", "update-shard-count", "--stream-name", name],
      ...["--target-shard-count", String(2 * shards), "--scaling-type", "UNIFORM_SCALING"],
    ),
  ];
}
