import { cloudWatch } from "./cloudWatch";
import type { CostItem } from "./costItem";
import { dynamicPartitioning } from "./dynamicPartitioning";
import { firehoseData } from "./firehoseData";
import { kinesisStream } from "./kinesisStream";
import { kmsKeys } from "./kmsKeys";
import { lambdaFunction } from "./lambdaFunction";
import { s3Requests } from "./s3Requests";
import { s3Storage } from "./s3Storage";

/** All parts of the bill, in the order of the report. */
export const costItems: readonly CostItem[] = [
  ...[kinesisStream, firehoseData, dynamicPartitioning, lambdaFunction],
  ...[s3Storage, s3Requests, kmsKeys, cloudWatch],
];
