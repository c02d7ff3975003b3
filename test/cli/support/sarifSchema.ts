import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020";

/** The schema of SARIF 2.1.0 from Microsoft's SARIF tool. */
const SCHEMA = join(
  __dirname,
  "../../../node_modules/@microsoft/sarif-multitool-ts/assets/sarif-2.1.0.schema.json",
);

const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: {
    uuid: true,
    uri: (text: string) => URL.canParse(text),
    "uri-reference": (text: string) => URL.canParse(text, "https://example.com"),
    "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
  },
});
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);

/** The problems of a SARIF log according to the schema. */
export function sarifProblems(log: unknown): string[] {
  return validate(log)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message }) => `${instancePath}: ${message ?? ""}`,
      );
}
