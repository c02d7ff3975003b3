import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { Bucket, testStore } from "./support/testStore";

const hasCommand = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args).status === 0;

describe("other clients on the object store", () => {
  const store = testStore();
  const files = temporaryFolder();

  /** Runs a command until its end. Resolves with what it prints. */
  async function run(command: string, ...args: string[]): Promise<string> {
    const env = {
      ...process.env,
      AWS_ACCESS_KEY_ID: "any",
      AWS_SECRET_ACCESS_KEY: "any",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_PAGER: "",
      NO_PROXY: "127.0.0.1",
    };
    const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    const closed = once(child, "close");
    const [output, problems] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = (await closed) as [number];
    assert.equal(code, 0, problems);
    return output;
  }

  const aws = (...args: string[]) => run("aws", "--endpoint-url", store.endpoint(), ...args);

  const cliTitle = "the AWS CLI copies, synchronizes, lists and deletes files of 20 MiB";
  if (hasCommand("aws", "--version"))
    it(cliTitle, async () => {
      const content = randomBytes(20 * 2 ** 20);
      await mkdir(files, { recursive: true });
      await writeFile(join(files, "large"), content);
      await aws("s3", "cp", join(files, "large"), `s3://${Bucket}/cli/large`);
      await aws("s3", "cp", `s3://${Bucket}/cli/large`, `s3://${Bucket}/cli/copy`);
      await aws("s3", "sync", `s3://${Bucket}/cli`, join(files, "synchronized"));
      for (const name of ["large", "copy"])
        assert.ok(content.equals(await readFile(join(files, "synchronized", name))), name);
      assert.equal(await aws("s3", "sync", join(files, "synchronized"), `s3://${Bucket}/cli`), "");
      const listed = await aws("s3", "ls", `s3://${Bucket}/cli/`);
      assert.match(listed, /20971520 copy\n.*20971520 large\n$/u);
      await aws("s3", "rm", `s3://${Bucket}/cli`, "--recursive");
    });
  else it.skip(`${cliTitle} (skipped: the command aws is not installed)`);

  for (const [module, script] of [
    ["pyarrow", "usePyarrow.py"],
    ["s3fs", "useS3fs.py"],
  ] as const) {
    const title = `${module} writes, reads, copies, lists and deletes files of 12 MiB`;
    if (hasCommand("python3", "-c", `import ${module}`))
      it(title, async () => {
        await run("python3", join(__dirname, script), store.endpoint(), Bucket);
      });
    else it.skip(`${title} (skipped: python3 with ${module} is not installed)`);
  }
});
