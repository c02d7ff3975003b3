import { firehoseSourcesHaveDeliverableRecords } from "../../../policy/rules/firehose/firehoseSourcesHaveDeliverableRecords";
import { resource, unknown } from "../../../policy/testing";
import type { TestResource } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const arn = (name: string) => `arn:aws:kinesis:eu-central-1:123456789012:stream/${name}`;
const stream = (maxRecordSizeInKib: unknown): TestResource =>
  resource("aws:kinesis/stream:Stream", "events", { arn: arn("events"), maxRecordSizeInKib });
const reading = (kinesisStreamArn: unknown): TestResource =>
  deliveryStream({ kinesisSourceConfiguration: { kinesisStreamArn } })[0];
const accepting = (size: unknown) => ({ resources: [reading(arn("events")), stream(size)] });

export const firehoseSourcesHaveDeliverableRecordsTable: PolicyTable = {
  policy: firehoseSourcesHaveDeliverableRecords,
  pass: {
    "a stream with the default limit": accepting(undefined),
    "a stream with the smallest limit": accepting(1024),
    "larger records that the config allows": { ...accepting(4096), config: { maxKiB: 4096 } },
  },
  fail: {
    "a stream of larger records": {
      ...accepting(1025),
      messages: [/maxRecordSizeInKib of the source, stream "events", is more than 1024: lower it/],
    },
    "a stream of larger records than the config allows": {
      ...accepting(10_240),
      config: { maxKiB: 2048 },
      messages: [/is more than 2048/],
    },
  },
  undecided: {
    "an unknown limit": {
      ...accepting(unknown),
      what: 'the largest record of the source of "delivery"',
    },
    "an unknown source": {
      resources: [reading(unknown), stream(10_240)],
      what: 'the source of "delivery"',
    },
  },
  notApplicable: {
    "a delivery stream without a Kinesis source": {
      resources: [...deliveryStream({}), stream(10_240)],
      reason: /does not read a Kinesis stream/,
    },
    "a source that is not declared in this stack": {
      resources: [reading(arn("elsewhere")), stream(10_240)],
      reason: /not declared in this stack/,
    },
  },
};
