import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly "continue-on-error"?: boolean;
}

export interface Job {
  readonly if?: string;
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly needs?: string;
  readonly strategy?: {
    readonly "fail-fast": boolean;
    readonly matrix: Readonly<Record<string, readonly unknown[]>>;
  };
  readonly env?: Readonly<Record<string, string>>;
  /** The reusable workflow that runs as this job. */
  readonly uses?: string;
  readonly steps?: readonly Step[];
}

/** A workflow of GitHub, as far as tests read it. */
export interface Workflow {
  readonly on: unknown;
  readonly permissions: unknown;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": unknown };
  readonly defaults?: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Name of the file -> its text and what that contains. */
export function workflowsIn(
  project: string,
): ReadonlyMap<string, { readonly text: string; readonly workflow: Workflow }> {
  const directory = join(project, ".github/workflows");
  return new Map(
    readdirSync(directory).map((name) => {
      const text = readFileSync(join(directory, name), "utf8");
      return [name, { text, workflow: parse(text) as Workflow }];
    }),
  );
}
