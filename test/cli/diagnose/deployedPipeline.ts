import { type Answers, json, s3Error } from "../support/deployedAws";

/** Parts of a healthy pipeline `events` in us-east-1, as AWS's services describe them. */
const account = "123456789012";
const region = "us-east-1";
export const arns = {
  deliveryStream: `arn:aws:firehose:${region}:${account}:deliverystream/events`,
  stream: `arn:aws:kinesis:${region}:${account}:stream/events`,
  key: `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`,
  sourceRole: `arn:aws:iam::${account}:role/events-source`,
  deliveryRole: `arn:aws:iam::${account}:role/events-delivery`,
};

/** The outputs of its stack. */
export const outputs = {
  streamName: "events",
  bucketName: "lake",
  deliveryStreamName: "events",
  region,
  prefix: "raw/!{timestamp:yyyy/MM/dd}/",
  errorPrefix: "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
  timeZone: "UTC",
  delimiter: "newline",
  sourceRoleArn: arns.sourceRole,
  deliveryRoleArn: arns.deliveryRole,
  logGroupName: "/aws/kinesisfirehose/events",
  alarmArns: { iteratorAge: `arn:aws:cloudwatch:${region}:${account}:alarm:events-iterator-age` },
};

const seconds = (milliseconds: number): number => milliseconds / 1000;

/** The answer of DescribeDeliveryStream, with changes of the description and of its destination. */
export function described(changes: object = {}, destination: object = {}) {
  const created = seconds(Date.now() - 30 * 86_400_000);
  return json({
    DeliveryStreamDescription: {
      DeliveryStreamName: "events",
      DeliveryStreamARN: arns.deliveryStream,
      DeliveryStreamStatus: "ACTIVE",
      DeliveryStreamEncryptionConfiguration: { Status: "DISABLED" },
      DeliveryStreamType: "KinesisStreamAsSource",
      VersionId: "1",
      CreateTimestamp: created,
      Source: {
        KinesisStreamSourceDescription: {
          KinesisStreamARN: arns.stream,
          RoleARN: arns.sourceRole,
          DeliveryStartTimestamp: created,
        },
      },
      Destinations: [
        {
          DestinationId: "destinationId-000000000001",
          ExtendedS3DestinationDescription: {
            RoleARN: arns.deliveryRole,
            BucketARN: "arn:aws:s3:::lake",
            Prefix: outputs.prefix,
            ErrorOutputPrefix: outputs.errorPrefix,
            BufferingHints: { SizeInMBs: 64, IntervalInSeconds: 300 },
            CompressionFormat: "GZIP",
            EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: arns.key } },
            CloudWatchLoggingOptions: {
              Enabled: true,
              LogGroupName: outputs.logGroupName,
              LogStreamName: "DestinationDelivery",
            },
            S3BackupMode: "Disabled",
            ...destination,
          },
        },
      ],
      HasMoreDestinations: false,
      ...changes,
    },
  });
}

