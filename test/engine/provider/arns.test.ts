import assert from "node:assert/strict";
import type { Properties } from "../../../engine/graph/resourceGraph";
import { madeUpProvider } from "../../../engine/provider/madeUpProvider";

const HERE = "us-east-1:123456789012";

/** Type, inputs and ARN, as in the Service Authorization Reference. */
const arns: readonly [type: string, inputs: Properties, arn: string][] = [
  ["athena/workgroup:Workgroup", { name: "a" }, `arn:aws:athena:${HERE}:workgroup/a`],
  ["athena/dataCatalog:DataCatalog", { name: "a" }, `arn:aws:athena:${HERE}:datacatalog/a`],
  [
    "cloudwatch/compositeAlarm:CompositeAlarm",
    { alarmName: "a" },
    `arn:aws:cloudwatch:${HERE}:alarm:a`,
  ],
  ["cloudwatch/metricAlarm:MetricAlarm", { name: "a" }, `arn:aws:cloudwatch:${HERE}:alarm:a`],
  [
    "cloudwatch/metricStream:MetricStream",
    { name: "a" },
    `arn:aws:cloudwatch:${HERE}:metric-stream/a`,
  ],
  ["cloudwatch/eventBus:EventBus", { name: "a" }, `arn:aws:events:${HERE}:event-bus/a`],
  ["cloudwatch/eventArchive:EventArchive", { name: "a" }, `arn:aws:events:${HERE}:archive/a`],
  ["cloudwatch/eventRule:EventRule", { name: "a" }, `arn:aws:events:${HERE}:rule/a`],
  [
    "cloudwatch/eventRule:EventRule",
    { name: "a", eventBusName: "default" },
    `arn:aws:events:${HERE}:rule/a`,
  ],
  [
    "cloudwatch/eventRule:EventRule",
    { name: "a", eventBusName: "b" },
    `arn:aws:events:${HERE}:rule/b/a`,
  ],
  ["cloudwatch/logGroup:LogGroup", { name: "/aws/a" }, `arn:aws:logs:${HERE}:log-group:/aws/a`],
  [
    "cloudwatch/logStream:LogStream",
    { name: "b", logGroupName: "a" },
    `arn:aws:logs:${HERE}:log-group:a:log-stream:b`,
  ],
  ["cloudwatch/logDestination:LogDestination", { name: "a" }, `arn:aws:logs:${HERE}:destination:a`],
  ["dynamodb/table:Table", { name: "a" }, `arn:aws:dynamodb:${HERE}:table/a`],
  ["ecr/repository:Repository", { name: "a/b" }, `arn:aws:ecr:${HERE}:repository/a/b`],
  ["ecs/cluster:Cluster", { name: "a" }, `arn:aws:ecs:${HERE}:cluster/a`],
  ["ecs/service:Service", { name: "a" }, `arn:aws:ecs:${HERE}:service/default/a`],
  ["ecs/service:Service", { name: "a", cluster: "b" }, `arn:aws:ecs:${HERE}:service/b/a`],
  [
    "ecs/service:Service",
    { name: "a", cluster: `arn:aws:ecs:${HERE}:cluster/b` },
    `arn:aws:ecs:${HERE}:service/b/a`,
  ],
  [
    "ecs/capacityProvider:CapacityProvider",
    { name: "a" },
    `arn:aws:ecs:${HERE}:capacity-provider/a`,
  ],
  ["eks/cluster:Cluster", { name: "a" }, `arn:aws:eks:${HERE}:cluster/a`],
  ["glue/catalogDatabase:CatalogDatabase", { name: "a" }, `arn:aws:glue:${HERE}:database/a`],
  [
    "glue/catalogTable:CatalogTable",
    { name: "b", databaseName: "a" },
    `arn:aws:glue:${HERE}:table/a/b`,
  ],
  ["glue/connection:Connection", { name: "a" }, `arn:aws:glue:${HERE}:connection/a`],
  ["glue/crawler:Crawler", { name: "a" }, `arn:aws:glue:${HERE}:crawler/a`],
  ["glue/job:Job", { name: "a" }, `arn:aws:glue:${HERE}:job/a`],
  ["glue/registry:Registry", { registryName: "a" }, `arn:aws:glue:${HERE}:registry/a`],
  ["glue/schema:Schema", { schemaName: "a" }, `arn:aws:glue:${HERE}:schema/default-registry/a`],
  [
    "glue/schema:Schema",
    { schemaName: "b", registryArn: `arn:aws:glue:${HERE}:registry/a` },
    `arn:aws:glue:${HERE}:schema/a/b`,
  ],
  ["glue/trigger:Trigger", { name: "a" }, `arn:aws:glue:${HERE}:trigger/a`],
  ["glue/workflow:Workflow", { name: "a" }, `arn:aws:glue:${HERE}:workflow/a`],
  ["iam/group:Group", { name: "a" }, "arn:aws:iam::123456789012:group/a"],
  [
    "iam/instanceProfile:InstanceProfile",
    { name: "a" },
    "arn:aws:iam::123456789012:instance-profile/a",
  ],
  [
    "iam/openIdConnectProvider:OpenIdConnectProvider",
    { url: "https://token.example.com/a" },
    "arn:aws:iam::123456789012:oidc-provider/token.example.com/a",
  ],
  ["iam/policy:Policy", { name: "a", path: "/app/" }, "arn:aws:iam::123456789012:policy/app/a"],
  ["iam/role:Role", { name: "a" }, "arn:aws:iam::123456789012:role/a"],
  ["iam/role:Role", { name: "a", path: "/app/" }, "arn:aws:iam::123456789012:role/app/a"],
  ["iam/samlProvider:SamlProvider", { name: "a" }, "arn:aws:iam::123456789012:saml-provider/a"],
  ["iam/user:User", { name: "a" }, "arn:aws:iam::123456789012:user/a"],
  [
    "kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    { name: "a" },
    `arn:aws:firehose:${HERE}:deliverystream/a`,
  ],
  ["kinesis/stream:Stream", { name: "a" }, `arn:aws:kinesis:${HERE}:stream/a`],
  [
    "kinesisanalyticsv2/application:Application",
    { name: "a" },
    `arn:aws:kinesisanalytics:${HERE}:application/a`,
  ],
  ["kms/alias:Alias", { name: "alias/a" }, `arn:aws:kms:${HERE}:alias/a`],
  ["lambda/alias:Alias", { name: "b", functionName: "a" }, `arn:aws:lambda:${HERE}:function:a:b`],
  ["lambda/function:Function", { name: "a" }, `arn:aws:lambda:${HERE}:function:a`],
  ["opensearch/domain:Domain", { domainName: "a" }, `arn:aws:es:${HERE}:domain/a`],
  ["pipes/pipe:Pipe", { name: "a" }, `arn:aws:pipes:${HERE}:pipe/a`],
  ["redshift/cluster:Cluster", { clusterIdentifier: "a" }, `arn:aws:redshift:${HERE}:cluster:a`],
  ["redshift/subnetGroup:SubnetGroup", { name: "a" }, `arn:aws:redshift:${HERE}:subnetgroup:a`],
  ["s3/accessPoint:AccessPoint", { name: "a", bucket: "b" }, `arn:aws:s3:${HERE}:accesspoint/a`],
  ["s3/bucket:Bucket", { bucket: "a" }, "arn:aws:s3:::a"],
  ["s3/bucketV2:BucketV2", { bucket: "a" }, "arn:aws:s3:::a"],
  ["s3/bucketObjectv2:BucketObjectv2", { bucket: "a", key: "b/c" }, "arn:aws:s3:::a/b/c"],
  [
    "s3/directoryBucket:DirectoryBucket",
    { bucket: "a--use1-az4--x-s3" },
    `arn:aws:s3express:${HERE}:bucket/a--use1-az4--x-s3`,
  ],
  ["s3tables/tableBucket:TableBucket", { name: "a" }, `arn:aws:s3tables:${HERE}:bucket/a`],
  ["scheduler/schedule:Schedule", { name: "a" }, `arn:aws:scheduler:${HERE}:schedule/default/a`],
  [
    "scheduler/schedule:Schedule",
    { name: "b", groupName: "a" },
    `arn:aws:scheduler:${HERE}:schedule/a/b`,
  ],
  ["sfn/activity:Activity", { name: "a" }, `arn:aws:states:${HERE}:activity:a`],
  ["sfn/stateMachine:StateMachine", { name: "a" }, `arn:aws:states:${HERE}:stateMachine:a`],
  ["sns/topic:Topic", { name: "a" }, `arn:aws:sns:${HERE}:a`],
  ["sqs/queue:Queue", { name: "a" }, `arn:aws:sqs:${HERE}:a`],
  ["ssm/document:Document", { name: "a" }, `arn:aws:ssm:${HERE}:document/a`],
  ["ssm/parameter:Parameter", { name: "/a/b" }, `arn:aws:ssm:${HERE}:parameter/a/b`],
  ["ssm/parameter:Parameter", { name: "a" }, `arn:aws:ssm:${HERE}:parameter/a`],
];

