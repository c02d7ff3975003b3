import { iamPoliciesGrantNoAdministration } from "../../../policy/rules/iam/iamPoliciesGrantNoAdministration";
import { iamPoliciesGrantNoEscalation } from "../../../policy/rules/iam/iamPoliciesGrantNoEscalation";
import { iamRolesArePassedByName } from "../../../policy/rules/iam/iamRolesArePassedByName";
import { unknown } from "../../../policy/testing";
import type { PolicyTable } from "../policyTable";
import { allow, everywhere, good, object, reporting, shared } from "./identityPolicies";

const roleArn = "arn:aws:iam::123456789012:role/app";
const anyRole = "arn:aws:iam::123456789012:role/*";

const makesAdministrator = (Action: unknown, Resource: unknown) => ({
  resources: allow({ Action, Resource }),
  messages: [/Statement\[0\] allows every action on every resource: specify actions and ARNs/],
});

export const iamPoliciesGrantNoAdministrationTable: PolicyTable = {
  policy: iamPoliciesGrantNoAdministration,
  pass: {
    ...shared.pass,
    "every action on a resource": { resources: allow({ Action: "*" }) },
    "an action on every resource": { resources: allow({ Resource: "*" }) },
    "all actions of a service": {
      resources: allow({ Action: "s3:*", Resource: "arn:aws:s3:::*" }),
    },
    "NotAction, which other rules evaluate": {
      resources: allow({ Action: undefined, NotAction: "iam:*", Resource: "*" }),
    },
  },
  fail: {
    ...reporting.fail,
    ...everywhere({ ...good, Action: "*", Resource: "*" }, /Statement\[1\] allows every action on/),
    "both among other elements": makesAdministrator(["s3:GetObject", "*"], [roleArn, "*"]),
    "every action of every service": makesAdministrator("*:*", "**"),
    "every ARN": makesAdministrator("*", "arn:*"),
    "every ARN of a partition": makesAdministrator("*", "arn:aws:*:*:*:*"),
  },
  undecided: {
    ...shared.undecided,
    "an unknown action on every resource": {
      resources: object({ ...good, Action: unknown, Resource: "*" }),
      what: "policy",
    },
    "administration whose Effect is unknown": {
      resources: object({ Effect: unknown, Action: "*", Resource: "*" }),
      what: "policy",
    },
  },
  notApplicable: reporting.notApplicable,
};

const wholeService = /every action of a service is allowed, which iam-actions-are-specific reports/;

const passesAnyRole = (Action: unknown, Resource: unknown = "*") => ({
  resources: allow({ Action, Resource }),
  messages: [/Statement\[0\] allows iam:PassRole on any role: specify the ARNs of the roles/],
});

export const iamRolesArePassedByNameTable: PolicyTable = {
  policy: iamRolesArePassedByName,
  pass: {
    ...shared.pass,
    "a role that is named": { resources: allow({ Action: "iam:PassRole", Resource: roleArn }) },
    "roles with a common name": {
      resources: allow({ Action: "iam:PassRole", Resource: `${roleArn}-*` }),
    },
    "other actions of IAM": { resources: allow({ Action: "iam:GetRole", Resource: "*" }) },
    "every action, which other rules evaluate": {
      resources: allow({ Action: "*", Resource: "*" }),
    },
  },
  fail: {
    ...everywhere(
      { ...good, Action: "iam:PassRole", Resource: "*" },
      /Statement\[1\] allows iam:PassRole on any role/,
    ),
    "any role of an account": passesAnyRole("iam:PassRole", [roleArn, anyRole]),
    "the action in another case": passesAnyRole("IAM:passrole"),
    "the action in a pattern": passesAnyRole(["s3:GetObject", "iam:Pass*"]),
    "the action next to all of another service": passesAnyRole(["s3:*", "iam:PassRole"]),
    "any role for one service": {
      resources: allow({
        Action: "iam:PassRole",
        Resource: "*",
        Condition: { StringEquals: { "iam:PassedToService": "firehose.amazonaws.com" } },
      }),
      messages: [/on any role/],
    },
  },
  undecided: {
    ...shared.undecided,
    "an unknown role": {
      resources: object({ ...good, Action: "iam:PassRole", Resource: unknown }),
      what: "policy",
    },
  },
  notApplicable: {
    ...shared.notApplicable,
    "all of IAM, which another rule reports": {
      resources: allow({ Action: "iam:*", Resource: "*" }),
      reason: wholeService,
    },
  },
};

const passing = { ...good, Action: "iam:PassRole", Resource: "*" };
const running = { ...good, Action: ["lambda:CreateFunction", "lambda:InvokeFunction"] };
const passingTo = (service: unknown) => ({
  ...passing,
  Condition: { StringEquals: { "iam:PassedToService": service } },
});
const bounded = (key: string, value: unknown) => ({
  ...good,
  Action: "iam:AttachRolePolicy",
  Resource: anyRole,
  Condition: { StringEquals: { [key]: value } },
});
const boundary = "arn:aws:iam::123456789012:policy/boundary";
const byLambda =
  /policy: allows privilege escalation by iam:PassRole with lambda:CreateFunction with lambda:InvokeFunction: remove/;

