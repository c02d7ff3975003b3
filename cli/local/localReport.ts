import path from "node:path";
import type { LocalAws } from "../../local/aws/localAws";
import { byteSize, grouped } from "../amounts";
import { badCount, factLines } from "../facts";
import { isComplete, unsent } from "../send/sendReport";
import type { Colors } from "../stdoutColors";
import { corruptObjects } from "../verify/verifyReport";
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
      ["Before GZIP", byteSize(lake.bytes)],
      ["After GZIP", `${byteSize(lake.storedBytes)} (${packed} %)`],
      ["Folder", path.relative(process.cwd(), path.join(folder, bucket))],
    ]),
    ...unsent(sending, colors),
    ...corruptObjects(lake),
  ].join("\n");
}

/** How to use a pipeline that keeps running, from another terminal. */
export function waysIn(pipeline: Pipeline, aws: LocalAws, folder: string): string {
  const commands = pipeline.flatMap(({ source, bucket, prefix }) => [
    `  npx streamlake send FILE --stream ${source.name} --region ${source.region} \\`,
    `    --endpoint ${aws.kinesisEndpoint}`,
    `  npx streamlake verify --bucket ${bucket} --prefix '${prefix}' \\`,
    `    --endpoint ${aws.s3Endpoint}`,
  ]);
  return [
    "",
    `Running until Ctrl-C, with the buckets in ${path.relative(process.cwd(), folder)}.`,
    "From another terminal:",
    ...commands,
  ].join("\n");
}
