import { basename } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { readPreview } from "../../engine/preview/readPreview";
import { readTextFile } from "../../engine/textFile";
import { evaluatePreview } from "../../local/changes/evaluatePreview";
import { jsonText } from "../reports/printable";
import { columnsOf, type ReportOutput } from "../reports/terminal";
import { type GateResult, gateReport, passes } from "./gateReport";

export interface GateOptions {
  /** URNs. */
  readonly allow?: readonly string[];
  readonly reason?: string;
  readonly json?: boolean;
}

/**
 * Reports what an update would lose.
 *
 * @param file what `pulumi preview --json` printed; `-` for standard input
 * @returns the exit code: 0 if nothing is lost or all of it is allowed, otherwise 1
 * @throws Error if the file cannot be read as a preview, or an approval has no reason
 */
export async function gate(
  file: string,
  options: GateOptions,
  output: ReportOutput,
): Promise<number> {
  const { allow = [], json } = options;
  const reason = reasonFor(allow, options.reason);
  const preview = readPreview(await textOf(file), file === "-" ? "Standard input" : file);
  const result: GateResult = {
    ...preview,
    ...evaluatePreview(preview, allow),
    ...(reason !== undefined && { reason }),
  };
  output.stdout.write(
    json === true
      ? document(result)
      : gateReport(result, {
          basis: file === "-" ? "preview on standard input" : basename(file),
          file,
          columns: columnsOf(output),
          colors: output.colors,
        }),
  );
  return passes(result) ? 0 : 1;
}

function reasonFor(allow: readonly string[], reason: string | undefined): string | undefined {
  const given = reason?.trim() ?? "";
  if (allow.length > 0 && given === "")
    throw new Error(
      '--allow needs the reason that the output records. Add --reason, e.g. --reason "Moved to the new bucket, OPS-12".',
    );
  if (allow.length === 0 && reason !== undefined)
    throw new Error(
      "--reason belongs to --allow URN. Add the URN of the resource, or remove --reason.",
    );
  return given === "" ? undefined : given;
}

async function textOf(file: string): Promise<string> {
  if (file === "-") {
    if (process.stdin.isTTY)
      throw new Error(
        "Nothing is piped to standard input. Try: pulumi preview --stack NAME --json | npx streamlake gate -",
      );
    return readAll(process.stdin);
  }
  try {
    return readTextFile(file);
  } catch (error) {
    throw new Error(`Cannot read the preview: ${(error as Error).message}`, { cause: error });
  }
}

function document(result: GateResult): string {
  const { project, stack, findings, allowed, reason, errors, unused } = result;
  return `${jsonText({
    ...{ project, stack, passes: passes(result), findings },
    ...{ allowed: allowed.map((finding) => ({ ...finding, allowedBecause: reason })) },
    ...{ errors, unusedApprovals: unused },
  })}\n`;
}
