import { type PolicyDocument, policyDocument } from "./policyDocument";

/**
 * Lets Firehose, working for this account and no other, assume a role. The external id is the
 * confused-deputy guard that AWS documents for Firehose.
 *
 * Source: Amazon Data Firehose Developer Guide, "Controlling access", "Grant Firehose access to
 * an Amazon S3 destination".
 */
export function firehoseTrust(accountId: string): PolicyDocument {
  return policyDocument({
    Sid: "FirehoseOfThisAccount",
    Effect: "Allow",
    Principal: { Service: "firehose.amazonaws.com" },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "sts:ExternalId": accountId } },
  });
}
