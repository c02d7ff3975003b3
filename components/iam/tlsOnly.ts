import { type PolicyDocument, policyDocument } from "./policyDocument";

/**
 * Bucket policy that refuses every request without TLS, or with TLS before 1.2.
 *
 * Source: Amazon S3 User Guide, "Bucket policy examples" and the condition key `s3:TlsVersion`.
 */
export function tlsOnly(bucketArn: string): PolicyDocument {
  const everything = [bucketArn, `${bucketArn}/*`];
  return policyDocument(
    {
      Sid: "DenyWithoutTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: everything,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "DenyTlsBefore12",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: everything,
      Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
  );
}
