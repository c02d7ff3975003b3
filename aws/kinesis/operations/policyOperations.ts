import { required, string } from "../../requestShape";
import { findConsumer } from "./consumerArn";
import { invalidArgument, resourceNotFound } from "./kinesisFailure";
import {
  type Operation,
  operation,
  type OperationContext,
  streamArnShape,
  streamMembers,
  streamOf,
} from "./operation";

const resource = {
  ResourceARN: required(streamArnShape),
  StreamId: streamMembers.StreamId,
} as const;

interface PolicyResource {
  /** "" for none. */
  readonly policy: string;
  readonly attach: (policy: string) => Promise<void>;
}

/** A stream or one of its consumers. */
function policyResource(
  { ResourceARN, StreamId }: { readonly ResourceARN: string; readonly StreamId?: string },
  context: OperationContext,
): PolicyResource {
  const found = findConsumer(ResourceARN, context);
  if (!found) {
    const id = StreamId === undefined ? {} : { StreamId };
    const stream = streamOf({ StreamARN: ResourceARN, ...id }, context);
    return {
      policy: stream.settings.policy,
      attach: (policy) => stream.update(() => ({ policy })),
    };
  }
  const { stream, consumer } = found;
  return {
    policy: consumer.policy ?? "",
    attach: (policy) =>
      stream.update(({ consumers }) => ({
        consumers: consumers.map((one) => (one.name === consumer.name ? { ...one, policy } : one)),
      })),
  };
}

/** The policy is kept, but not evaluated: any credentials may use a stream. */
const putResourcePolicy = operation(
  { ...resource, Policy: required(string()) },
  async (input, context) => {
    const { attach } = policyResource(input, context);
    if (!isStructure(input.Policy)) throw invalidArgument("Policy is not a JSON object.");
    await attach(input.Policy);
    return {};
  },
);

const getResourcePolicy = operation(resource, (input, context) => ({
  Policy: policyResource(input, context).policy || "{}",
}));

const deleteResourcePolicy = operation(resource, async (input, context) => {
  const { policy, attach } = policyResource(input, context);
  if (policy === "")
    throw resourceNotFound(`No resource policy found for resource ARN ${input.ResourceARN}.`);
  await attach("");
  return {};
});

export const policyOperations: Readonly<Record<string, Operation>> = {
  PutResourcePolicy: putResourcePolicy,
  GetResourcePolicy: getResourcePolicy,
  DeleteResourcePolicy: deleteResourcePolicy,
};

function isStructure(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
