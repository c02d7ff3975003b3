import type { Stream } from "../store/stream";
import { findConsumer } from "./consumerArn";
import { invalidArgument } from "./kinesisFailure";
import {
  account,
  type Operation,
  operation,
  type OperationContext,
  streamMembers,
  streamOf,
} from "./operation";
import { integer, list, map, optional, required, string } from "../../requestShape";

const maxTags = 50;
const tagKey = { min: 1, max: 128 } as const;
const tagValue = { min: 0, max: 256 } as const;
/** Also of CreateStream and RegisterStreamConsumer. */
export const tagMap = map(tagKey, tagValue, { min: 1, max: 200 });
const tagKeys = list(string(tagKey), { min: 1, max: 50 });
const resourceArn = string({
  min: 1,
  max: 2048,
  pattern: "arn:aws.*:kinesis:.*:\\d{12}:.*stream/\\S+",
});

type Tags = Readonly<Record<string, string>>;

function added(existing: Tags, tags: Tags, resource: string): Tags {
  requireValidTags(tags);
  const all = { ...existing, ...tags };
  if (Object.keys(all).length > maxTags)
    throw invalidArgument(
      `Failed to add tags to ${resource} under account ${account} because a given stream cannot have more than ${maxTags} tags associated with it.`,
    );
  return all;
}

/** @throws KinesisFailure for characters and names that AWS rejects */
export function requireValidTags(tags: Tags): void {
  for (const text of Object.entries(tags).flat())
    if (!/^[\p{L}\p{N}\p{Z}_.:/=+\-@%]*$/u.test(text))
      throw invalidArgument(
        "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.",
      );
  if (Object.keys(tags).some((key) => /^aws:/iu.test(key)))
    throw invalidArgument("Tag keys that start with aws: are reserved.");
}

function without(existing: Tags, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(existing).filter(([key]) => !keys.includes(key)));
}

function listed(tags: Tags): readonly object[] {
  return Object.keys(tags)
    .sort()
    .map((Key) => ({ Key, Value: tags[Key] }));
}

const addTagsToStream = operation(
  { ...streamMembers, Tags: required(tagMap) },
  async (input, context) => {
    const stream = streamOf(input, context);
    const resource = `stream ${stream.id.name}`;
    await stream.update(({ tags }) => ({ tags: added(tags, input.Tags, resource) }));
    return {};
  },
);

const removeTagsFromStream = operation(
  { ...streamMembers, TagKeys: required(tagKeys) },
  async (input, context) => {
    const stream = streamOf(input, context);
    await stream.update(({ tags }) => ({ tags: without(tags, input.TagKeys) }));
    return {};
  },
);

const listTagsForStream = operation(
  {
    ...streamMembers,
    ExclusiveStartTagKey: optional(string(tagKey)),
    Limit: optional(integer({ min: 1, max: 50 })),
  },
  (input, context) => {
    const { ExclusiveStartTagKey: after = "", Limit: limit = maxTags } = input;
    const { tags } = streamOf(input, context).settings;
    const rest = (listed(tags) as readonly { Key: string }[]).filter(({ Key }) => Key > after);
    return { Tags: rest.slice(0, limit), HasMoreTags: rest.length > limit };
  },
);

const resource = {
  ResourceARN: required(resourceArn),
  StreamId: streamMembers.StreamId,
} as const;

interface TaggedResource {
  readonly tags: Tags;
  change(change: (tags: Tags) => Tags): Promise<void>;
}

/** A stream or one of its consumers. */
function taggedResource(
  input: { readonly ResourceARN: string; readonly StreamId?: string },
  context: OperationContext,
): TaggedResource {
  const consumer = findConsumer(input.ResourceARN, context);
  if (consumer) {
    const { name, tags } = consumer.consumer;
    return { tags, change: (change) => changeConsumer(consumer.stream, name, change) };
  }
  const { ResourceARN: StreamARN, ...rest } = input;
  const stream = streamOf({ ...rest, StreamARN }, context);
  return {
    tags: stream.settings.tags,
    change: (change) => stream.update(({ tags }) => ({ tags: change(tags) })),
  };
}

function changeConsumer(stream: Stream, name: string, change: (tags: Tags) => Tags): Promise<void> {
  return stream.update(({ consumers }) => ({
    consumers: consumers.map((one) =>
      one.name === name ? { ...one, tags: change(one.tags) } : one,
    ),
  }));
}

const tagResource = operation({ ...resource, Tags: required(tagMap) }, async (input, context) => {
  const { Tags: tags, ResourceARN } = input;
  await taggedResource(input, context).change((existing) => added(existing, tags, ResourceARN));
  return {};
});

const untagResource = operation(
  { ...resource, TagKeys: required(tagKeys) },
  async (input, context) => {
    await taggedResource(input, context).change((tags) => without(tags, input.TagKeys));
    return {};
  },
);

const listTagsForResource = operation(resource, (input, context) => ({
  Tags: listed(taggedResource(input, context).tags),
}));

export const tagOperations: Readonly<Record<string, Operation>> = {
  AddTagsToStream: addTagsToStream,
  RemoveTagsFromStream: removeTagsFromStream,
  ListTagsForStream: listTagsForStream,
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
};
