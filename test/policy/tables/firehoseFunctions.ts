import { firehoseFeaturesHaveAlarms } from "../../../policy/rules/firehose/firehoseFeaturesHaveAlarms";
import { firehoseFunctionsAreQualified } from "../../../policy/rules/firehose/firehoseFunctionsAreQualified";
import { firehoseFunctionsEndInTime } from "../../../policy/rules/firehose/firehoseFunctionsEndInTime";
import { firehoseProcessorParametersAreValid } from "../../../policy/rules/firehose/firehoseProcessorParametersAreValid";
import { firehoseRolesAllowFeatures } from "../../../policy/rules/firehose/firehoseRolesAllowFeatures";
import { resource, secret, type TestResource, unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { deliveryStream } from "./resources";

const path = "extendedS3Configuration";
const processors = `${path}.processingConfiguration.processors`;
const first = `${processors}[0].parameters`;
const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:mask";

/** @param parameters name and value, one after the other */
const processor = (type: unknown, ...parameters: readonly unknown[]) => ({
  type,
  parameters: parameters.flatMap((parameterName, index) =>
    index % 2 === 0 ? [{ parameterName, parameterValue: parameters[index + 1] }] : [],
  ),
});
const processing = (listed: readonly unknown[], enabled: unknown = true) => ({
  [path]: { processingConfiguration: { enabled, processors: listed } },
});
const one = (type: unknown, ...parameters: readonly unknown[]) => ({
  resources: deliveryStream(processing([processor(type, ...parameters)])),
});
const lambda = (...more: readonly unknown[]) => one("Lambda", "LambdaArn", functionArn, ...more);
const buffered = (size: unknown, seconds: unknown) =>
  lambda("BufferSizeInMBs", size, "BufferIntervalInSeconds", seconds);
const outOfForm = (name: string) => [new RegExp(`\\[0\\]\\.parameters: ${name} is not .*: change`)];
const noProcessing = {
  "a delivery stream without processing": {
    resources: deliveryStream({ [path]: {} }),
    reason: /processes no records/,
  },
};

export const firehoseProcessorParametersAreValidTable: PolicyTable = {
  policy: firehoseProcessorParametersAreValid,
  pass: {
    "the smallest buffer": buffered("0.2", "0"),
    "the largest buffer and number of retries": lambda(
      ...["BufferSizeInMBs", "3", "BufferIntervalInSeconds", "900", "NumberOfRetries", "300"],
    ),
    "a qualified function with a role": one(
      ...["Lambda", "LambdaArn", `${functionArn}:$LATEST`],
      ...["RoleArn", "arn:aws:iam::123456789012:role/service-role/mask"],
    ),
    "a function of the same update": one("Lambda", "LambdaArn", unknown),
    "a query": one(
      ...[
        "MetadataExtraction",
        "MetadataExtractionQuery",
        "{a: .a}",
        "JsonParsingEngine",
        "JQ-1.6",
      ],
    ),
    "records in JSON": one("RecordDeAggregation", "SubRecordType", "JSON"),
    "records with a delimiter": one(
      ...["RecordDeAggregation", "SubRecordType", "DELIMITED", "Delimiter", "IyMjIw=="],
    ),
    "messages of logs": {
      resources: deliveryStream(
        processing([
          processor("Decompression", "CompressionFormat", "GZIP"),
          processor("CloudWatchLogProcessing", "DataMessageExtraction", "true"),
        ]),
      ),
    },
    "a delimiter, whose parameters Firehose ignores": one(
      ...["AppendDelimiterToRecord", "Delimiter", "\\n"],
    ),
    "a secret engine": one(
      ...["MetadataExtraction", "MetadataExtractionQuery", secret("{a: .a}")],
      ...["JsonParsingEngine", secret("JQ-1.6")],
    ),
  },
  fail: {
    "a buffer that is too small": {
      ...buffered("0.1", "60"),
      messages: outOfForm("BufferSizeInMBs"),
    },
    "an interval that is too long": {
      ...buffered("1", "901"),
      messages: outOfForm("BufferIntervalInSeconds"),
    },
    "too many retries": {
      ...lambda("NumberOfRetries", "301"),
      messages: [/NumberOfRetries is not 0 to 300, in/],
    },
    "a number that is not one": {
      ...lambda("NumberOfRetries", "many"),
      messages: outOfForm("NumberOfRetries"),
    },
    "a size without an interval": {
      ...lambda("BufferSizeInMBs", "1"),
      messages: [/has one of BufferSizeInMBs and BufferIntervalInSeconds: set both or neither/],
    },
    "a name of a function for its ARN": {
      ...one("Lambda", "LambdaArn", "mask"),
      messages: outOfForm("LambdaArn"),
    },
    "another version of jq": {
      ...one(
        ...[
          "MetadataExtraction",
          "MetadataExtractionQuery",
          "{a: .a}",
          "JsonParsingEngine",
          "JQ-1.7",
        ],
      ),
      messages: [/JsonParsingEngine is not JQ-1\.6, in/],
    },
    "a query that is too long": {
      ...one(
        ...["MetadataExtraction", "MetadataExtractionQuery", `{a: .${"a".repeat(5120)}}`],
        ...["JsonParsingEngine", "JQ-1.6"],
      ),
      messages: outOfForm("MetadataExtractionQuery"),
    },
    "a delimiter that is not in Base64": {
      ...one(...["RecordDeAggregation", "SubRecordType", "DELIMITED", "Delimiter", "#"]),
      messages: outOfForm("Delimiter"),
    },
    "an absent delimiter": {
      ...one("RecordDeAggregation", "SubRecordType", "DELIMITED"),
      messages: [/has no Delimiter, which SubRecordType DELIMITED requires: add it/],
    },
    "another kind of record": {
      ...one("RecordDeAggregation", "SubRecordType", "CSV"),
      messages: [/SubRecordType is not JSON or DELIMITED, in/],
    },
    "a parameter of another type": {
      ...lambda("SubRecordType", "JSON"),
      messages: [/has one that a processor of its type does not have: use LambdaArn, RoleArn,/],
    },
    "a parameter that is repeated": {
      ...lambda("NumberOfRetries", "1", "NumberOfRetries", "2"),
      messages: [/has NumberOfRetries several times: keep one/],
    },
    "a secret engine that does not exist": {
      ...one(
        ...["MetadataExtraction", "MetadataExtractionQuery", "{a: .a}"],
        ...["JsonParsingEngine", secret("hunter3")],
      ),
      messages: outOfForm("JsonParsingEngine"),
    },
  },
  undecided: {
    "an unknown number": {
      ...lambda("NumberOfRetries", unknown),
      what: `${first} with NumberOfRetries`,
    },
    "an unknown name": { ...lambda(unknown, "1"), what: first },
    "unknown parameters": {
      resources: deliveryStream(processing([{ type: "Lambda", parameters: unknown }])),
      what: first,
    },
    "an unknown type": { ...one(unknown, "LambdaArn", functionArn), what: `${processors}[0].type` },
    "an unknown flag": {
      resources: deliveryStream(processing([processor("Lambda", "LambdaArn", "mask")], unknown)),
      what: `${path}.processingConfiguration.enabled`,
    },
  },
  notApplicable: noProcessing,
  anyValuePasses: [`${processors}.parameters.parameterValue`],
};

const invoked = (arn: unknown) => one("Lambda", "LambdaArn", arn);
const unqualified = [/LambdaArn names neither a version nor an alias: add one, e\.g\. ":live"/];

export const firehoseFunctionsAreQualifiedTable: PolicyTable = {
  policy: firehoseFunctionsAreQualified,
  pass: {
    "an alias": invoked(`${functionArn}:live`),
    "a version": invoked(`${functionArn}:7`),
    "a secret alias": invoked(secret(`${functionArn}:live`)),
  },
  fail: {
    "a function without either": { ...invoked(functionArn), messages: unqualified },
    "the newest code": { ...invoked(`${functionArn}:$LATEST`), messages: unqualified },
    "a function of another destination": {
      resources: deliveryStream({
        splunkConfiguration: {
          processingConfiguration: {
            enabled: true,
            processors: [processor("Lambda", "LambdaArn", secret(functionArn))],
          },
        },
      }),
      messages: [
        /splunkConfiguration\.processingConfiguration\.processors\[0\]\.parameters: Lambda/,
      ],
    },
  },
  undecided: {
    "an unknown function": { ...invoked(unknown), what: `${first} with LambdaArn` },
    "an unknown type": { ...one(unknown, "LambdaArn", functionArn), what: `${processors}[0].type` },
    "an unknown flag": {
      resources: deliveryStream(
        processing([processor("Lambda", "LambdaArn", functionArn)], unknown),
      ),
      what: `${path}.processingConfiguration.enabled`,
    },
  },
  notApplicable: {
    ...noProcessing,
    "a delivery stream without a function": {
      ...one("AppendDelimiterToRecord"),
      reason: /no function transforms/,
    },
  },
  anyValuePasses: [
    path,
    `${path}.processingConfiguration`,
    processors,
    `${processors}.parameters`,
  ].concat(
    ["", ".processingConfiguration", ".processingConfiguration.processors"].map(
      (end) => `splunkConfiguration${end}`,
    ),
  ),
};

const mask = (props: object) =>
  resource("aws:lambda/function:Function", "mask", { name: "mask", ...props });
interface Transforming {
  readonly arn?: unknown;
  readonly enabled?: unknown;
  readonly linked?: boolean;
}
const transforming = (
  props: object,
  { arn = functionArn, enabled = true, linked = false }: Transforming = {},
) => {
  const declared = mask(props);
  const stream = deliveryStream(
    processing([processor("Lambda", "LambdaArn", arn)], enabled),
    linked ? { [path]: declared } : {},
  );
  return { resources: [...stream, declared] };
};
const tooLong = [
  /timeout of the function "mask" is more than 300 seconds, for which Firehose waits/,
];

export const firehoseFunctionsEndInTimeTable: PolicyTable = {
  policy: firehoseFunctionsEndInTime,
  pass: {
    "the default": transforming({}),
    "five minutes": transforming({ timeout: 300 }),
    "a function of the same update": transforming({ timeout: 60 }, { arn: unknown, linked: true }),
  },
  fail: {
    "a function by its name": { ...transforming({ timeout: 301 }), messages: tooLong },
    "an alias of a function by its ARN": {
      ...transforming(
        { name: "other", arn: functionArn, timeout: 900 },
        { arn: `${functionArn}:live` },
      ),
      messages: tooLong,
    },
    "a function of the same update that runs too long": {
      ...transforming({ timeout: 900 }, { arn: unknown, linked: true }),
      messages: tooLong,
    },
    "the function of an alias of the same update": {
      resources: (() => {
        const declared = mask({ timeout: 900 });
        const alias = resource("aws:lambda/alias:Alias", "live", { functionName: "mask" });
        const stream = deliveryStream(processing([processor("Lambda", "LambdaArn", unknown)]), {
          [path]: alias,
        });
        return [...stream, declared, alias];
      })(),
      messages: tooLong,
    },
  },
  undecided: {
    "an unknown timeout": {
      ...transforming({ timeout: unknown }),
      what: 'the timeout of the function of "delivery"',
    },
    "an unknown flag": {
      ...transforming({ timeout: 900 }, { enabled: unknown }),
      what: 'the function of "delivery"',
    },
  },
  notApplicable: {
    "a function that the stack does not declare": {
      ...transforming({ name: "other" }),
      reason: /no function that the stack declares/,
    },
  },
  anyValuePasses: [
    ...[path, `${path}.processingConfiguration`, processors, `${processors}.type`],
    ...[`${processors}.parameters`, `${processors}.parameters.parameterName`],
    ...[`${processors}.parameters.parameterValue`, "name", "arn", "functionName"],
  ],
};

const roleArn = "arn:aws:iam::123456789012:role/delivery";
const role = resource("aws:iam/role:Role", "delivery", { name: "delivery", arn: roleArn });
const policyNamed =
  (name: string) =>
  (...statements: readonly unknown[]) =>
    resource("aws:iam/rolePolicy:RolePolicy", name, {
      role: "delivery",
      policy: JSON.stringify({ Statement: statements }),
    });
const policy = policyNamed("delivery");
const allow = (Action: unknown, Resource: unknown) => ({ Effect: "Allow", Action, Resource });
const deny = (Action: unknown, Resource: unknown) => ({ Effect: "Deny", Action, Resource });
const inline = policyNamed("denials");
const invoke = ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"];
const withRole = (configuration: object, ...others: readonly TestResource[]) => ({
  resources: [...deliveryStream({ [path]: { roleArn, ...configuration } }), role, ...others],
});
const withFunction = processing([processor("Lambda", "LambdaArn", functionArn)])[path] as object;
const converted = { dataFormatConversionConfiguration: { schemaConfiguration: { roleArn } } };
const withBackup = {
  s3BackupMode: "Enabled",
  s3BackupConfiguration: { roleArn, bucketArn: "arn:aws:s3:::source" },
};
const below = (prefix: unknown) => ({
  ...withBackup,
  s3BackupConfiguration: { ...withBackup.s3BackupConfiguration, prefix },
});
const glue = ["glue:GetTable", "glue:GetTableVersion", "glue:GetTableVersions"];

export const firehoseRolesAllowFeaturesTable: PolicyTable = {
  policy: firehoseRolesAllowFeatures,
  pass: {
    "a function": withRole(withFunction, policy(allow(invoke, functionArn))),
    "a function by a pattern": withRole(withFunction, policy(allow("lambda:*", `${functionArn}*`))),
    conversion: withRole(converted, policy(allow(glue, "*"))),
    "a backup": withRole(withBackup, policy(allow("s3:Put*", "arn:aws:s3:::source/*"))),
    "a backup below its prefix only": withRole(
      below("raw/!{timestamp:yyyy/MM/dd}/"),
      policy(allow("s3:PutObject", "arn:aws:s3:::source/raw/*")),
    ),
    "a function with a role of its own": withRole(
      {
        ...withBackup,
        ...(processing([processor("Lambda", "LambdaArn", functionArn, "RoleArn", roleArn)])[
          path
        ] as object),
      },
      policy(allow("s3:PutObject", "arn:aws:s3:::source/*")),
    ),
    "a Deny of other functions in another policy": withRole(
      withFunction,
      policy(allow(invoke, functionArn)),
      inline(deny(invoke, `${functionArn}-2`)),
    ),
    "a Deny under a condition, which Firehose may not meet": withRole(
      withFunction,
      policy(allow(invoke, functionArn)),
      inline({
        ...deny(invoke, "*"),
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    ),
  },
  fail: {
    "a Deny in another policy of the role": {
      ...withRole(
        withFunction,
        policy(allow(invoke, functionArn)),
        inline(deny("lambda:InvokeFunction", "*")),
      ),
      messages: [
        /A policy of the role in .*roleArn denies lambda:InvokeFunction, without which Firehose cannot invoke the function: remove the Deny/,
      ],
    },
    "a Deny of the one bucket, by a pattern": {
      ...withRole(
        withBackup,
        policy(allow("s3:PutObject", "*")),
        inline(deny("s3:*", "arn:aws:s3:::source/*")),
      ),
      messages: [/denies s3:PutObject, without which .* the backup: remove the Deny/],
    },
    "a Deny next to a policy of another stack": {
      ...withRole(
        withBackup,
        resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "delivery", {
          role: "delivery",
          policyArn: "arn:aws:iam::123456789012:policy/delivery",
        }),
        inline(deny("s3:PutObject", "*")),
      ),
      messages: [/denies s3:PutObject/],
    },
    "a function that the role may not invoke": {
      ...withRole(withFunction, policy(allow("s3:PutObject", "*"))),
      messages: [
        /roleArn allows lambda:InvokeFunction and lambda:GetFunctionConfiguration, without/,
      ],
    },
    "a function whose configuration the role may not read": {
      ...withRole(withFunction, policy(allow("lambda:InvokeFunction", functionArn))),
      messages: [/allows lambda:GetFunctionConfiguration, without which Firehose cannot invoke/],
    },
    "another function": {
      ...withRole(withFunction, policy(allow(invoke, `${functionArn}-2`))),
      messages: [/cannot invoke the function: add a statement/],
    },
    "a role without policies": {
      ...withRole(converted),
      messages: [
        /allows glue:GetTable and glue:GetTableVersion and glue:GetTableVersions, without/,
      ],
    },
    "a backup into another bucket": {
      ...withRole(withBackup, policy(allow("s3:PutObject", "arn:aws:s3:::lake/*"))),
      messages: [/s3BackupConfiguration\.roleArn allows s3:PutObject, without which .* the backup/],
    },
    "a backup below another prefix": {
      ...withRole(below("raw/"), policy(allow("s3:PutObject", "arn:aws:s3:::source/old/*"))),
      messages: [/s3:PutObject, without which .* the backup/],
    },
    "a Deny for an Allow": {
      ...withRole(withBackup, policy({ ...allow("s3:PutObject", "*"), Effect: "Deny" })),
      messages: [/s3:PutObject/],
    },
  },
  undecided: {
    "an unknown policy": {
      ...withRole(
        withFunction,
        resource("aws:iam/rolePolicy:RolePolicy", "delivery", {
          role: "delivery",
          policy: unknown,
        }),
      ),
      what: 'the policies of the roles of "delivery"',
    },
    "an unknown prefix, of which a role allows some": {
      ...withRole(below(unknown), policy(allow("s3:PutObject", "arn:aws:s3:::source/raw/*"))),
      what: 'the policies of the roles of "delivery"',
    },
    "an unknown mode": {
      ...withRole({ ...withBackup, s3BackupMode: unknown }, policy(allow("s3:GetObject", "*"))),
      what: 'the policies of the roles of "delivery"',
    },
  },
  notApplicable: {
    "a delivery stream without features": { ...withRole({}), reason: /no feature that calls/ },
    "a role of another stack": {
      resources: deliveryStream({ [path]: { roleArn, ...withBackup } }),
      reason: /not declared in this stack/,
    },
    "a role with a policy of another stack": {
      ...withRole(
        withBackup,
        resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "delivery", {
          role: "delivery",
          policyArn: "arn:aws:iam::123456789012:policy/delivery",
        }),
      ),
      reason: /not declared in this stack/,
    },
  },
  anyValuePasses: [
    ...["name", "arn", "role", "policy", path].concat(
      ["roleArn", "processingConfiguration", "dataFormatConversionConfiguration"].map(
        (name) => `${path}.${name}`,
      ),
      `${path}.s3BackupConfiguration`,
      `${path}.s3BackupConfiguration.roleArn`,
      `${path}.s3BackupConfiguration.bucketArn`,
      `${path}.dataFormatConversionConfiguration.schemaConfiguration`,
      `${path}.dataFormatConversionConfiguration.schemaConfiguration.roleArn`,
      processors,
      `${processors}.type`,
      `${processors}.parameters`,
      `${processors}.parameters.parameterName`,
      `${processors}.parameters.parameterValue`,
    ),
  ],
};

const alarm = (metricName: unknown, name: unknown = "delivery") =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
    namespace: "AWS/Firehose",
    metricName,
    dimensions: { DeliveryStreamName: name },
  });
