import { Unknown } from "../../../engine/graph/resourceGraph";
import type { Declared, DeclaredInputs } from "./declaredInputs";

/** The form of an ARN in an input of a delivery stream. */
interface ArnForm {
  readonly what: string;
  readonly pattern: RegExp;
}

export const streamForm: ArnForm = {
  what: "a Kinesis data stream",
  pattern: /^arn:[^:]+:kinesis:[^:]+:\d*:stream\/[^/]+$/u,
};

export const bucketForm: ArnForm = {
  what: "an S3 bucket",
  pattern: /^arn:[^:]+:s3:[^:]*:[^:]*:[^/:]+$/u,
};

export const roleForm: ArnForm = {
  what: "an IAM role",
  pattern: /^arn:[^:]+:iam::\d*:role\/.+$/u,
};

export const functionForm: ArnForm = {
  what: "a Lambda function",
  pattern: /^arn:[^:]+:lambda:[^:]+:\d*:function:[^:]+(?::[^:]+)?$/u,
};

export const clusterForm: ArnForm = {
  what: "an MSK cluster",
  pattern: /^arn:[^:]+:kafka:[^:]+:\d*:cluster\/.+$/u,
};

/**
 * Reads a required ARN, and reports one that is missing or malformed.
 *
 * @returns the ARN as declared, even if it is malformed
 */
export function readArn(
  inputs: DeclaredInputs,
  name: string,
  { what, pattern }: ArnForm,
): Declared<string> | undefined {
  const arn = inputs.text(name);
  if (arn instanceof Unknown) return arn;
  if (arn === undefined) {
    if (!inputs.has(name)) inputs.refuse(name, "is not set");
  } else if (!pattern.test(arn)) {
    inputs.refuseValue(name, `the ARN of ${what}`);
  }
  return arn;
}
