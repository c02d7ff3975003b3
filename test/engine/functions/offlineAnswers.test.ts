import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OfflineAnswers } from "../../../engine/functions/offlineAnswers";
import { type Properties, Secret, Unknown } from "../../../engine/graph/resourceGraph";
import { stackScope } from "../../../engine/provider/awsScope";
import { ANSWERS_FILE, readAnswers } from "../../../engine/stack/answersFile";
import { withFiles } from "../support/fixtures";

const scope = stackScope("us-east-1", {});

function answersOf(file: string): OfflineAnswers {
  return withFiles(file === "" ? {} : { [ANSWERS_FILE]: file }, (directory) => {
    const given = readAnswers(directory, "dev");
    return new OfflineAnswers({ scope, given, directory: __dirname });
  });
}

function call(answers: OfflineAnswers, token: string, args: Properties = {}): Properties {
  return answers.call({ token, arguments: args, unknowns: true });
}

const AMI = "aws:ec2/getAmi:getAmi";
const images = `
functions:
  - token: ${AMI}
    arguments: { owners: [self], filters: [{ name: name, values: [web] }] }
    result: { id: ami-web }
  - token: ${AMI}
    arguments: { owners: [self] }
    result: { id: ami-own, blockDeviceMappings: [] }
  - token: ${AMI}
    result: { id: ami-any }
`;

describe("answers from a file", () => {
  const id = (args: Properties): unknown => call(answersOf(images), AMI, args)["id"];

  it("fit calls that have their arguments, which may have others; the first one counts", () => {
    const web = [{ name: "name", values: ["web"] }];
    assert.equal(id({ owners: ["self"], filters: web, mostRecent: true }), "ami-web");
    assert.equal(id({ owners: ["self"], filters: [] }), "ami-own");
    assert.equal(id({ owners: ["self", "amazon"] }), "ami-any");
    assert.equal(id({ owners: [new Secret("self")] }) instanceof Secret, true);
  });

  it("repeat the arguments, and leave unknown what they do not have", () => {
    const result = call(answersOf(images), AMI, { owners: ["self"], mostRecent: true });
    assert.equal(result["mostRecent"], true);
    assert.deepEqual(result["blockDeviceMappings"], []);
    assert.ok(result["architecture"] instanceof Unknown);
  });

  it("come before what follows from the run", () => {
    const answers = answersOf(
      "functions: [{ token: aws:index/getCallerIdentity:getCallerIdentity, result: { userId: A } }]",
    );
    const result = call(answers, "aws:index/getCallerIdentity:getCallerIdentity");
    assert.equal(result["userId"], "A");
    assert.ok(result["arn"] instanceof Unknown);
  });

  it("reject a call with their error, as for a lookup that finds nothing", () => {
    const answers = answersOf(
      `functions: [{ token: ${AMI}, arguments: { owners: [self] }, error: no image }]`,
    );
    assert.throws(() => call(answers, AMI, { owners: ["self"] }), { message: `${AMI}: no image` });
    assert.ok(call(answers, AMI, { owners: ["amazon"] })["id"] instanceof Unknown);
  });

  it("are no assumptions, and leave a note if nothing uses them", () => {
    const answers = answersOf(`${images}\nstackReferences: { acme/a/b: { outputs: {} } }`);
    call(answers, AMI, { owners: ["self"] });
    call(answers, AMI);
    const message = (line: number): string =>
      `The program does not use the answer in ${ANSWERS_FILE}:${line}. Remove it, or correct its token, arguments or name.`;
    assert.deepEqual(answers.notes(), [
      { kind: "unused answer", subject: "acme/a/b", message: message(12) },
      { kind: "unused answer", subject: AMI, message: message(3) },
    ]);
    assert.equal(answers.advice(), undefined);
  });
});

describe("a call without an answer", () => {
  it("has an unknown result if its type is installed, with a note and advice", () => {
    const answers = answersOf("");
    const result = call(answers, "aws:lb/getListener:getListener", { port: 443 });
    assert.equal(result["port"], 443);
    assert.ok(result["loadBalancerArn"] instanceof Unknown);
    assert.deepEqual(
      answers.notes().map(({ kind, subject }) => [kind, subject]),
      [["assumed", "aws:lb/getListener:getListener"]],
    );
    assert.ok(answers.madeUp.includes("[object Object]"));
    assert.match(
      answers.advice() ?? "",
      /result: \{\} # the properties that the program reads, of id, arn, /,
    );
  });

  /** The lines of a message from the first that belongs to the file. */
  const pasted = (message: string): string => message.slice(message.indexOf("\n\n") + 2);

  const args = { names: ["a", "b: c"], size: 3, nested: { "#": null, text: "two\nlines" } };

  it("is rejected otherwise, with a file that answers it", () => {
    withFiles({}, (directory) => {
      const answers = () =>
        new OfflineAnswers({ scope, given: readAnswers(directory, "dev"), directory });
      assert.throws(
        () => call(answers(), "acme:index:lookUp", args),
        ({ message }: Error) => {
          writeFileSync(join(directory, ANSWERS_FILE), pasted(message));
          return true;
        },
      );
      assert.deepEqual(call(answers(), "acme:index:lookUp", { ...args, more: true }), {});
      assert.throws(() => call(answers(), "acme:index:lookUp", { ...args, size: 4 }));
    });
  });

  it("is rejected with an entry for the list of a file that has one", () => {
    const given = "functions:\n  - token: a:b\n    result: {}\n";
    assert.throws(
      () => call(answersOf(given), "acme:index:lookUp", args),
      ({ message }: Error) => {
        assert.deepEqual(call(answersOf(given + pasted(message)), "acme:index:lookUp", args), {});
        return true;
      },
    );
  });
});

describe("references to other stacks", () => {
  it("have unknown outputs without an answer, with a note", () => {
    const answers = answersOf("");
    const { outputs, secretOutputNames } = answers.stackReference("acme/network/prod");
    assert.ok(outputs instanceof Unknown && secretOutputNames instanceof Unknown);
    const [note] = answers.notes();
    assert.equal(note?.subject, "acme/network/prod");
    assert.match(note.message, /stackReferences: \{ acme\/network\/prod: \{ outputs: \{\} \} \}/);
  });

  it("have unknown outputs if the name is unknown", () => {
    assert.ok(answersOf("").stackReference(undefined)["outputs"] instanceof Unknown);
  });

  it("have the outputs of the file, as the note says", () => {
    const [note] = ((answers) => {
      answers.stackReference("acme/network/prod");
      return answers.notes();
    })(answersOf(""));
    const entry = /stackReferences: .*\} \}/.exec(note?.message ?? "")?.[0] ?? "";
    const answers = answersOf(entry);
    assert.deepEqual(answers.stackReference("acme/network/prod"), {
      ...{ outputs: {}, secretOutputNames: [] },
    });
    assert.deepEqual(answers.notes(), []);
  });
});
