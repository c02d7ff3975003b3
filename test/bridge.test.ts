import assert from "node:assert/strict";
import fc from "fast-check";
import { deliveryStreamType, readDeliveryStream } from "../aws/firehose/model/deliveryStream";
import { matchesPattern as matchesInIam, wildPattern } from "../aws/iam/language/wildcards";
import { DeliveryPipeline, type DeliveryPipelineArgs } from "../components/index";
import { parsePrefix } from "../components/prefix/parsePrefix";
import { readTimestampPattern } from "../components/prefix/timestampPattern";
import { settingsProblems } from "../components/settings/settingsProblems";
import type { Properties } from "../engine/graph/resourceGraph";
import { matchesPattern } from "../policy/reading/wildcard";
import type { ResourceRule, Rule, StackRule } from "../policy/rule/rule";
import { rules } from "../policy/rules";
import { firehoseFileExtensionsAreValid } from "../policy/rules/firehose/firehoseFileExtensionsAreValid";
import { firehoseNamesAreValid } from "../policy/rules/firehose/firehoseNamesAreValid";
import { firehoseProcessorsAreValid } from "../policy/rules/firehose/firehoseProcessorsAreValid";
import { readPrefix } from "../policy/rules/firehose/prefixLanguage";
import { isTimestampPattern } from "../policy/rules/firehose/timestampPattern";
import { logsGroupsExpireEvents } from "../policy/rules/logs/logsGroupsExpireEvents";
import {
  evaluatePolicies,
  type Evaluation,
  remediated,
  resource,
  type TestResource,
} from "../policy/testing";
import { broken, type Fault } from "./faults/fault";
import { firehoseFaults } from "./faults/firehose";
import { iamFaults } from "./faults/iam";
import { kinesisFaults } from "./faults/kinesis";
import { kmsFaults } from "./faults/kms";
import { logsFaults } from "./faults/logs";
import { messagingFaults } from "./faults/messaging";
import { s3Faults } from "./faults/s3";
import { deliveryStreamResource } from "./local/support/graph";
import { record, type Recorded } from "./support/record";

/** Settings with which the component satisfies the advisory rules, too. */
const exemplary: DeliveryPipelineArgs = {
  alarms: { actionArns: ["arn:aws:sns:us-east-1:123456789012:on-call"] },
  bucket: { accessLogs: true },
  encryption: { errorLog: true },
};

/** The resources of the component, in the form in which policies receive them. */
async function recorded(args?: DeliveryPipelineArgs, preview = false): Promise<TestResource[]> {
  const { resources } = await record(() => new DeliveryPipeline("events", args), { preview });
  return resources.map(({ inputs, ...resource }: Recorded) => ({ ...resource, props: inputs }));
}

const faults: readonly Fault[] = [
  ...kinesisFaults,
  ...firehoseFaults,
  ...iamFaults,
  ...kmsFaults,
  ...logsFaults,
  ...messagingFaults,
  ...s3Faults,
];

