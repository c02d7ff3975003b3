import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { prepareFiles } from "../../../aws/lambda/functionFiles";
import type { FunctionResult } from "../../../aws/lambda/executionEnvironment";
import type { LambdaFunction } from "../../../aws/lambda/lambdaFunction";
import { RunningFunction } from "../../../aws/lambda/runningFunction";
import { runtimeOf } from "../../../aws/lambda/runtimes/functionRuntime";
import { gone } from "../../cli/support/descendants";
import { skip } from "../../support/skip";

const arn = "arn:aws:lambda:eu-central-1:123456789012:function:redact";

describe("a function for Node.js", () => {
  const never = new AbortController().signal;
  let directory: string;
  let running: RunningFunction[];
  let printed: string[];

  before(() => {
    // What a user has set must not reach a function.
    process.env["STREAMLAKE_TEST_SECRET"] = "of the user";
  });
  after(() => {
    delete process.env["STREAMLAKE_TEST_SECRET"];
  });
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "streamlake-test-"));
    running = [];
    printed = [];
  });
  afterEach(async () => {
    for (const one of running) await one.close();
    rmSync(directory, { recursive: true });
  });

  async function start(
    files: Readonly<Record<string, string>>,
    changes: Partial<LambdaFunction> = {},
  ): Promise<RunningFunction> {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, "code", name)), { recursive: true });
      writeFileSync(join(directory, "code", name), content);
    }
    const lambda: LambdaFunction = {
      ...{ name: "redact", arn, runtime: `nodejs${process.versions.node.split(".")[0] ?? ""}.x` },
      ...{ handler: "index.handler", timeoutSeconds: 60, memoryMiB: 256, hasLayers: false },
      environment: { GREETING: "hello" },
      code: { type: "archive", archive: { type: "path", path: "code" } },
      ...changes,
    };
    const prepared = {
      ...{ lambda, files: await prepareFiles(lambda.code, directory), runtime: runtimeOf(lambda) },
      onPrint: (line: string) => printed.push(line),
    };
    const one = new RunningFunction(prepared);
    running.push(one);
    return one;
  }

  async function returned(
    body: string,
    event: unknown = {},
    changes: Partial<LambdaFunction> = {},
  ): Promise<unknown> {
    const one = await start({ "index.js": body }, changes);
    return valueOf(await one.invoke(arn, JSON.stringify(event), never));
  }

  function valueOf(result: FunctionResult): unknown {
    return "payload" in result ? JSON.parse(result.payload) : { failed: result.functionError };
  }

  it("receives its event and returns its result", async () => {
    const body = "exports.handler = async (event) => ({ got: event });";
    assert.deepEqual(await returned(body, { a: ["ü"] }), { got: { a: ["ü"] } });
  });

  it("finds only its own variables, an empty home and nothing of the user's", async () => {
    const body = `
      const { homedir } = require("node:os");
      const { readdirSync } = require("node:fs");
      exports.handler = async () => ({
        env: process.env, home: homedir(), inHome: readdirSync(homedir()), cwd: process.cwd() });`;
    const found = (await returned(body)) as {
      env: Record<string, string>;
      home: string;
      inHome: string[];
      cwd: string;
    };
    assert.equal(found.env["GREETING"], "hello");
    assert.equal(found.env["AWS_LAMBDA_FUNCTION_NAME"], "redact");
    assert.equal(found.env["AWS_REGION"], "eu-central-1");
    assert.equal(found.env["LAMBDA_TASK_ROOT"], found.cwd);
    assert.equal(found.env["STREAMLAKE_TEST_SECRET"], undefined);
    const own = ["GREETING", "HOME", "LANG", "LAMBDA_TASK_ROOT", "PATH", "TZ", "USERPROFILE"];
    const others = Object.keys(found.env).filter(
      (name) => !/^AWS_|^_HANDLER$|^SystemRoot$|^__CF/u.test(name) && !own.includes(name),
    );
    assert.deepEqual(others, []);
    assert.deepEqual(
      Object.keys(found.env).filter((name) => /KEY|TOKEN|PROFILE$/u.test(name)),
      ["USERPROFILE"],
    );
    assert.notEqual(found.home, homedir());
    assert.deepEqual(found.inHome, []);
  });

  it("receives a context", async () => {
    const body = `exports.handler = async (event, context) => ({
      ...context, left: context.getRemainingTimeInMillis() });`;
    const context = (await returned(body, {}, { timeoutSeconds: 100 })) as Record<string, unknown>;
    assert.equal(context["functionName"], "redact");
    assert.equal(context["functionVersion"], "$LATEST");
    assert.equal(context["invokedFunctionArn"], arn);
    assert.equal(context["memoryLimitInMB"], "256");
    assert.equal(context["logGroupName"], "/aws/lambda/redact");
    assert.match(String(context["awsRequestId"]), /^[0-9a-f-]{36}$/u);
    assert.ok(Number(context["left"]) > 0 && Number(context["left"]) <= 100_000);
  });

  it("is called by a version or an alias, of which it learns", async () => {
    const one = await start({
      "index.js": "exports.handler = async (_, c) => [c.invokedFunctionArn, c.functionVersion];",
    });
    for (const [qualifier, version] of [
      ["live", "$LATEST"],
      ["7", "7"],
    ]) {
      const called = `${arn}:${qualifier ?? ""}`;
      assert.deepEqual(valueOf(await one.invoke(called, "{}", never)), [called, version]);
    }
  });

  it("stays for later calls, each of which has its own request ID", async () => {
    const one = await start({
      "index.js":
        "let n = 0; exports.handler = async (_, { awsRequestId }) => [++n, awsRequestId];",
    });
    const first = valueOf(await one.invoke(arn, "{}", never)) as [number, string];
    const second = valueOf(await one.invoke(arn, "{}", never)) as [number, string];
    assert.deepEqual([first[0], second[0]], [1, 2]);
    assert.notEqual(first[1], second[1]);
  });

  it("has a process for each of several calls at the same time", async () => {
    const one = await start({
      "index.js": `let n = 0;
        exports.handler = async ({ until }) => {
          n += 1;
          const { existsSync, writeFileSync } = require("node:fs");
          writeFileSync(until + process.pid, "");
          while (require("node:fs").readdirSync(require("node:path").dirname(until)).length < 2)
            await new Promise((resolve) => setTimeout(resolve, 5));
          return [n, process.pid];
        };`,
    });
    mkdirSync(join(directory, "meeting"));
    const event = JSON.stringify({ until: join(directory, "meeting", "pid") });
    const both = (await Promise.all([1, 2].map(() => one.invoke(arn, event, never)))).map(
      valueOf,
    ) as [number, number][];
    assert.deepEqual(
      both.map(([n]) => n),
      [1, 1],
    );
    assert.notEqual(both[0]?.[1], both[1]?.[1]);
  });

  const handlers: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ["a nested export", { "src/app.js": "exports.a = { b: async () => 1 };" }, "src/app.a.b"],
    ["a CommonJS module", { "app.cjs": "exports.handler = async () => 1;" }, "app.handler"],
    ["an ES module", { "app.mjs": "export const handler = async () => 1;" }, "app.handler"],
    [
      "an ES module by its package",
      { "package.json": '{"type":"module"}', "app.js": "export const handler = async () => 1;" },
      "app.handler",
    ],
    [
      "a CommonJS module of another package than the module in which it is",
      {
        "package.json": '{"type":"module"}',
        "lib/package.json": "{}",
        "lib/app.js": "exports.handler = async () => 1;",
      },
      "lib/app.handler",
    ],
    [
      "a module with a package of its own",
      {
        "node_modules/one/index.js": "module.exports = 1;",
        "app.js": 'const one = require("one"); exports.handler = async () => one;',
      },
      "app.handler",
    ],
  ];
  for (const [what, files, handler] of handlers)
    it(`can be ${what}`, async () => {
      const one = await start(files, { handler });
      assert.equal(valueOf(await one.invoke(arn, "{}", never)), 1);
    });

  const broken: readonly (readonly [string, string, string, RegExp])[] = [
    [
      "has no module",
      "exports.handler = 1",
      "other.handler",
      /^Runtime\.ImportModuleError: .*'other'/u,
    ],
    [
      "has no export",
      "exports.other = 1",
      "index.handler",
      /^Runtime\.HandlerNotFound: index\.handler is undefined or not exported/u,
    ],
    [
      "exports no function",
      "exports.handler = 1",
      "index.handler",
      /^Runtime\.HandlerNotFound: index\.handler is not a function/u,
    ],
    [
      "has a handler without an export",
      "",
      "index",
      /^Runtime\.MalformedHandlerName: Bad handler index/u,
    ],
    ["leads out of its directory", "", "../index.handler", /^Runtime\.MalformedHandlerName/u],
    [
      "has an error in its syntax",
      "exports.handler = (",
      "index.handler",
      /^Runtime\.UserCodeSyntaxError/u,
    ],
    [
      "throws while it is loaded",
      "throw new RangeError('no');",
      "index.handler",
      /^RangeError: no$/u,
    ],
    [
      "requires what it does not contain",
      "require('mocha');",
      "index.handler",
      /^Runtime\.ImportModuleError: Cannot find module 'mocha'/u,
    ],
    [
      "throws",
      "exports.handler = () => { throw new TypeError('no'); };",
      "index.handler",
      /^TypeError: no$/u,
    ],
    [
      "rejects",
      "exports.handler = async () => { throw new TypeError('no'); };",
      "index.handler",
      /^TypeError: no$/u,
    ],
    [
      "ends its process",
      "exports.handler = () => process.exit(7);",
      "index.handler",
      /^Runtime exited with error: exit status 7$/u,
    ],
    [
      "throws later",
      "exports.handler = () => new Promise(() => setTimeout(() => { throw new Error('late'); }));",
      "index.handler",
      /^Runtime exited with error: exit status 1$/u,
    ],
    [
      "returns what JSON cannot contain",
      "exports.handler = async () => 1n;",
      "index.handler",
      /^TypeError: /u,
    ],
    [
      "returns too much",
      "exports.handler = async () => 'x'.repeat(6291555);",
      "index.handler",
      /^Function\.ResponseSizeTooLarge: .*6291557 bytes/u,
    ],
  ];
  for (const [what, body, handler, expected] of broken)
    it(`fails if it ${what}`, async () => {
      const one = await start({ "index.js": body }, { handler });
      const result = await one.invoke(arn, "{}", never);
      assert.ok("functionError" in result, JSON.stringify(result));
      assert.match(result.functionError, expected);
    });

  it("can be called again after an error, in the same process, and after its end, in a new one", async () => {
    const one = await start({
      "index.js": `let n = 0;
        exports.handler = async ({ how }) => {
          n += 1;
          if (how === "throw") throw new Error("no");
          if (how === "exit") process.exit(1);
          return n;
        };`,
    });
    const call = async (how: string) =>
      valueOf(await one.invoke(arn, JSON.stringify({ how }), never));
    assert.deepEqual(await call("throw"), { failed: "Error: no" });
    assert.equal(await call("return"), 2);
    assert.deepEqual(await call("exit"), { failed: "Runtime exited with error: exit status 1" });
    assert.equal(await call("return"), 1);
  });

  it("says that layers are missing if a module is", async () => {
    const one = await start({ "index.js": 'require("layered");' }, { hasLayers: true });
    const result = await one.invoke(arn, "{}", never);
    assert.ok("functionError" in result);
    assert.match(result.functionError, /has layers, which the local run does not have/u);
  });

  it("may call back, and return nothing, before Node.js 24", async () => {
    const old = { runtime: "nodejs20.x" };
    const later = "exports.handler = (e, c, callback) => { setTimeout(() => callback(null, 1)); };";
    assert.equal(await returned(later, {}, old), 1);
    const error = "exports.handler = (e, c, callback) => callback(new Error('no'));";
    assert.deepEqual(await returned(error, {}, old), { failed: "Error: no" });
    assert.equal(await returned("exports.handler = (e, c) => { c.succeed(2); };", {}, old), 2);
    assert.equal(await returned("exports.handler = () => {};", {}, old), null);
    assert.equal(await returned("exports.handler = () => new Promise(() => {});", {}, old), null);
  });

  it("gets no callback from Node.js 24 on", async () => {
    const current = { runtime: "nodejs24.x" };
    assert.equal(await returned("exports.handler = (...all) => all.length;", {}, current), 2);
    const failed = (await returned("exports.handler = (e, c, callback) => 1;", {}, current)) as {
      failed: string;
    };
    assert.match(failed.failed, /^Runtime\.CallbackHandlerDeprecated/u);
  });

  it("times out, even if it never returns, and works again", async () => {
    const one = await start(
      {
        "index.js": `exports.handler = async ({ hang }) => {
          console.log("pid " + process.pid);
          if (hang === "busy") for (;;);
          if (hang === "idle") await new Promise((resolve) => setTimeout(resolve, 1e8));
          return 1;
        };`,
      },
      { timeoutSeconds: 2 },
    );
    for (const hang of ["busy", "idle"])
      assert.deepEqual(valueOf(await one.invoke(arn, JSON.stringify({ hang }), never)), {
        failed: "Task timed out after 2.00 seconds",
      });
    assert.equal(valueOf(await one.invoke(arn, "{}", never)), 1);
    for (const line of printed.slice(0, 2)) await gone(Number(line.slice(4)));
  });

  it("ends at once when its call is aborted, with everything that it has started", async () => {
    const one = await start({
      "index.js": `const { spawn } = require("node:child_process");
        exports.handler = () => {
          const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]);
          console.log("pids " + process.pid + " " + child.pid);
          return new Promise((resolve) => setTimeout(resolve, 1e8));
        };`,
    });
    const stop = new AbortController();
    const call = one.invoke(arn, "{}", stop.signal);
    while (printed.length === 0) await sleep(5);
    stop.abort();
    await assert.rejects(call, { name: "AbortError" });
    for (const pid of (printed[0] ?? "").split(" ").slice(1)) await gone(Number(pid));
  });

  it("deletes its files when it is closed", async () => {
    const body = "exports.handler = async () => process.env.LAMBDA_TASK_ROOT;";
    const root = String(await returned(body));
    assert.ok(existsSync(root));
    await running[0]?.close();
    assert.equal(existsSync(dirname(root)), false);
  });

  it("prints to the log of the run, with the paths that it has in AWS", async () => {
    await returned("exports.handler = async () => { console.log(__filename); console.error(2); };");
    while (printed.length < 2) await sleep(5);
    assert.deepEqual(printed.sort(), ["/var/task/index.js", "2"]);
  });

  it("rejects an event that is larger than Lambda accepts", async () => {
    const one = await start({ "index.js": "exports.handler = async () => 1;" });
    const event = JSON.stringify("x".repeat(6 * 1024 * 1024));
    await assert.rejects(one.invoke(arn, event, never), {
      code: "RequestTooLargeException",
      message: "Request must be smaller than 6291456 bytes for the InvokeFunction operation",
    });
  });

  it("may be one for Python, with the same rules", async function () {
    const python = { runtime: "python3.13", handler: "app/redact.handler" };
    try {
      runtimeOf({ ...python } as LambdaFunction);
    } catch (error) {
      skip(this, (error as Error).message);
    }
    const one = await start(
      {
        "app/redact.py": `
import os
from helper import double
calls = 0
def handler(event, context):
    global calls
    calls += 1
    how = event.get("how")
    if how == "throw":
        raise ValueError("no")
    if how == "hang":
        while True:
            pass
    if how == "exit":
        os._exit(3)
    print("called with " + os.environ["GREETING"])
    return {"calls": double(calls), "name": context.function_name, "home": os.listdir(os.path.expanduser("~")),
            "user": os.environ.get("STREAMLAKE_TEST_SECRET"), "left": context.get_remaining_time_in_millis() > 0}
`,
        "helper.py": "def double(n):\n    return 2 * n\n",
      },
      { ...python, timeoutSeconds: 2 },
    );
    const call = async (how = "") => valueOf(await one.invoke(arn, JSON.stringify({ how }), never));
    const returns = (calls: number) => ({
      ...{ calls, name: "redact", home: [], user: null, left: true },
    });
    assert.deepEqual(await call(), returns(2));
    assert.deepEqual(await call("throw"), { failed: "ValueError: no" });
    assert.deepEqual(await call(), returns(6));
    assert.deepEqual(await call("exit"), { failed: "Runtime exited with error: exit status 3" });
    assert.deepEqual(await call("hang"), { failed: "Task timed out after 2.00 seconds" });
    assert.deepEqual(await call(), returns(2));
    assert.ok(printed.includes("called with hello"));
  });

  it("cannot have a runtime that is not on this machine", () => {
    assert.throws(() => runtimeOf({ runtime: "java21" } as LambdaFunction), {
      message:
        "has the runtime java21; the local run has those for Node.js (nodejs22.x ...) and Python " +
        "(python3.13 ...)",
    });
  });
});
