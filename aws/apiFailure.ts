/** A rejection in the words of an AWS API, with its code and its HTTP status. */
export class ApiFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** What a client gets for an error: an internal failure, unless it is a rejection. */
export function asFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ApiFailure("InternalFailure", message, 500);
}

export const invalidArgument = (message: string): ApiFailure =>
  new ApiFailure("InvalidArgumentException", message);

export const resourceNotFound = (message: string): ApiFailure =>
  new ApiFailure("ResourceNotFoundException", message);

/** Several constraints may fail at once. */
export function validationFailure(problems: readonly string[]): ApiFailure {
  const errors = problems.length === 1 ? "error" : "errors";
  return new ApiFailure(
    "ValidationException",
    `${problems.length} validation ${errors} detected: ${problems.join("; ")}`,
  );
}

/** @param value as AWS prints it; undefined if the member is absent, null if AWS does not print it */
export function constraint(value: string | null | undefined, at: string, expected: string): string {
  const shown = value === undefined ? " null" : value === null ? "" : ` '${value}'`;
  return `Value${shown} at '${at}' failed to satisfy constraint: Member must ${expected}`;
}

export const serializationFailure = (message: string): ApiFailure =>
  new ApiFailure("SerializationException", message);
