import type { Stream } from "../store/stream";
import type { StreamConsumer } from "../store/streamManifest";
import { consumerArnOf, consumerArnShape, consumerNotFound, findConsumer } from "./consumerArn";
import { invalidArgument, KinesisFailure, limitExceeded, resourceInUse } from "./kinesisFailure";
import {
  account,
  arnOf,
  type Operation,
  operation,
  type OperationContext,
  rejectStreamId,
  streamArnShape,
  streamMembers,
  streamOf,
} from "./operation";
import { integer, optional, required, string, timestamp } from "../../requestShape";
import { requireValidTags, tagMap } from "./tagOperations";
import { decodeToken, encodeToken, tokenMilliseconds } from "./token";

/** AWS's limit for a stream. */
const maxConsumers = 20;
const consumerName = string({ min: 1, max: 128, pattern: "[a-zA-Z0-9_.-]+" });
const { StreamId } = streamMembers;

function described(stream: Stream, consumer: StreamConsumer): object {
  return {
    ConsumerName: consumer.name,
    ConsumerARN: consumerArnOf(stream, consumer),
    ConsumerStatus: "ACTIVE",
    ConsumerCreationTimestamp: new Date(consumer.created),
  };
}

const registerStreamConsumer = operation(
  {
    StreamARN: required(streamArnShape),
    ConsumerName: required(consumerName),
    StreamId,
    Tags: optional(tagMap),
  },
  async (input, context) => {
    const stream = streamOf(input, context);
    const { ConsumerName: name, Tags: tags = {} } = input;
    requireValidTags(tags);
    const consumer = { name, created: context.store.clock.now(), tags };
    await stream.update(({ consumers }) => {
      if (consumers.some((one) => one.name === name))
        throw resourceInUse(
          `Consumer ${name} under stream ${stream.id.name} under account ${account} already exists.`,
        );
      if (consumers.length >= maxConsumers)
        throw limitExceeded(
          `Stream ${stream.id.name} under account ${account} cannot have more than ${maxConsumers} registered consumers.`,
        );
      return { consumers: [...consumers, consumer] };
    });
    return { Consumer: described(stream, consumer) };
  },
);

const oneConsumer = {
  StreamARN: optional(streamArnShape),
  ConsumerName: optional(consumerName),
  ConsumerARN: optional(consumerArnShape),
  StreamId,
} as const;

interface OneConsumer {
  readonly StreamARN?: string;
  readonly ConsumerName?: string;
  readonly ConsumerARN?: string;
  readonly StreamId?: string;
}

function consumerOf(
  input: OneConsumer,
  context: OperationContext,
): { readonly stream: Stream; readonly consumer: StreamConsumer } {
  const { StreamARN, ConsumerName: name, ConsumerARN } = input;
  rejectStreamId(input.StreamId);
  if (ConsumerARN !== undefined) {
    const found = findConsumer(ConsumerARN, context);
    if (found) return found;
  }
  if (StreamARN === undefined || name === undefined)
    throw invalidArgument("Specify ConsumerARN, or StreamARN and ConsumerName.");
  const stream = streamOf(input, context);
  const consumer = stream.settings.consumers.find((one) => one.name === name);
  if (!consumer) throw consumerNotFound(name);
  return { stream, consumer };
}

const deregisterStreamConsumer = operation(oneConsumer, async (input, context) => {
  const { stream, consumer } = consumerOf(input, context);
  await stream.update(({ consumers }) => ({
    consumers: consumers.filter(({ name }) => name !== consumer.name),
  }));
  return {};
});

const describeStreamConsumer = operation(oneConsumer, (input, context) => {
  const { stream, consumer } = consumerOf(input, context);
  return { ConsumerDescription: { ...described(stream, consumer), StreamARN: arnOf(stream) } };
});

const listStreamConsumers = operation(
  {
    StreamARN: required(streamArnShape),
    NextToken: optional(string({ min: 1, max: 1_048_576 })),
    MaxResults: optional(integer({ min: 1, max: 10_000 })),
    StreamCreationTimestamp: optional(timestamp),
    StreamId,
  },
  (input, context) => {
    const stream = streamOf(input, context);
    const { NextToken, MaxResults: max = 100, StreamCreationTimestamp: created } = input;
    if (created !== undefined && Math.abs(created - stream.settings.created) >= 1000)
      throw invalidArgument("StreamCreationTimestamp is not that of the stream.");
    const after = NextToken === undefined ? "" : afterToken(NextToken, context);
    const rest = [...stream.settings.consumers]
      .sort((one, other) => (one.name < other.name ? -1 : 1))
      .filter(({ name }) => name > after);
    const page = rest.slice(0, max);
    const last = page.at(-1)?.name ?? "";
    return {
      Consumers: page.map((consumer) => described(stream, consumer)),
      NextToken:
        rest.length > max ? encodeToken("consumers", [last, context.store.clock.now()]) : undefined,
    };
  },
);

function afterToken(token: string, { store }: OperationContext): string {
  const [after, issued = 0] = decodeToken("consumers", token) ?? [];
  if (after === undefined) throw invalidArgument("Invalid NextToken.");
  if (store.clock.now() - Number(issued) > tokenMilliseconds)
    throw new KinesisFailure("ExpiredNextTokenException", "The NextToken has expired.");
  return String(after);
}

export const consumerOperations: Readonly<Record<string, Operation>> = {
  RegisterStreamConsumer: registerStreamConsumer,
  DeregisterStreamConsumer: deregisterStreamConsumer,
  DescribeStreamConsumer: describeStreamConsumer,
  ListStreamConsumers: listStreamConsumers,
};