/** A policy document. */
export function policy(...Statement: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

/** The answer of GetMetricData: by the id of a query, the values of the last periods, oldest first. */
export function metricData(values: Readonly<Record<string, readonly number[]>>) {
  const now = Math.floor(Date.now() / 300_000) * 300;
  return json({
    MetricDataResults: Object.entries(values).map(([Id, Values]) => ({
      Id,
      Label: Id,
      StatusCode: "Complete",
      Values,
      Timestamps: Values.map((_, index) => now - 300 * (Values.length - 1 - index)),
    })),
    Messages: [],
  });
}

/** The answer of SimulatePrincipalPolicy: allowed, except for these actions. */
export function simulated(
  denied: Readonly<Record<string, "explicitDeny" | "implicitDeny">> = {},
  details = "",
) {
  return (input: string) => {
    const form = new URLSearchParams(input);
    const resource = form.get("ResourceArns.member.1") ?? "*";
    const actions = [...form]
      .filter(([name]) => name.startsWith("ActionNames."))
      .map(([, action]) => action);
    const results = actions.map((action) => {
      const decision = denied[action] ?? "allowed";
      const statement =
        decision === "implicitDeny"
          ? ""
          : `<member><SourcePolicyId>role_events-delivery_events</SourcePolicyId><StartPosition><Line>1</Line><Column>2</Column></StartPosition><EndPosition><Line>1</Line><Column>9</Column></EndPosition></member>`;
      const specific = `<ResourceSpecificResults><member><EvalResourceName>${resource}</EvalResourceName><EvalResourceDecision>${decision}</EvalResourceDecision><MatchedStatements>${statement}</MatchedStatements><MissingContextValues/></member></ResourceSpecificResults>`;
      return `<member><EvalActionName>${action}</EvalActionName><EvalResourceName>${resource}</EvalResourceName><EvalDecision>${decision}</EvalDecision><MatchedStatements>${statement}</MatchedStatements><MissingContextValues/>${decision === "allowed" ? "" : details}${specific}</member>`;
    });
    return {
      body: `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults>${results.join("")}</EvaluationResults></SimulatePrincipalPolicyResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></SimulatePrincipalPolicyResponse>`,
    };
  };
}

/** The answer of GetRole with this trust policy. */
export function role(trust: string) {
  return (input: string) => {
    const name = new URLSearchParams(input).get("RoleName") ?? "";
    return {
      body: `<GetRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetRoleResult><Role><Path>/</Path><RoleName>${name}</RoleName><RoleId>AROAEXAMPLE</RoleId><Arn>arn:aws:iam::${account}:role/${name}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${encodeURIComponent(trust)}</AssumeRolePolicyDocument></Role></GetRoleResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetRoleResponse>`,
    };
  };
}

const trust = policy({
  Effect: "Allow",
  Principal: { Service: "firehose.amazonaws.com" },
  Action: "sts:AssumeRole",
  Condition: { StringEquals: { "sts:ExternalId": account } },
});

const keyPolicy = policy({
  Sid: "EnableRoot",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "kms:*",
  Resource: "*",
});

export function key(state: string, changes: object = {}) {
  return json({
    KeyMetadata: {
      AWSAccountId: account,
      KeyId: arns.key.split("/").at(-1),
      Arn: arns.key,
      CreationDate: 1_700_000_000,
      Enabled: state === "Enabled",
      Description: "",
      KeyUsage: "ENCRYPT_DECRYPT",
      KeyState: state,
      Origin: "AWS_KMS",
      KeyManager: "CUSTOMER",
      ...changes,
    },
  });
}

export function streamSummary(changes: object = {}) {
  return json({
    StreamDescriptionSummary: {
      StreamName: "events",
      StreamARN: arns.stream,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      RetentionPeriodHours: 168,
      StreamCreationTimestamp: 1_700_000_000,
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: "KMS",
      KeyId: arns.key,
      OpenShardCount: 2,
      ConsumerCount: 0,
      ...changes,
    },
  });
}

/** The answer of FilterLogEvents with these lines of the error log, oldest first. */
export function logEvents(...lines: readonly object[]) {
  const at = Date.now() - 60_000 * lines.length;
  return json({
    events: lines.map((line, index) => ({
      logStreamName: "DestinationDelivery",
      timestamp: at + 60_000 * index,
      message: JSON.stringify(line),
      ingestionTimestamp: at + 60_000 * index + 500,
      eventId: String(index),
    })),
    searchedLogStreams: [],
  });
}

/** The answer of DescribeAlarms. */
export function alarms(StateValue: string) {
  return json({
    MetricAlarms: [
      {
        AlarmName: "events-iterator-age",
        AlarmArn: outputs.alarmArns.iteratorAge,
        AlarmDescription: "Records wait too long.",
        ActionsEnabled: true,
        StateValue,
        StateReason:
          "Threshold Crossed: 1 datapoint [90000000.0] was greater than the threshold (60480000.0).",
        StateUpdatedTimestamp: seconds(Date.now() - 600_000),
      },
    ],
    CompositeAlarms: [],
  });
}

/** The answer of ListObjectsV2 with these keys. */
export function listed(...keys: readonly string[]) {
  const contents = keys.map((each) => `<Contents><Key>${each}</Key></Contents>`);
  return {
    body: `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>lake</Name><KeyCount>${keys.length}</KeyCount><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`,
  };
}

/** All answers for the pipeline, in which records arrive. */
export function healthy(): Answers {
  const flow = [10, 10, 10, 10];
  return {
    DescribeDeliveryStream: described(),
    DescribeStreamSummary: streamSummary(),
    HeadBucket: { headers: { "x-amz-bucket-region": region }, body: "" },
    GetBucketPolicy: s3Error("NoSuchBucketPolicy", 404),
    GetBucketEncryption: {
      body: `<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${arns.key}</KMSMasterKeyID></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>true</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>`,
    },
    ListObjectsV2: listed(),
    DescribeLogGroups: json({ logGroups: [{ logGroupName: outputs.logGroupName }] }),
    FilterLogEvents: logEvents(),
    GetMetricData: metricData({
      sent: flow,
      read: flow,
      delivered: flow,
      behind: [0],
      freshness: [61],
    }),
    DescribeAlarms: alarms("OK"),
    DescribeKey: key("Enabled"),
    GetKeyPolicy: json({ Policy: keyPolicy, PolicyName: "default" }),
    SimulatePrincipalPolicy: simulated(),
    GetRole: role(trust),
  };
}
