import { arn, type AwsShapes, globalArn, named } from "./shape";

/** Sources: Service Authorization Reference, "Amazon CloudWatch" and "Amazon CloudWatch Logs"; provider, "Import". */
export const monitoringShapes: AwsShapes = {
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    tagged: true,
    outputs: { arn: arn("cloudwatch", "alarm:{alarmName}") },
    id: "{alarmName}",
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    outputs: { dashboardArn: globalArn("cloudwatch", "dashboard/{dashboardName}") },
    id: "{dashboardName}",
  },
  "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": { id: "{logGroupName}" },
  "aws:cloudwatch/logDelivery:LogDelivery": { tagged: true },
  "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": {
    name: named(60),
    tagged: true,
    outputs: { arn: arn("logs", "delivery-destination:{name}") },
    id: "{name}",
  },
  "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy": {
    id: "{deliveryDestinationName}",
  },
  "aws:cloudwatch/logDeliverySource:LogDeliverySource": {
    name: named(60),
    tagged: true,
    outputs: { arn: arn("logs", "delivery-source:{name}") },
    id: "{name}",
  },
  "aws:cloudwatch/logDestination:LogDestination": {
    name: named(512),
    tagged: true,
    outputs: { arn: arn("logs", "destination:{name}") },
    id: "{name}",
  },
  "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy": { id: "{destinationName}" },
  "aws:cloudwatch/logGroup:LogGroup": {
    name: named(512),
    tagged: true,
    outputs: { arn: arn("logs", "log-group:{name}") },
    id: "{name}",
  },
  "aws:cloudwatch/logIndexPolicy:LogIndexPolicy": { id: "{logGroupName}" },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": { name: named(512), id: "{name}" },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {},
  "aws:cloudwatch/logStream:LogStream": {
    name: named(512),
    outputs: { arn: arn("logs", "log-group:{logGroupName}:log-stream:{name}") },
    id: "{name}",
  },
  // Its id is a hash.
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": { name: named(512) },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    name: named(255),
    tagged: true,
    outputs: { arn: arn("cloudwatch", "alarm:{name}") },
    id: "{name}",
  },
  "aws:cloudwatch/metricStream:MetricStream": {
    name: named(255),
    tagged: true,
    outputs: { arn: arn("cloudwatch", "metric-stream/{name}") },
    id: "{name}",
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": { name: named(255) },
};
