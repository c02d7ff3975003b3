import assert from "node:assert/strict";
import { awsFailure, callError, reasonOf } from "../../records/awsFailure";

const call = { action: "read it", resource: 'thing "it"', permissions: "x:Read" };

function errorOf(code: string, message: string, headers?: Readonly<Record<string, string>>): Error {
  return Object.assign(new Error(message), {
    name: code,
    ...(headers && { $response: { headers } }),
  });
}

describe("the failure of a call", () => {
  // In the words of AWS, its SDK and Node.js. `badInputs.test.ts` has those that an endpoint answers.
  for (const [code, message, explained] of [
    [
      "CredentialsProviderError",
      "The SSO session associated with this profile has expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
      "the credentials have expired. Log in again, ",
    ],
    [
      "CredentialsProviderError",
      "Could not resolve credentials using profile: [nobody] in configuration/credentials file(s).",
      "there are no AWS credentials. Set AWS_ACCESS_KEY_ID ",
    ],
    [
      "InvalidSignatureException",
      "Signature not yet current: 20181017T093750Z is still later than 20181017T093639Z (20181017T093139Z + 5 min.)",
      "the clock of this machine differs too much from AWS's. Set it, ",
    ],
    [
      "AuthorizationHeaderMalformed",
      "The authorization header is malformed; the region 'us-west-2' is wrong; expecting 'us-east-1'",
      "the bucket is in region us-east-1. Specify --region us-east-1. ",
    ],
    ["TemporaryRedirect", "Elsewhere.", "the bucket is in another region. Specify it with "],
    [
      "KMS.NotFoundException",
      "Invalid keyId",
      "its KMS key is disabled, scheduled for deletion or deleted. Enable the key, ",
    ],
    ["ENOTFOUND", "getaddrinfo ENOTFOUND kinesis.eu-x-1.amazonaws.com", "there is no such host. "],
    ["SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate", "the certificate of the endpoint is "],
    ["EPROTO", "wrong version number", "the endpoint does not answer like AWS. Check that it is "],
  ] as const)
    it(`is explained for ${code}: ${message.slice(0, 40)}`, () => {
      const reason = reasonOf(awsFailure(errorOf(code, message)));
      assert.equal(reason.slice(0, explained.length), explained);
      assert.ok(reason.endsWith(`(${code}: ${message})`), reason);
    });

  it("is in AWS's words where nothing else is known", () => {
    const failure = awsFailure(errorOf("InternalFailure", "an odd thing"));
    assert.equal(reasonOf(failure), "InternalFailure: an odd thing");
    assert.equal(callError(failure, call).message, "Cannot read it: InternalFailure: an odd thing");
  });

  for (const code of ["AccessDenied", "AccessDeniedException", "KMSAccessDeniedException"])
    it(`names the permissions of the call for ${code}`, () => {
      assert.equal(
        callError(awsFailure(errorOf(code, "not today")), call).message,
        "No permission to read it. This requires x:Read. (not today)",
      );
    });

  it("is worth a retry if the client has learned the time from the answer", () => {
    const skewed = errorOf("RequestTimeTooSkewed", "too large");
    assert.equal(awsFailure(skewed).transient, false);
    const corrected = Object.assign(skewed, {
      $metadata: { httpStatusCode: 403, clockSkewCorrected: true },
    });
    assert.equal(awsFailure(corrected).transient, true);
  });
});
