import type { Cause } from "../finding";
import { counted } from "../../amounts";
import { moment, streamlakeCommand } from "../words";

/** Records could not be delivered, and are under the error prefix. */
export const failedRecords: Cause<"failedRecords"> = {
  name: "failed-records",
  about: "records are below the error prefix",
  needs: ["failedRecords"],
  fine: () => "no failed records",
  examine: ({ failedRecords: { more, groups }, at }, place) =>
    groups.map(({ type, code, records, message, last, key }) => ({
      cause: "failed-records",
      title: `${counted(records, "record")}${more ? " or more" : ""} failed with ${code}`,
      evidence: [
        ...(message === undefined ? [] : [message]),
        `${type}${last === undefined ? "" : `, last at ${moment(last, at)}`}: ${key}`,
      ],
      fix: [{ step: stepOf(code) }, streamlakeCommand(place, "replay", "--code", code)],
      code,
    })),
};

function stepOf(code: string): string {
  const [, what = "what the message says"] =
    reasons.find(([start]) => code.startsWith(start)) ?? [];
  return `Fix ${what}, then replay them (add --execute to send):`;
}

const reasons = [
  ["Lambda.", "the function"],
  ["DynamicPartitioning.ActivePartitionsLimitExceeded", "the keys, which have too many values"],
  ["DynamicPartitioning.", "the records or the jq query of the partition keys"],
  ["DataFormatConversion.", "the schema of the table or the records"],
  ["Decompression", "the producers, which must compress records with GZIP"],
] as const;