/** Type, inputs, and other outputs that contain no ARN of their own. */
const others: readonly [type: string, inputs: Properties, output: string, value: string][] = [
  [
    "cloudwatch/dashboard:Dashboard",
    { dashboardName: "a" },
    "dashboardArn",
    "arn:aws:cloudwatch::123456789012:dashboard/a",
  ],
  [
    "ecr/repository:Repository",
    { name: "a" },
    "repositoryUrl",
    "123456789012.dkr.ecr.us-east-1.amazonaws.com/a",
  ],
  [
    "ecs/taskDefinition:TaskDefinition",
    { family: "a" },
    "arnWithoutRevision",
    `arn:aws:ecs:${HERE}:task-definition/a`,
  ],
  [
    "lambda/function:Function",
    { name: "a" },
    "invokeArn",
    `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:${HERE}:function:a/invocations`,
  ],
  ["s3/bucket:Bucket", { bucket: "a" }, "bucketDomainName", "a.s3.amazonaws.com"],
  ["s3/bucket:Bucket", { bucket: "a" }, "bucketRegionalDomainName", "a.s3.us-east-1.amazonaws.com"],
  ["sqs/queue:Queue", { name: "a" }, "url", "https://sqs.us-east-1.amazonaws.com/123456789012/a"],
];

