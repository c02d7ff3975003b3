import { arn, type AwsShapes, named } from "./shape";

/** Sources: Service Authorization Reference, "Amazon EventBridge" and its siblings, "AWS Step Functions"; provider, "Import". */
export const eventShapes: AwsShapes = {
  // The ARNs of API destinations and connections end with a UUID.
  "aws:cloudwatch/eventApiDestination:EventApiDestination": { name: named(64), id: "{name}" },
  "aws:cloudwatch/eventArchive:EventArchive": {
    name: named(48),
    outputs: { arn: arn("events", "archive/{name}") },
    id: "{name}",
  },
  "aws:cloudwatch/eventBus:EventBus": {
    name: named(256),
    tagged: true,
    outputs: { arn: arn("events", "event-bus/{name}") },
    id: "{name}",
  },
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": {
    outputs: { eventBusName: "default" },
    id: "{eventBusName}",
  },
  "aws:cloudwatch/eventConnection:EventConnection": { name: named(64), id: "{name}" },
  "aws:cloudwatch/eventEndpoint:EventEndpoint": {
    name: named(64),
    outputs: { arn: arn("events", "endpoint/{name}") },
    id: "{name}",
  },
  "aws:cloudwatch/eventPermission:EventPermission": {
    outputs: { eventBusName: "default" },
    id: ["{eventBusName|custom}/{statementId}", "{statementId}"],
  },
  "aws:cloudwatch/eventRule:EventRule": {
    name: named(64),
    tagged: true,
    outputs: {
      eventBusName: "default",
      arn: [arn("events", "rule/{eventBusName|custom}/{name}"), arn("events", "rule/{name}")],
    },
    id: ["{eventBusName|custom}/{name}", "{name}"],
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    name: { property: "targetId", maxLength: 64 },
    outputs: { eventBusName: "default" },
    id: ["{eventBusName|custom}-{rule}-{targetId}", "{rule}-{targetId}"],
  },
  "aws:pipes/pipe:Pipe": {
    name: named(64),
    tagged: true,
    outputs: { arn: arn("pipes", "pipe/{name}") },
    id: "{name}",
  },
  "aws:scheduler/schedule:Schedule": {
    name: named(64),
    outputs: { groupName: "default", arn: arn("scheduler", "schedule/{groupName}/{name}") },
    id: "{groupName}/{name}",
  },
  "aws:scheduler/scheduleGroup:ScheduleGroup": {
    name: named(64),
    tagged: true,
    outputs: { arn: arn("scheduler", "schedule-group/{name}") },
    id: "{name}",
  },
  "aws:schemas/discoverer:Discoverer": { tagged: true },
  "aws:schemas/registry:Registry": {
    name: named(64),
    tagged: true,
    outputs: { arn: arn("schemas", "registry/{name}") },
    id: "{name}",
  },
  "aws:schemas/schema:Schema": {
    name: named(385),
    tagged: true,
    outputs: { arn: arn("schemas", "schema/{registryName}/{name}") },
    id: "{name}/{registryName}",
  },
  "aws:sfn/activity:Activity": {
    name: named(80),
    tagged: true,
    outputs: { arn: arn("states", "activity:{name}") },
    id: "{arn}",
  },
  // Its ARN contains the name of its state machine, which only the ARNs of versions contain.
  "aws:sfn/alias:Alias": { name: named(80) },
  "aws:sfn/stateMachine:StateMachine": {
    name: named(80),
    tagged: true,
    outputs: { arn: arn("states", "stateMachine:{name}") },
    id: "{arn}",
  },
};
