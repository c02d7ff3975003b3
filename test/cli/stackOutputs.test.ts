import assert from "node:assert/strict";
import { stackOutputs, textOutput } from "../../cli/stackOutputs";
import { pulumiStandIn } from "./support/pulumiStandIn";

const ALTERNATIVE = "--stream NAME";

describe("stackOutputs", () => {
  async function withPulumi<T>(
    outputs: Readonly<Record<string, unknown>> | undefined,
    ask: () => Promise<T>,
  ): Promise<T> {
    const pulumi = pulumiStandIn(outputs);
    try {
      return await ask();
    } finally {
      pulumi.remove();
    }
  }

  it("gives the outputs as the Pulumi CLI prints them", async () => {
    const outputs = { streamName: "events", count: 3 };
    assert.deepEqual(await withPulumi(outputs, () => stackOutputs("dev", ALTERNATIVE)), outputs);
  });

  it("repeats what the CLI says when it fails, and what else can be done", async () => {
    await assert.rejects(
      withPulumi({}, () => stackOutputs("prod", ALTERNATIVE)),
      (error: Error) => {
        const [first, second, ...rest] = error.message.split("\n");
        assert.equal(first, 'The Pulumi CLI cannot tell the outputs of stack "prod":');
        assert.match(second ?? "", /^error: no stack named like that: .* --stack prod$/);
        assert.deepEqual(rest, ["To do without the stack, give --stream NAME."]);
        return true;
      },
    );
  });

  it("says that there is no CLI, and what else can be done", async () => {
    await assert.rejects(
      withPulumi(undefined, () => stackOutputs("dev", ALTERNATIVE)),
      {
        message:
          '--stack asks the Pulumi CLI about "dev", and there is no "pulumi" on the PATH.\n' +
          "To do without the stack, give --stream NAME.",
      },
    );
  });

  it("hands a stack name to the CLI as one argument, whatever is in it", async () => {
    await assert.rejects(
      withPulumi({}, () => stackOutputs("dev; echo $PATH", ALTERNATIVE)),
      /no stack named like that: stack output .* --stack dev; echo \$PATH$/m,
    );
  });
});

describe("textOutput", () => {
  it("names the outputs that there are", () => {
    assert.throws(() => textOutput({ a: "x", b: 1 }, "streamName", "dev"), {
      message: 'Stack "dev" has no output "streamName" that is a text; its outputs are a, b.',
    });
    assert.throws(() => textOutput({ a: "x", b: 1 }, "b", "dev"), /no output "b" that is a text/);
  });

  it("says that a stack without any is not deployed", () => {
    assert.throws(
      () => textOutput({}, "streamName", "dev"),
      /Deploy it first: pulumi up --stack dev/,
    );
  });
});
