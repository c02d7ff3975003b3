import { string } from "../../requestShape";
import type { Stream } from "../store/stream";
import type { StreamConsumer } from "../store/streamManifest";
import { resourceNotFound } from "./kinesisFailure";
import { account, arnOf, type OperationContext, streamOf } from "./operation";

export const consumerArnShape = string({
  min: 1,
  max: 2048,
  pattern:
    "(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+",
});

export function consumerArnOf(stream: Stream, { name, created }: StreamConsumer): string {
  return `${arnOf(stream)}/consumer/${name}:${Math.floor(created / 1000)}`;
}

/**
 * @returns undefined if the ARN is not that of a consumer
 * @throws KinesisFailure if there is no such consumer
 */
export function findConsumer(
  arn: string,
  context: OperationContext,
): { readonly stream: Stream; readonly consumer: StreamConsumer } | undefined {
  const [, streamArn] = /^(.*)\/consumer\/[^/]+$/u.exec(arn) ?? [];
  if (streamArn === undefined) return undefined;
  const stream = streamOf({ StreamARN: streamArn }, context);
  const consumer = stream.settings.consumers.find((one) => consumerArnOf(stream, one) === arn);
  if (!consumer) throw consumerNotFound(arn);
  return { stream, consumer };
}

export function consumerNotFound(consumer: string): Error {
  return resourceNotFound(`Consumer ${consumer}, account ${account} not found.`);
}
