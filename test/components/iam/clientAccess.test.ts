import assert from "node:assert/strict";
import { readerAccess } from "../../../components/iam/clientAccess";

const bucketArn = "arn:aws:s3:::user-events-lake";
const keyArn = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("What a reader may do", () => {
  it("reaches the whole bucket when the data has no folder of its own", () => {
    const [objects, listing] = readerAccess({ bucketArn, folder: "" }).Statement;
    assert.equal(objects?.Resource, `${bucketArn}/*`);
    assert.equal(listing?.Resource, bucketArn);
    assert.equal(listing.Condition, undefined);
  });

  it("takes the wildcards and variables of IAM in a folder for what they are in S3", () => {
    const folder = "raw/*/why?/${aws:username}/";
    const inFolder = "raw/${*}/why${?}/${$}{aws:username}/*";
    const [objects, listing, , decryption] = readerAccess({ bucketArn, folder, keyArn }).Statement;
    assert.equal(objects?.Resource, `${bucketArn}/${inFolder}`);
    assert.deepEqual(listing?.Condition, { StringLike: { "s3:prefix": inFolder } });
    assert.deepEqual(decryption?.Condition?.["StringLike"], {
      "kms:EncryptionContext:aws:s3:arn": [bucketArn, `${bucketArn}/${inFolder}`],
    });
  });
});
