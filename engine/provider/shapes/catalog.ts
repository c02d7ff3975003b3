import { arn, type AwsShape, type AwsShapes, named, type PhysicalName } from "./shape";

/** Athena accepts lower case letters, digits and underscores. */
const sqlName: PhysicalName = {
  ...named(255),
  lowerCase: true,
  separator: "_",
  random: "8 letters",
};

/** Glue's resources whose name is their id. */
function glue(kind: string, maxLength = 255): AwsShape {
  return {
    name: named(maxLength),
    tagged: true,
    outputs: { arn: arn("glue", `${kind}/{name}`) },
    id: "{name}",
  };
}

/** What a catalog contains. Its id begins with that of the catalog, which is an account. */
function inCatalog(resource: string, id: string): AwsShape {
  return {
    outputs: { catalogId: "{account}", arn: arn("glue", resource) },
    id: `{catalogId}:${id}`,
  };
}

/** The id is a hash of all inputs, or AWS chooses it. */
const chosen: AwsShape = {};

/** Sources: Service Authorization Reference, "AWS Glue", "Amazon Athena"; provider, "Import". */
export const catalogShapes: AwsShapes = {
  "aws:athena/capacityReservation:CapacityReservation": {
    name: named(128),
    tagged: true,
    outputs: { arn: arn("athena", "capacity-reservation/{name}") },
    id: "{name}",
  },
  "aws:athena/dataCatalog:DataCatalog": {
    name: named(256),
    tagged: true,
    outputs: { arn: arn("athena", "datacatalog/{name}") },
    id: "{name}",
  },
  "aws:athena/database:Database": { name: { ...named(255), separator: "_" }, id: "{name}" },
  "aws:athena/namedQuery:NamedQuery": { ...chosen, name: named(128) },
  "aws:athena/preparedStatement:PreparedStatement": {
    name: named(256),
    id: "{workgroup}/{name}",
  },
  "aws:athena/workgroup:Workgroup": {
    name: named(128),
    tagged: true,
    outputs: { arn: arn("athena", "workgroup/{name}") },
    id: "{name}",
  },
  "aws:glue/catalogDatabase:CatalogDatabase": {
    ...inCatalog("database/{name}", "{name}"),
    name: sqlName,
    tagged: true,
  },
  "aws:glue/catalogTable:CatalogTable": {
    ...inCatalog("table/{databaseName}/{name}", "{databaseName}:{name}"),
    name: sqlName,
  },
  "aws:glue/classifier:Classifier": { name: named(255), id: "{name}" },
  "aws:glue/connection:Connection": {
    ...inCatalog("connection/{name}", "{name}"),
    name: named(255),
    tagged: true,
  },
  "aws:glue/crawler:Crawler": glue("crawler"),
  "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings": {
    outputs: { catalogId: "{account}" },
    id: "{catalogId}",
  },
  "aws:glue/dataQualityRuleset:DataQualityRuleset": glue("dataQualityRuleset"),
  "aws:glue/devEndpoint:DevEndpoint": glue("devEndpoint"),
  "aws:glue/job:Job": glue("job"),
  "aws:glue/mLTransform:MLTransform": { ...chosen, name: named(255), tagged: true },
  "aws:glue/partition:Partition": { outputs: { catalogId: "{account}" } },
  "aws:glue/partitionIndex:PartitionIndex": { outputs: { catalogId: "{account}" } },
  "aws:glue/registry:Registry": {
    tagged: true,
    outputs: { arn: arn("glue", "registry/{registryName}") },
    id: "{arn}",
  },
  "aws:glue/resourcePolicy:ResourcePolicy": { id: "{region}" },
  "aws:glue/schema:Schema": {
    tagged: true,
    outputs: {
      registryName: ["{registryArn|base}", "default-registry"],
      arn: arn("glue", "schema/{registryName}/{schemaName}"),
    },
    id: "{arn}",
  },
  "aws:glue/securityConfiguration:SecurityConfiguration": { name: named(255), id: "{name}" },
  "aws:glue/trigger:Trigger": glue("trigger"),
  "aws:glue/userDefinedFunction:UserDefinedFunction": {
    ...inCatalog("userDefinedFunction/{databaseName}/{name}", "{databaseName}:{name}"),
    name: named(255),
  },
  "aws:glue/workflow:Workflow": glue("workflow"),
  "aws:lakeformation/dataCellsFilter:DataCellsFilter": chosen,
  "aws:lakeformation/dataLakeSettings:DataLakeSettings": chosen,
  "aws:lakeformation/lfTag:LfTag": {
    outputs: { catalogId: "{account}" },
    id: "{catalogId}:{key}",
  },
  "aws:lakeformation/optIn:OptIn": chosen,
  "aws:lakeformation/permissions:Permissions": chosen,
  "aws:lakeformation/resource:Resource": { id: "{arn}" },
  "aws:lakeformation/resourceLfTag:ResourceLfTag": chosen,
  "aws:lakeformation/resourceLfTags:ResourceLfTags": chosen,
};
