import assert from "node:assert/strict";
import { readerAccess } from "../../../components/iam/clientAccess";

const bucketArn = "arn:aws:s3:::user-events-lake";
const keyArn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("readerAccess", () => {
  it("allows reading the whole bucket if the data has no prefix", () => {
    const [objects, listing] = readerAccess({ bucketArn, prefix: "" }).Statement;
    assert.equal(objects?.Resource, `${bucketArn}/*`);
    assert.equal(listing?.Resource, bucketArn);
    assert.equal(listing.Condition, undefined);
  });

  it("escapes the wildcards and variables of IAM in a prefix", () => {
    const prefix = "raw/*/why?/${aws:username}/";
    const keyPattern = "raw/${*}/why${?}/${$}{aws:username}/*";
    const [objects, listing, , decryption] = readerAccess({ bucketArn, prefix, keyArn }).Statement;
    assert.equal(objects?.Resource, `${bucketArn}/${keyPattern}`);
    assert.deepEqual(listing?.Condition, { StringLike: { "s3:prefix": keyPattern } });
    assert.deepEqual(decryption?.Condition?.["StringLike"], {
      "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/${keyPattern}`],
    });
  });
});
