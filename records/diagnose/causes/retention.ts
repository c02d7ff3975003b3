import type { Cause } from "../finding";
import { newest } from "../metrics";
import { awsCommand, duration, settingFix } from "../words";

/** Of the retention, from which on records are in danger. */
const dangerous = 0.5;

/**
 * Unread records are about to expire. The stream keeps what Firehose has not read only as long as its
 * retention.
 *
 * Source: Amazon Data Firehose Developer Guide, "Troubleshoot errors".
 */
export const retention: Cause<"metrics" | "stream"> = {
  name: "retention",
  about: "unread records are about to expire",
  needs: ["metrics", "stream"],
  fine: ({ stream: { retentionHours } }) =>
    retentionHours === undefined ? undefined : `retention ${retentionHours} h`,
  examine: ({ metrics, stream: { name, retentionHours } }, place) => {
    const behind = newest(metrics, "behind")?.value;
    if (retentionHours === undefined || behind === undefined) return [];
    const kept = retentionHours * 3_600_000;
    if (behind < dangerous * kept) return [];
    const left = kept - behind;
    const hours = Math.min(8760, retentionHours * 2);
    return [
      {
        cause: "retention",
        title:
          left > 0
            ? `Records expire in ${duration(left)} unless Firehose reads them`
            : "Records have expired before Firehose read them",
        evidence: [
          `KinesisMillisBehindLatest is ${duration(behind)}, the retention ${retentionHours} h`,
        ],
        fix:
          place.kind === "local"
            ? settingFix(place, "stream.retentionHours")
            : [
                { step: "Gain time, and keep the setting stream.retentionHours equal:" },
                awsCommand(
                  place,
                  ...["kinesis", "increase-stream-retention-period", "--stream-name", name],
                  ...["--retention-period-hours", String(hours)],
                ),
              ],
      },
    ];
  },
};
