import { type AwsShape, type AwsShapes, globalArn, named } from "./shape";

/** A user, role or the like: its name is its id, and its path is part of its ARN. */
function identity(kind: string, maxLength: number): AwsShape {
  return {
    name: named(maxLength),
    outputs: { path: "/", arn: globalArn("iam", `${kind}{path}{name}`) },
    id: "{name}",
    global: true,
  };
}

function inlinePolicy(owner: string): AwsShape {
  return { name: named(128), id: `{${owner}}:{name}`, global: true };
}

function exclusive(owner: string): AwsShape {
  return { id: `{${owner}}`, global: true };
}

/** What AWS or the provider chooses at random: key ids, timestamps, hashes. */
const chosen: AwsShape = { global: true };

/** Sources: Service Authorization Reference, "AWS Identity and Access Management"; provider, "Import". */
export const iamShapes: AwsShapes = {
  "aws:iam/accessKey:AccessKey": chosen,
  "aws:iam/accountAlias:AccountAlias": { id: "{accountAlias}", global: true },
  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
    id: "iam-account-password-policy",
    global: true,
  },
  "aws:iam/group:Group": identity("group", 128),
  "aws:iam/groupMembership:GroupMembership": { name: named(255), id: "{name}", global: true },
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": exclusive("groupName"),
  "aws:iam/groupPolicy:GroupPolicy": inlinePolicy("group"),
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": chosen,
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": exclusive("groupName"),
  "aws:iam/instanceProfile:InstanceProfile": { ...identity("instance-profile", 128), tagged: true },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    tagged: true,
    outputs: { arn: globalArn("iam", "oidc-provider/{url|host}") },
    id: "{arn}",
    global: true,
  },
  "aws:iam/policy:Policy": { ...identity("policy", 128), tagged: true, id: "{arn}" },
  "aws:iam/policyAttachment:PolicyAttachment": { name: named(255), id: "{name}", global: true },
  "aws:iam/role:Role": { ...identity("role", 64), tagged: true },
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": exclusive("roleName"),
  "aws:iam/rolePolicy:RolePolicy": inlinePolicy("role"),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { id: "{role}/{policyArn}", global: true },
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": exclusive("roleName"),
  "aws:iam/samlProvider:SamlProvider": {
    name: named(128),
    tagged: true,
    outputs: { arn: globalArn("iam", "saml-provider/{name}") },
    id: "{arn}",
    global: true,
  },
  "aws:iam/serverCertificate:ServerCertificate": {
    name: named(128),
    tagged: true,
    outputs: { path: "/", arn: globalArn("iam", "server-certificate{path}{name}") },
    global: true,
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": { ...chosen, tagged: true },
  "aws:iam/sshKey:SshKey": chosen,
  "aws:iam/user:User": { ...identity("user", 64), tagged: true },
  "aws:iam/userGroupMembership:UserGroupMembership": chosen,
  "aws:iam/userLoginProfile:UserLoginProfile": { id: "{user}", global: true },
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": exclusive("userName"),
  "aws:iam/userPolicy:UserPolicy": inlinePolicy("user"),
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": chosen,
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": exclusive("userName"),
};
