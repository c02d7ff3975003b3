import assert from "node:assert/strict";
import { stackOutputs } from "../../../cli/target/stackOutputs";
import { pulumiPrinting, pulumiStandIn } from "../support/pulumiStandIn";

const ALTERNATIVE = "--stream NAME";
const without = "Without the CLI, specify --stack-export FILE; without the stack, --stream NAME.";

describe("stackOutputs", () => {
  async function withPulumi<T>(
    pulumi: { readonly remove: () => void },
    action: () => Promise<T>,
  ): Promise<T> {
    try {
      return await action();
    } finally {
      pulumi.remove();
    }
  }

  it("returns the outputs that the Pulumi CLI prints", async () => {
    const outputs = { streamName: "events", count: 3 };
    const pulumi = pulumiStandIn(outputs);
    assert.deepEqual(await withPulumi(pulumi, () => stackOutputs("dev", ALTERNATIVE)), outputs);
  });

  it("repeats the message of a CLI that fails, and names the alternative", async () => {
    await assert.rejects(
      withPulumi(pulumiStandIn({}), () => stackOutputs("prod", ALTERNATIVE)),
      (error: Error) => {
        const [first, second, ...rest] = error.message.split("\n");
        assert.equal(first, 'The Pulumi CLI cannot read the outputs of stack "prod":');
        assert.match(second ?? "", /^error: no stack named like that: .* --stack prod$/);
        assert.deepEqual(rest, [without]);
        return true;
      },
    );
  });

  it("reports a missing CLI, and names the alternative", async () => {
    await assert.rejects(
      withPulumi(pulumiStandIn(undefined), () => stackOutputs("dev", ALTERNATIVE)),
      {
        message:
          '--stack reads the outputs of "dev" with the Pulumi CLI, but there is no "pulumi" on the PATH.\n' +
          without,
      },
    );
  });

  for (const [what, stdout] of [
    ["not JSON", "Updating..."],
    ["empty", ""],
    ["a list", "[]"],
    ["a string", '"events"'],
    ["null", "null"],
  ] as const)
    it(`rejects output of the CLI that is ${what}, without repeating it`, async () => {
      await assert.rejects(
        withPulumi(pulumiPrinting(stdout), () => stackOutputs("dev", ALTERNATIVE)),
        {
          message:
            '"pulumi stack output --json --non-interactive --stack dev" did not print a JSON object.\n' +
            without,
        },
      );
    });

  it("passes any stack name to the CLI as one argument", async () => {
    await assert.rejects(
      withPulumi(pulumiStandIn({}), () => stackOutputs("dev; echo $PATH", ALTERNATIVE)),
      /no stack named like that: stack output .* --stack dev; echo \$PATH$/m,
    );
  });
});
