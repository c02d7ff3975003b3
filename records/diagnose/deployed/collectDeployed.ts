import type { CloudWatchLoggingOptions, DeliveryStreamDescription } from "@aws-sdk/client-firehose";
import type { TargetDelivery } from "../../target/target";
import type { Evidence, Parts } from "../evidence";
import { readFailedRecords } from "../readFailedRecords";
import type { AccessModel } from "./accessModel";
import { Attempts } from "./attempts";
import type { DiagnosisClients } from "./clients";
import { deliveryStreamPart, describeDelivery } from "./describeDelivery";
import { describeBucket, type DescribedBucket, describeStream } from "./describeResources";
import { readKeysAndAccess } from "./readKeysAndAccess";
import { keyOfLog, type LogPlace, readErrorLog } from "./readErrorLog";
import { readAlarms, readMetrics } from "./readMetrics";

export interface DeployedSources {
  readonly clients: DiagnosisClients;
  readonly model: AccessModel;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** How far back metrics and the error log are read. */
const lookBack = 3 * 3_600_000;

/**
 * Collects what AWS knows of a delivery stream. A call that AWS denies leaves a gap.
 *
 * @throws Error if AWS cannot be reached, or rejects the caller
 */
export async function collectDeployed(
  target: TargetDelivery,
  { clients, model, now }: DeployedSources,
): Promise<Evidence> {
  const attempts = new Attempts();
  const found = await describeDelivery(clients.firehose, target.name, attempts);
  const description = typeof found === "object" ? found : undefined;
  const part = found && deliveryStreamPart(found, target.name);
  const names = namesOf(target, description, part);
  const since = now - lookBack;
  const [stream, bucket, logKey, errorLog, metrics, alarms] = await Promise.all([
    names.stream === undefined
      ? undefined
      : describeStream(clients.kinesis, names.stream, attempts),
    names.bucket === undefined
      ? undefined
      : describeBucket(clients.s3, names.bucket, names.region, attempts),
    names.log && keyOfLog(clients.logs, names.log, attempts),
    names.log && readErrorLog(clients.logs, names.log, since, attempts),
    readMetrics(clients.cloudWatch, names, since, now, attempts),
    alarmsOf(target, clients, attempts),
  ]);
  const failedRecords = await failedRecordsOf(names, bucket, clients, now, attempts);
  const ofAccess =
    description &&
    (await readKeysAndAccess(
      description,
      { stream, bucket, logKey },
      { clients, model, attempts },
    ));
  if (part?.logsErrors === false)
    attempts.note({ part: "errorLog", reason: "error logging is off for this delivery stream" });
  return {
    at: now,
    gaps: attempts.gaps,
    ...(part && { deliveryStream: part }),
    ...(stream && { stream: stream.part }),
    ...(bucket?.part && { bucket: bucket.part }),
    ...(errorLog && { errorLog }),
    ...(metrics && { metrics }),
    ...(alarms && { alarms }),
    ...(failedRecords && { failedRecords }),
    ...ofAccess,
    expected: {
      ...(target.stream !== undefined && { stream: target.stream }),
      ...(target.bucket !== undefined && { bucket: target.bucket }),
    },
  };
}

/** The names of what belongs to a delivery stream: as AWS describes it, otherwise as the stack does. */
interface Names {
  readonly deliveryStream: string;
  readonly stream?: string;
  readonly bucket?: string;
  readonly prefix: string;
  readonly errorPrefix: string;
  readonly region?: string;
  readonly log?: LogPlace;
}

function namesOf(
  target: TargetDelivery,
  description: DeliveryStreamDescription | undefined,
  part: Parts["deliveryStream"] | undefined,
): Names {
  const s3 = description?.Destinations?.[0]?.ExtendedS3DestinationDescription;
  const stream = description ? part?.streamArn?.split("/").at(-1) : target.stream;
  const bucket = part?.bucket ?? target.bucket;
  const region = description?.DeliveryStreamARN?.split(":")[3] ?? target.region;
  const log = description ? loggedAt(s3?.CloudWatchLoggingOptions) : namedLog(target);
  return {
    deliveryStream: target.name,
    ...(stream !== undefined && { stream }),
    ...(bucket !== undefined && { bucket }),
    prefix: s3?.Prefix ?? target.prefix ?? "",
    errorPrefix: s3?.ErrorOutputPrefix ?? target.errorPrefix ?? "",
    ...(region !== undefined && { region }),
    ...(log && { log }),
  };
}

function loggedAt(options: CloudWatchLoggingOptions | undefined): LogPlace | undefined {
  const { Enabled = false, LogGroupName: group, LogStreamName: stream } = options ?? {};
  if (!Enabled || group === undefined) return undefined;
  return { group, ...(stream !== undefined && { stream }) };
}

function namedLog({ logGroup: group }: TargetDelivery): LogPlace | undefined {
  return group === undefined ? undefined : { group };
}

async function alarmsOf(
  { alarms }: TargetDelivery,
  { cloudWatch }: DiagnosisClients,
  attempts: Attempts,
): Promise<Parts["alarms"] | undefined> {
  if (alarms !== undefined)
    return alarms.length === 0 ? [] : readAlarms(cloudWatch, alarms, attempts);
  attempts.note({ part: "alarms", reason: "only the outputs of a stack name them: use --stack" });
  return undefined;
}

async function failedRecordsOf(
  { bucket: name, prefix, errorPrefix }: Names,
  bucket: DescribedBucket | undefined,
  { s3: client }: DiagnosisClients,
  now: number,
  attempts: Attempts,
): Promise<Parts["failedRecords"] | undefined> {
  if (name === undefined || bucket?.part?.state === "missing") return undefined;
  if (errorPrefix === "") {
    attempts.note({ part: "failedRecords", reason: "the delivery stream has no error prefix" });
    return undefined;
  }
  const place = { client, bucket: name, prefix, errorPrefix };
  const read = await attempts.attempt("failedRecords", "s3:GetObject", () =>
    readFailedRecords(place, now),
  );
  return read === "missing" ? undefined : read;
}
