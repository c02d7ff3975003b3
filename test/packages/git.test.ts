import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import manifest from "../../package.json";
import { COMPONENT, PackageHost } from "../components/support/packageHost";
import { skip } from "../support/skip";
import { describeEveryInstallation, everything } from "./support/everyInstallation";
import { copyBuild, readFromPackages } from "./support/copiedBuild";
import { linkPackages } from "./support/linkedPackages";
import { succeed } from "./support/run";

const ROOT = resolve(__dirname, "../..");
const TAG = `v${manifest.version}`;

/** `pulumi package add <repository>/components@<version>`: clone the tag, install, ask for the schema. */
describeEveryInstallation("the component, installed from a Git repository", () => {
  let workplace: string;
  let published: string;
  before(async function () {
    if (!existsSync(join(ROOT, ".git"))) skip(this, "the sources are not a Git repository");
    workplace = realpathSync(mkdtempSync(join(tmpdir(), "streamlake-git-")));
    published = join(workplace, "published");
    await publish(published);
  });
  after(() => {
    rmSync(workplace, { recursive: true, force: true });
  });

  const installations: Readonly<Record<string, NodeJS.ProcessEnv>> = {
    // CI has installed them already, when it runs the tests.
    ...(everything
      ? { "development dependencies": { NODE_ENV: "development", npm_config_omit: "" } }
      : {}),
    // npm then omits development dependencies, as it does with --production and --omit=dev.
    "NODE_ENV=production": { NODE_ENV: "production" },
  };
  for (const [title, env] of Object.entries(installations))
    it(`serves its schema with ${title}`, async () => {
      const clone = join(workplace, title.replaceAll(/\W/gu, "-"));
      await git(
        workplace,
        "clone",
        "--quiet",
        "--depth",
        "1",
        "--branch",
        TAG,
        `file://${published}`,
        clone,
      );
      linkPackages(clone, { development: title.startsWith("development") });
      // What compiles here compiles there from the same files, of the sources and of the packages.
      if (!everything) copyBuild(ROOT, clone);
      await succeed(clone, "npm", ["install", "--loglevel=error", "--prefer-offline"], env);
      assert.equal(existsSync(join(clone, "node_modules/mocha")), title.startsWith("development"));
      const missing = readFromPackages(ROOT).filter((file) => !existsSync(join(clone, file)));
      assert.deepEqual(missing, []);
      const ended = new AbortController();
      try {
        const host = await PackageHost.start(ended.signal, join(clone, "components"));
        const schema = await host.schema();
        assert.deepEqual([schema.name, schema.version], ["streamlake", manifest.version]);
        assert.deepEqual(Object.keys(schema.resources), [COMPONENT]);
      } finally {
        ended.abort();
        rmSync(clone, { recursive: true });
      }
    });
});

/** Creates a repository with the files as they are now, committed or not, at the tag of the version. */
async function publish(directory: string): Promise<void> {
  const { stdout } = await git(
    ROOT,
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
  );
  for (const path of stdout.split("\0").filter((it) => it !== "" && existsSync(join(ROOT, it)))) {
    const copy = join(directory, path);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(join(ROOT, path), copy);
  }
  await git(directory, "init", "--quiet");
  await git(directory, "add", "--all");
  await git(directory, "commit", "--quiet", "--no-verify", "--message", "Publish");
  await git(directory, "tag", TAG);
}

function git(directory: string, ...args: readonly string[]) {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
  const unsigned = ["-c", "commit.gpgSign=false", "-c", "tag.gpgSign=false"];
  return succeed(directory, "git", [...identity, ...unsigned, ...args]);
}
