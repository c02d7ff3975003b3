import type { PolicyResource } from "@pulumi/policy";
import type { Verdict } from "../../rule/verdict";
import { streams } from "../../stack/link";
import type { Stack } from "../../stack/stack";

/** The Kinesis stream that a delivery stream reads; undefined if it has none that the stack declares. */
export function declaredSource(
  deliveryStream: PolicyResource,
  verdict: Verdict,
  stack: Stack,
): PolicyResource | undefined {
  const path = "kinesisSourceConfiguration.kinesisStreamArn";
  const [source] = stack.links(deliveryStream, path, streams);
  if (source?.kind === "declared") return source.resource;
  if (source === undefined)
    verdict.inapplicable("the delivery stream does not read a Kinesis stream");
  else if (source.kind === "unknown") verdict.undecided("the source");
  else verdict.inapplicable("the source is not declared in this stack");
  return undefined;
}
