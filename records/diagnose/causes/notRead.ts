import type { Cause } from "../finding";
import { above0, sumOf } from "../metrics";
import { counted } from "../../amounts";
import { moment, restoreFix, streamlakeCommand } from "../words";

/**
 * From the end of a period on. CloudWatch publishes metrics of Firehose some minutes late; a local run reads
 * its stream each second, and writes what it measures as often.
 */
const publishingDelay = { deployed: 5 * 60_000, local: 10_000 };

/**
 * The stream has records that Firehose does not read. It starts at the time of its creation, so earlier
 * records never arrive.
 *
 * Source: Amazon Data Firehose Developer Guide, "Troubleshoot errors" and "Write with Kinesis Data Streams".
 */
export const notRead: Cause<"metrics"> = {
  name: "not-read",
  about: "Firehose does not read the stream",
  needs: ["metrics"],
  deployedOnly: ["records that were sent before the delivery stream existed"],
  fine: ({ metrics }) => (above0(metrics, "read").length > 0 ? "stream is read" : undefined),
  examine: ({ metrics, at, deliveryStream }, place) => {
    const delay = metrics.periodSeconds * 1000 + publishingDelay[place.kind];
    const sent = above0(metrics, "sent").filter((point) => at - point.at > delay);
    if (sent.length === 0 || above0(metrics, "read").length > 0) return [];
    const createdAt = deliveryStream?.createdAt;
    const isEarlier = createdAt !== undefined && sent.every((point) => point.at < createdAt);
    const last = sent.at(-1)?.at ?? at;
    return [
      {
        cause: "not-read",
        title: isEarlier
          ? "All records were sent before the delivery stream existed, and it does not read them"
          : "Firehose does not read the stream",
        evidence: [
          `${counted(sumOf(sent), "record")} in the stream, the last at ${moment(last, at)}`,
          ...(createdAt === undefined ? [] : [`delivery stream created ${moment(createdAt, at)}`]),
          "DataReadFromKinesisStream.Records is 0",
        ],
        fix: isEarlier
          ? [
              { step: "Send them again, e.g. from a file:" },
              streamlakeCommand(place, "send", "FILE"),
            ]
          : [{ step: "Check the calls of its role above, then:" }, restoreFix(place)],
      },
    ];
  },
};
