import { compileError } from "./compile";
import { newerSyntax } from "./newerSyntax";

/**
 * Why Firehose cannot run a jq expression; it continues a sentence with the expression as its subject.
 * Undefined for an expression that jq 1.6 compiles.
 *
 * Firehose runs jq 1.6. It creates a delivery stream with an expression that does not compile, and then
 * rejects each record.
 */
export function jqProblem(expression: string): string | undefined {
  const error = compileError(expression);
  if (error !== undefined) return `does not compile: ${error}`;
  const newer = newerSyntax(expression);
  return newer === undefined ? undefined : `has ${newer}, which Firehose's jq 1.6 does not have`;
}
