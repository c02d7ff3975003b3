import { jq16Module, type Jq16Module } from "../../../support/jq16Module";

/** A query with a JSON text that it is applied to. */
export interface Application {
  readonly query: string;
  readonly text: string;
}

/**
 * What jq 1.6 makes of queries: for each, all outputs as a JSON array, or undefined if it fails. A run
 * takes long, and a build endures only some dozens, fewer if programs do not compile. So many queries are
 * one program, and those that do not compile should be few.
 */
export async function jq16Outputs(
  applications: readonly Application[],
): Promise<readonly (string | undefined)[]> {
  const { TZ } = process.env;
  // This build reads dates in the time zone of the machine, from its start. Firehose's is UTC.
  process.env.TZ = "UTC";
  try {
    return together(await jq16Module(), applications);
  } finally {
    process.env.TZ = TZ;
  }
}

/** As one program, or as two if one of the queries does not compile. */
function together(jq: Jq16Module, some: readonly Application[]): readonly (string | undefined)[] {
  const input = `[${some.map(({ text }) => text).join(",")}]`;
  const program = some
    .map(({ query }, index) => `(.[${index}] | try [${query}\n] catch {error: .})`)
    .join(",\n");
  try {
    const lines = jq.raw(input, program, ["-c"]).trim().split("\n");
    if (lines.length === some.length) return lines.map(outputsIn);
  } catch {
    // One does not compile.
  }
  if (some.length === 1) return [undefined];
  const half = Math.ceil(some.length / 2);
  return [...together(jq, some.slice(0, half)), ...together(jq, some.slice(half))];
}

function outputsIn(line: string): string | undefined {
  return line.startsWith("[") ? JSON.stringify(JSON.parse(line)) : undefined;
}
