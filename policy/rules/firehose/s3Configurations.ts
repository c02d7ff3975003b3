import { type Decision, isObject, type Properties, readValue, UNKNOWN } from "../../reading/value";
import { Verdict } from "../../rule/verdict";

export const destination = "extendedS3Configuration";
export const backup = `${destination}.s3BackupConfiguration`;
export const backupMode = `${destination}.s3BackupMode`;

/**
 * Evaluates the S3 destination and, if it is in use, the backup: they are configured separately.
 *
 * @param evaluate receives the path of the configuration, and a verdict only for it
 */
export function evaluateS3Configurations(
  props: Properties,
  verdict: Verdict,
  evaluate: (path: string, verdict: Verdict) => void,
): void {
  const reasons = s3Configurations(props).map(({ path, isInUse }) => {
    const found = new Verdict();
    evaluate(path, found);
    if (isInUse === UNKNOWN) {
      if (found.violations.length + found.missing.length > 0) verdict.undecided(backupMode);
    } else {
      for (const message of found.violations) verdict.violation(message);
      for (const missing of found.missing) verdict.undecided(missing);
    }
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
}

/** The S3 configurations of a delivery stream without a disabled backup. */
export function s3Configurations(props: Properties): readonly S3Configuration[] {
  const block = readValue(props, destination);
  if (block === undefined) return [];
  const main = { path: destination, isInUse: true };
  if (block === UNKNOWN || readValue(props, backup) === undefined) return [main];
  const mode = readValue(props, backupMode);
  if (mode === UNKNOWN) return [main, { path: backup, isInUse: UNKNOWN }];
  // A disabled backup writes nothing, whatever its block contains.
  return mode === "Enabled" ? [main, { path: backup, isInUse: true }] : [main];
}

/** Whether values in the records determine the prefix. Disabled by default. */
export function partitionsDynamically(props: Properties): Decision {
  const path = "extendedS3Configuration.dynamicPartitioningConfiguration.enabled";
  const enabled = readValue(props, path);
  return enabled === UNKNOWN ? UNKNOWN : enabled === true;
}

export const formatConversion = "extendedS3Configuration.dataFormatConversionConfiguration";

/** Whether records become Parquet or ORC. If the block is present, enabled by default. */
export function convertsFormat(props: Properties): Decision {
  const block = readValue(props, formatConversion);
  if (block === UNKNOWN) return UNKNOWN;
  if (!isObject(block)) return false;
  const enabled = readValue(props, `${formatConversion}.enabled`);
  return enabled === UNKNOWN ? UNKNOWN : enabled !== false;
}
