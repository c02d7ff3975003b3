import * as z from "zod";
import { metricNames } from "./metrics";

/** In milliseconds since 1970. */
const time = z.number();

const deliveryStatuses = [
  "ACTIVE",
  "CREATING",
  "CREATING_FAILED",
  "DELETING",
  "DELETING_FAILED",
  "MISSING",
] as const;

const deliveryStream = z.object({
  name: z.string(),
  /** As DescribeDeliveryStream reports it; MISSING if there is none of that name. */
  status: z.enum(deliveryStatuses),
  /** Why it has that status, in AWS's words. */
  failure: z.string().optional(),
  createdAt: time.optional(),
  /** ARN of the stream that it reads; absent if producers put records to it. */
  streamArn: z.string().optional(),
  bucket: z.string().optional(),
  bufferSeconds: z.number().optional(),
  bufferBytes: z.number().optional(),
  /** Whether it distributes records over partitions. */
  partitions: z.boolean().optional(),
  /** Of records that producers put to it. */
  encryption: z.object({ status: z.string(), failure: z.string().optional() }).optional(),
  /** False if errors are not logged. */
  logsErrors: z.boolean().optional(),
});

const stream = z.object({
  name: z.string(),
  /** As DescribeStreamSummary reports it; MISSING if there is none of that name. */
  status: z.enum(["ACTIVE", "CREATING", "DELETING", "UPDATING", "MISSING"]),
  retentionHours: z.number().optional(),
  mode: z.enum(["PROVISIONED", "ON_DEMAND"]).optional(),
  shards: z.number().optional(),
});

const accessDecision = z.object({
  roleArn: z.string(),
  action: z.string(),
  resource: z.string(),
  outcome: z.enum(["allowed", "denied", "undecided"]),
  /** What decides, e.g. `policies of the role`, `trust policy`, `bucket policy`, `key policy`. */
  by: z.string(),
  /** Why, e.g. AWS's denial message; absent for what is allowed. */
  reason: z.string().optional(),
});

const key = z.object({
  /** ARN, or the name in the program. */
  id: z.string(),
  /** What it encrypts, e.g. `the objects`. */
  encrypts: z.string(),
  /** As DescribeKey reports it, e.g. `Enabled`; Missing if there is none. */
  state: z.string(),
  deletedAt: time.optional(),
});

const bucket = z.object({
  name: z.string(),
  state: z.enum(["found", "missing", "in another region"]),
  region: z.string().optional(),
});

const logLine = z.object({
  at: time,
  /** Firehose's error code; absent if the line has none. */
  code: z.string().optional(),
  message: z.string(),
});

const failedRecords = z.object({
  /** Error objects that were read. */
  objects: z.number(),
  /** Whether there are more, which were not read. */
  more: z.boolean(),
  groups: z.array(
    z.object({
      /** What `!{firehose:error-output-type}` was. */
      type: z.string(),
      code: z.string(),
      message: z.string().optional(),
      records: z.number(),
      /** When the last record failed. */
      last: time.optional(),
      /** Key of an object with such records. */
      key: z.string(),
    }),
  ),
});

const point = z.object({ at: time, value: z.number() });

const metrics = z.object({
  /** Since when they were read. */
  since: time,
  /** Length of a period in seconds. `at` of a point is the start of its period. */
  periodSeconds: z.number(),
  /** Oldest first. A metric without data has none. */
  series: z.partialRecord(z.enum(metricNames), z.array(point)),
});

const buffer = z.object({
  /** In buffers that still collect records. */
  records: z.number(),
  bytes: z.number(),
  /** When the buffer interval ends. */
  due: time.optional(),
});

const failingCall = z.object({
  operation: z.string(),
  code: z.string(),
  message: z.string(),
  failures: z.number(),
  at: time,
  /** Since when it has not succeeded; absent if it has. */
  since: time.optional(),
});

const run = z.object({
  isUp: z.boolean(),
  /** Records that it accepted and has not delivered. */
  undelivered: z.number(),
  /** The command that delivers them. */
  resume: z.string(),
});

const alarm = z.object({
  name: z.string(),
  state: z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"]),
  reason: z.string().optional(),
  since: time.optional(),
});

const parts = z.object({
  deliveryStream,
  stream,
  access: z.array(accessDecision),
  keys: z.array(key),
  bucket,
  errorLog: z.array(logLine),
  failedRecords,
  metrics,
  buffer,
  failingCalls: z.array(failingCall),
  /** Of a local run. */
  run,
  alarms: z.array(alarm),
});

/** The parts of the evidence. */
export type Parts = Readonly<z.infer<typeof parts>>;

export type PartName = keyof Parts;

const gap = z.object({
  part: parts.keyof(),
  reason: z.string(),
  /** IAM actions that would be needed; absent if that is not the reason. */
  permission: z.string().optional(),
});

/** A part that could not be read. */
export type Gap = Readonly<z.infer<typeof gap>>;

export const evidenceSchema = parts.partial().extend({
  /** When it was collected. */
  at: time,
  gaps: z.array(gap).readonly(),
  /** What the stack names; absent if the delivery stream is named without its stack. */
  expected: z.object({ stream: z.string().optional(), bucket: z.string().optional() }).optional(),
});

/**
 * What is known of a pipeline at one moment, of AWS or of a local run. A part without a gap that is absent
 * does not apply, e.g. the stream of a delivery stream that producers put records to.
 */
export type Evidence = Readonly<z.infer<typeof evidenceSchema>>;
