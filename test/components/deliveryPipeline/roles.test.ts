import assert from "node:assert/strict";
import { pipeline } from "../support/recordedPipeline";

const role = "aws:iam/role:Role";

describe("the roles of DeliveryPipeline", () => {
  it("creates roles with the root path and no permissions boundary by default", async () => {
    const all = await pipeline();
    for (const name of ["events-source", "events-delivery"]) {
      const { inputs } = all.one(role, name);
      assert.equal(inputs["path"], "/");
      assert.ok(!("permissionsBoundary" in inputs));
    }
  });

  it("creates roles with the path and the permissions boundary of the settings", async () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/DeliveryBoundary";
    const all = await pipeline({ roles: { path: "/delivery/", permissionsBoundaryArn } });
    for (const name of ["events-source", "events-delivery"]) {
      const { inputs } = all.one(role, name);
      assert.equal(inputs["path"], "/delivery/");
      assert.equal(inputs["permissionsBoundary"], permissionsBoundaryArn);
    }
  });
});
