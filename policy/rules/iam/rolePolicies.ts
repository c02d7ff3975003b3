import type { PolicyResource } from "@pulumi/policy";
import type { Statement } from "../../reading/policyStatement";
import { readPolicyDocument } from "../../reading/readPolicyDocument";
import { readEach, readValue, type Value } from "../../reading/value";
import {
  policyAttachmentType,
  rolePolicyAttachmentType,
  rolePolicyAttachmentsType,
  rolePolicyType,
} from "../../resourceTypes";
import { managedPolicies, roles } from "../../stack/link";
import type { Stack } from "../../stack/stack";

/** The identity policies of a role that the stack declares. */
export interface RolePolicies {
  /** The statements of each document. */
  readonly documents: readonly (readonly Statement[])[];
  /** Whether the update may reveal more documents of the stack. */
  readonly mayGrow: boolean;
  /** Whether it has managed policies that the stack does not declare. */
  readonly hasOthers: boolean;
}

/** The types that attach managed policies, with the properties for the role and for the policies. */
const attachments = [
  { type: rolePolicyAttachmentType, role: "role", policy: "policyArn" },
  { type: policyAttachmentType, role: "roles", policy: "policyArn" },
  { type: rolePolicyAttachmentsType, role: "roleName", policy: "policyArns" },
] as const;

/** Finds the inline policies of a role, and the declared managed policies that are attached to it. */
export function policiesOf(role: PolicyResource, stack: Stack): RolePolicies {
  const inline = stack.referrers(role, roles, [rolePolicyType], "role");
  const attached = attachments.map(({ type, role: path, policy }) => {
    const found = stack.referrers(role, roles, [type], path);
    return {
      ...found,
      links: found.certain.flatMap((one) => stack.links(one, policy, managedPolicies)),
    };
  });
  const links = [
    ...attached.flatMap((found) => found.links),
    ...stack.links(role, "managedPolicyArns", managedPolicies),
  ];
  const managed = links.flatMap((link) => (link.kind === "declared" ? [link.resource] : []));
  const values: readonly (Value | undefined)[] = [
    ...readEach(role.props, "inlinePolicies.policy"),
    ...[...inline.certain, ...managed].map(({ props }) => readValue(props, "policy")),
  ];
  return {
    documents: values.map((value) => readPolicyDocument(value)?.statements ?? []),
    hasOthers: links.some(({ kind }) => kind === "elsewhere"),
    mayGrow:
      [inline, ...attached].some(({ mayGrow }) => mayGrow) ||
      links.some(({ kind }) => kind === "unknown"),
  };
}
