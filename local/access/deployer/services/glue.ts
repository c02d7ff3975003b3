import { type DeployedTypes, providerFile } from "../deployedType";

// A call for a table needs permission for its database and the catalog as well. AWS Glue Developer Guide,
// "Specifying AWS Glue resource ARNs".
const catalog = "arn:{partition}:glue:{region}:{account}:catalog";

function database(name: string): string {
  return `arn:{partition}:glue:{region}:{account}:database/{${name}}`;
}

export const glueTypes: DeployedTypes = {
  "aws:glue/catalogDatabase:CatalogDatabase": {
    source: providerFile("glue/catalog_database.go"),
    calls: [
      {
        on: [catalog, database("name")],
        create: ["glue:CreateDatabase"],
        read: ["glue:GetDatabase"],
        update: ["glue:UpdateDatabase"],
        delete: ["glue:DeleteDatabase"],
      },
      {
        on: database("name"),
        create: ["glue:TagResource"],
        read: ["glue:GetTags"],
        update: ["glue:TagResource", "glue:UntagResource"],
      },
      {
        on: [
          "arn:{partition}:glue:{region}:{account}:table/{name}/*",
          "arn:{partition}:glue:{region}:{account}:userDefinedFunction/{name}/*",
        ],
        delete: ["glue:DeleteDatabase"],
      },
    ],
  },
  "aws:glue/catalogTable:CatalogTable": {
    source: providerFile("glue/catalog_table.go"),
    calls: [
      {
        on: [
          catalog,
          database("databaseName"),
          "arn:{partition}:glue:{region}:{account}:table/{databaseName}/{name}",
        ],
        create: ["glue:CreateTable"],
        read: ["glue:GetTable", "glue:GetPartitionIndexes"],
        update: ["glue:UpdateTable"],
        delete: ["glue:DeleteTable"],
      },
    ],
  },
};
