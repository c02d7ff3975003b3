import assert from "node:assert/strict";
import { NotChecked } from "../../../cli/doctor/finding";
import { accountProblem, credentialsFinding } from "../../../cli/doctor/checks/credentials";
import { nodeFinding } from "../../../cli/doctor/checks/nodeVersion";
import { deniedFinding } from "../../../cli/doctor/checks/permissions";
import { cliFinding } from "../../../cli/doctor/checks/pulumiCli";
import { type Regions, regionFinding } from "../../../cli/doctor/checks/region";
import { sampleOf } from "../../../cli/doctor/simulatePermissions";

/** An error of an AWS client. */
function awsError(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

const answered = { $metadata: { httpStatusCode: 403 } };

describe("the check of Node.js", () => {
  const sdk = (range: string) => [{ by: "@pulumi/pulumi 3.270.0", range }];

  it("passes a version that all packages support", () => {
    assert.equal(nodeFinding("20.20.2", sdk(">=20")).status, "ok");
    assert.equal(nodeFinding("24.1.0", sdk(">=22")).status, "ok");
  });

  it("fails for an SDK that needs a newer one, and names the last SDK for Node.js 20", () => {
    const finding = nodeFinding("20.20.2", sdk(">=22"));
    assert.equal(finding.status, "error");
    assert.match(finding.message, /@pulumi\/pulumi 3\.270\.0 needs >=22/u);
    assert.match(finding.fix ?? "", /npm install @pulumi\/pulumi@3\.248\.0/u);
  });

  it("offers no older SDK to a version that none supports", () => {
    const finding = nodeFinding("18.20.0", [
      ...sdk(">=22"),
      { by: "streamlake", range: ">=20.15" },
    ]);
    assert.match(finding.fix ?? "", /^install a newer version/u);
  });
});

describe("the check of the Pulumi CLI", () => {
  const need = (range: string) => [{ range, why: "Pulumi.yaml requires it" }];

  it("compares versions as semver does", () => {
    assert.equal(cliFinding("v3.260.0", need(">=3.244.0")).status, "ok");
    assert.equal(cliFinding("v3.243.9", need(">=3.244.0")).status, "error");
    assert.equal(cliFinding("v3.270.0-alpha.1+abc", need(">=3.244.0")).status, "ok");
    assert.equal(cliFinding("v3.100.0", []).status, "ok");
  });

  it("says why a version is needed", () => {
    const { message } = cliFinding("3.200.0", need(">=3.244.0"));
    assert.match(
      message,
      /3\.200\.0, but it must be >=3\.244\.0, because Pulumi\.yaml requires it/u,
    );
  });

  it("warns about output that is not a version", () => {
    assert.equal(cliFinding("hello", need(">=3.244.0")).status, "warning");
  });
});

describe("the check of the credentials", () => {
  const missing = awsError("CredentialsProviderError", "Could not load credentials");

  it("warns if there are none, because only deployments need them", () => {
    assert.equal(credentialsFinding(missing, undefined).status, "warning");
  });

  it("fails for a profile that does not exist", () => {
    const finding = credentialsFinding(missing, "prod");
    assert.equal(finding.status, "error");
    assert.match(finding.message, /The profile "prod" does not exist or has no credentials/u);
  });

  for (const [title, error] of Object.entries({
    "that AWS reports as expired": awsError(
      "ExpiredToken",
      "The security token has expired",
      answered,
    ),
    "of a session of IAM Identity Center that has expired": awsError(
      "CredentialsProviderError",
      "The SSO session associated with this profile has expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.",
    ),
  }))
    it(`fails for credentials ${title}, with the command that renews them`, () => {
      const finding = credentialsFinding(error, "my prod");
      assert.equal(finding.status, "error");
      assert.equal(finding.fix, "aws sso login --profile 'my prod'");
    });

  it("distinguishes unknown keys, a wrong secret and a wrong clock", () => {
    const messages = [
      awsError(
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
        answered,
      ),
      awsError(
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match",
        answered,
      ),
      awsError(
        "SignatureDoesNotMatch",
        "Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z",
        answered,
      ),
    ].map((error) => credentialsFinding(error, undefined).message);
    assert.match(messages[0] ?? "", /InvalidClientTokenId/u);
    assert.match(messages[1] ?? "", /SignatureDoesNotMatch/u);
    assert.match(messages[2] ?? "", /clock of this machine is wrong/u);
  });

  it("has commands that a shell runs as they are", () => {
    const fixes = [
      credentialsFinding(missing, undefined).fix,
      nodeFinding("20.20.2", [{ by: "@pulumi/pulumi 3.270.0", range: ">=22" }]).fix,
    ];
    assert.deepEqual(fixes, ["aws configure", "npm install @pulumi/pulumi@3.248.0"]);
  });

  it("is not a verdict if AWS cannot be reached", () => {
    const error = awsError("Error", "getaddrinfo ENOTFOUND", { code: "ENOTFOUND" });
    assert.throws(() => credentialsFinding(error, undefined), NotChecked);
  });

  const identity = { account: "012345678901", arn: "arn:aws:iam::012345678901:user/ci" };

  it("compares the account with those that the stack allows and forbids", () => {
    assert.equal(accountProblem(identity, {}), undefined);
    assert.match(
      accountProblem(identity, { "aws:allowedAccountIds": '["123456789012"]' }) ?? "",
      /account 012345678901; aws:allowedAccountIds of the stack has 123456789012/u,
    );
    assert.match(
      accountProblem(identity, { "aws:forbiddenAccountIds": '["012345678901"]' }) ?? "",
      /forbiddenAccountIds/u,
    );
  });

  it("reads an account id that YAML has made a number", () => {
    assert.equal(accountProblem(identity, { "aws:allowedAccountIds": "[12345678901]" }), undefined);
  });

  it("leaves the account to the role that the stack assumes", () => {
    const config = { "aws:allowedAccountIds": '["123456789012"]', "aws:assumeRole": "{}" };
    assert.equal(accountProblem(identity, config), undefined);
  });
});

describe("the check of the region", () => {
  const finding = (regions: Partial<Regions>) =>
    regionFinding({
      ...{ stack: "dev", ofStack: "eu-central-1", byDefault: undefined },
      ...{ isAnyValid: false, used: true },
      ...regions,
    });

  it("passes the region of the stack, and names another default", () => {
    assert.equal(finding({}).message, "eu-central-1");
    assert.match(finding({ byDefault: "us-east-1" }).message, /other tools use us-east-1/u);
    assert.equal(finding({ byDefault: "us-east-1" }).status, "ok");
  });

  it("warns if only the environment has one, and fails if nothing has", () => {
    const fromEnvironment = finding({ ofStack: undefined, byDefault: "eu-west-1" });
    assert.equal(fromEnvironment.status, "warning");
    assert.equal(fromEnvironment.fix, "pulumi config set aws:region eu-west-1 --stack dev");
    assert.equal(finding({ ofStack: undefined }).status, "error");
  });

  it("fails for an unknown region, unless the stack skips that validation", () => {
    const misspelled = finding({ ofStack: "eu-centrl-1" });
    assert.equal(misspelled.fix, "pulumi config set aws:region eu-central-1 --stack dev");
    assert.equal(finding({ ofStack: "eu-centrl-1", isAnyValid: true }).status, "ok");
  });

  it("says nothing about a program without resources of AWS", () => {
    assert.throws(() => finding({ used: false }), NotChecked);
  });
});

describe("the check of the permissions", () => {
  const denied = (action: string, isExplicit = false) => ({ action, resource: "*", isExplicit });

  it("names the first denied actions, and how many more there are", () => {
    const names = ["a:A", "a:B", "a:C", "a:D", "a:D"].map((name) => denied(name));
    const { status, message } = deniedFinding(names, "9 actions of AWS", "print");
    assert.equal(status, "error");
    assert.equal(message, "Of 9 actions of AWS, 4 are denied: a:A, a:B, a:C and 1 more.");
  });

  it("distinguishes a missing permission from a Deny", () => {
    const { message } = deniedFinding([denied("a:A"), denied("a:B", true)], "2 actions", "print");
    assert.match(message, /A policy denies a:B explicitly/u);
  });

  it("asks IAM about ARNs that the patterns of the policy match", () => {
    assert.equal(sampleOf("arn:aws:s3:::lake-???????"), "arn:aws:s3:::lake-0000000");
    assert.equal(sampleOf("arn:aws:kms:us-east-1:1:key/*"), "arn:aws:kms:us-east-1:1:key/sample");
    assert.equal(sampleOf("*"), "*");
  });
});
