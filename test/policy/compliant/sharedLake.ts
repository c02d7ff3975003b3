import * as kms from "@pulumi/aws/kms";
import { account, allowing } from "./documents";
import { privateBucket } from "./privateBucket";

/** Readers are another account, an organization, a distribution, and services on their behalf. */
export function sharedLake(): void {
  const lake = "arn:aws:s3:::lake";
  const objects = "arn:aws:s3:::lake/*";
  privateBucket(
    "lake",
    ...allowing(
      { Principal: { AWS: ["210987654321"] }, Action: "s3:GetObject", Resource: objects },
      {
        Principal: { AWS: "arn:aws:iam::210987654321:role/analyst" },
        Action: "s3:Get*",
        Resource: objects,
      },
      {
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "s3:GetObject",
        Resource: objects,
        Condition: {
          StringEquals: {
            "AWS:SourceArn": `arn:aws:cloudfront::${account}:distribution/E2EXAMPLE`,
          },
        },
      },
      {
        Principal: "*",
        Action: "s3:GetObject",
        Resource: objects,
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
      },
      // Readers outside the organization use an endpoint: the Deny leaves nobody else.
      { Principal: "*", Action: ["s3:GetObject*", "s3:ListBucket"], Resource: [lake, objects] },
      {
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "s3:*",
        Resource: [lake, objects],
        Condition: {
          StringNotEqualsIfExists: {
            "aws:PrincipalOrgID": "o-a1b2c3d4e5",
            "aws:SourceVpce": ["vpce-1a2b3c4d", "vpce-5e6f7a8b"],
          },
        },
      },
    ).Statement,
  );
  new kms.Key("lake", {
    enableKeyRotation: true,
    policy: JSON.stringify(
      allowing(
        { Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*", Resource: "*" },
        {
          Principal: { Service: ["delivery.logs.amazonaws.com", "cloudfront.amazonaws.com"] },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": account } },
        },
        {
          Principal: { AWS: "arn:aws:iam::210987654321:root" },
          Action: ["kms:Decrypt", "kms:DescribeKey"],
          Resource: "*",
        },
      ),
    ),
  });
  // AWS does not rotate signing keys.
  new kms.Key("signatures", {
    keyUsage: "SIGN_VERIFY",
    customerMasterKeySpec: "ECC_NIST_P256",
    deletionWindowInDays: 14,
  });
}
