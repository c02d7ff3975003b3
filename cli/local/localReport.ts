import path from "node:path";
import type {
  DeliveryConfiguration,
  StreamToRead,
} from "../../aws/firehose/model/deliveryConfiguration";
import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import type { AccessReport } from "../../local/run/firehoseAccess";
import type { LocalAws } from "../../local/run/startLocalAws";
import { monitoringReport } from "../monitoring/monitoringReport";
import { byteSize, counted, grouped } from "../reports/amounts";
import { badCount, factLines, section } from "../reports/reportLines";
import type { Colors } from "../reports/terminal";
import { wrapHard } from "../reports/wrapText";
import { isComplete, unsent } from "../send/sendReport";
import { corruptObjects } from "../verify/verifyReport";
import type { DeliveryProgress } from "./deliveryProgress";
import type { RunResult } from "./sendThrough";
import type { Pipeline } from "./startPipeline";

/** Whether every line of the input was sent and is in the bucket. */
export function runSucceeded({ sending, lake, comparison }: RunResult): boolean {
  return comparison.missing === 0 && isComplete(sending) && lake.corrupt.length === 0;
}

/** The report of a run with an input: one fact per line, then each problem. */
export function localReport(result: RunResult, directory: string, colors: Colors): string {
  const { sending, lake, comparison, bucket } = result;
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
      ["Directory", relative(path.join(directory, bucket))],
    ]),
    ...unsent(sending, colors),
    ...corruptObjects(lake),
  ].join("\n");
}

/** The report of a run that only delivered what an earlier run had left. */
export function resumedReport(
  resumed: number,
  { records, objects }: DeliveryProgress["inObjects"],
  directory: string,
  colors: Colors,
): string {
  return factLines([
    ["Resumed", `${grouped(resumed)} records`],
    ["Delivered", grouped(records)],
    ["Missing", badCount(Math.max(0, resumed - records), colors)],
    ["Objects", grouped(objects)],
    ["Directory", relative(directory)],
  ]).join("\n");
}

type Endpoints = Pick<LocalAws, "kinesisEndpoint" | "s3Endpoint" | "credentials">;

/** How to use a pipeline that keeps running: commands, variables and a program to copy. */
export function connectionDetails(
  { deliveryStreams }: Pick<Pipeline, "deliveryStreams">,
  aws: Endpoints,
  directory: string,
): string {
  const commands = deliveryStreams.flatMap((configuration) =>
    [...sendCommand(configuration, aws), ...verifyCommand(configuration, aws)].map(
      (line) => `  ${line}`,
    ),
  );
  const producers = deliveryStreams
    .slice(0, 1)
    .flatMap(({ source }) => [
      "",
      "With your own producers and readers, through any AWS SDK or the AWS CLI:",
      ...endpointVariables(source.region, aws).map((line) => `  ${line}`),
      "",
      "In a Node.js program:",
      ...producerSnippet(source, aws).map((line) => `  ${line}`.trimEnd()),
    ]);
  return [
    "",
    `Running until Ctrl-C, with the buckets in ${relative(directory)}.`,
    "From another terminal:",
    ...commands,
    ...producers,
  ].join("\n");
}

/** How to use one delivery stream of such a pipeline, as commands and settings to copy. */
export function connectionSnippets(
  configuration: DeliveryConfiguration,
  aws: Endpoints,
): readonly { readonly title: string; readonly text: string }[] {
  const snippet = (title: string, lines: readonly string[]) => ({ title, text: lines.join("\n") });
  return [
    snippet("Send a file", sendCommand(configuration, aws)),
    snippet(
      "Variables for any AWS SDK and the AWS CLI",
      endpointVariables(configuration.source.region, aws),
    ),
    snippet("Producer in Node.js", producerSnippet(configuration.source, aws)),
    snippet("Check what is delivered", verifyCommand(configuration, aws)),
  ];
}

function sendCommand(
  { source }: DeliveryConfiguration,
  { kinesisEndpoint }: Endpoints,
): readonly string[] {
  return [
    `npx streamlake send FILE --stream ${source.name} --region ${source.region} \\`,
    `  --endpoint ${kinesisEndpoint}`,
  ];
}

function verifyCommand(
  { bucket, prefix }: DeliveryConfiguration,
  { s3Endpoint }: Endpoints,
): readonly string[] {
  return [
    `npx streamlake verify --bucket ${bucket} --prefix '${prefix}' \\`,
    `  --endpoint ${s3Endpoint}`,
  ];
}

/** The end of every report: IAM, metrics, error log and alarms. */
export function closingReport(
  pipeline: Pick<Pipeline, "access">,
  monitoring: MonitoringSnapshot,
  colors: Colors,
): string {
  return [
    ...section("Access", accessLines(pipeline.access(), colors), colors),
    ...monitoringReport(monitoring, colors),
  ].join("\n");
}

/** 80, less the indents of the section and of a message. */
const COLUMNS = 76;

/** The calls that IAM denied, and how many grants were needed. */
function accessLines({ denied, granted, unused }: AccessReport, colors: Colors): string[] {
  const calls =
    denied.length === 0
      ? [colors.green("no calls were denied")]
      : [
          colors.red(`${counted(denied.length, "call")} denied`),
          ...denied.flatMap((message) => wrapHard(message, COLUMNS).map((line) => `  ${line}`)),
        ];
  const used = granted.length - unused.length;
  return [
    ...calls,
    `${grouped(used)} of ${counted(granted.length, "grant")} of its roles needed in this run`,
  ];
}

/** Environment variables with which AWS SDKs and the AWS CLI find the local services. */
function endpointVariables(
  region: string,
  { kinesisEndpoint, s3Endpoint, credentials }: Endpoints,
): readonly string[] {
  return [
    `export AWS_ENDPOINT_URL_KINESIS=${kinesisEndpoint}`,
    `export AWS_ENDPOINT_URL_S3=${s3Endpoint}`,
    `export AWS_REGION=${region}`,
    `export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
  ];
}

/** A Node.js program that puts a record on a local stream. */
function producerSnippet(
  { name, region }: StreamToRead,
  { kinesisEndpoint, credentials }: Endpoints,
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

function relative(file: string): string {
  return path.relative(process.cwd(), file);
}
