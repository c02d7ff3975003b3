import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { runWithBoto3 } from "../support/boto3";
import { Bucket, testStore } from "./support/testStore";

describe("boto3 on the object store", () => {
  const store = testStore();
  const files = temporaryFolder();

  it("writes and reads files of 20 MiB, copies, signs URLs and lists", async function () {
    await mkdir(files, { recursive: true });
    await runWithBoto3(this, join(__dirname, "useBoto3.py"), store.endpoint(), Bucket, files);
  });
});