export const iamPoliciesGrantNoEscalationTable: PolicyTable = {
  policy: iamPoliciesGrantNoEscalation,
  pass: {
    ...shared.pass,
    "only passing a role": { resources: object(passing) },
    "only running functions": { resources: object(running) },
    "functions with a role that is named": {
      resources: object({ ...passing, Resource: roleArn }, running),
    },
    "functions, and roles for another service": {
      resources: object(passingTo("firehose.amazonaws.com"), running),
    },
    "policies of a role that is named": {
      resources: allow({
        Action: ["iam:PutRolePolicy", "iam:AttachRolePolicy"],
        Resource: roleArn,
      }),
    },
    "policies of roles with a boundary": {
      resources: object(bounded("iam:PermissionsBoundary", boundary)),
    },
    "policies that are named": { resources: object(bounded("iam:PolicyARN", [boundary])) },
    "policies of the account's own path, and of an account in a policy variable": {
      resources: object(
        bounded("iam:PolicyARN", [
          "arn:aws:iam::123456789012:policy/team/*",
          "arn:aws:iam::${aws:PrincipalAccount}:policy/team/*",
        ]),
      ),
    },
    "an action that a Deny takes away": {
      resources: object(
        { ...good, Action: "iam:AttachRolePolicy", Resource: anyRole },
        { Effect: "Deny", Action: "iam:*", Resource: "*" },
      ),
    },
    "policies of roles without a boundary that a Deny takes away": {
      resources: object(
        { ...good, Action: "iam:AttachRolePolicy", Resource: anyRole },
        {
          Effect: "Deny",
          Action: "iam:Attach*",
          Resource: "*",
          Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundary } },
        },
      ),
    },
    "a function with any role, which a Deny takes away": {
      resources: object(passing, running, { ...running, Effect: "Deny", Resource: "*" }),
    },
    "reading IAM": { resources: allow({ Action: ["iam:Get*", "iam:List*"], Resource: "*" }) },
    "every action, which other rules evaluate": {
      resources: allow({ Action: "*", Resource: "*" }),
    },
  },
  fail: {
    "a statement that attaches policies": {
      resources: allow({ Action: "iam:AttachRolePolicy", Resource: "*" }),
      messages: [/allows privilege escalation by iam:AttachRolePolicy: remove an action/],
    },
    "new versions of any policy": {
      resources: allow({
        Action: "iam:CreatePolicyVersion",
        Resource: "arn:aws:iam::123456789012:policy/*",
      }),
      messages: [/by iam:CreatePolicyVersion:/],
    },
    "a function with any role": { resources: object(passing, running), messages: [byLambda] },
    "a function with any role, in one statement": {
      resources: allow({ Action: ["iam:PassRole", ...running.Action], Resource: "*" }),
      messages: [byLambda],
    },
    "a function with any role for Lambda": {
      resources: object(passingTo(["firehose.amazonaws.com", "lambda.amazonaws.com"]), running),
      messages: [byLambda],
    },
    "a boundary that matches everything": {
      resources: object({
        ...bounded("iam:PermissionsBoundary", "*"),
        Condition: { StringLike: { "iam:PermissionsBoundary": "*" } },
      }),
      messages: [/by iam:AttachRolePolicy:/],
    },
    ...Object.fromEntries(
      [
        "arn:aws:iam::aws:policy/*",
        "arn:aws:iam::aws:policy/AdministratorAccess",
        "arn:aws:iam::123456789012:policy/*",
        "arn:aws:iam::*:policy/team/*",
      ].map((value) => [
        `policies that include too much: ${value}`,
        {
          resources: object({
            ...bounded("iam:PolicyARN", value),
            Condition: { ArnLike: { "iam:PolicyARN": value } },
          }),
          messages: [/by iam:AttachRolePolicy:/],
        },
      ]),
    ),
    "any boundary of a form": {
      resources: object({
        ...bounded("iam:PermissionsBoundary", ""),
        Condition: { ArnLike: { "iam:PermissionsBoundary": `${boundary}*` } },
      }),
      messages: [/by iam:AttachRolePolicy:/],
    },
    "an action that a Deny takes away only without TLS": {
      resources: object(
        { ...good, Action: "iam:AttachRolePolicy", Resource: anyRole },
        {
          Effect: "Deny",
          Action: "iam:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ),
      messages: [/by iam:AttachRolePolicy:/],
    },
    "many ways, with the first three": {
      resources: allow({ Action: ["iam:Add*", "iam:Attach*", "iam:Put*"], Resource: "*" }),
      messages: [
        /by iam:AddUserToGroup, iam:AttachGroupPolicy, iam:AttachRolePolicy and 4 more ways: remove/,
      ],
    },
    "a way next to all of a service, which another rule reports": {
      resources: allow({ Action: ["iam:AttachRolePolicy", "iam:*"], Resource: "*" }),
      messages: [/by iam:AttachRolePolicy: remove/],
    },
  },
  undecided: {
    ...shared.undecided,
    "an unknown action on anything": {
      resources: object({ ...good, Action: unknown, Resource: "*" }),
      what: "policy",
    },
    "an unknown boundary": {
      resources: object(bounded("iam:PermissionsBoundary", unknown)),
      what: "policy",
    },
    "a statement that may be a Deny": {
      resources: object({ ...good, Action: "iam:AttachRolePolicy", Resource: "*" }, unknown),
      what: "policy",
    },
    "an unknown service": { resources: object(passingTo(unknown), running), what: "policy" },
    "an unknown second statement": { resources: object(passing, unknown), what: "policy" },
  },
  notApplicable: {
    ...shared.notApplicable,
    "all of IAM, which another rule reports": {
      resources: allow({ Action: "iam:*", Resource: "*" }),
      reason: wholeService,
    },
  },
};
