import { catalogShapes } from "./catalog";
import { computeShapes } from "./compute";
import { databaseShapes } from "./databases";
import { eventShapes } from "./events";
import { iamShapes } from "./iam";
import { kinesisShapes } from "./kinesis";
import { kmsShapes } from "./kms";
import { messagingShapes } from "./messaging";
import { monitoringShapes } from "./monitoring";
import { s3Shapes } from "./s3";
import type { AwsShapes } from "./shape";
import { systemsShapes } from "./systems";

/** Type token -> shape. Nothing is known about the ids and outputs of other types. */
export const awsShapes: AwsShapes = {
  ...catalogShapes,
  ...computeShapes,
  ...databaseShapes,
  ...eventShapes,
  ...iamShapes,
  ...kinesisShapes,
  ...kmsShapes,
  ...messagingShapes,
  ...monitoringShapes,
  ...s3Shapes,
  ...systemsShapes,
};
