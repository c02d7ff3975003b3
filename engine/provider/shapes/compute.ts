import { arn, type AwsShape, type AwsShapes, named } from "./shape";

const ofRegistry: AwsShape = { outputs: { registryId: "{account}" }, id: "{registryId}" };
const ofRepository: AwsShape = { outputs: { registryId: "{account}" }, id: "{repository}" };

/** AWS chooses the id, and the ARN contains it. It is known for a resource that is looked up. */
function chosen(service: string, kind: string): AwsShape {
  return { tagged: true, outputs: { arn: arn(service, `${kind}/{id}`) } };
}

/** Sources: Service Authorization Reference, "AWS Lambda", "Amazon ECS", "Amazon ECR", "Amazon EKS"; provider, "Import". */
export const computeShapes: AwsShapes = {
  "aws:ec2/securityGroup:SecurityGroup": { ...chosen("ec2", "security-group"), name: named(255) },
  "aws:ec2/subnet:Subnet": chosen("ec2", "subnet"),
  "aws:ec2/vpc:Vpc": chosen("ec2", "vpc"),
  "aws:ecr/accountSetting:AccountSetting": { name: named(255), id: "{name}" },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ofRepository,
  "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": {
    outputs: { registryId: "{account}" },
    id: "{ecrRepositoryPrefix}",
  },
  "aws:ecr/registryPolicy:RegistryPolicy": ofRegistry,
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": ofRegistry,
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": ofRegistry,
  "aws:ecr/repository:Repository": {
    name: named(256),
    tagged: true,
    outputs: {
      arn: arn("ecr", "repository/{name}"),
      registryId: "{account}",
      repositoryUrl: "{registryId}.dkr.ecr.{region}.{dnsSuffix}/{name}",
    },
    id: "{name}",
  },
  "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": {
    outputs: { registryId: "{account}" },
    id: "{prefix}",
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ofRepository,
  "aws:ecs/accountSettingDefault:AccountSettingDefault": { name: named(255) },
  "aws:ecs/capacityProvider:CapacityProvider": {
    name: named(255),
    tagged: true,
    outputs: { arn: arn("ecs", "capacity-provider/{name}") },
    id: "{arn}",
  },
  "aws:ecs/cluster:Cluster": {
    name: named(255),
    tagged: true,
    outputs: { arn: arn("ecs", "cluster/{name}") },
    id: "{arn}",
  },
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": { id: "{clusterName}" },
  "aws:ecs/service:Service": {
    name: named(255),
    tagged: true,
    outputs: {
      arn: [arn("ecs", "service/{cluster|base}/{name}"), arn("ecs", "service/default/{name}")],
    },
    id: "{arn}",
  },
  "aws:ecs/tag:Tag": { id: "{resourceArn},{key}" },
  // Its ARN ends with a revision.
  "aws:ecs/taskDefinition:TaskDefinition": {
    tagged: true,
    outputs: { arnWithoutRevision: arn("ecs", "task-definition/{family}") },
    id: "{family}",
  },
  "aws:ecs/taskSet:TaskSet": { tagged: true },
  "aws:eks/cluster:Cluster": {
    name: named(100),
    tagged: true,
    outputs: { arn: arn("eks", "cluster/{name}") },
    id: "{name}",
  },
  "aws:lambda/alias:Alias": {
    name: named(128),
    outputs: { arn: arn("lambda", "function:{functionName|plain}:{name}") },
    id: "{arn}",
  },
  "aws:lambda/codeSigningConfig:CodeSigningConfig": { tagged: true },
  "aws:lambda/eventSourceMapping:EventSourceMapping": { tagged: true },
  "aws:lambda/function:Function": {
    name: named(64),
    tagged: true,
    outputs: {
      arn: arn("lambda", "function:{name}"),
      invokeArn:
        "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations",
    },
    id: "{name}",
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    id: ["{functionName}:{qualifier}", "{functionName}"],
  },
  "aws:lambda/functionRecursionConfig:FunctionRecursionConfig": { id: "{functionName}" },
  "aws:lambda/functionUrl:FunctionUrl": {
    id: ["{functionName}/{qualifier}", "{functionName}"],
  },
  "aws:lambda/invocation:Invocation": {},
  // Its ARN ends with a version.
  "aws:lambda/layerVersion:LayerVersion": {
    outputs: { layerArn: arn("lambda", "layer:{layerName|plain}") },
  },
  "aws:lambda/permission:Permission": {
    name: { property: "statementId", maxLength: 100 },
    id: "{statementId}",
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": {
    id: "{functionName},{qualifier}",
  },
};
