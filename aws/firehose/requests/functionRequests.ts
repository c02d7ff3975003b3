import { parseArn } from "../../../components/iam/arn";
import type { AccessRequest } from "../../iam/accessRequest";
import type { Processor } from "../features/processorFeature";
import type { FirehoseIdentity, InvokedFunction, RoleSession } from "./firehoseIdentity";
import { directCallContext } from "./requestContext";

/** The requests of a delivery stream for its function; all empty without one. */
export interface FunctionRequests {
  readonly getFunctionConfiguration: readonly AccessRequest[];
  readonly invokeFunction: readonly AccessRequest[];
}

/**
 * Lambda evaluates a request for the function exactly as it is named: without a qualifier, or with its
 * version or alias.
 *
 * Sources: Amazon Data Firehose Developer Guide, "Grant Firehose access to an Amazon S3 destination" (both
 * actions); AWS Lambda Developer Guide, "Identity-based IAM policies for
 * Lambda" (qualifiers).
 */
export function functionRequests({ transformation, arn }: FirehoseIdentity): FunctionRequests {
  const call = (operation: string): readonly AccessRequest[] =>
    transformation ? [request(transformation, arn, operation, transformation.functionArn)] : [];
  return {
    getFunctionConfiguration: call("GetFunctionConfiguration"),
    invokeFunction: call("InvokeFunction"),
  };
}

/** The same requests for the latest version of a function that is declared without one. */
export function latestVersionRequests({
  transformation,
  arn,
}: FirehoseIdentity): readonly AccessRequest[] {
  if (transformation === undefined || isQualified(transformation.functionArn)) return [];
  const latest = `${transformation.functionArn}:$LATEST`;
  return ["GetFunctionConfiguration", "InvokeFunction"].map((operation) =>
    request(transformation, arn, operation, latest),
  );
}

/** The function among these processors. The role of the destination invokes it unless it has another. */
export function transformationIn(
  processors: readonly Processor[],
  deliveryRoleArn: string,
): InvokedFunction | undefined {
  const lambda = processors.find((processor) => processor.type === "Lambda");
  if (lambda === undefined) return undefined;
  const { functionArn, roleArn = deliveryRoleArn } = lambda;
  return { functionArn, roleArn };
}

function request(
  { roleArn }: InvokedFunction,
  deliveryStreamArn: string,
  operation: string,
  resource: string,
): AccessRequest {
  const caller: RoleSession = { roleArn, sessionName: "Firehose" };
  const { region } = parseArn(deliveryStreamArn);
  const context = directCallContext(caller, region);
  return { caller, action: `lambda:${operation}`, resource, context };
}

/** Whether an ARN contains a version or an alias: `function:name:qualifier`. */
function isQualified(functionArn: string): boolean {
  return parseArn(functionArn).resource.split(":").length > 2;
}