const expressed = (metricName: string) =>
  resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
    metricQueries: [
      { id: "m", metric: { metricName, dimensions: { DeliveryStreamName: "delivery" } } },
      { id: "e", expression: "m > 0" },
    ],
  });
const watched = (configuration: object, ...alarms: readonly TestResource[]) => ({
  resources: [...deliveryStream({ name: "delivery", [path]: configuration }), ...alarms],
});
const partitioned = { dynamicPartitioningConfiguration: { enabled: true } };
const unwatched = (metric: string) => [
  new RegExp(`No alarm watches ${metric} of the delivery str`),
];

export const firehoseFeaturesHaveAlarmsTable: PolicyTable = {
  policy: firehoseFeaturesHaveAlarms,
  pass: {
    "an alarm on partitions": watched(partitioned, alarm("PartitionCountExceeded")),
    "an alarm on conversion": watched(converted, alarm("FailedConversion.Records")),
    "an alarm with an expression": watched(withFunction, expressed("ExecuteProcessing.Success")),
    "a secret metric": watched(partitioned, alarm(secret("PartitionCountExceeded"))),
  },
  fail: {
    "partitions without an alarm": {
      ...watched(partitioned),
      messages: unwatched("PartitionCountExceeded"),
    },
    "conversion with an alarm on another metric": {
      ...watched(converted, alarm("DeliveryToS3.Success")),
      messages: unwatched("FailedConversion\\.Records"),
    },
    "a function with an alarm of another delivery stream": {
      ...watched(withFunction, alarm("ExecuteProcessing.Success", "other")),
      messages: unwatched("ExecuteProcessing\\.Success"),
    },
    "two features": {
      ...watched({ ...partitioned, ...converted }),
      messages: [/PartitionCountExceeded/, /FailedConversion/],
    },
  },
  undecided: {
    "an unknown flag": {
      ...watched({ dynamicPartitioningConfiguration: { enabled: unknown } }),
      what: 'the use of dynamic partitioning of "delivery"',
    },
    "an unknown metric": {
      ...watched(partitioned, alarm(unknown)),
      what: 'the metric of an alarm of "delivery"',
    },
  },
  notApplicable: {
    "a delivery stream without features": { ...watched({}), reason: /no feature with metrics/ },
  },
};
