import { arn, arnParts, group, text } from "../leaf";

/**
 * Source: IAM API, CreateRole. Firehose takes fewer characters in the ARN of a role, and 512 of them
 * at most: 400 leave room for the rest of the ARN.
 */
export const roles = group("RoleSettings", "The roles that Firehose acts as.", {
  path: text("Path of the roles, for policies that go by it.", {
    pattern: /^\/([\w+=,.@/-]{1,398}\/)?$/,
    allowed:
      "/, or up to 400 letters, digits and _ + = , . @ - / that begin and end with / such as /delivery/",
  }).default("/"),
  permissionsBoundaryArn: arn("Policy that bounds what the roles may ever do.", {
    service: "iam",
    account: `(${arnParts.account}|aws)`,
    resource: "policy/[\\w+=,.@/-]*[\\w+=,.@-]",
    example: "arn:aws:iam::123456789012:policy/DeliveryBoundary",
  })
    .meta({ unset: "none" })
    .exactOptional(),
}).prefault({});
