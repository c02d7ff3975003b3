import { arn, arnParts, group, replacesDeliveryStream, text } from "../leaf";

/**
 * Source: IAM API, CreateRole. In the ARN of a role, Firehose accepts fewer characters than IAM, and
 * at most 512 of them: 400 leave room for the rest of the ARN.
 */
export const roles = group("RoleSettings", "The IAM roles that Firehose assumes.", {
  path: text(`IAM path of the roles, for policies that match on it. ${replacesDeliveryStream}`, {
    pattern: /^\/([\w+=,.@/-]{1,398}\/)?$/,
    allowed:
      "/, or up to 400 letters, digits and `_+=,.@-/` that begin and end with / such as /delivery/",
  }).default("/"),
  permissionsBoundaryArn: arn("Policy that limits the permissions of the roles.", {
    service: "iam",
    account: `(${arnParts.account}|aws)`,
    resource: "policy/[\\w+=,.@/-]*[\\w+=,.@-]",
    example: "arn:aws:iam::123456789012:policy/DeliveryBoundary",
  })
    .meta({ unset: "none" })
    .exactOptional(),
}).prefault({});
