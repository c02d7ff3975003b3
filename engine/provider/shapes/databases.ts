import { arn, type AwsShape, type AwsShapes, globalArn, named } from "./shape";

/** A part of Amazon Redshift, whose ARN contains its name behind a colon. */
function redshift(kind: string, property: string): AwsShape {
  return {
    tagged: true,
    outputs: { arn: arn("redshift", `${kind}:{${property}}`) },
    id: `{${property}}`,
  };
}

const ofCluster: AwsShape = { id: "{clusterIdentifier}" };

/** Its id is its name, which is not unique among types. */
const serverlessPolicy: AwsShape = { name: named(32), id: "{name}" };

/** Sources: Service Authorization Reference, "Amazon DynamoDB", "Amazon OpenSearch Service", "Amazon Redshift"; provider, "Import". */
export const databaseShapes: AwsShapes = {
  "aws:dynamodb/contributorInsights:ContributorInsights": {
    id: ["name:{tableName}/index:{indexName}/{account}", "name:{tableName}/index:/{account}"],
  },
  "aws:dynamodb/globalTable:GlobalTable": {
    name: named(255),
    outputs: { arn: globalArn("dynamodb", "global-table/{name}") },
    id: "{name}",
  },
  "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination": {
    id: "{tableName},{streamArn}",
  },
  "aws:dynamodb/resourcePolicy:ResourcePolicy": { id: "{resourceArn}" },
  // The ARN of its stream ends with a timestamp.
  "aws:dynamodb/table:Table": {
    name: named(255),
    tagged: true,
    outputs: { arn: arn("dynamodb", "table/{name}") },
    id: "{name}",
  },
  "aws:dynamodb/tableExport:TableExport": {},
  "aws:dynamodb/tableItem:TableItem": {},
  "aws:dynamodb/tag:Tag": { id: "{resourceArn},{key}" },
  "aws:elasticsearch/domain:Domain": {
    name: { property: "domainName", maxLength: 28, lowerCase: true },
    tagged: true,
    outputs: { arn: arn("es", "domain/{domainName}") },
    id: "{arn}",
  },
  "aws:elasticsearch/domainPolicy:DomainPolicy": { id: "esd-policy-{domainName}" },
  "aws:opensearch/domain:Domain": {
    name: { property: "domainName", maxLength: 28 },
    tagged: true,
    outputs: { arn: arn("es", "domain/{domainName}") },
    id: "{arn}",
  },
  "aws:opensearch/domainPolicy:DomainPolicy": { id: "esd-policy-{domainName}" },
  "aws:opensearch/domainSamlOptions:DomainSamlOptions": { id: "{domainName}" },
  "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy": serverlessPolicy,
  "aws:opensearch/serverlessCollection:ServerlessCollection": { name: named(32), tagged: true },
  "aws:opensearch/serverlessLifecyclePolicy:ServerlessLifecyclePolicy": serverlessPolicy,
  "aws:opensearch/serverlessSecurityConfig:ServerlessSecurityConfig": {
    name: named(32),
    id: "{type}/{account}/{name}",
  },
  "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy": serverlessPolicy,
  "aws:opensearch/serverlessVpcEndpoint:ServerlessVpcEndpoint": { name: named(32) },
  "aws:redshift/authenticationProfile:AuthenticationProfile": { id: "{authenticationProfileName}" },
  "aws:redshift/cluster:Cluster": redshift("cluster", "clusterIdentifier"),
  "aws:redshift/clusterIamRoles:ClusterIamRoles": ofCluster,
  "aws:redshift/clusterSnapshot:ClusterSnapshot": {
    tagged: true,
    outputs: { arn: arn("redshift", "snapshot:{clusterIdentifier}/{snapshotIdentifier}") },
    id: "{snapshotIdentifier}",
  },
  "aws:redshift/endpointAccess:EndpointAccess": { id: "{endpointName}" },
  "aws:redshift/eventSubscription:EventSubscription": {
    ...redshift("eventsubscription", "name"),
    name: named(255),
  },
  "aws:redshift/hsmClientCertificate:HsmClientCertificate": redshift(
    "hsmclientcertificate",
    "hsmClientCertificateIdentifier",
  ),
  "aws:redshift/hsmConfiguration:HsmConfiguration": redshift(
    "hsmconfiguration",
    "hsmConfigurationIdentifier",
  ),
  "aws:redshift/logging:Logging": ofCluster,
  "aws:redshift/parameterGroup:ParameterGroup": {
    ...redshift("parametergroup", "name"),
    name: named(255),
  },
  "aws:redshift/scheduledAction:ScheduledAction": { name: named(60), id: "{name}" },
  "aws:redshift/snapshotCopy:SnapshotCopy": ofCluster,
  "aws:redshift/snapshotCopyGrant:SnapshotCopyGrant": redshift(
    "snapshotcopygrant",
    "snapshotCopyGrantName",
  ),
  "aws:redshift/snapshotSchedule:SnapshotSchedule": redshift("snapshotschedule", "identifier"),
  "aws:redshift/snapshotScheduleAssociation:SnapshotScheduleAssociation": {
    id: "{clusterIdentifier}/{scheduleIdentifier}",
  },
  "aws:redshift/subnetGroup:SubnetGroup": { ...redshift("subnetgroup", "name"), name: named(255) },
  "aws:redshift/usageLimit:UsageLimit": {
    tagged: true,
    outputs: { arn: arn("redshift", "usagelimit:{id}") },
  },
  // The ARNs of namespaces and workgroups end with a UUID.
  "aws:redshiftserverless/endpointAccess:EndpointAccess": { id: "{endpointName}" },
  "aws:redshiftserverless/namespace:Namespace": { tagged: true, id: "{namespaceName}" },
  "aws:redshiftserverless/snapshot:Snapshot": { id: "{snapshotName}" },
  "aws:redshiftserverless/workgroup:Workgroup": { tagged: true, id: "{workgroupName}" },
};
