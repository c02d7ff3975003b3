import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { type Evidence, evidenceSchema } from "./evidence";

/** In the directory of a run. */
const fileName = "evidence.json";

const localEvidence = z.object({
  version: z.literal(1),
  stack: z.string(),
  /** Why the run could not start; absent if it has started. */
  failure: z.string().optional(),
  /** By the name of the delivery stream. */
  deliveryStreams: z.record(z.string(), evidenceSchema),
});

/** What a local run knows of its delivery streams, as it writes it into its directory. */
export interface LocalEvidence {
  readonly stack: string;
  /** Why the run could not start; absent if it has started. */
  readonly failure?: string;
  readonly deliveryStreams: Readonly<Record<string, Evidence>>;
}

/** Replaces the file of a run in its directory at once. */
export function writeLocalEvidence(directory: string, evidence: LocalEvidence): void {
  const file = join(directory, fileName);
  writeFileSync(`${file}.next`, JSON.stringify({ version: 1, ...evidence }));
  renameSync(`${file}.next`, file);
}

/** @returns undefined if no run has written to the directory, or another version of this command */
export function readLocalEvidence(directory: string): LocalEvidence | undefined {
  try {
    const { stack, failure, deliveryStreams } = localEvidence.parse(
      JSON.parse(readFileSync(join(directory, fileName), "utf8")),
    );
    return { stack, deliveryStreams, ...(failure !== undefined && { failure }) };
  } catch {
    return undefined;
  }
}
