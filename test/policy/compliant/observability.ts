import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as iam from "@pulumi/aws/iam";
import * as kinesis from "@pulumi/aws/kinesis";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { account, allowing, firehoseOfAccount } from "./documents";
import { privateBucket } from "./privateBucket";

/** Log groups go through Firehose into S3, Splunk, OpenSearch and the endpoint of a vendor. */
export function observability(): void {
  const archive = privateBucket("archive");
  const secret = new secretsmanager.Secret("tokens", { kmsKeyId: "alias/observability" });
  const group = new cloudwatch.LogGroup("deliveries", { retentionInDays: 7 });
  const role = new iam.Role("deliveries", { assumeRolePolicy: firehoseOfAccount });
  const waits = new iam.RolePolicy("deliveries", {
    role: role.id,
    policy: pulumi.jsonStringify(
      allowing(
        { Action: "s3:PutObject", Resource: pulumi.interpolate`${archive.arn}/*` },
        { Action: "secretsmanager:GetSecretValue", Resource: secret.arn },
        { Action: "logs:PutLogEvents", Resource: pulumi.interpolate`${group.arn}:*` },
        {
          Action: ["es:DescribeDomain", "es:ESHttpPut", "es:ESHttpPost"],
          Resource: [
            `arn:aws:es:eu-central-1:${account}:domain/logs`,
            `arn:aws:es:eu-central-1:${account}:domain/logs/*`,
          ],
        },
      ),
    ),
  });
  const logging = (logStreamName: string) => ({
    cloudwatchLoggingOptions: { enabled: true, logGroupName: group.name, logStreamName },
  });
  const s3Configuration = (name: string) => ({
    bucketArn: archive.arn,
    roleArn: role.arn,
    prefix: `undelivered/${name}/`,
    errorOutputPrefix: `errors/${name}/!{firehose:error-output-type}/`,
    compressionFormat: "GZIP",
    ...logging(`${name}-s3`),
  });
  const common = { serverSideEncryption: { enabled: true } };
  const credentials = {
    secretsManagerConfiguration: { enabled: true, secretArn: secret.arn, roleArn: role.arn },
  };
  const options = { dependsOn: [waits] };
  new kinesis.FirehoseDeliveryStream(
    "splunk",
    {
      ...common,
      destination: "splunk",
      splunkConfiguration: {
        hecEndpoint: "https://http-inputs-shop.splunkcloud.com:443",
        hecEndpointType: "Raw",
        ...credentials,
        ...logging("splunk"),
        s3BackupMode: "FailedEventsOnly",
        s3Configuration: s3Configuration("splunk"),
      },
    },
    options,
  );
  new kinesis.FirehoseDeliveryStream(
    "opensearch",
    {
      ...common,
      destination: "opensearch",
      opensearchConfiguration: {
        domainArn: `arn:aws:es:eu-central-1:${account}:domain/logs`,
        indexName: "logs",
        indexRotationPeriod: "OneDay",
        roleArn: role.arn,
        ...logging("opensearch"),
        s3Configuration: s3Configuration("opensearch"),
      },
    },
    options,
  );
  new kinesis.FirehoseDeliveryStream(
    "vendor",
    {
      ...common,
      destination: "http_endpoint",
      httpEndpointConfiguration: {
        url: "https://ingest.example.com/firehose",
        name: "Vendor",
        roleArn: role.arn,
        bufferingSize: 1,
        bufferingInterval: 60,
        requestConfiguration: { contentEncoding: "GZIP" },
        ...credentials,
        ...logging("vendor"),
        s3Configuration: s3Configuration("vendor"),
      },
    },
    options,
  );
  const archived = new kinesis.FirehoseDeliveryStream(
    "archive",
    {
      ...common,
      destination: "extended_s3",
      extendedS3Configuration: {
        bucketArn: archive.arn,
        roleArn: role.arn,
        prefix: "logs/!{timestamp:yyyy/MM/dd}/",
        errorOutputPrefix: "errors/logs/!{firehose:error-output-type}/",
        compressionFormat: "GZIP",
        fileExtension: ".jsonl.gz",
        ...logging("archive"),
        processingConfiguration: {
          enabled: true,
          processors: [
            {
              type: "Decompression",
              parameters: [{ parameterName: "CompressionFormat", parameterValue: "GZIP" }],
            },
            {
              type: "CloudWatchLogProcessing",
              parameters: [{ parameterName: "DataMessageExtraction", parameterValue: "true" }],
            },
          ],
        },
      },
    },
    options,
  );
  subscribe(archived);
}

function subscribe(archive: kinesis.FirehoseDeliveryStream): void {
  const role = new iam.Role("subscriptions", {
    assumeRolePolicy: JSON.stringify(
      allowing({
        Principal: { Service: "logs.eu-central-1.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringLike: { "aws:SourceArn": `arn:aws:logs:eu-central-1:${account}:*` },
        },
      }),
    ),
  });
  new iam.RolePolicy("subscriptions", {
    role: role.id,
    policy: pulumi.jsonStringify(
      allowing({
        Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        Resource: archive.arn,
      }),
    ),
  });
  for (const name of ["api", "shop", "worker"]) {
    new cloudwatch.LogSubscriptionFilter(name, {
      logGroup: `/aws/lambda/${name}`,
      filterPattern: "",
      destinationArn: archive.arn,
      roleArn: role.arn,
    });
  }
}