describe("the component and the rules", () => {
  for (const [what, args] of [
    ["by default", {}],
    ["with AWS-managed keys", { encryption: { mode: "aws-managed" } }],
  ] as const)
    it(`agree ${what}, without mandatory violations and undecided results`, async () => {
      const { violations, undecided } = await evaluatePolicies(rules, await recorded(args));
      assert.deepEqual(
        violations.filter(({ level }) => level === "mandatory"),
        [],
      );
      assert.deepEqual(undecided, []);
    });

  for (const inPreview of [false, true])
    it(`agree ${inPreview ? "in a preview" : "in an update"} with every safeguard, without violations`, async () => {
      const { violations } = await evaluatePolicies(rules, await recorded(exemplary, inPreview));
      assert.deepEqual(violations, []);
    });

  it("share at least one fault for every rule", () => {
    const covered = new Set(faults.flatMap(({ caughtBy }) => caughtBy));
    assert.deepEqual([...covered].sort(), rules.map(({ name }) => name).sort());
  });

  const recordings = new Map<boolean, Promise<readonly TestResource[]>>();
  const [stackRules, resourceRules] = [rules.filter(isStackRule), rules.filter(isResourceRule)];
  const unbroken = new Map<string, Promise<Evaluation>>();
  const evaluated = async (fault: Fault, inPreview: boolean) => {
    const recording = recordings.get(inPreview) ?? recorded(exemplary, inPreview);
    recordings.set(inPreview, recording);
    const all = await recording;
    const resources = broken(all, fault);
    const options = { config: fault.config ?? {} };
    // A rule on a resource sees no other resource, so that most results are those of another fault.
    const ofUnbroken = all.map(async (resource, index) => {
      const key = JSON.stringify([inPreview, options, index]);
      const known = unbroken.get(key) ?? evaluatePolicies(resourceRules, [resource], options);
      unbroken.set(key, known);
      return resources.includes(resource) ? known : undefined;
    });
    const evaluations = await Promise.all([
      ...ofUnbroken,
      evaluatePolicies(
        resourceRules,
        resources.filter((resource) => !all.includes(resource)),
        options,
      ),
      evaluatePolicies(stackRules, resources, options),
    ]);
    return {
      caught: policiesOf(evaluations.flatMap((evaluation) => evaluation?.violations ?? [])),
      undecided: policiesOf(evaluations.flatMap((evaluation) => evaluation?.undecided ?? [])),
    };
  };

  for (const fault of faults) {
    const { what, caughtBy, inPreview = caughtBy } = fault;
    it(`report ${what} by ${caughtBy.join(" and ")}`, async () => {
      assert.deepEqual((await evaluated(fault, false)).caught, caughtBy);
    });

    it(`${inPreview.length > 0 ? "report" : "are undecided about"} ${what} in a preview`, async () => {
      const { caught, undecided } = await evaluated(fault, true);
      assert.deepEqual(caught, inPreview);
      const missing = caughtBy.filter((rule) => ![...caught, ...undecided].includes(rule));
      assert.deepEqual(missing, []);
    });
  }
});

function isStackRule(rule: Rule): rule is StackRule {
  return "validateStack" in rule;
}

function isResourceRule(rule: Rule): rule is ResourceRule {
  return !isStackRule(rule);
}

function policiesOf(findings: readonly { readonly policy: string }[]): readonly string[] {
  return [...new Set(findings.map(({ policy }) => policy))].sort();
}

/** Source: Amazon CloudWatch Logs API, PutRetentionPolicy. */
const retentionDays: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** Source: Amazon Data Firehose Developer Guide, "Custom prefixes for Amazon S3 objects". */
const prefixes: readonly (readonly [prefix: string, isValid: boolean])[] = [
  ["data/", true],
  ["data/{year}/", true],
  ["data/!{timestamp:yyyy/MM/dd}/", true],
  ["!{firehose:random-string}/", true],
  ["errors/!{firehose:error-output-type}/", true],
  ["!{partitionKeyFromQuery:customer}/", true],
  ["!{partitionKeyFromLambda:customer}/", true],
  ["!{date:yyyy}/", false],
  ["!{firehose:random}/", false],
  ["!{timestamp:}/", false],
  ["!{timestamp:yyyy", false],
  ["!{customer}/", false],
];

/** Source: IAM User Guide, "IAM JSON policy elements: Resource". */
const wildcards: readonly (readonly [pattern: string, value: string, isMatch: boolean])[] = [
  ["*", "", true],
  ["*", "a/b:c", true],
  ["a*c", "abbc", true],
  ["a*c", "abcd", false],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["?", "", false],
  ["a.c", "abc", false],
  ["A", "a", false],
];

