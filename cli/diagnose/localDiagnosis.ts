import path from "node:path";
import { Attempts } from "../../records/diagnose/deployed/attempts";
import { bucketPart } from "../../records/diagnose/deployed/describeResources";
import type { Evidence } from "../../records/diagnose/evidence";
import { type LocalEvidence, readLocalEvidence } from "../../records/diagnose/localEvidence";
import { readFailedRecords } from "../../records/diagnose/readFailedRecords";
import { readLocalRun } from "../../records/target/localRun";
import { s3Client } from "../serviceClients";
import { findLocalRun, runDirectories } from "../target/findLocalRun";
import type { OpenTarget } from "../target/openTarget";
import type { TargetOptions } from "../target/targetOptions";

/** A run that wrote what a diagnosis needs. */
export interface DiagnosedRun {
  readonly directory: string;
  readonly evidence: LocalEvidence;
}

/**
 * Finds the run that the options name. Unlike for other commands, it may have failed to start.
 *
 * @throws Error if there is none, or if an older version of this command ran it
 */
export function findDiagnosedRun({ local = true, stack }: TargetOptions): DiagnosedRun {
  for (const directory of runDirectories(local, stack)) {
    const evidence = readLocalEvidence(directory);
    if (evidence !== undefined && (stack ?? evidence.stack) === evidence.stack)
      return { directory, evidence };
    if (readLocalRun(directory) !== undefined) break;
  }
  const { directory } = findLocalRun(local, stack);
  throw new Error(
    `The local run ${path.relative(process.cwd(), directory)} did not write what a diagnosis needs. ` +
      "Another version of this command ran it.",
  );
}

/** The evidence of a run that could not start: nothing but the reason. */
export function failedStart(stack: string, failure: string, now: number): Evidence {
  return {
    ...{ at: now, gaps: [] },
    deliveryStream: { name: stack, status: "CREATING_FAILED", failure },
  };
}

/**
 * What the run wrote, with what its bucket shows now.
 *
 * @param isUp whether its process still runs, which a killed one cannot write
 */
export async function localEvidence(
  written: Evidence,
  { target, aws }: OpenTarget,
  isUp: boolean,
  now: number,
): Promise<Evidence> {
  const { bucket: name, prefix, errorPrefix = "", region } = target.lake();
  const client = s3Client(await aws("s3", region));
  const attempts = new Attempts();
  const at = isUp ? now : written.at;
  try {
    const bucket = await bucketPart(client, name, region, attempts);
    const hasErrors = bucket?.state === "found" && errorPrefix !== "";
    const place = { client, bucket: name, prefix, errorPrefix };
    const failed =
      hasErrors &&
      (await attempts.attempt("failedRecords", "s3:GetObject", () =>
        readFailedRecords(place, now),
      ));
    return {
      ...written,
      at,
      ...(written.run && { run: { ...written.run, isUp } }),
      ...(bucket && { bucket }),
      ...(typeof failed === "object" && { failedRecords: failed }),
      gaps: attempts.gaps,
    };
  } finally {
    client.destroy();
  }
}
