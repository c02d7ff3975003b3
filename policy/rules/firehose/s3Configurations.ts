import { type Decision, isObject, type Properties, readValue, UNKNOWN } from "../../reading/value";
import { Verdict } from "../../rule/verdict";
import { type Destination, destination, destinationsOf } from "./destinations";

/**
 * Evaluates each block for a bucket: the S3 destination, the intermediate or error bucket of another
 * destination and, if it is in use, the backup. They are configured separately.
 *
 * @param evaluate receives the path of the configuration, and a verdict only for it
 */
export function evaluateS3Configurations(
  props: Properties,
  verdict: Verdict,
  evaluate: (path: string, verdict: Verdict) => void,
): void {
  const reasons = s3Configurations(props).map(({ path, isInUse, modePath }) => {
    const found = new Verdict();
    evaluate(path, found);
    if (isInUse === UNKNOWN) {
      if (found.violations.length + found.missing.length > 0) verdict.undecided(modePath);
    } else verdict.add(found);
    return found.reasonNotToApply;
  });
  if (reasons.length === 0) verdict.inapplicable("the delivery stream has no S3 destination");
  else if (reasons[0] !== undefined && !reasons.includes(undefined)) {
    verdict.inapplicable(reasons[0]);
  }
}

export interface S3Configuration {
  readonly path: string;
  /** `UNKNOWN` for a backup whose mode is unknown. */
  readonly isInUse: Decision;
  /** The property that decides whether a backup is in use. */
  readonly modePath: string;
}

/** The S3 configurations of a delivery stream without a disabled backup. */
export function s3Configurations(props: Properties): readonly S3Configuration[] {
  return destinationsOf(props).flatMap((found) => configurationsOf(props, found));
}

function configurationsOf(
  props: Properties,
  { path, hasBackupBlock }: Destination,
): readonly S3Configuration[] {
  const modePath = `${path}.s3BackupMode`;
  const mainPath = path === destination ? path : `${path}.s3Configuration`;
  const main: S3Configuration = { path: mainPath, isInUse: true, modePath };
  const backup = `${path}.s3BackupConfiguration`;
  const mode = readValue(props, modePath);
  const isUnknown = readValue(props, path) === UNKNOWN;
  const hasMain = readValue(props, mainPath) !== undefined;
  const hasBackup = hasBackupBlock && !isUnknown && readValue(props, backup) !== undefined;
  // A disabled backup writes nothing, whatever its block contains.
  const isInUse: Decision = mode === UNKNOWN ? UNKNOWN : mode === "Enabled";
  const copy: S3Configuration = { path: backup, isInUse, modePath };
  return [...(hasMain ? [main] : []), ...(hasBackup && isInUse !== false ? [copy] : [])];
}

/** Whether values in the records determine the prefix. Disabled by default. */
export function partitionsDynamically(props: Properties): Decision {
  const path = `${destination}.dynamicPartitioningConfiguration.enabled`;
  const enabled = readValue(props, path);
  return enabled === UNKNOWN ? UNKNOWN : enabled === true;
}

export const formatConversion = `${destination}.dataFormatConversionConfiguration`;

/** Whether records become Parquet or ORC. If the block is present, enabled by default. */
export function convertsFormat(props: Properties): Decision {
  const block = readValue(props, formatConversion);
  if (block === UNKNOWN) return UNKNOWN;
  if (!isObject(block)) return false;
  const enabled = readValue(props, `${formatConversion}.enabled`);
  return enabled === UNKNOWN ? UNKNOWN : enabled !== false;
}
