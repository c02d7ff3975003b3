import { statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import type { LambdaProcessor } from "../../aws/firehose/features/processorFeature";
import type { DeliveryConfiguration } from "../../aws/firehose/model/deliveryConfiguration";
import type { FunctionInvoker } from "../../aws/firehose/transformation/functionInvoker";
import { ApiFailure } from "../../aws/apiFailure";
import { prepareFiles } from "../../aws/lambda/functionFiles";
import {
  declaredFunctions,
  type FunctionProblem,
  type LambdaFunction,
  nameOfFunction,
  readFunction,
  unqualifiedArn,
} from "../../aws/lambda/lambdaFunction";
import { RunningFunction } from "../../aws/lambda/runningFunction";
import { runtimeOf } from "../../aws/lambda/runtimes/functionRuntime";
import { type Redact, redactorOf } from "../../engine/graph/redaction";
import type { ResourceGraph } from "../../engine/graph/resourceGraph";

/** A function that a user runs in place of one of AWS: `--lambda NAME=FILE`. */
export interface GivenFunction {
  /** Name of the function in AWS. */
  readonly name: string;
  /** A module, or a directory with the module `index`; it exports `handler`. */
  readonly path: string;
}

export interface FunctionOptions {
  /** To which the paths in the program are relative. */
  readonly programDirectory: string;
  readonly given: readonly GivenFunction[];
  /** Receives what functions print, a line at a time. */
  readonly onLog: (line: string) => void;
}

/** The functions that delivery streams call, ready to run. */
export interface RunningFunctions extends FunctionInvoker {
  /** Ends all functions, and with them the calls in progress. */
  close(): Promise<void>;
}

/**
 * Prepares the functions that delivery streams call: those that a program declares, and those that are
 * given. A version or an alias leads to the same function. It runs when it is called first.
 *
 * @throws one error with the problems of all functions
 */
export async function startFunctions(
  graph: ResourceGraph,
  deliveryStreams: readonly DeliveryConfiguration[],
  options: FunctionOptions,
): Promise<RunningFunctions> {
  const functions = new Map<string, RunningFunction>();
  const redact = redactorOf(graph);
  const close = async (): Promise<void> => {
    await Promise.all([...functions.values()].map((one) => one.close()));
  };
  const problems = unusedProblems(deliveryStreams, options.given);
  for (const [arn, deliveryStream] of calledFunctions(deliveryStreams)) {
    try {
      functions.set(arn, await start(chosenFunction(graph, arn, options), redact, options));
    } catch (error) {
      const name = nameOfFunction(arn);
      problems.push(
        `The function ${name}, which ${deliveryStream} calls, ${(error as Error).message}.` +
          (options.given.some((one) => one.name === name)
            ? ""
            : ` To run a local file in its place: --lambda ${name}=FILE`),
      );
    }
  }
  if (problems.length > 0) {
    await close();
    throw new Error(problems.join("\n"));
  }
  return {
    async invoke(functionArn, payload, signal) {
      const called = functions.get(unqualifiedArn(functionArn));
      if (called === undefined)
        throw new ApiFailure(
          "ResourceNotFoundException",
          `Function not found: ${functionArn}`,
          404,
        );
      const result = await called.invoke(functionArn, payload, signal);
      return "functionError" in result ? { functionError: redact(result.functionError) } : result;
    },
    close,
  };
}

/** By its ARN, the name of a delivery stream that calls it. */
function calledFunctions(
  deliveryStreams: readonly DeliveryConfiguration[],
): ReadonlyMap<string, string> {
  return new Map(
    deliveryStreams.flatMap(({ name, processors }) =>
      processors
        .filter((processor): processor is LambdaProcessor => processor.type === "Lambda")
        .map(({ functionArn }) => [unqualifiedArn(functionArn), name] as const),
    ),
  );
}

function unusedProblems(
  deliveryStreams: readonly DeliveryConfiguration[],
  given: readonly GivenFunction[],
): string[] {
  const called = [...calledFunctions(deliveryStreams).keys()].map(nameOfFunction);
  return given
    .filter(({ name }) => !called.includes(name))
    .map(
      ({ name, path }) =>
        `--lambda ${name}=${path}: no delivery stream calls a function ${name}; ` +
        (called.length === 0 ? "they call none." : `they call ${called.join(", ")}.`),
    );
}

/** @throws Error that follows the name of the function */
function chosenFunction(
  graph: ResourceGraph,
  arn: string,
  { given }: FunctionOptions,
): LambdaFunction {
  const resource = declaredFunctions(graph).find(({ outputs }) => outputs["arn"] === arn);
  const declared = resource && readFunction(resource);
  const ofUser = given.find(({ name }) => name === nameOfFunction(arn));
  if (ofUser !== undefined) return givenFunction(ofUser, arn, declared);
  if (declared === undefined) throw new Error("is not declared by the program");
  if ("reason" in declared) throw new Error(declared.reason);
  return declared;
}

/** A file in place of the code; what else the program declares stays. */
function givenFunction(
  { path }: GivenFunction,
  arn: string,
  declared: LambdaFunction | FunctionProblem | undefined,
): LambdaFunction {
  const known = declared && "arn" in declared ? declared : undefined;
  const module = moduleOf(path);
  const isPython = module.endsWith(".py");
  return {
    ...{ name: nameOfFunction(arn), arn, hasLayers: known?.hasLayers ?? false },
    runtime: isPython ? "python3.13" : `nodejs${process.versions.node.split(".")[0] ?? ""}.x`,
    handler: `${basename(module, extname(module))}.handler`,
    // Without a declaration, the most that Firehose waits for.
    timeoutSeconds: known?.timeoutSeconds ?? 300,
    memoryMiB: known?.memoryMiB ?? 128,
    environment: known?.environment ?? {},
    code: { type: "directory", directory: dirname(module) },
  };
}

const moduleEnds = [".js", ".mjs", ".cjs", ".py"];

/** @throws Error that follows the name of the function */
function moduleOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new Error(`is to run ${path}, which does not exist`);
  if (found.isDirectory()) {
    const modules = moduleEnds.map((end) => join(path, `index${end}`));
    const index = modules.find((one) => statSync(one, { throwIfNoEntry: false })?.isFile());
    if (index !== undefined) return index;
    throw new Error(`is to run ${path}, which has no index.js, index.mjs, index.cjs or index.py`);
  }
  if (moduleEnds.includes(extname(path))) return path;
  throw new Error(`is to run ${path}; allowed: a directory, or a file ${moduleEnds.join(", ")}`);
}

async function start(
  lambda: LambdaFunction,
  redact: Redact,
  { programDirectory, onLog }: FunctionOptions,
): Promise<RunningFunction> {
  const runtime = runtimeOf(lambda);
  const files = await prepareFiles(lambda.code, programDirectory);
  const { name } = lambda;
  const isDeclared = lambda.code.type === "archive";
  if (isDeclared && runtime.difference !== undefined) onLog(`${name}: ${runtime.difference}.`);
  const onPrint = (line: string): void => {
    onLog(`${name}: ${redact(line)}`);
  };
  return new RunningFunction({ lambda, files, runtime, onPrint });
}
