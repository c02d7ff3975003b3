import { rm } from "node:fs/promises";
import { ApiFailure } from "../apiFailure";
import {
  ExecutionEnvironment,
  type FunctionResult,
  type PreparedFunction,
} from "./executionEnvironment";
import { qualifierOf } from "./lambdaFunction";

/**
 * A function that can be called. Calls at the same time each have a process, as in Lambda, which stays
 * for later calls.
 */
export class RunningFunction {
  readonly #function: PreparedFunction;
  readonly #all = new Set<ExecutionEnvironment>();
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #waiting: (() => void)[] = [];
  readonly #closed = new AbortController();
  #starting = 0;

  constructor(prepared: PreparedFunction) {
    this.#function = prepared;
  }

  /**
   * Calls the function, like Invoke of the Lambda API with the invocation type RequestResponse.
   *
   * @param payload the event, in JSON
   * @param signal ends the function
   * @throws ApiFailure if Lambda rejects the call
   */
  async invoke(functionArn: string, payload: string, signal: AbortSignal): Promise<FunctionResult> {
    if (Buffer.byteLength(payload) > maximumRequestBytes)
      throw new ApiFailure(
        "RequestTooLargeException",
        `Request must be smaller than ${maximumRequestBytes} bytes for the InvokeFunction operation`,
        413,
      );
    const stop = AbortSignal.any([signal, this.#closed.signal]);
    await this.#free(stop);
    let environment: ExecutionEnvironment | undefined;
    try {
      stop.throwIfAborted();
      const idle = this.#idle.pop();
      environment = idle ?? (await this.#start());
      const result = await this.#run(environment, functionArn, payload, stop, idle === undefined);
      stop.throwIfAborted();
      return result;
    } finally {
      this.#starting -= 1;
      if (environment !== undefined) await this.#release(environment, stop);
      this.#waiting.shift()?.();
    }
  }

  /** Ends all processes, and with them the calls in progress, and deletes the files. */
  async close(): Promise<void> {
    this.#closed.abort(new Error("The run has ended."));
    await Promise.all([...this.#all].map((environment) => environment.end()));
    await rm(this.#function.files.directory, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Waits until there is a process for one more call. */
  async #free(signal: AbortSignal): Promise<void> {
    while (this.#starting >= maximumEnvironments && !signal.aborted)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal.addEventListener("abort", () => {
          resolve();
        });
      });
    this.#starting += 1;
  }

  async #start(): Promise<ExecutionEnvironment> {
    const environment = await ExecutionEnvironment.start(this.#function);
    this.#all.add(environment);
    return environment;
  }

  async #run(
    environment: ExecutionEnvironment,
    functionArn: string,
    payload: string,
    signal: AbortSignal,
    isNew: boolean,
  ): Promise<FunctionResult> {
    const { timeoutSeconds, hasLayers } = this.#function.lambda;
    if (isNew) {
      const limit = Math.max(initializationSeconds, timeoutSeconds);
      const failed = await withinTime(limit, signal, (stop) => environment.load(stop));
      if (failed !== undefined) {
        await environment.end();
        return hasLayers ? withLayers(failed) : failed;
      }
    }
    const qualifier = qualifierOf(functionArn) ?? "$LATEST";
    const settings = {
      invokedArn: functionArn,
      version: /^\d+$/u.test(qualifier) ? qualifier : "$LATEST",
      deadline: Date.now() + timeoutSeconds * 1000,
    };
    const result = await withinTime(timeoutSeconds, signal, (stop) =>
      environment.call(payload, settings, stop),
    );
    // Lambda continues in a new process after any of these.
    if (isTimeout(result)) await environment.end();
    return withinSize(result);
  }

  /** Keeps a process for later calls. One whose call was stopped may still be at it. */
  async #release(environment: ExecutionEnvironment, stop: AbortSignal): Promise<void> {
    if (stop.aborted) await environment.end();
    if (environment.isUsable) this.#idle.push(environment);
    else this.#all.delete(environment);
  }
}

/** Source: Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle": 10 s. */
const initializationSeconds = 10;

/**
 * How many processes one function has at the most. Firehose has 5 calls in progress for each shard; more
 * would hardly be faster on one machine.
 */
const maximumEnvironments = 5;

/** Source: Lambda Developer Guide, "Lambda quotas": 6 MB each for request and response. */
const maximumRequestBytes = 6 * 1024 * 1024;

/** As Lambda prints it in its error. */
const maximumResponseBytes = 6_291_556;

function withinSize(result: FunctionResult): FunctionResult {
  if (!("payload" in result)) return result;
  const bytes = Buffer.byteLength(result.payload);
  if (bytes <= maximumResponseBytes) return result;
  const sizes = `(${bytes} bytes) exceeded maximum allowed payload size (${maximumResponseBytes} bytes).`;
  return { functionError: `Function.ResponseSizeTooLarge: Response payload size ${sizes}` };
}

const timedOut = "Task timed out after";

function isTimeout(result: FunctionResult): boolean {
  return "functionError" in result && result.functionError.startsWith(timedOut);
}

/** A result of `work`, or the error of a function that takes too long. */
async function withinTime<T>(
  seconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | { readonly functionError: string }> {
  const done = new AbortController();
  const stop = AbortSignal.any([signal, done.signal]);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ readonly functionError: string }>((resolve) => {
    timer = setTimeout(() => {
      resolve({ functionError: `${timedOut} ${seconds.toFixed(2)} seconds` });
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work(stop), late]);
  } finally {
    clearTimeout(timer);
    done.abort();
  }
}

function withLayers(failed: FunctionResult): FunctionResult {
  if (!("functionError" in failed) || !failed.functionError.startsWith("Runtime.ImportModuleError"))
    return failed;
  const hint =
    "The function has layers, which the local run does not have: package the module with the function.";
  return { functionError: `${failed.functionError.replace(/\.?$/u, ".")} ${hint}` };
}
