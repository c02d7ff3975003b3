/** A rejection in the words of the Kinesis API, with its code and its HTTP status. */
export class KinesisFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export const invalidArgument = (message: string): KinesisFailure =>
  new KinesisFailure("InvalidArgumentException", message);

export const resourceNotFound = (message: string): KinesisFailure =>
  new KinesisFailure("ResourceNotFoundException", message);

export const resourceInUse = (message: string): KinesisFailure =>
  new KinesisFailure("ResourceInUseException", message);

export const limitExceeded = (message: string): KinesisFailure =>
  new KinesisFailure("LimitExceededException", message);

/** Several constraints may fail at once. */
export function validationFailure(problems: readonly string[]): KinesisFailure {
  const errors = problems.length === 1 ? "error" : "errors";
  return new KinesisFailure(
    "ValidationException",
    `${problems.length} validation ${errors} detected: ${problems.join("; ")}`,
  );
}

/** @param value as AWS prints it; undefined if the member is absent, null if AWS does not print it */
export function constraint(value: string | null | undefined, at: string, expected: string): string {
  const shown = value === undefined ? " null" : value === null ? "" : ` '${value}'`;
  return `Value${shown} at '${at}' failed to satisfy constraint: Member must ${expected}`;
}

export const serializationFailure = (message: string): KinesisFailure =>
  new KinesisFailure("SerializationException", message);
