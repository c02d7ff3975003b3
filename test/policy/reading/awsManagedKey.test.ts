import assert from "node:assert/strict";
import { isAwsManagedAlias } from "../../../policy/reading/awsManagedKey";

const arn = "arn:aws-cn:kms:cn-north-1:123456789012:";

describe("isAwsManagedAlias", () => {
  for (const key of ["alias/aws/kinesis", `${arn}alias/aws/s3`]) {
    it(`recognizes ${key} as AWS-managed`, () => {
      assert.equal(isAwsManagedAlias(key), true);
    });
  }

  for (const key of ["alias/lake", "alias/awsome", "my/alias/aws/s3", `${arn}key/alias-aws`]) {
    it(`does not recognize ${key} as AWS-managed`, () => {
      assert.equal(isAwsManagedAlias(key), false);
    });
  }
});
