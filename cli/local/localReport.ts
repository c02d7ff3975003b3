import path from "node:path";
import type { MonitoringSnapshot } from "../../local/monitoring/monitoring";
import type { LocalAws } from "../../local/run/startLocalAws";
import { byteSize, grouped } from "../amounts";
import { badCount, factLines } from "../facts";
import { monitoringReport } from "../monitoring/monitoringReport";
import { isComplete, unsent } from "../send/sendReport";
import type { Colors } from "../stdoutColors";
import { corruptObjects } from "../verify/verifyReport";
import { accessLines } from "./accessLines";
import type { DeliveryProgress } from "./deliveryProgress";
import { endpointVariables, producerSnippet } from "./producerSnippet";
import type { Outcome } from "./sendThrough";
import type { Pipeline } from "./startPipeline";

/** Everything that was in the input is in the bucket. */
export function isFine({ sending, lake, comparison }: Outcome): boolean {
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
export function waysIn({ deliveryStreams }: Pipeline, aws: LocalAws, folder: string): string {
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
