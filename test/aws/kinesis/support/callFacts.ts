import assert from "node:assert/strict";
import type { KinesisCall } from "../../../../aws/kinesis/kinesisCall";

/** A call without its times, which differ from run to run. */
export function callFacts({ at, milliseconds, ...facts }: KinesisCall) {
  assert.ok(Number.isFinite(at) && Number.isFinite(milliseconds));
  return facts;
}
