import assert from "node:assert/strict";
import { Attempts, AwsUnavailable } from "../../../records/diagnose/deployed/attempts";

/** An error as an AWS client throws it; without a status, it has asked nobody. */
function awsError(name: string, message: string, status?: number): Error {
  const $metadata = status === undefined ? {} : { httpStatusCode: status };
  return Object.assign(new Error(message), { name, $metadata });
}

function attempt(error: Error, attempts = new Attempts()) {
  return attempts.attempt("keys", "kms:DescribeKey", () => Promise.reject(error));
}

describe("an attempt to collect evidence", () => {
  for (const [what, error] of [
    ["there are no credentials", awsError("CredentialsProviderError", "Could not load")],
    ["the credentials have expired", awsError("ExpiredToken", "expired", 403)],
    ["a session is unknown", awsError("InvalidClientTokenId", "invalid", 403)],
    ["the secret is wrong", awsError("SignatureDoesNotMatch", "does not match", 403)],
    [
      "the clock is wrong",
      awsError("SignatureDoesNotMatch", "Signature expired: 1 is now earlier than 2", 403),
    ],
    ["there is no region", awsError("Error", "Region is missing")],
    ["the region cannot be one", awsError("Error", "Region not accepted: region=x y")],
  ] as const)
    it(`ends the diagnosis if ${what}, because no other call would succeed`, async () => {
      await assert.rejects(attempt(error), AwsUnavailable);
    });

  it("finds that a resource does not exist", async () => {
    assert.equal(await attempt(awsError("NotFoundException", "no key", 400)), "missing");
  });

  it("leaves a gap with the permission for a call that is denied", async () => {
    const attempts = new Attempts();
    assert.equal(await attempt(awsError("AccessDeniedException", "no", 400), attempts), undefined);
    const reason = "AWS denied the call";
    assert.deepEqual(attempts.gaps, [{ part: "keys", permission: "kms:DescribeKey", reason }]);
  });

  it("leaves a gap for a service that fails", async () => {
    const attempts = new Attempts();
    assert.equal(
      await attempt(awsError("KMSInternalException", "sorry", 500), attempts),
      undefined,
    );
    const reason = "kms:DescribeKey: KMSInternalException: sorry";
    assert.deepEqual(attempts.gaps, [{ part: "keys", reason }]);
  });
});
