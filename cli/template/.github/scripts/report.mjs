// Keeps one comment on a pull request, or one issue, up to date: `report.mjs comment|issue DIRECTORY`. It needs the
// GitHub CLI and no package, so that nothing that npm installs gets a token that can write.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const { GITHUB_REPOSITORY, HEAD_REPOSITORY, HEAD_BRANCH, HEAD_SHA, RESULT, RUN_URL } = process.env;
const repository = `repos/${GITHUB_REPOSITORY}`;
const author = "github-actions[bot]";
const title = "Drift: what is deployed differs from the stacks or their rules";

/** GitHub accepts 65,536 characters. */
const LONGEST = 65_000;

const [command, directory] = process.argv.slice(2);
if (command === "comment") comment();
else if (command === "issue") issue();
else throw new Error("Specify what to update: report.mjs comment|issue DIRECTORY");

function comment() {
  const [owner] = HEAD_REPOSITORY.split("/");
  // The event lists no pull request of a fork. One that has a newer commit gets a newer run.
  const pulls = list("pulls", { state: "open", head: `${owner}:${HEAD_BRANCH}` }).filter(
    ({ head }) => head.sha === HEAD_SHA && head.repo?.full_name === HEAD_REPOSITORY,
  );
  if (pulls.length === 0) console.log(`No open pull request ends with ${HEAD_SHA}.`);
  const marker = "<!-- streamlake: plan -->";
  const reports = reportsIn(".md").map(({ text }) => withoutMentions(text));
  const none = "There is no plan. The run shows why.";
  const heading = `**Plan of ${HEAD_SHA.slice(0, 7)}: ${RESULT}** ([run](${RUN_URL}))`;
  const body = fitting([marker, heading, ...(reports.length === 0 ? [none] : reports)]);
  for (const { number } of pulls) {
    const found = list(`issues/${number}/comments`).find((it) => isOurs(it, marker));
    if (found) call("PATCH", `issues/comments/${found.id}`, { body });
    else call("POST", `issues/${number}/comments`, { body });
  }
}

function issue() {
  if (RESULT !== "success" && RESULT !== "failure") return;
  const marker = "<!-- streamlake: drift -->";
  const found = list("issues", { state: "open", creator: author }).find((it) => isOurs(it, marker));
  if (RESULT === "success") {
    if (found) call("PATCH", `issues/${found.number}`, { state: "closed" });
    return;
  }
  const reports = reportsIn(".txt").map(({ name, text }) => `### ${name}\n\n${fenced(text)}`);
  const body = fitting([marker, `[The run](${RUN_URL}) found differences, or failed.`, ...reports]);
  if (found) call("PATCH", `issues/${found.number}`, { body });
  else call("POST", "issues", { title, body });
}

function isOurs({ user, body }, marker) {
  return user.login === author && body.startsWith(marker);
}

/** The regular files of the artifacts: an artifact of a pull request may contain anything. */
function reportsIn(extension) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ name: basename(file, extension), text: readFileSync(file, "utf8").trim() }));
}

/** A report must not notify people, or appear in other issues. */
function withoutMentions(text) {
  return text.replaceAll(/[@#](?=\w)/g, "$&\u200b");
}

function fenced(text) {
  const longest = Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text.slice(0, LONGEST / 2)}\n${fence}`;
}

/** The parts that a comment can contain. The summary of the run has all of them. */
function fitting(parts) {
  let body = "";
  let left = 0;
  for (const part of parts) {
    if (body.length + part.length > LONGEST) left += 1;
    else body += `${part}\n\n`;
  }
  return left === 0 ? body : `${body}${left} more in [the run](${RUN_URL}).\n`;
}

function list(path, query = {}) {
  const parameters = new URLSearchParams({ ...query, per_page: "100" });
  const address = `${repository}/${path}?${parameters}`;
  return JSON.parse(gh(["--paginate", "--slurp", address])).flat();
}

function call(method, path, fields) {
  gh(["--method", method, `${repository}/${path}`, "--input", "-"], JSON.stringify(fields));
  console.log(`${method} ${path}`);
}

function gh(args, input = "") {
  const maxBuffer = 256 * 1024 * 1024;
  return execFileSync("gh", ["api", ...args], { input, encoding: "utf8", maxBuffer });
}