// The pack imports nothing from the rest of the program, so that some facts are written twice.
describe("the pack and the rest of the program", () => {
  it("agree on the retention periods of CloudWatch Logs", async () => {
    const group = resource("aws:cloudwatch/logGroup:LogGroup", "errors", {});
    const candidates = new Set(retentionDays.flatMap((days) => [days - 1, days, days + 1]));
    for (const days of [...candidates].filter((count) => count >= 1 && count <= 3653)) {
      const isSupported = retentionDays.includes(days);
      const config = { retentionDays: { min: days, max: days } };
      const inPack = await remediated(logsGroupsExpireEvents, group, config);
      assert.deepEqual(inPack, isSupported ? { retentionInDays: days } : undefined);
      const problems = settingsProblems("events", { delivery: { logRetentionDays: days } });
      assert.equal(problems.length === 0, isSupported, `${days} days`);
    }
  });

  for (const [prefix, isValid] of prefixes) {
    it(`agree that the prefix ${prefix} is ${isValid ? "valid" : "invalid"}`, () => {
      assert.equal(readPrefix(prefix).problems.length === 0, isValid);
      assert.equal(parsePrefix(prefix).problems.length === 0, isValid);
    });
  }

  it("agree on the patterns of dates that Firehose accepts", () => {
    const agree = (pattern: string) => {
      const { problems } = readTimestampPattern(pattern);
      assert.equal(isTimestampPattern(pattern), problems.length === 0, pattern);
    };
    for (const letter of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
      for (let count = 1; count <= 20; count += 1) agree(letter.repeat(count));
    const part = fc.constantFrom(
      ...["yyyy", "MM", "dd", "p", "pp", "H", "rr", "'", "''", "'T'", "[", "]", "{", "#", "/", " "],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        agree(parts.join(""));
      }),
      { numRuns: 5000 },
    );
  });

  it("agree on names and file extensions, and on numbers of processors", async () => {
    const property = async (change: Properties, rule: Rule): Promise<void> => {
      const props = {
        destination: "extended_s3",
        kinesisSourceConfiguration: {
          kinesisStreamArn: "arn:aws:kinesis:eu-central-1:123456789012:stream/events",
          roleArn: "arn:aws:iam::123456789012:role/source",
        },
        ...change,
        extendedS3Configuration: {
          bucketArn: "arn:aws:s3:::lake",
          roleArn: "arn:aws:iam::123456789012:role/r",
          ...(change["extendedS3Configuration"] as Properties | undefined),
        },
      };
      const { refusals } = readDeliveryStream(deliveryStreamResource("events", props));
      const firehose = resource(deliveryStreamType, "events", props);
      const { violations } = await evaluatePolicies([rule], [firehose]);
      assert.equal(violations.length > 0, refusals.length > 0, JSON.stringify(change));
    };
    const characters = fc.string({
      maxLength: 4,
      unit: fc.constantFrom("a", "Z", "9", "_", ".", "-", "/", " ", "!", "*", "'", "(", "é", "\n"),
    });
    const long = fc.nat(140).map((length) => `.${"x".repeat(length)}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(characters, long), async (text) => {
        await property({ name: text }, firehoseNamesAreValid);
        const extendedS3Configuration = { fileExtension: text };
        await property({ extendedS3Configuration }, firehoseFileExtensionsAreValid);
      }),
    );
    for (let count = 0; count <= 7; count += 1) {
      const processors = Array.from({ length: count }, () => ({ type: "AppendDelimiterToRecord" }));
      const extendedS3Configuration = { processingConfiguration: { enabled: true, processors } };
      await property({ extendedS3Configuration }, firehoseProcessorsAreValid);
    }
  });

  for (const [pattern, value, isMatch] of wildcards) {
    it(`agree that ${pattern} ${isMatch ? "matches" : "does not match"} "${value}"`, () => {
      assert.equal(matchesPattern(pattern, value), isMatch);
      assert.equal(matchesInIam(wildPattern(pattern), value), isMatch);
    });
  }
});
