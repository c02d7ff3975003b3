import { setMaxListeners } from "node:events";
import type { Awaitable } from "../../awaitable";
import type { Clock } from "../../clock";
import { aborted } from "../../unlessAborted";
import type { Attempts } from "../transformation/functionInvoker";
import type { FailedCall, FirehoseOperation, Output } from "./deliveryEvent";
import { AccessDeniedError, backOff, errorCode } from "./retry";

/** What a delivery stream's calls depend on. */
export interface DeliveryCallsContext {
  readonly clock: Clock;
  readonly onFailure: (call: FailedCall) => void;
  /** Name of the bucket, for errors. */
  readonly bucket: string;
  /** The same of the backup; absent without one. */
  readonly backupBucket?: string;
}

/**
 * Makes the calls of a delivery stream and repeats each until it succeeds, with growing pauses.
 * Firehose retries its source and its destination as long as the records are retained. Once the
 * delivery stream drains, pauses are short, and it gives up if nothing succeeds any more. If the bucket
 * of one output is why, it gives up only on that output, and delivers the rest to the other one.
 */
export class DeliveryCalls {
  readonly #context: DeliveryCallsContext;
  readonly #draining = sharedController();
  readonly #gaveUp = sharedController();
  /** For each output, aborted when the delivery stream gives up on it. */
  readonly #outputs: ReadonlyMap<Output, AbortController>;
  readonly #reasons: string[] = [];
  #progressAt = 0;
  #working = 0;
  #failure: FailedCall | undefined;

