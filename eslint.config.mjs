import js from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import ts from "typescript";
import tseslint from "typescript-eslint";

// Four mistakes that compile, pass review and fail in production; nothing else catches them.
const stringifiedOutput = {
  selector: "CallExpression[callee.object.name='JSON'][callee.property.name='stringify']",
  message: "An Output inside JSON.stringify becomes a warning text: use pulumi.jsonStringify.",
};
const unawaitedApply = {
  selector: "ExpressionStatement > CallExpression[callee.property.name='apply']",
  message: "Nothing waits for this apply, so a failing assertion in it passes: await its value.",
};
const optionsInArgsSlot = {
  selector:
    "CallExpression[callee.type='Super'][arguments.length=3][arguments.2.name=/^(opts|options)$/]",
  message:
    "The third argument of a component's super() is its args: pass (type, name, args, opts).",
};
const parentOverriddenBySpread = {
  selector: "ObjectExpression > Property[key.name='parent'] ~ SpreadElement",
  message: "The spread can override parent: use pulumi.mergeOptions, or spread first.",
};
const skippedWithoutReason = {
  selector: "CallExpression[callee.object.type='ThisExpression'][callee.property.name='skip']",
  message: "The report of the tests lists what is skipped and why: use skip(this, reason).",
};

/**
 * What the compiler says of a file, as `tsc --noEmit` would. Other rules need the types of all files anyway,
 * so this takes little time, and reading them once more would take much.
 */
const compiles = {
  create(context) {
    const { program, esTreeNodeToTSNodeMap } = context.sourceCode.parserServices;
    return {
      Program(node) {
        const file = esTreeNodeToTSNodeMap.get(node);
        const problems = [
          ...program.getOptionsDiagnostics(),
          ...program.getGlobalDiagnostics(),
          ...program.getSemanticDiagnostics(file),
        ];
        for (const { code, messageText, start = 0, length = 0 } of problems) {
          const [from, to] = [start, start + length].map((it) =>
            context.sourceCode.getLocFromIndex(it),
          );
          const message = `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
          context.report({ loc: { start: from, end: to }, message });
        }
      },
    };
  },
};

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      "cli/dist/",
      "policy/bin/",
      "components/bin/",
      "cli/template/policy/",
      // Programs of other people, who have their own rules.
      "test/programs/",
      ".streamlake/",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { "@pulumi": pulumi, types: { rules: { compiles } } },
    languageOptions: { parserOptions: { project: "./tsconfig.json" } },
    rules: {
      "types/compiles": "error",
      "@pulumi/no-output-in-template-literal": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-restricted-syntax": ["error", optionsInArgsSlot, parentOverriddenBySpread],
    },
  },
  {
    files: ["index.ts", "components/**/*.ts"],
    // No Output can reach the pure parts: they import no Pulumi.
    ignores: ["components/{alarms,athena,iam,prefix,settings}/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        optionsInArgsSlot,
        parentOverriddenBySpread,
        stringifiedOutput,
      ],
    },
  },
  {
    files: ["cli/**/*.ts"],
    // One file prints, so that nothing that is printed controls a terminal or a CI system.
    ignores: ["cli/output.ts", "cli/reports/terminal.ts"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        { object: "process", property: "stdout", message: "Print with cli/output.ts." },
        { object: "process", property: "stderr", message: "Print with cli/output.ts." },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        optionsInArgsSlot,
        parentOverriddenBySpread,
        unawaitedApply,
        skippedWithoutReason,
      ],
    },
  },
  {
    files: ["**/*.cjs", "examples/policy/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        require: true,
        module: true,
        process: true,
        console: true,
        setInterval: true,
        __dirname: true,
        __filename: true,
      },
    },
  },
  {
    files: ["examples/redaction/function/*.mjs"],
    languageOptions: { globals: { process: true, Buffer: true } },
  },
  {
    files: ["cli/{gitlab,template}/**/*.mjs"],
    languageOptions: { globals: { process: true, console: true, URLSearchParams: true } },
  },
  prettier,
);
