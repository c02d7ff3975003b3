import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";
import type { FunctionFiles } from "./functionFiles";
import type { LambdaFunction } from "./lambdaFunction";
import { type FunctionRuntime, searchPath } from "./runtimes/functionRuntime";
import { pipes } from "./runtimes/nodejsBootstrap";

/** A function with its files and its runtime. */
export interface PreparedFunction {
  readonly lambda: LambdaFunction;
  readonly files: FunctionFiles;
  readonly runtime: FunctionRuntime;
  /** Receives what the function prints, a line at a time. */
  readonly onPrint: (line: string) => void;
}

/** What a function receives besides its event. */
export interface CallSettings {
  /** As it was called, with its version or alias. */
  readonly invokedArn: string;
  /** `$LATEST`, or the number of a version. */
  readonly version: string;
  /** When it times out, in milliseconds since 1970. */
  readonly deadline: number;
}

/** What a function returned, in JSON, or why it failed. */
export type FunctionResult = { readonly payload: string } | { readonly functionError: string };

/**
 * One process that runs a function, for one call after the other, like an execution environment of
 * Lambda. It is a process and not a thread, because a thread shares the home directory of this process, in
 * which the SDKs find the user's credentials, its working directory, and its end after a crash.
 */
export class ExecutionEnvironment {
  readonly #function: PreparedFunction;
  readonly #child: ChildProcess;
  readonly #pipe: Duplex;
  readonly #logStream = `${new Date().toISOString().slice(0, 10).replaceAll("-", "/")}/[$LATEST]${randomUUID().replaceAll("-", "")}`;
  readonly #exited: Promise<FunctionResult>;
  #answer: ((message: Message) => void) | undefined;
  #isEnded = false;

  private constructor(prepared: PreparedFunction, bootstrap: string) {
    const { lambda, files, runtime, onPrint } = prepared;
    const version = /^nodejs(\d+)/u.exec(lambda.runtime)?.[1] ?? "0";
    const settings = JSON.stringify({ nodeVersion: Number(version) });
    this.#function = prepared;
    this.#child = spawn(runtime.command, [...runtime.options, bootstrap, settings], {
      cwd: files.taskRoot,
      env: environmentOf(prepared, this.#logStream),
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
      // Ctrl-C in a terminal must not end it: what was accepted is still to be delivered.
      detached: true,
      windowsHide: true,
    });
    const shown = (line: string): void => {
      // As it appears in AWS.
      onPrint(line.replaceAll(files.taskRoot, "/var/task"));
    };
    for (const output of [this.#child.stdout, this.#child.stderr])
      if (output) createInterface({ input: output, crlfDelay: Infinity }).on("line", shown);
    const others: readonly unknown[] = this.#child.stdio;
    this.#pipe = others[pipes.calls] as Duplex;
    // A process that ends closes its pipes, which its exit reports.
    for (const pipe of [this.#pipe, others[pipes.lifeline] as Duplex])
      pipe.on("error", () => undefined);
    createInterface({ input: this.#pipe, crlfDelay: Infinity }).on("line", (line) => {
      const answer = this.#answer;
      this.#answer = undefined;
      answer?.(JSON.parse(line) as Message);
    });
    this.#exited = exitOf(this.#child);
    void this.#exited.then(() => {
      this.#isEnded = true;
    });
  }

  /** Starts a process. Its first call waits until it has loaded the function. */
  static async start(prepared: PreparedFunction): Promise<ExecutionEnvironment> {
    const { name, content } = prepared.runtime.bootstrap;
    const file = join(prepared.files.directory, name);
    await writeFile(file, content);
    return new ExecutionEnvironment(prepared, file);
  }

  /** False once its process has ended. */
  get isUsable(): boolean {
    return !this.#isEnded;
  }

  /** Waits until the function is loaded; must be called once before the first call. */
  async load(signal: AbortSignal): Promise<FunctionResult | undefined> {
    const message = await this.#next(signal);
    if ("functionError" in message) return message;
    return message.error === undefined ? undefined : { functionError: shown(message.error) };
  }

  /** @param event in JSON */
  async call(event: string, settings: CallSettings, signal: AbortSignal): Promise<FunctionResult> {
    const { name, memoryMiB } = this.#function.lambda;
    const { invokedArn, version, deadline } = settings;
    const context = {
      ...{ functionName: name, functionVersion: version, invokedFunctionArn: invokedArn },
      ...{ memoryLimitInMB: String(memoryMiB), logGroupName: `/aws/lambda/${name}` },
      logStreamName: this.#logStream,
    };
    const answer = this.#next(signal);
    this.#pipe.write(`${JSON.stringify({ requestId: randomUUID(), deadline, context, event })}\n`);
    const message = await answer;
    if ("functionError" in message) return message;
    if (message.error !== undefined) return { functionError: shown(message.error) };
    return { payload: message.payload ?? "null" };
  }

  /** Ends the process, with all processes that the function has started. */
  async end(): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined || this.#isEnded) return;
    try {
      process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    } catch {
      // It has just ended.
    }
    await this.#exited;
  }

  /** The next message of the process, or how it ended without one. */
  #next(signal: AbortSignal): Promise<Message | { readonly functionError: string }> {
    const message = new Promise<Message>((resolve) => {
      this.#answer = resolve;
    });
    const aborted = once(signal, "abort").then(() => ({ functionError: "It was stopped." }));
    const exited = this.#exited as Promise<{ readonly functionError: string }>;
    return Promise.race([message, exited, ...(signal.aborted ? [] : [aborted])]);
  }
}

interface Message {
  readonly payload?: string;
  readonly error?: { readonly errorType: string; readonly errorMessage: string };
}

function shown({ errorType, errorMessage }: NonNullable<Message["error"]>): string {
  return `${errorType}: ${errorMessage}`;
}

/** Source: Lambda, the messages of a runtime that ends during a call. */
function exitOf(child: ChildProcess): Promise<FunctionResult> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve({ functionError: `Runtime failed to start: ${error.message}` });
    });
    child.once("exit", (code, signal) => {
      const how = signal === null ? `exit status ${code ?? 0}` : `signal: ${signal}`;
      resolve({ functionError: `Runtime exited with error: ${how}` });
    });
  });
}

/**
 * What a function finds in its environment: what it declares, and what Lambda sets. Source: Lambda
 * Developer Guide, "Defined runtime environment variables". Nothing is taken from this process.
 */
function environmentOf(
  { lambda, files, runtime }: PreparedFunction,
  logStream: string,
): NodeJS.ProcessEnv {
  const { name, arn, handler, memoryMiB, environment } = lambda;
  const region = arn.split(":")[3] ?? "";
  const isWindows = process.platform === "win32";
  return {
    ...{ LANG: "en_US.UTF-8", TZ: ":UTC" },
    ...runtime.environment,
    PATH: searchPath(runtime),
    ...environment,
    ...{ HOME: files.home, USERPROFILE: files.home },
    // Windows starts no process without it.
    ...(isWindows && { SystemRoot: process.env["SystemRoot"] }),
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: files.taskRoot,
    AWS_EXECUTION_ENV: `AWS_Lambda_${lambda.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMiB),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    ...{ AWS_REGION: region, AWS_DEFAULT_REGION: region },
    // There is no role here: an SDK must not look for one on the machine.
    AWS_EC2_METADATA_DISABLED: "true",
  };
}
