import type { ResourceGraph } from "../../engine/graph/resourceGraph";
import type { PolicyReport } from "../../engine/policy/policyReport";
import { lazyImport } from "../lazyImport";
import type { PolicyOptions } from "../options";
import { counted } from "../../records/amounts";
import { type BaselineEntry, baselineEntries } from "./compareBaseline";

/** What `--baseline` and `--write-baseline` mean for a stack. */
export interface Baseline {
  /** The file of `--baseline` and its entries; absent without it. */
  readonly compared?: { readonly file: string; readonly entries: readonly BaselineEntry[] };
  /** Whether the findings are those of a new baseline. */
  readonly isWritten: boolean;
}

/**
 * Reads the file of `--baseline`, and then writes that of `--write-baseline`, which can be the same.
 *
 * @param from completes relative paths
 * @param print receives what was written
 * @throws Error if a file cannot be read or written, or is the baseline of another stack
 */
export async function applyBaselineOptions(
  { graph, report }: { readonly graph: ResourceGraph; readonly report: PolicyReport },
  { baseline: file, writeBaseline: written }: Pick<PolicyOptions, "baseline" | "writeBaseline">,
  from: (path: string) => string,
  print: (text: string) => void,
): Promise<Baseline> {
  if (file === undefined && written === undefined) return { isWritten: false };
  type BaselineFile = typeof import("./baselineFile");
  const files = await lazyImport<BaselineFile>(module, "./baselineFile");
  const entries = file === undefined ? [] : files.readBaseline(from(file), graph);
  if (written !== undefined) {
    files.writeBaseline(from(written), graph, report);
    print(`Wrote ${counted(baselineEntries(report).length, "finding")} to ${written}.\n`);
  }
  return {
    ...(file !== undefined && { compared: { file, entries } }),
    isWritten: written !== undefined,
  };
}
