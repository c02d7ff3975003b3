import { isGroup, type Properties, type PropertyValue } from "../../../engine/graph/resourceGraph";
import type { GateFinding } from "../gateFinding";
import type { PlannedChange } from "../plannedChange";
import { type Expiration, expirations } from "./expirations";
import { lifecycleRules } from "./lifecycleRules";

/** Whether data is deleted earlier than before. */
export function retention({ urn, type, before, after }: PlannedChange): GateFinding[] {
  if (before === undefined || after === undefined || before.external) return [];
  return [
    ...(periods.get(type) ?? []).flatMap((period) =>
      shortened(urn, period, before.inputs, after.inputs),
    ),
    ...earlierExpirations(
      urn,
      lifecycleRules(type, before.inputs),
      lifecycleRules(type, after.inputs),
    ),
  ];
}

interface Period {
  /** As a sentence names it. */
  readonly noun: string;
  readonly unit: "hours" | "days";
  /** Undefined if the value is not a number, e.g. because it is unknown. */
  readonly read: (inputs: Properties) => number | undefined;
  readonly lost: string;
}

function shortened(
  urn: string,
  period: Period,
  before: Properties,
  after: Properties,
): GateFinding[] {
  const [was, becomes] = [period.read(before), period.read(after)];
  if (was === undefined || (becomes !== undefined && becomes >= was)) return [];
  const { noun, unit, lost } = period;
  return [
    {
      urn,
      kind: "retention",
      change:
        becomes === undefined
          ? `gets a ${noun} that is unknown until the update`
          : `lowers its ${noun} from ${amount(was, unit)} to ${amount(becomes, unit)}`,
      lost,
      safeWay: `Keep the ${noun}, or lower it when everything older has been read or copied.`,
    },
  ];
}

function amount(value: number, unit: Period["unit"]): string {
  if (value === Infinity) return "forever";
  return value === 1 ? `1 ${unit.slice(0, -1)}` : `${value} ${unit}`;
}

/** @param unset what AWS uses if the property is absent */
function property(name: string, unset: number): Period["read"] {
  return ({ [name]: value }) => (value === undefined || value === null ? unset : numberOf(value));
}

/** The configuration of a provider may contain a number as text. */
function numberOf(value: PropertyValue | undefined): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && !Number.isNaN(number) ? number : undefined;
}

const streamRetention: Omit<Period, "read"> = {
  noun: "retention period",
  unit: "hours",
  lost: "Records that are older, at once and for good, also those that Firehose has not delivered yet.",
};

const periods: ReadonlyMap<string, readonly Period[]> = new Map<string, readonly Period[]>([
  // 24 hours: https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html
  ["aws:kinesis/stream:Stream", [{ ...streamRetention, read: property("retentionPeriod", 24) }]],
  [
    "aws-native:kinesis:Stream",
    [{ ...streamRetention, read: property("retentionPeriodHours", 24) }],
  ],
  [
    "aws:cloudwatch/logGroup:LogGroup",
    [
      {
        noun: "retention",
        unit: "days",
        read: (inputs) => {
          const days = property("retentionInDays", 0)(inputs);
          // 0 means that log events never expire.
          return days === 0 ? Infinity : days;
        },
        lost: "Log events that are older.",
      },
    ],
  ],
  [
    "aws:kms/key:Key",
    [
      {
        noun: "waiting period before deletion",
        unit: "days",
        // https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html
        read: property("deletionWindowInDays", 30),
        lost: "Nothing yet. After a deletion, less time remains to cancel it.",
      },
    ],
  ],
  ...["", "V2"].map((version): [string, Period[]] => [
    `aws:s3/bucketObjectLockConfiguration${version}:BucketObjectLockConfiguration${version}`,
    [
      {
        noun: "default retention",
        unit: "days",
        read: lockedDays,
        lost: "Nothing yet. New objects can be deleted earlier.",
      },
    ],
  ]),
]);

function lockedDays({ rule }: Properties): number | undefined {
  if (rule === undefined || rule === null) return 0;
  const locked = isGroup(rule) ? (rule["defaultRetention"] ?? null) : null;
  if (!isGroup(locked)) return undefined;
  const { days, years } = locked;
  return years === undefined || years === null ? numberOf(days) : (numberOf(years) ?? NaN) * 365;
}

function earlierExpirations(
  urn: string,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
): GateFinding[] {
  const former = expirations(before);
  return expirations(after).flatMap((expiration) => {
    const same = former.filter(
      ({ what, scope }) => what === expiration.what && scope === expiration.scope,
    );
    if (same.some((other) => coversAll(other, expiration))) return [];
    return [
      {
        urn,
        kind: "retention" as const,
        change: `deletes ${expiration.what}${expiration.scope} ${timeText(expiration)}; before: ${formerText(same)}`,
        lost: "Objects that are already older, within about a day and for good.",
        safeWay: "Keep the rule, or copy what must stay before you shorten it.",
      },
    ];
  });
}

/** Whether an expiration has deleted all that another one would delete. */
function coversAll(former: Expiration, { days, kept, date }: Expiration): boolean {
  if (date !== undefined) return former.date === date;
  if (former.date !== undefined || days === undefined || kept === undefined) return false;
  return (former.days ?? Infinity) <= days && (former.kept ?? Infinity) <= kept;
}

function timeText({ days, date, kept }: Expiration): string {
  if (date !== undefined) return `from ${date} on`;
  return `after ${days === undefined ? "a time that is unknown until the update" : amount(days, "days")}${keptText(kept)}`;
}

function keptText(kept: number | undefined): string {
  if (kept === 0) return "";
  return kept === undefined
    ? ", except for a number of them that is unknown until the update"
    : `, except for the newest ${kept}`;
}

function formerText(former: readonly Expiration[]): string {
  const known = former.filter(({ days }) => days !== undefined);
  const [first] = known.sort((one, other) => (one.days ?? 0) - (other.days ?? 0));
  if (first === undefined) return "never";
  return first.date === undefined
    ? `${amount(first.days ?? 0, "days")}${keptText(first.kept)}`
    : `from ${first.date} on`;
}
