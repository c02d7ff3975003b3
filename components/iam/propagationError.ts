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
