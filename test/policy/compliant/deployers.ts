import * as iam from "@pulumi/aws/iam";
import { account, allowing } from "./documents";

/** Roles that other principals than services assume, and statements without resources. */
export function deployers(): void {
  role("pipeline", {
    Principal: {
      Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`,
    },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
      StringLike: { "token.actions.githubusercontent.com:sub": "repo:shop/orders:*" },
    },
  });
  role("infrastructure", {
    Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/app.terraform.io` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringLike: { "app.terraform.io:sub": "organization:shop:project:*:workspace:*:run_phase:*" },
    },
  });
  role("mirror", {
    Principal: {
      Federated: `arn:aws:iam::${account}:oidc-provider/api.bitbucket.org/2.0/workspaces/shop/pipelines-config/identity/oidc`,
    },
    Action: "sts:AssumeRoleWithWebIdentity",
  });
  role("support", {
    Principal: { AWS: "arn:aws:iam::210987654321:role/support" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
  });
  role("partner", {
    Principal: { AWS: "210987654321" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": "orders-2f1c" } },
  });
  const network = role("network", {
    Principal: { Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] },
    Action: "sts:AssumeRole",
  });
  new iam.RolePolicy("network", {
    role: network.name,
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: ["ec2:DescribeSubnets", "ec2:DescribeVpcs", "ec2:DescribeNetworkInterfaces"],
          Resource: "*",
        },
        { Effect: "Deny", NotAction: "ec2:Describe*", Resource: "*" },
        { Effect: "Deny", Action: "*", NotResource: `arn:aws:ec2:*:${account}:*` },
      ],
    },
  });
}

function role(name: string, trust: object): iam.Role {
  return new iam.Role(name, { assumeRolePolicy: JSON.stringify(allowing(trust)) });
}