  constructor(context: DeliveryCallsContext) {
    this.#context = context;
    const backup = context.backupBucket === undefined ? [] : (["backup"] as const);
    this.#outputs = new Map(
      (["destination", ...backup] as const).map((name) => [name, sharedController()]),
    );
  }

  /** Aborted when the delivery stream should deliver what is left and end. */
  get draining(): AbortSignal {
    return this.#draining.signal;
  }

  /** Aborted when it ends without delivering the rest. Then it is also draining. */
  get gaveUp(): AbortSignal {
    return this.#gaveUp.signal;
  }

  /** Aborted when it gives up on one output, or on everything. */
  gaveUpOn(output: Output): AbortSignal {
    return this.#outputs.get(output)?.signal ?? this.gaveUp;
  }

  /**
   * @param output of a PutObject call
   * @returns undefined if the delivery stream gives up before the call succeeds; no promise if the
   *   call succeeds without one
   */
  repeat<T>(
    operation: FirehoseOperation,
    call: (signal: AbortSignal) => Awaitable<T>,
    output?: Output,
  ): Awaitable<T | undefined> {
    const gaveUp = output === undefined ? this.gaveUp : this.gaveUpOn(output);
    if (gaveUp.aborted) return undefined;
    let first: Awaitable<T>;
    try {
      first = call(gaveUp);
    } catch (error) {
      first = Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
    if (first instanceof Promise)
      return this.#untilSuccess({ operation, call, output, gaveUp }, first);
    this.#succeeded(operation);
    return first;
  }

  /** @param first the call that was made already */
  async #untilSuccess<T>(repeated: RepeatedCall<T>, first: Promise<T>): Promise<T | undefined> {
    const { operation, call, gaveUp } = repeated;
    for (let attempt = 1; attempt === 1 || !gaveUp.aborted; attempt += 1) {
      try {
        const result = await (attempt === 1 ? first : call(gaveUp));
        this.#succeeded(operation);
        return result;
      } catch (error) {
        if (isAborted(gaveUp)) break;
        await this.#failed(repeated, attempt, error);
      }
    }
    return undefined;
  }

  /** Waits, but at most until the delivery stream starts to drain or gives up. */
  pause(milliseconds: number, gaveUp = this.gaveUp): Promise<void> {
    const signal = this.draining.aborted ? gaveUp : this.draining;
    return this.#context.clock.sleep(milliseconds, signal);
  }

  /**
   * Attempts of something that is not a call of Firehose, e.g. of a function, each of which may take long.
   * If they fail for 10 s while the delivery stream drains, it gives up on the output that they belong to.
   */
  attempts(output: Output): Attempts {
    let since: number | undefined;
    return {
      pause: async (attempt, what, cause) => {
        if (this.draining.aborted) since ??= this.#context.clock.monotonic();
        const waited = this.#context.clock.monotonic() - (since ?? Infinity);
        if (waited >= standstillMilliseconds)
          this.#giveUpOn(output, `${what} has failed for ${standstillSeconds} s. ${cause}`);
        else await this.pause(this.#delayAfter(attempt), this.gaveUpOn(output));
      },
    };
  }

  /** Waits for work that is not a call. However long it takes, it does not count as a standstill. */
  async work<T>(work: Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await work;
    } finally {
      this.#working -= 1;
      this.#progressed();
    }
  }

  /**
   * Drains the delivery stream.
   *
   * @param drained resolves when everything is delivered
   * @throws with what it gave up on: if nothing succeeds for 10 s, at once if IAM denies a call, and on
   *   {@link giveUp}
   */
  async drain(drained: Promise<void>): Promise<void> {
    this.#progressed();
    this.#draining.abort();
    const watching = new AbortController();
    void this.#watch(watching.signal);
    try {
      await Promise.race([drained, aborted(this.gaveUp, watching.signal)]);
    } finally {
      watching.abort();
    }
    if (this.#reasons.length > 0) throw new Error(this.#reasons.join("\n"));
  }

  /** Ends the delivery stream without delivering the rest. */
  giveUp(reason: string): void {
    this.#draining.abort();
    if (this.gaveUp.aborted) return;
    this.#reasons.push(reason);
    for (const controller of [this.#gaveUp, ...this.#outputs.values()])
      controller.abort(new Error(reason));
  }

  /** Gives up on an output while there is another one, or else on everything. */
  #giveUpOn(failed: Output | undefined, reason: string): void {
    const isLast = [...this.#outputs].every(
      ([name, { signal }]) => name === failed || signal.aborted,
    );
    if (failed === undefined || isLast) this.giveUp(reason);
    else if (!this.gaveUpOn(failed).aborted) {
      this.#reasons.push(reason);
      this.#outputs.get(failed)?.abort(new Error(reason));
      this.#progressed();
    }
  }

  async #failed(
    { operation, output, gaveUp }: RepeatedCall<unknown>,
    attempt: number,
    error: unknown,
  ): Promise<void> {
    const failure: FailedCall = {
      operation,
      attempt,
      delayMilliseconds: this.#delayAfter(attempt),
      code: errorCode(error),
      message: error instanceof Error ? error.message : String(error),
      denied: error instanceof AccessDeniedError,
      ...(output === "backup" && { backup: true }),
    };
    this.#failure = failure;
    this.#context.onFailure(failure);
    // IAM denies the call until a policy changes, so waiting is useless.
    if (failure.denied && this.draining.aborted) this.#giveUpOn(outputOf(failure), failure.message);
    await this.pause(failure.delayMilliseconds, gaveUp);
  }

  #delayAfter(attempt: number): number {
    const delay = backOff(attempt);
    return this.draining.aborted ? Math.min(delay, drainingBackOff) : delay;
  }

  #succeeded(operation: FirehoseOperation): void {
    // An iterator alone is not a step: it is requested again after each failed read.
    if (operation !== "GetShardIterator") this.#progressed();
  }

  #progressed(): void {
    this.#progressAt = this.#context.clock.monotonic();
    this.#failure = undefined;
  }

  /** Gives up when nothing has succeeded for too long. */
  async #watch(signal: AbortSignal): Promise<void> {
    const { clock } = this.#context;
    while (!signal.aborted) {
      if (this.#working > 0) this.#progressAt = clock.monotonic();
      const left = this.#progressAt + standstillMilliseconds - clock.monotonic();
      if (left > 0) await clock.sleep(left, signal);
      else {
        this.#giveUpOn(outputOf(this.#failure), this.#standstill());
        if (this.gaveUp.aborted) return;
      }
    }
  }

  #bucketOf({ backup = false }: FailedCall): string {
    const { bucket, backupBucket = bucket } = this.#context;
    return backup ? backupBucket : bucket;
  }

  #standstill(): string {
    if (this.#failure === undefined)
      return `nothing has been read or delivered for ${standstillSeconds} s.`;
    const { operation, code, message } = this.#failure;
    const cause = `${code}: ${message}`;
    switch (operation) {
      case "PutObject":
        return `the bucket ${this.#bucketOf(this.#failure)} has rejected objects for ${standstillSeconds} s. ${cause}`;
      case "Checkpoint":
        return `the checkpoint could not be read or written for ${standstillSeconds} s. ${cause}`;
      default:
        return `the source could not be read for ${standstillSeconds} s. ${cause}`;
    }
  }
}

/** A call that is made until it succeeds. */
interface RepeatedCall<T> {
  readonly operation: FirehoseOperation;
  readonly call: (signal: AbortSignal) => Awaitable<T>;
  readonly output: Output | undefined;
  /** Ends the attempts. */
  readonly gaveUp: AbortSignal;
}

/** The output that a failure concerns; undefined if it concerns both. */
function outputOf(failure: FailedCall | undefined): Output | undefined {
  if (failure?.operation !== "PutObject") return undefined;
  return failure.backup === true ? "backup" : "destination";
}

/** Of a signal that many calls share at once, which Node would otherwise warn about. */
function sharedController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** A function, because the compiler assumes that `aborted` does not change in between. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Between two attempts while the delivery stream drains. */
const drainingBackOff = 1000;

/** How long a delivery stream that drains waits for a bucket or source that answers nothing. */
const standstillSeconds = 10;
const standstillMilliseconds = 1000 * standstillSeconds;
