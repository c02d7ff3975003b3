import { createHash } from "node:crypto";
import { type Properties, Unknown } from "../graph/resourceGraph";
import { type OfflineFunction, type OfflineFunctions, stringArgument } from "./functionCall";

/**
 * Lookups of which more is known than the types of the results, or of which programs need more than
 * unknown values. The outputs are those that are strings, for programs without installed types.
 */
export const lookups: OfflineFunctions = {
  // A program passes the id of the default VPC to getSubnets, and takes some of the subnets' ids.
  "aws:ec2/getVpc:getVpc": {
    ...unknownLookup(
      ...["arn", "cidrBlock", "dhcpOptionsId", "id", "instanceTenancy", "ipv6AssociationId"],
      ...["ipv6CidrBlock", "mainRouteTableId", "ownerId", "region", "state"],
    ),
    madeUp: ["id"],
    answer: (args, { region }) => ({ region, id: madeUpId("vpc", args), ...args }),
  },
  "aws:ec2/getSubnets:getSubnets": {
    ...unknownLookup("id", "region"),
    madeUp: ["ids"],
    answer: (args, { region }) => ({
      ...{ filters: [], tags: {}, region, ...args },
      ids: ["first", "second", "third"].map((which) => madeUpId("subnet", { ...args, which })),
    }),
  },
  "aws:ec2/getAmi:getAmi": unknownLookup(
    ...["architecture", "arn", "creationDate", "description", "id", "imageId", "imageLocation"],
    ...["name", "ownerId", "region", "rootDeviceName", "rootDeviceType", "virtualizationType"],
  ),
  "aws:route53/getZone:getZone": unknownLookup(
    ...["arn", "callerReference", "comment", "id", "name", "primaryNameServer", "zoneId"],
  ),
  "aws:s3/getCanonicalUserId:getCanonicalUserId": unknownLookup("displayName", "id"),
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": {
    ...unknownLookup(
      ...["authorizationToken", "expiresAt", "id", "password", "proxyEndpoint", "userName"],
    ),
    secret: ["authorizationToken", "password"],
    answer: (args, { region }) => ({ region, ...args, userName: "AWS" }),
  },
  "aws:secretsmanager/getSecretVersion:getSecretVersion": {
    ...unknownLookup("arn", "id", "region", "secretId", "secretString", "versionId"),
    secret: ["secretBinary", "secretString"],
  },
  "aws:ssm/getParameter:getParameter": {
    ...unknownLookup("arn", "id", "insecureValue", "name", "region", "type", "value"),
    secret: ["value"],
    madeUp: ["value"],
    answer(args, { region }) {
      const name = stringArgument(args, "name") ?? "";
      return { region, ...args, id: name, value: publicParameter(name) };
    },
  },
};

function unknownLookup(...outputs: readonly string[]): OfflineFunction {
  return { outputs, isLookup: true, answer: (_args, { region }) => namedRegion(outputs, region) };
}

/** Since version 7 of the provider, the results of regional lookups have their region. */
function namedRegion(outputs: readonly string[], region: string): Properties {
  return outputs.includes("region") ? { region } : {};
}

/** AWS publishes recommended images of ECS and others as JSON, which programs parse. */
function publicParameter(name: string) {
  const isImages = name.startsWith("/aws/service/") && name.endsWith("/recommended");
  return isImages ? JSON.stringify({ image_id: madeUpId("ami", { name }) }) : new Unknown();
}

/** Looks like an id of EC2, and is the same in every run. */
function madeUpId(begin: string, args: Properties): string {
  const hash = createHash("sha256").update(JSON.stringify(args)).digest("hex");
  return `${begin}-0${hash.slice(0, 16)}`;
}
