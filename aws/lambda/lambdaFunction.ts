import { type Archive, readArchive } from "../../engine/graph/assets";
import { InputReader } from "../../engine/graph/inputReader";
import {
  type GraphResource,
  type ResourceGraph,
  resourcesOfType,
  Secret,
} from "../../engine/graph/resourceGraph";

/** A function as it runs on this machine. */
export interface LambdaFunction {
  readonly name: string;
  /** Without a version or an alias. */
  readonly arn: string;
  /** E.g. `nodejs22.x` or `python3.13`. */
  readonly runtime: string;
  /** The module and its export, e.g. `src/index.handler`. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  /** Its declared variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly code: FunctionCode;
  /** Whether it declares layers, whose files the local run does not have. */
  readonly hasLayers: boolean;
}

/** Where the files of a function are. */
export type FunctionCode =
  /** As declared. Paths are relative to the program. */
  | { readonly type: "archive"; readonly archive: Archive }
  /** A directory that is used as it is. */
  | { readonly type: "directory"; readonly directory: string };

/** What a function needs to be called and does not have. */
export interface FunctionProblem {
  readonly name: string;
  /** Follows the name: "has no handler". */
  readonly reason: string;
}

const functionType = "aws:lambda/function:Function";

/** The functions that a program creates. `aws.lambda.CallbackFunction` is one of them. */
export function declaredFunctions(graph: ResourceGraph): readonly GraphResource[] {
  return resourcesOfType(graph, functionType).filter(({ external }) => !external);
}

/** The name of a declared function, also in its ARN. */
function functionName({ name, inputs, outputs }: GraphResource): string {
  return new InputReader({ ...inputs, ...outputs }).text("name") ?? name;
}

/** Defaults: Lambda API, CreateFunction. */
const defaults = { timeoutSeconds: 3, memoryMiB: 128 } as const;

/** Reads an `aws:lambda/function:Function`, or says why it cannot run here. */
export function readFunction(resource: GraphResource): LambdaFunction | FunctionProblem {
  const name = functionName(resource);
  const { inputs } = resource;
  const reader = new InputReader(inputs);
  const packageType = reader.text("packageType") ?? "Zip";
  if (packageType !== "Zip")
    return { name, reason: "is a container image, which the local run does not support" };
  const code = inputs["code"];
  const archive = readArchive((code instanceof Secret ? code.reveal() : code) ?? undefined);
  if (archive === undefined)
    return {
      name,
      reason: reader.names.includes("s3Key")
        ? "has its code in a bucket, not in the program"
        : "has no code in the program",
    };
  const [runtime, handler] = [reader.text("runtime"), reader.text("handler")];
  const timeoutSeconds = reader.number("timeout") ?? defaults.timeoutSeconds;
  const memoryMiB = reader.number("memorySize") ?? defaults.memoryMiB;
  const variables = reader.group("environment").group("variables");
  const environment = Object.fromEntries(
    variables.names.map((variable) => [variable, variables.text(variable) ?? ""]),
  );
  if (reader.problems.size > 0) return { name, reason: `: ${[...reader.problems].join("; ")}` };
  for (const [input, value] of Object.entries({ runtime, handler }))
    if (!value) return { name, reason: `has no ${input}` };
  return {
    ...{ name, arn: new InputReader(resource.outputs).text("arn") ?? "" },
    ...{ runtime: runtime ?? "", handler: handler ?? "", timeoutSeconds, memoryMiB, environment },
    code: { type: "archive", archive },
    hasLayers: Array.isArray(inputs["layers"]) && inputs["layers"].length > 0,
  };
}

/** The ARN of a function without its version or alias. */
export function unqualifiedArn(functionArn: string): string {
  return functionArn.split(":").slice(0, 7).join(":");
}

/** The version or alias in an ARN; undefined without one. */
export function qualifierOf(functionArn: string): string | undefined {
  return functionArn.split(":")[7];
}

/** The name of a function in its ARN, with or without a version or an alias. */
export function nameOfFunction(functionArn: string): string {
  return functionArn.split(":")[6] ?? "";
}
