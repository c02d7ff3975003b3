import { isOfCloudWatchLogs, knownSteps, type TargetProcessing } from "./processing";
import type { Target, TargetDelivery, TargetEntry, TargetLake, TargetTable } from "./target";

/** Outputs of a deployed stack. */
export type StackOutputs = Readonly<Record<string, unknown>>;

/** The pipeline that a deployed stack exports, as this project's program does. */
export function outputsTarget(outputs: StackOutputs, stack: string): Target {
  return {
    title: `The stack "${stack}"`,
    entry: () => entryOf(outputs, stack),
    lake: () => lakeOf(outputs, stack),
    delivery: () => deliveryOf(outputs, stack),
    table: () => tableOf(outputs),
  };
}

function entryOf(outputs: StackOutputs, stack: string): TargetEntry {
  const region = stringOutput(outputs, "region", stack);
  const name = stringOutput(outputs, "streamName", stack);
  const { recordCompression = "none" } = outputs;
  if (recordCompression === "none" || recordCompression === "GZIP")
    return {
      ...{ type: "stream", name, region },
      recordCompression: isOfCloudWatchLogs(processingOf(outputs)) ? "GZIP" : recordCompression,
    };
  const found = JSON.stringify(recordCompression);
  throw new Error(
    `The output recordCompression of stack "${stack}" is ${found}; it must be none or GZIP.`,
  );
}

function lakeOf(outputs: StackOutputs, stack: string): TargetLake {
  const output = (name: string): string => stringOutput(outputs, name, stack);
  const delimiter = output("delimiter");
  if (delimiter !== "newline" && delimiter !== "none") {
    throw new Error(`Stack "${stack}" has delimiter "${delimiter}"; it must be newline or none.`);
  }
  return {
    bucket: output("bucketName"),
    prefix: output("prefix"),
    errorPrefix: output("errorPrefix"),
    timeZone: output("timeZone"),
    delimiter,
    region: output("region"),
    processing: processingOf(outputs),
  };
}

/** Stacks that an older version has deployed do not have these outputs. */
function processingOf(outputs: StackOutputs): TargetProcessing {
  const { bufferIntervalSeconds, processing } = outputs;
  return {
    ...(typeof bufferIntervalSeconds === "number" && { bufferSeconds: bufferIntervalSeconds }),
    ...(Array.isArray(processing) && { steps: knownSteps(processing) }),
  };
}

function deliveryOf(outputs: StackOutputs, stack: string): TargetDelivery {
  const optional = (name: string) => optionalOutput(outputs, name);
  const given = {
    stream: optional("streamName"),
    bucket: optional("bucketName"),
    prefix: optional("prefix"),
    errorPrefix: optional("errorPrefix"),
    logGroup: optional("logGroupName"),
    alarms: alarmNames(outputs["alarmArns"]),
  };
  const { sourceRoleArn, deliveryRoleArn } = outputs;
  return {
    name: stringOutput(outputs, "deliveryStreamName", stack),
    region: stringOutput(outputs, "region", stack),
    ...defined(given),
    // The roles that the component creates are two.
    existingRole: sourceRoleArn !== undefined && sourceRoleArn === deliveryRoleArn,
  };
}

/** @param arns by the names of the alarms in the settings */
function alarmNames(arns: unknown): readonly string[] | undefined {
  if (typeof arns !== "object" || arns === null) return undefined;
  return Object.values(arns).flatMap((arn) => {
    const [, name] = typeof arn === "string" ? arn.split(":alarm:") : [];
    return name === undefined ? [] : [name];
  });
}

type Defined<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> };

/** The members that have a value. */
function defined<T extends object>(members: T): Defined<T> {
  const known = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Defined<T>;
}

function tableOf(outputs: StackOutputs): TargetTable {
  const known = (name: string) => optionalOutput(outputs, name);
  const [name, database] = [known("athenaTableName"), known("athenaDatabaseName")];
  const region = known("region");
  return {
    ...(name !== undefined && { name }),
    ...(database !== undefined && { database }),
    ...(region !== undefined && { region }),
  };
}

function optionalOutput(outputs: StackOutputs, name: string): string | undefined {
  const value = outputs[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** @throws Error if the stack has no such output, or if it is not a string */
function stringOutput(outputs: StackOutputs, name: string, stack: string): string {
  const value = outputs[name];
  if (typeof value === "string") return value;
  const names = Object.keys(outputs).join(", ");
  throw new Error(
    names === ""
      ? `Stack "${stack}" has no outputs. Deploy it first: pulumi up --stack ${stack}`
      : `Stack "${stack}" has no output "${name}" that is a string; its outputs are ${names}.`,
  );
}
