import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import type { FirehoseIdentity, RoleSession } from "./firehoseIdentity";
import { directCallContext } from "./requestContext";

/** The requests of a delivery stream for the schema of converted records; all empty without conversion. */
export interface TableRequests {
  readonly getTable: readonly AccessRequest[];
  readonly getTableVersion: readonly AccessRequest[];
  readonly getTableVersions: readonly AccessRequest[];
}

/**
 * AWS Glue evaluates each request for the table, its database and its catalog.
 *
 * Sources: Amazon Data Firehose Developer Guide, "Grant Firehose access to AWS Glue for data format
 * conversion" (actions); AWS Glue Developer Guide, "Specifying AWS Glue resource ARNs" (resources);
 * Service Authorization Reference, "Condition keys for AWS Glue" (none applies to a table).
 */
export function tableRequests({ schemaTable, arn }: FirehoseIdentity): TableRequests {
  if (schemaTable === undefined) return { getTable: [], getTableVersion: [], getTableVersions: [] };
  const { databaseName, tableName, roleArn } = schemaTable;
  const own = parseArn(arn);
  const { catalogId = own.account, region = own.region } = schemaTable;
  const caller: RoleSession = { roleArn, sessionName: "Firehose" };
  const context = directCallContext(caller, region);
  const resources = ["catalog", `database/${databaseName}`, `table/${databaseName}/${tableName}`];
  const call = (operation: string): readonly AccessRequest[] =>
    resources.map((resource) => ({
      caller,
      action: `glue:${operation}`,
      resource: `arn:${own.partition}:glue:${region}:${catalogId}:${resource}`,
      context,
    }));
  return {
    getTable: call("GetTable"),
    getTableVersion: call("GetTableVersion"),
    getTableVersions: call("GetTableVersions"),
  };
}