/** Type, inputs and id. Undefined: AWS or the provider chooses the id. */
const ids: readonly [type: string, inputs: Properties, id: string | undefined][] = [
  ["cloudwatch/eventTarget:EventTarget", { rule: "a", targetId: "b" }, "a-b"],
  ["cloudwatch/eventTarget:EventTarget", { rule: "a", targetId: "b", eventBusName: "c" }, "c-a-b"],
  [
    "dynamodb/contributorInsights:ContributorInsights",
    { tableName: "a" },
    "name:a/index:/123456789012",
  ],
  ["glue/catalogDatabase:CatalogDatabase", { name: "a" }, "123456789012:a"],
  [
    "glue/catalogDatabase:CatalogDatabase",
    { name: "a", catalogId: "210987654321" },
    "210987654321:a",
  ],
  ["iam/rolePolicy:RolePolicy", { role: "a", name: "b" }, "a:b"],
  ["lakeformation/lfTag:LfTag", { key: "a", values: ["b"] }, "123456789012:a"],
  ["lakeformation/permissions:Permissions", { principal: "a" }, undefined],
  ["s3/bucketAcl:BucketAcl", { bucket: "a", acl: "private" }, "a,private"],
  ["s3/bucketVersioning:BucketVersioning", { bucket: "a" }, "a"],
  [
    "s3/bucketVersioningV2:BucketVersioningV2",
    { bucket: "a", expectedBucketOwner: "123456789012" },
    "a,123456789012",
  ],
  ["sqs/queue:Queue", { name: "a" }, "https://sqs.us-east-1.amazonaws.com/123456789012/a"],
  ["ecs/taskDefinition:TaskDefinition", { family: "a" }, "a"],
  ["secretsmanager/secret:Secret", { name: "a" }, undefined],
];

/** ARNs in the place of names, which lead to other forms of ids and ARNs. */
const unknown: readonly [type: string, inputs: Properties][] = [
  ["lambda/alias:Alias", { name: "b", functionName: `arn:aws:lambda:${HERE}:function:a` }],
  [
    "cloudwatch/eventRule:EventRule",
    { name: "a", eventBusName: `arn:aws:events:${HERE}:event-bus/b` },
  ],
  [
    "s3/accessPoint:AccessPoint",
    { name: "a", bucket: `arn:aws:s3-outposts:${HERE}:outpost/b/bucket/c` },
  ],
];

describe("the ARNs and ids of resources", () => {
  const provider = madeUpProvider("us-east-1");

  const create = (type: string, inputs: Properties) =>
    provider.create({
      urn: `urn:pulumi:dev::shop::aws:${type}::a`,
      type: `aws:${type}`,
      name: "a",
      inputs,
    });

  for (const [type, inputs, arn] of arns)
    it(`give aws:${type} with ${JSON.stringify(inputs)} the ARN ${arn}`, async () => {
      assert.equal((await create(type, inputs)).outputs["arn"], arn);
    });

  for (const [type, inputs, output, value] of others)
    it(`give aws:${type} the ${output} ${value}`, async () => {
      assert.equal((await create(type, inputs)).outputs[output], value);
    });

  for (const [type, inputs, id] of ids)
    it(`give aws:${type} with ${JSON.stringify(inputs)} the id ${id ?? "that AWS chooses"}`, async () => {
      assert.equal((await create(type, inputs)).id, id);
    });

  for (const [type, inputs] of unknown)
    it(`leave that of aws:${type} with ${JSON.stringify(inputs)} unknown`, async () => {
      const { outputs } = await create(type, inputs);
      assert.equal(typeof outputs["arn"], "object");
    });
});
