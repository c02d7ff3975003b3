import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AwsError,
  failingAws,
  signatureExpired,
  tooSkewed,
  webSite,
} from "./support/failingAws";
import { streamlakeHere } from "./support/streamlakeHere";

const day = "2026-11-22";

/** The four commands, without what names their target. */
const commands: Readonly<Record<string, readonly string[]>> = {
  send: ["send", "-"],
  tail: ["tail", "--from", "trim-horizon", "--count", "1"],
  verify: ["verify", "--date", day],
  replay: ["replay", "--execute", "--date", day],
};
const names = Object.keys(commands);

describe("bad inputs of send, tail, verify and replay", () => {
  let directory: string;
  let stack: readonly string[];

  before(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-bad-"));
    stack = ["--stack-export", stackExport("export.json", outputs)];
    mkdirSync(join(directory, "home"));
    writeFileSync(join(directory, "torn.jsonl"), "{}\n");
    writeFileSync(join(directory, "events.jsonl"), "a\n");
    writeFileSync(join(directory, "notAModule.mjs"), "export default 1;");
  });
  after(() => {
    rmSync(directory, { recursive: true });
  });

  const outputs = {
    streamName: "events",
    bucketName: "lake",
    region: "eu-central-1",
    prefix: "raw/",
    errorPrefix: "errors/",
    timeZone: "UTC",
    delimiter: "newline",
  };

  function stackExport(name: string, exported: object): string {
    const file = join(directory, name);
    const urn = "urn:pulumi:prod::lake::pulumi:pulumi:Stack::lake-prod";
    const resources = [{ urn, type: "pulumi:pulumi:Stack", outputs: exported }];
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
    return file;
  }

  /** Only with these files of the AWS configuration, and without the credentials of a machine of AWS. */
  const noAccount = (): NodeJS.ProcessEnv => ({
    HOME: join(directory, "home"),
    AWS_CONFIG_FILE: join(directory, "home/config"),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, "home/credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
  });

  /** Runs a command that must end with 2, and print nothing but a message without a stack trace. */
  async function rejected(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string> {
    const { random } = Math;
    // No wait between retries.
    Math.random = () => 0;
    const ended = await streamlakeHere(args, "a\n", env).finally(() => {
      Math.random = random;
    });
    const { stdout, stderr, exitCode } = ended;
    assert.equal(exitCode, 2, stdout + stderr);
    assert.equal(stdout, "");
    assert.doesNotMatch(stderr, /^\s+at |\bundefined\b|\[object/mu);
    return stderr;
  }

  /** What AWS answers, and what the message must contain: what is wrong and how to fix it. */
  const answers: readonly (readonly [what: string, error: AwsError, message: RegExp])[] = [
    [
      "credentials that have expired",
      {
        kinesis: [
          400,
          "ExpiredTokenException",
          "The security token included in the request is expired",
        ],
        s3: [400, "ExpiredToken", "The provided token has expired."],
      },
      /: the credentials have expired\. Log in again, e\.g\. with aws sso login/u,
    ],
    [
      "credentials that AWS does not know",
      {
        kinesis: [
          400,
          "UnrecognizedClientException",
          "The security token included in the request is invalid.",
        ],
        s3: [
          403,
          "InvalidAccessKeyId",
          "The AWS Access Key Id you provided does not exist in our records.",
        ],
      },
      /: AWS does not know the credentials\. Check the profile, or AWS_ACCESS_KEY_ID/u,
    ],
    [
      "a wrong secret",
      {
        kinesis: [
          400,
          "InvalidSignatureException",
          "The request signature we calculated does not match the signature you provided.",
        ],
        s3: [
          403,
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided.",
        ],
      },
      /: the signature is wrong\. Check that AWS_SECRET_ACCESS_KEY, or the profile/u,
    ],
    [
      "a wrong clock, if the answer does not say the time",
      {
        kinesis: [400, "InvalidSignatureException", signatureExpired],
        s3: [403, "RequestTimeTooSkewed", tooSkewed],
        tellsTime: false,
      },
      /: the clock of this machine differs too much from AWS's\. Set it, e\.g\. with timedatectl/u,
    ],
    [
      "access that is denied",
      {
        kinesis: [400, "AccessDeniedException", "User: nobody is not authorized"],
        s3: [403, "AccessDenied", "User: nobody is not authorized"],
      },
      /^No permission to .* This requires (kinesis|s3):\w+.*\(User: nobody is not authorized\)$/mu,
    ],
    [
      "a stream or bucket that does not exist",
      {
        kinesis: [
          400,
          "ResourceNotFoundException",
          "Stream events under account 123456789012 not found.",
        ],
        s3: [404, "NoSuchBucket", "The specified bucket does not exist"],
      },
      /^There is no (Kinesis stream "events"|bucket "lake")\. Check its name, the region, the account/mu,
    ],
    [
      "a key that is disabled",
      {
        kinesis: [400, "KMSDisabledException", "key is disabled"],
        s3: [400, "KMS.DisabledException", "key is disabled"],
      },
      /: its KMS key is disabled, .*\. Enable the key, or cancel its deletion/u,
    ],
  ];
  for (const [what, error, message] of answers)
    for (const name of names)
      it(`${name} explains ${what}, and exits with 2`, async () => {
        const aws = await failingAws(error);
        const args = [...(commands[name] ?? []), ...stack, "--endpoint", aws.endpoint];
        assert.match(await rejected(args).finally(() => aws.stop()), message);
      });

  for (const name of ["verify", "replay"])
    it(`${name} names the region of a bucket that is in another one`, async () => {
      const aws = await failingAws({
        kinesis: [500, "", ""],
        s3: [301, "PermanentRedirect", "The bucket must be addressed elsewhere."],
        headers: { "x-amz-bucket-region": "eu-west-1" },
      });
      const args = [...(commands[name] ?? []), ...stack, "--endpoint", aws.endpoint];
      const printed = await rejected(args).finally(() => aws.stop());
      assert.match(printed, /: the bucket is in region eu-west-1\. Specify --region eu-west-1\./u);
    });

  for (const name of names) {
    it(`${name} recognizes an endpoint that is not AWS, and exits with 2`, async () => {
      const site = await webSite();
      const args = [...(commands[name] ?? []), ...stack, "--endpoint", site.endpoint];
      const printed = await rejected(args).finally(() => site.stop());
      assert.match(printed, /: the endpoint does not answer like AWS\. Check that it is that of/u);
    });

    it(`${name} explains an endpoint that nobody listens on, and exits with 2`, async () => {
      const unused = await webSite();
      await unused.stop();
      const args = [...(commands[name] ?? []), ...stack, "--endpoint", unused.endpoint];
      assert.match(
        await rejected(args),
        /: the endpoint does not answer\. Check that its service/u,
      );
    });

    it(`${name} explains that there are no credentials, and exits with 2`, async () => {
      const printed = await rejected([...(commands[name] ?? []), ...stack], noAccount());
      assert.match(printed, /: there are no AWS credentials\. Set AWS_ACCESS_KEY_ID/u);
    });

    /** Values of options that all four have. */
    const everywhere: readonly (readonly [what: string, args: string[], message: RegExp])[] = [
      ["no target", [], /^Specify one of --stack NAME, --stack-export FILE,? (and )?--local/u],
      [
        "an export that does not exist",
        ["--stack-export", "nowhere.json"],
        /no such file .*nowhere\.json.* Create one with: pulumi stack export --stack NAME/u,
      ],
      [
        "an export that is not one",
        ["--stack-export", "package.json"],
        /package\.json is not a stack export.* Create one with: pulumi stack export --stack NAME/u,
      ],
      [
        "a directory that is not a run",
        ["--local", "cli"],
        /--local "cli" is not the directory of a run\. Each run prints its directory/u,
      ],
      [
        "a stack and an export",
        ["--stack", "prod", "--stack-export", "package.json"],
        /--stack-export cannot be combined with --stack or --local/u,
      ],
      [
        "an endpoint that is not a URL",
        ["--stack-export", "EXPORT", "--endpoint", "localhost:4567"],
        /--endpoint "localhost:4567" is not a URL; write it like http:\/\/127\.0\.0\.1:4567\./u,
      ],
      [
        "a region that is not one",
        ["--stack-export", "EXPORT", "--region", "eu central"],
        /: there is no such AWS region\. Specify one such as us-east-1 .*"eu central"/u,
      ],
      [
        "a profile that does not exist",
        ["--stack-export", "EXPORT", "--profile", "nobody"],
        /: there are no AWS credentials\. .* name a profile that aws configure list-profiles prints/u,
      ],
      ["an option that does not exist", ["--shards", "2"], /unknown option '--shards'/u],
    ];
    for (const [what, args, message] of everywhere)
      it(`${name} rejects ${what}, and exits with 2`, async () => {
        const given = args.map((arg) => (arg === "EXPORT" ? (stack[1] ?? "") : arg));
        const printed = await rejected([...(commands[name] ?? []), ...given], noAccount());
        assert.match(printed, message);
      });
  }

  it("a stack without the outputs of a pipeline is rejected with the outputs that it has", async () => {
    const file = stackExport("other.json", { url: "https://example.com" });
    for (const name of names)
      assert.match(
        await rejected([...(commands[name] ?? []), "--stack-export", file]),
        /^Stack "prod" has no output "\w+" that is a string; its outputs are url\.$/mu,
      );
  });

  /** Values of options that one command has. */
  const values: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [["send", "--record-compression", "ZIP"], /Allowed choices are none, GZIP/u],
    [["send", "nowhere.jsonl"], /nowhere\.jsonl: there is no such file/u],
    [["send", "cli"], /cli is a directory\. Specify a file with one event per line/u],
    [["tail", "--from", "yesterday"], /It must be latest, trim-horizon, a day/u],
    [["tail", "--count", "0"], /It must be a whole number above 0/u],
    [["tail", "--jq", ".["], /The query of --jq does not compile: .* Write it like --jq 'select/u],
    [["tail", "--json", "--table"], /cannot be used with option '--json'/u],
    [
      ["tail", "--objects", "--from", "15m"],
      /With --objects, --from must be latest or a day such as 2026-11-22/u,
    ],
    [
      ["tail", "--objects", "--from", "2026-02-30"],
      /"2026-02-30" is not a valid date\. Specify an existing date/u,
    ],
    [["tail", "one"], /too many arguments/u],
    [["verify", "--delimiter", "comma"], /Allowed choices are newline, none/u],
    [["verify", "--date", "22.11.2026"], /"22\.11\.2026" is not a valid date\. Specify/u],
    [["verify", "--input", "nowhere.jsonl"], /nowhere\.jsonl: there is no such file/u],
    [
      ["verify", "--time-zone", "Mars/Phobos", "--bucket", "lake", "--prefix", "raw/"],
      /Mars\/Phobos/u,
    ],
    [["replay", "--date", "today"], /"today" is not a valid date\. Specify/u],
    [["replay", "--rate", "5"], /500\/s/u],
    [["replay", "--transform", "nowhere.mjs"], /--transform nowhere\.mjs cannot be loaded/u],
    [
      ["replay", "--transform", "DIRECTORY/notAModule.mjs"],
      /no default export that is a function/u,
    ],
    [
      ["replay", "--checkpoint", "DIRECTORY/torn.jsonl"],
      /torn\.jsonl is damaged in line 1.* Specify another file with --checkpoint/u,
    ],
    [["replay", "--checkpoint", "DIRECTORY"], /cannot be read: EISDIR.* Specify another one/u],
    [
      ["replay", "--execute", "--checkpoint", "DIRECTORY/events.jsonl/replay.jsonl"],
      /cannot be written: E[A-Z]+:.* Specify another one with --checkpoint/u,
    ],
  ];
  for (const [[name = "", ...given], message] of values)
    it(`${name} rejects ${given.join(" ")} and exits with 2`, async () => {
      const args = given.map((arg) => arg.replace("DIRECTORY", directory));
      const target = given.includes("--bucket") ? [] : stack;
      assert.match(await rejected([name, ...args, ...target], noAccount()), message);
    });
});
