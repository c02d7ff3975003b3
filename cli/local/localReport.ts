import path from "node:path";
import type { StreamToRead } from "../../aws/firehose/model/deliveryConfiguration";
import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import type { AccessReport } from "../../local/run/firehoseAccess";
import type { LocalAws } from "../../local/run/startLocalAws";
import { monitoringReport } from "../monitoring/monitoringReport";
import { byteSize, counted, grouped } from "../reports/amounts";
import { badCount, factLines } from "../reports/factLines";
import type { Colors } from "../reports/terminal";
import { wrapHard } from "../reports/wrapText";
import { isComplete, unsent } from "../send/sendReport";
import { corruptObjects } from "../verify/verifyReport";
import type { DeliveryProgress } from "./deliveryProgress";
import type { Outcome } from "./sendThrough";
import type { Pipeline } from "./startPipeline";

/** Everything that was in the input is in the bucket. */
export function runSucceeded({ sending, lake, comparison }: Outcome): boolean {
  return comparison.missing === 0 && isComplete(sending) && lake.corrupt.length === 0;
}

/** What became of the input, as text for a person: one fact a line. */
export function localReport(outcome: Outcome, folder: string, colors: Colors): string {
  const { sending, lake, comparison, bucket } = outcome;
  const packed = lake.bytes > 0 ? Math.round((100 * lake.storedBytes) / lake.bytes) : 100;
  return [
    ...factLines([
      ["Sent", `${grouped(sending.sent)} records (${byteSize(sending.bytes)})`],
      ["Rejected", badCount(sending.rejected.length + sending.failed.length, colors)],
      ["Delivered", grouped(comparison.delivered)],
      ["Missing", badCount(comparison.missing, colors)],
      ["Duplicated", grouped(comparison.duplicated)],
      ["Objects", `${grouped(lake.objects)} under ${lake.prefixes.join(" ")}`],
      ["Data", byteSize(lake.bytes)],
      ["Stored", `${byteSize(lake.storedBytes)} (${packed} %)`],
      ["Folder", path.relative(process.cwd(), path.join(folder, bucket))],
    ]),
    ...unsent(sending, colors),
    ...corruptObjects(lake),
  ].join("\n");
}

/** What became of the records that an earlier run had left, as text for a person. */
export function resumedReport(
  resumed: number,
  { records, objects }: DeliveryProgress["inObjects"],
  folder: string,
  colors: Colors,
): string {
  return factLines([
    ["Resumed", `${grouped(resumed)} records`],
    ["Delivered", grouped(records)],
    ["Missing", badCount(Math.max(0, resumed - records), colors)],
    ["Objects", grouped(objects)],
    ["Folder", path.relative(process.cwd(), folder)],
  ]).join("\n");
}

/** How to use a pipeline that keeps running, from another terminal. */
export function connectionDetails(
  { deliveryStreams }: Pipeline,
  aws: LocalAws,
  folder: string,
): string {
  const commands = deliveryStreams.flatMap(({ source, bucket, prefix }) => [
    `  npx streamlake send FILE --stream ${source.name} --region ${source.region} \\`,
    `    --endpoint ${aws.kinesisEndpoint}`,
    `  npx streamlake verify --bucket ${bucket} --prefix '${prefix}' \\`,
    `    --endpoint ${aws.s3Endpoint}`,
  ]);
  const producers = deliveryStreams
    .slice(0, 1)
    .flatMap(({ source }) => [
      "",
      "Your own producers and readers, with any AWS SDK or the AWS CLI:",
      ...endpointVariables(source.region, aws).map((line) => `  ${line}`),
      "",
      "Or in a program, here for Node.js:",
      ...producerSnippet(source, aws).map((line) => `  ${line}`.trimEnd()),
    ]);
  return [
    "",
    `Running until Ctrl-C, with the buckets in ${path.relative(process.cwd(), folder)}.`,
    "From another terminal:",
    ...commands,
    ...producers,
  ].join("\n");
}

/** What CloudWatch and IAM know at the end of a run. */
export function closingReport(
  pipeline: Pipeline,
  monitoring: MonitoringSnapshot,
  colors: Colors,
): string {
  return [...accessLines(pipeline.access(), colors), ...monitoringReport(monitoring, colors)].join(
    "\n",
  );
}

const COLUMNS = 76;

/** What IAM said to the calls of a run, as lines of at most 80 columns. */
function accessLines({ denied, granted, unused }: AccessReport, colors: Colors): string[] {
  const calls =
    denied.length === 0
      ? [colors.green("no call was denied")]
      : [
          colors.red(`${counted(denied.length, "call")} denied`),
          ...denied.flatMap((message) => wrapHard(message, COLUMNS).map((line) => `  ${line}`)),
        ];
  const used = granted.length - unused.length;
  const grants = `${grouped(used)} of ${counted(granted.length, "grant")} of its roles needed in this run`;
  return ["", colors.bold("Access"), ...[...calls, grants].map((line) => `  ${line}`)];
}

/** A program for Node.js that puts a record on a local stream, as text to copy. */
function producerSnippet(
  { name, region }: StreamToRead,
  { kinesisEndpoint, credentials }: LocalAws,
): readonly string[] {
  return [
    'import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";',
    "",
    "const kinesis = new KinesisClient({",
    `  region: "${region}",`,
    `  endpoint: "${kinesisEndpoint}",`,
    `  credentials: { accessKeyId: "${credentials.accessKeyId}", secretAccessKey: "${credentials.secretAccessKey}" },`,
    "});",
    "await kinesis.send(",
    "  new PutRecordCommand({",
    `    StreamName: "${name}",`,
    '    PartitionKey: "user-1",',
    '    Data: Buffer.from(JSON.stringify({ type: "hello" })),',
    "  }),",
    ");",
  ];
}

/** Variables by which every AWS SDK and the AWS CLI find the local services, as text to copy. */
function endpointVariables(
  region: string,
  { kinesisEndpoint, s3Endpoint, credentials }: LocalAws,
): readonly string[] {
  return [
    `export AWS_ENDPOINT_URL_KINESIS=${kinesisEndpoint}`,
    `export AWS_ENDPOINT_URL_S3=${s3Endpoint}`,
    `export AWS_REGION=${region}`,
    `export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
  ];
}
