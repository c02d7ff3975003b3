import { type Arn, parseArn } from "../../iam/arn";
import { type Path, pathText, type Problem } from "../problem";
import type { SettingsInput } from "../schema";
import { keySettings } from "../groups/existing";
import type { SettingsView } from "./settingsView";

interface PlacedArn {
  readonly path: Path;
  readonly arn: Arn;
}

/** What ARNs of one pipeline have in common. */
const parts = ["partition", "account", "region"] as const;
type Part = (typeof parts)[number];

/**
 * ARNs that cannot belong to one pipeline. The delivery stream, its source stream and its roles are
 * in one account, and so are a role's permissions boundary
 * and the table of a conversion. Key, stream, delivery stream and the
 * topics that alarms notify are in one region. Everything is in one partition.
 *
 * Source: Firehose API, KinesisStreamSourceConfiguration and KMSEncryptionConfig; IAM API,
 * CreateRole; CloudWatch rejects other alarms ("Invalid region ... specified", "Invalid partition
 * ... specified").
 */
export function arnProblems({ known }: SettingsView): readonly Problem[] {
  const arns = placedArns(known);
  const mismatched = parts.flatMap((part) => mismatchesIn(part, arns));
  // A wrong partition explains a wrong account and region.
  const places = mismatched.map(({ path }) => pathText(path));
  return mismatched.filter(({ path }, index) => places.indexOf(pathText(path)) === index);
}

function mismatchesIn(part: Part, arns: readonly PlacedArn[]): readonly Problem[] {
  const [first, ...others] = arns.filter((placed) => isBoundBy(part, placed));
  if (first === undefined) return [];
  return others
    .filter(({ arn }) => arn[part] !== first.arn[part])
    .map(({ path, arn }) => ({
      path,
      reason: `is in ${part} ${arn[part]}, but ${pathText(first.path)} is in ${first.arn[part]}`,
      allowed: `ARNs in one ${part}`,
    }));
}

function isBoundBy(part: Part, { arn: { service, account } }: PlacedArn): boolean {
  switch (part) {
    case "partition":
      return true;
    case "account":
      return (
        service === "kinesis" || service === "glue" || (service === "iam" && account !== "aws")
      );
    case "region":
      return ["kinesis", "kms", "sns"].includes(service);
  }
}

function placedArns(settings: SettingsInput): PlacedArn[] {
  const { existing = {}, roles = {}, alarms = {}, backup = {} } = settings;
  const ofExisting = (
    ["streamArn", "bucketArn", "roleArn", ...keySettings, "accessLogBucketArn"] as const
  ).map((name) => [["existing", name], existing[name]] as const);
  const listed = (list: "actionArns" | "okActionArns") =>
    (alarms[list] ?? []).map((arn, index) => [["alarms", list, index], arn] as const);
  const all: (readonly [Path, string | undefined])[] = [
    ...ofExisting,
    [["roles", "permissionsBoundaryArn"], roles.permissionsBoundaryArn],
    [["transform", "functionArn"], settings.transform?.functionArn],
    [["conversion", "tableArn"], settings.conversion?.tableArn],
    [["backup", "bucketArn"], backup.bucketArn],
    [["backup", "keyArn"], backup.keyArn],
    ...listed("actionArns"),
    ...listed("okActionArns"),
  ];
  return all.flatMap(([path, arn]) => (arn === undefined ? [] : [{ path, arn: parseArn(arn) }]));
}
