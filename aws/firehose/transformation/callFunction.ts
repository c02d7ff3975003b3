import { unlessAborted } from "../../unlessAborted";
import { errorCode } from "../delivery/retry";
import type { LambdaProcessor } from "../features/processorFeature";
import type { ProcessedRecord } from "../processing/processedRecord";
import {
  type AnswerFailure,
  type FunctionAnswer,
  functionError,
  readAnswer,
} from "./functionAnswer";
import type { FunctionBatch } from "./functionBatches";
import { functionEvent } from "./functionEvent";
import type { CallFailure, FunctionContext } from "./functionInvoker";

/**
 * Calls the function of a delivery stream with a batch. A call that fails as a whole is repeated as often
 * as the processor declares, with the same records and IDs; then all of them fail. What a function
 * returned is final, even if it is malformed, as observed in AWS.
 *
 * Source: Firehose Developer Guide, "Handle failure in data transformation".
 *
 * @returns what became of all records of the batch, in their order; undefined on giving up
 */
export async function callFunction(
  batch: FunctionBatch,
  processor: LambdaProcessor,
  context: FunctionContext,
): Promise<readonly ProcessedRecord[] | undefined> {
  if (batch.sent.length === 0) return batch.all;
  const { clock, signal } = context;
  const maximumAttempts = processor.retries + 1;
  const attempts = context.attempts();
  for (let attempt = 1; ; attempt += 1) {
    const begun = clock.monotonic();
    // Even if the function never ends.
    const answer = await unlessAborted(attemptCall(batch, processor, context), signal);
    if (answer === undefined || signal.aborted) return undefined;
    const milliseconds = clock.monotonic() - begun;
    const { functionArn } = processor;
    context.onCall({
      ...{ functionArn, attempt, maximumAttempts, milliseconds, records: batch.sent.length },
      ...countsOf(answer),
    });
    const isLast = attempt === maximumAttempts || !("isRepeated" in answer);
    if (isLast) return results(batch, answer, { attempt, at: clock.now(), functionArn });
    const { errorCode: code, errorMessage, reason = errorMessage } = answer.failure;
    await attempts.pause(attempt, `the function ${functionArn}`, `${code}: ${reason}`);
    if (isAborted(signal)) return undefined;
  }
}

/** A function, because the compiler assumes that `aborted` does not change in between. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

type Attempt = FunctionAnswer | { readonly failure: CallFailure; readonly isRepeated: true };

async function attemptCall(
  { sent }: FunctionBatch,
  { functionArn }: LambdaProcessor,
  context: FunctionContext,
): Promise<Attempt> {
  const event = functionEvent(
    sent.map(({ json }) => json),
    context,
  );
  try {
    const reply = await context.invoker.invoke(functionArn, event, context.signal);
    if ("functionError" in reply)
      return { failure: { ...functionError, reason: reply.functionError }, isRepeated: true };
    return readAnswer(
      reply.payload,
      sent.map(({ id }) => id),
    );
  } catch (error) {
    return { failure: failureOf(error), isRepeated: true };
  }
}

function countsOf(answer: Attempt) {
  if ("failure" in answer)
    return { okRecords: 0, okBytes: 0, droppedRecords: 0, failure: answer.failure };
  const ok = answer.outcomes.filter((outcome) => "data" in outcome);
  return {
    okRecords: ok.length,
    okBytes: ok.reduce((sum, { data }) => sum + data.length, 0),
    droppedRecords: answer.outcomes.filter((outcome) => "dropped" in outcome).length,
  };
}

interface Ending {
  readonly attempt: number;
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly functionArn: string;
}

function results(
  { all, sent }: FunctionBatch,
  answer: FunctionAnswer,
  { attempt, at, functionArn }: Ending,
): readonly ProcessedRecord[] {
  let next = 0;
  return all.map((processed) => {
    if (processed !== sent[next]?.record) return processed;
    const { record, partitionKeys: earlier, unsplit } = sent[next]?.record ?? {};
    const outcome = "failure" in answer ? answer : answer.outcomes[next];
    next += 1;
    if (outcome === undefined || record === undefined) return processed;
    if ("dropped" in outcome) return { record, dropped: true };
    if ("failure" in outcome) {
      const { errorCode, errorMessage }: AnswerFailure = outcome.failure;
      const ending = { attemptsMade: attempt, attemptEndingTimestamp: at };
      const details = { lambdaARN: invokedArn(functionArn) };
      const errorOutputType = "processing-failed";
      return { record, failure: { errorOutputType, errorCode, errorMessage, ...ending, details } };
    }
    const { data, partitionKeys: added } = outcome;
    const partitionKeys = earlier && added ? { ...earlier, ...added } : (added ?? earlier);
    return { record, data, ...(partitionKeys && { partitionKeys }), ...(unsplit && { unsplit }) };
  });
}

/** A function without a version or an alias is called, and reported, as `$LATEST`. */
export function invokedArn(functionArn: string): string {
  return functionArn.split(":").length > 7 ? functionArn : `${functionArn}:$LATEST`;
}

/**
 * Lambda's errors as Firehose reports them. Source: Firehose Developer Guide, "Lambda invocation
 * errors". Denied calls were observed with as many attempts as any others.
 */
function failureOf(error: unknown): CallFailure {
  const reason = error instanceof Error ? error.message : String(error);
  const found = errorCode(error);
  // Whatever else fails is a failure of the service.
  const code = found.endsWith("Exception") ? found : "ServiceException";
  const known = Object.hasOwn(rejections, code)
    ? rejections[code as keyof typeof rejections]
    : null;
  // Other errors of Lambda are not documented; their messages are those of Lambda.
  return known ? { ...known, reason } : { errorCode: `Lambda.${code}`, errorMessage: reason };
}

const rejections = {
  AccessDeniedException: {
    errorCode: "Lambda.InvokeAccessDenied",
    errorMessage:
      "Access was denied. Ensure that the access policy allows access to the Lambda function.",
  },
  TooManyRequestsException: {
    errorCode: "Lambda.InvokeLimitExceeded",
    errorMessage:
      "The Lambda concurrent execution limit is exceeded. Increase the concurrent execution limit.",
  },
  ResourceNotFoundException: {
    errorCode: "Lambda.ResourceNotFound",
    errorMessage:
      "The specified Lambda function does not exist. Use a different function that does exist.",
  },
} as const satisfies Readonly<Record<string, AnswerFailure>>;
