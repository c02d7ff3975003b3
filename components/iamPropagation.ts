import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";

/** Attempts beyond the first: with the waits between them, close to four minutes in all. */
const RETRIES = 6;
const SHORTEST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Lets Firehose be created again while IAM has not spread the new roles yet, instead of failing
 * the deployment. For the option `hooks` of a DeliveryPipeline:
 *
 *     new DeliveryPipeline(name, args, { hooks: { onError: [awaitIamPropagation(name)] } })
 *
 * Not for programs under Pulumi's mocks, which never answer a hook.
 *
 * @param name Begins the hook's name, which must be unique in a program.
 */
export function awaitIamPropagation(name: string): pulumi.ErrorHook {
  return new pulumi.ErrorHook(`${name}-iam-propagation`, async (failure) => {
    const wait = waitBeforeRetry(failure);
    if (wait === undefined) return false;
    await setTimeout(wait);
    return true;
  });
}

/**
 * How long to wait before the operation is tried again, in milliseconds; nothing when it should
 * fail.
 *
 * @param failure `errors` has the newest first, one for each attempt so far.
 */
export function waitBeforeRetry(failure: {
  readonly failedOperation: string;
  readonly errors: readonly string[];
}): number | undefined {
  const { failedOperation, errors } = failure;
  const [newest = ""] = errors;
  if (failedOperation !== "create" || !isPropagationError(newest)) return undefined;
  if (errors.length > RETRIES) return undefined;
  return Math.min(SHORTEST_WAIT_MS * 2 ** (errors.length - 1), LONGEST_WAIT_MS);
}

/**
 * What CreateDeliveryStream answers while a new role, its trust or its policies have not reached
 * all of IAM yet. The AWS provider itself waits two minutes on all but the last, which it takes
 * for final.
 */
const answers = [
  /unable to assume role/i,
  /is not authorized to/i,
  /access was denied/i,
  /verify that the IAM role has access/i,
  /security token included in the request is invalid/i,
];

/**
 * Whether creating a Firehose failed only because IAM is eventually consistent, so that the same
 * call succeeds a little later. Only refusals of the call itself count: once a delivery stream
 * exists and fails (`CREATING_FAILED`), another call would leave it behind.
 */
export function isPropagationError(message: string): boolean {
  return /\bCreateDeliveryStream\b/.test(message) && answers.some((text) => text.test(message));
}
