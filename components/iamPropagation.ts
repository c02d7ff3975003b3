import { setTimeout } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";

/** Attempts after the first. The waits between them add up to 4 min 10 s. */
const RETRIES = 6;
const SHORTEST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Retries the creation of the delivery stream until IAM has propagated the new roles, instead of
 * failing the deployment: up to six times, with 4 min 10 s of waiting in all. Before each retry it
 * prints AWS's error and the wait. An attempt can itself take two minutes more, because the AWS
 * provider retries most of these errors before it reports them. For the option `hooks` of a
 * DeliveryPipeline:
 *
 *     new DeliveryPipeline(name, args, { hooks: { onError: [awaitIamPropagation(name)] } })
 *
 * Programs under Pulumi's mocks cannot use it, because mocks never respond to a hook.
 *
 * @param name Begins the hook's name, which must be unique in a program.
 */
export function awaitIamPropagation(name: string): pulumi.ErrorHook {
  return new pulumi.ErrorHook(`${name}-iam-propagation`, (failure) => awaitRetry(failure));
}

/**
 * Prints AWS's error and the wait, and waits, if the operation should be retried.
 *
 * @returns whether it should
 */
export async function awaitRetry(
  failure: Pick<pulumi.ErrorHookArgs, "urn" | "failedOperation" | "errors">,
  sleep: (milliseconds: number) => Promise<unknown> = setTimeout,
): Promise<boolean> {
  const wait = waitBeforeRetry(failure);
  if (wait === undefined) return false;
  const resource = new pulumi.DependencyResource(failure.urn);
  await pulumi.log.info(retryNotice(failure.errors, wait), resource);
  await sleep(wait);
  return true;
}

/** One line: which retry follows after how many seconds, and AWS's newest error. */
function retryNotice(errors: readonly string[], wait: number): string {
  const [newest = ""] = errors;
  const retry = `retry ${errors.length} of ${RETRIES} in ${wait / 1000} s`;
  return `IAM may not have propagated the new roles yet: ${retry}. AWS: ${newest.replace(/\s+/g, " ").trim()}`;
}

/**
 * Milliseconds to wait before the operation is retried; undefined if it should fail.
 *
 * @param failure `errors` has one error for each attempt so far, newest first.
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
 * Errors of CreateDeliveryStream while a new role, its trust policy or its permissions have not
 * reached all of IAM. On all but the last, the AWS provider itself retries for two minutes.
 */
const propagationErrors = [
  /unable to assume role/i,
  /is not authorized to/i,
  /access was denied/i,
  /verify that the IAM role has access/i,
  /security token included in the request is invalid/i,
];

/**
 * Whether the creation of a delivery stream failed only because IAM is eventually consistent, so
 * that the same call succeeds a little later. Only errors of the call itself count: if a delivery
 * stream exists and failed (`CREATING_FAILED`), another call would leave it behind.
 */
export function isPropagationError(message: string): boolean {
  return (
    /\bCreateDeliveryStream\b/.test(message) &&
    propagationErrors.some((pattern) => pattern.test(message))
  );
}
