import type { Properties } from "../graph/resourceGraph";
import { partitionOf } from "../provider/partition";
import { type OfflineFunctions, requiredArgument, stringArgument } from "./functionCall";

/** Functions whose answer follows from the account, region and provider of the call. */
export const runFunctions: OfflineFunctions = {
  "aws:index/getCallerIdentity:getCallerIdentity": {
    outputs: ["accountId", "arn", "id", "userId"],
    answer: (_args, { account }) => ({ accountId: account, id: account }),
  },
  "aws:index/getRegion:getRegion": {
    outputs: ["description", "endpoint", "id", "name", "region"],
    answer(args, context) {
      const name =
        stringArgument(args, "region") ??
        stringArgument(args, "name") ??
        regionOfEndpoint(args) ??
        context.region;
      const endpoint = `ec2.${name}.${partitionOf(name).dnsSuffix}`;
      return { endpoint, id: name, name, region: name };
    },
  },
  "aws:index/getPartition:getPartition": {
    outputs: ["dnsSuffix", "id", "partition", "reverseDnsPrefix"],
    answer: (_args, { partition, dnsSuffix }) => ({
      dnsSuffix,
      id: partition,
      partition,
      reverseDnsPrefix: reversed(dnsSuffix),
    }),
  },
  "aws:index/getDefaultTags:getDefaultTags": {
    outputs: ["id", "tags"],
    answer: (_args, { partition, defaultTags }) => ({ id: partition, tags: defaultTags }),
  },
  "aws:index/getServicePrincipal:getServicePrincipal": {
    outputs: ["id", "name", "region", "serviceName", "suffix"],
    answer(args, { region }) {
      const serviceName = requiredArgument(args, "serviceName");
      const suffix = principalSuffix(serviceName, region);
      const name = `${serviceName}.${suffix}`;
      return { id: `${serviceName}.${region}.${suffix}`, name, region, serviceName, suffix };
    },
  },
  "aws:index/getService:getService": {
    outputs: [
      ...["dnsName", "id", "partition", "region", "reverseDnsName", "reverseDnsPrefix"],
      ...["serviceId", "supported"],
    ],
    answer(args, context) {
      const named = serviceName(args);
      const serviceId = named?.serviceId ?? stringArgument(args, "serviceId");
      if (serviceId === undefined)
        throw new Error('specify serviceId, dnsName or reverseDnsName, e.g. serviceId: "s3".');
      const region = named?.region ?? context.region;
      const reverseDnsPrefix =
        named?.prefix ?? stringArgument(args, "reverseDnsPrefix") ?? reversed(context.dnsSuffix);
      const reverseDnsName = `${reverseDnsPrefix}.${region}.${serviceId}`;
      return {
        ...{ id: reverseDnsName, region, serviceId, reverseDnsName, reverseDnsPrefix },
        dnsName: reversed(reverseDnsName).toLowerCase(),
        partition: partitionOf(region).partition,
      };
    },
  },
  "aws:index/getArn:getArn": {
    outputs: ["account", "arn", "id", "partition", "region", "resource", "service"],
    answer(args) {
      const arn = requiredArgument(args, "arn");
      const [, partition, service, region, account, resource] =
        /^arn:([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s.exec(arn) ?? [];
      if (partition === undefined || service === undefined || resource === undefined)
        throw new Error(
          `arn is "${arn}", which is not an ARN; allowed: arn:partition:service:region:account:resource.`,
        );
      return {
        ...{ account: account ?? "", arn, id: arn, partition },
        ...{ region: region ?? "", resource, service },
      };
    },
  },
};

function regionOfEndpoint(args: Properties): string | undefined {
  const endpoint = stringArgument(args, "endpoint");
  if (endpoint === undefined) return undefined;
  const region = /^ec2\.([a-z\d-]+)\.[a-z\d.-]+$/.exec(endpoint)?.[1];
  if (region === undefined)
    throw new Error(
      `endpoint is "${endpoint}"; allowed: an EC2 endpoint, e.g. ec2.us-east-1.amazonaws.com.`,
    );
  return region;
}

/** The parts of a service's name, e.g. of `com.amazonaws.us-west-2.s3`. */
function serviceName(args: Properties) {
  const dnsName = stringArgument(args, "dnsName");
  const given = dnsName ?? stringArgument(args, "reverseDnsName");
  if (given === undefined) return undefined;
  const parts = (dnsName === undefined ? given : reversed(dnsName)).split(".");
  if (parts.length < 4)
    throw new Error(
      `${given} has ${parts.length} parts; a service name has 4 or more, e.g. s3.us-east-1.amazonaws.com.`,
    );
  const [region, serviceId] = parts.slice(-2);
  return { prefix: parts.slice(0, -2).join("."), region, serviceId };
}

function reversed(name: string): string {
  return name.split(".").reverse().join(".");
}

/** Services whose principal has the host name of its partition; others have amazonaws.com everywhere. */
const OWN_SUFFIX: Readonly<Record<string, readonly string[]>> = {
  "aws-cn": ["codedeploy", "elasticmapreduce", "logs"],
  "aws-iso": ["cloudhsm", "config", "logs", "workspaces"],
  "aws-iso-b": ["dms", "logs"],
};

function principalSuffix(service: string, region: string): string {
  const { partition, dnsSuffix } = partitionOf(region);
  return OWN_SUFFIX[partition]?.includes(service) === true ? dnsSuffix : "amazonaws.com";
}
