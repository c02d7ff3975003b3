import { type DeployedTypes, providerFile } from "../deployedType";

/** CloudWatch Logs uses the ARN with `:*` for most actions, and the one without for tags. */
const logGroup = "arn:{partition}:logs:{region}:{account}:log-group:{name}";
const groupOfStream = "arn:{partition}:logs:{region}:{account}:log-group:{logGroupName}";

function alarm(name: string): string {
  return `arn:{partition}:cloudwatch:{region}:{account}:alarm:{${name}}`;
}

export const cloudwatchTypes: DeployedTypes = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    source: providerFile("cloudwatch/metric_alarm.go"),
    calls: [
      {
        on: alarm("name"),
        create: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"],
        read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
        update: ["cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource"],
        delete: ["cloudwatch:DeleteAlarms"],
      },
    ],
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    source: providerFile("cloudwatch/composite_alarm.go"),
    calls: [
      {
        on: alarm("alarmName"),
        create: ["cloudwatch:PutCompositeAlarm", "cloudwatch:TagResource"],
        read: ["cloudwatch:ListTagsForResource"],
        update: [
          "cloudwatch:PutCompositeAlarm",
          "cloudwatch:TagResource",
          "cloudwatch:UntagResource",
        ],
        delete: ["cloudwatch:DeleteAlarms"],
      },
      // CloudWatch API Reference, "DescribeAlarms": a narrower scope returns no composite alarms.
      { on: "*", read: ["cloudwatch:DescribeAlarms"] },
    ],
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    source: providerFile("cloudwatch/dashboard.go"),
    calls: [
      {
        on: "arn:{partition}:cloudwatch::{account}:dashboard/{dashboardName}",
        create: ["cloudwatch:PutDashboard"],
        read: ["cloudwatch:GetDashboard"],
        update: ["cloudwatch:PutDashboard"],
        delete: ["cloudwatch:DeleteDashboards"],
      },
    ],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    source: providerFile("logs/group.go"),
    calls: [
      { on: "*", read: ["logs:DescribeLogGroups"] },
      {
        on: [logGroup, `${logGroup}:*`],
        create: ["logs:CreateLogGroup", "logs:TagResource"],
        read: ["logs:ListTagsForResource"],
        update: [
          "logs:PutRetentionPolicy",
          "logs:DeleteRetentionPolicy",
          "logs:AssociateKmsKey",
          "logs:DisassociateKmsKey",
          "logs:TagResource",
          "logs:UntagResource",
        ],
        delete: ["logs:DeleteLogGroup"],
      },
      {
        on: [logGroup, `${logGroup}:*`],
        when: "retentionInDays",
        create: ["logs:PutRetentionPolicy"],
      },
    ],
  },
  "aws:cloudwatch/logStream:LogStream": {
    source: providerFile("logs/stream.go"),
    calls: [
      { on: [groupOfStream, `${groupOfStream}:*`], read: ["logs:DescribeLogStreams"] },
      {
        on: `${groupOfStream}:log-stream:{name}`,
        create: ["logs:CreateLogStream"],
        delete: ["logs:DeleteLogStream"],
      },
    ],
  },
  "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": {
    source: providerFile("logs/subscription_filter.go"),
    passesRolesTo: "logs.amazonaws.com",
    calls: [
      {
        on: [
          "arn:{partition}:logs:{region}:{account}:log-group:{logGroup}",
          "arn:{partition}:logs:{region}:{account}:log-group:{logGroup}:*",
        ],
        create: ["logs:PutSubscriptionFilter"],
        read: ["logs:DescribeSubscriptionFilters"],
        update: ["logs:PutSubscriptionFilter"],
        delete: ["logs:DeleteSubscriptionFilter"],
      },
    ],
  },
};
