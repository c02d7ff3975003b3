import { UNKNOWN, type Value } from "../../reading/value";
import { deliveryStreamType } from "../../resourceTypes";
import { resourceRule } from "../../rule/resourceRule";
import type { Verdict } from "../../rule/verdict";
import {
  type DeclaredProcessor,
  evaluateProcessing,
  parameterOf,
  processorsOf,
} from "./processors";

export const firehoseProcessorParametersAreValid = resourceRule({
  name: "firehose-processor-parameters-are-valid",
  title: "Processors of delivery streams have valid parameters",
  description:
    "Every parameter of a processor is one that its type has, is set once, and has a value that Firehose accepts.",
  severity: "medium",
  references: { wellArchitected: ["operational-excellence"] },
  remediationSteps:
    "Set each parameter once, to an allowed value, and BufferSizeInMBs and BufferIntervalInSeconds of a Lambda processor both or neither.",
  url: "https://docs.aws.amazon.com/firehose/latest/APIReference/API_ProcessorParameter.html",
  types: [deliveryStreamType],
  evaluate({ props }, verdict) {
    evaluateProcessing(props, verdict, ({ path }, found) => {
      for (const processor of processorsOf(props, path)) evaluateProcessor(processor, found);
    });
  },
});

interface Form {
  readonly allowed: string;
  readonly accepts: (value: string) => boolean;
  /** Whether an unknown value is fine: it is the output of a resource, which has the form. */
  readonly isOutput?: true;
}

/** Source: Firehose API, ProcessorParameter. */
const maximumLength = 5120;

/**
 * Type of processor -> its parameters. Firehose ignores those of AppendDelimiterToRecord. The ranges are
 * those that AWS names when it rejects a Lambda processor.
 */
const forms: Readonly<Record<string, Readonly<Record<string, Form>>>> = {
  RecordDeAggregation: {
    SubRecordType: oneOf("JSON", "DELIMITED"),
    Delimiter: {
      allowed: "a delimiter in Base64, e.g. Cg== for a newline",
      accepts: (value) => Buffer.from(value, "base64").toString("base64") === value,
    },
  },
  Decompression: { CompressionFormat: oneOf("GZIP") },
  CloudWatchLogProcessing: {
    DataMessageExtraction: {
      allowed: "true or false",
      accepts: (value) => /^(true|false)$/i.test(value),
    },
  },
  Lambda: {
    LambdaArn: {
      allowed: "the ARN of a function",
      accepts: (value) =>
        /^arn:[^:]*:lambda:[^:]*:[0-9]{12}:function:[\w-]+(:[\w$-]+)?$/.test(value),
      isOutput: true,
    },
    RoleArn: {
      allowed: "the ARN of a role",
      accepts: (value) => /^arn:[^:]*:iam::[0-9]{12}:role\/.+$/.test(value),
      isOutput: true,
    },
    BufferSizeInMBs: between(0.2, 3),
    BufferIntervalInSeconds: between(0, 900),
    NumberOfRetries: between(0, 300),
  },
  MetadataExtraction: {
    MetadataExtractionQuery: {
      allowed: "a jq query, e.g. {customer: .customer}",
      accepts: (value) => value.trim() !== "",
    },
    JsonParsingEngine: oneOf("JQ-1.6"),
  },
};

function oneOf(...words: readonly string[]): Form {
  return { allowed: words.join(" or "), accepts: (value) => words.includes(value) };
}

function between(minimum: number, maximum: number): Form {
  return {
    allowed: `${minimum} to ${maximum}`,
    accepts: (value) =>
      /^\d*\.?\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum,
  };
}

function evaluateProcessor(processor: DeclaredProcessor, verdict: Verdict): void {
  const { parameters, path, type } = processor;
  const known = typeof type === "string" && Object.hasOwn(forms, type) ? forms[type] : undefined;
  if (known === undefined) {
    if (type === UNKNOWN) verdict.undecided(`${path}.type`);
    return;
  }
  if (parameters === UNKNOWN) {
    verdict.undecided(`${path}.parameters`);
    return;
  }
  const names = parameters.map(({ name }) => name);
  if (names.includes(UNKNOWN)) verdict.undecided(`${path}.parameters`);
  for (const { name, value } of parameters) {
    if (name === UNKNOWN) continue;
    const form = typeof name === "string" && Object.hasOwn(known, name) ? known[name] : undefined;
    if (form === undefined || typeof name !== "string") {
      const allowed = Object.keys(known).join(", ");
      verdict.violation(
        `${path}.parameters has one that a processor of its type does not have: use ${allowed}.`,
      );
    } else evaluateValue(`${path}.parameters: ${name}`, form, value, verdict);
  }
  const repeated = Object.keys(known).filter(
    (name) => names.indexOf(name) !== names.lastIndexOf(name),
  );
  for (const name of repeated) {
    verdict.violation(`${path}.parameters has ${name} several times: keep one.`);
  }
  evaluateRelations(processor, verdict);
}

function evaluateValue(
  parameter: string,
  { allowed, accepts, isOutput }: Form,
  value: Value | undefined,
  verdict: Verdict,
): void {
  if (value === UNKNOWN) {
    if (!isOutput) verdict.undecided(parameter.replace(":", " with"));
  } else if (typeof value !== "string" || value.length > maximumLength || !accepts(value)) {
    verdict.violation(
      `${parameter} is not ${allowed}, in at most ${maximumLength} characters: change it.`,
    );
  }
}

/** What one parameter requires of another. */
function evaluateRelations(processor: DeclaredProcessor, verdict: Verdict): void {
  const { path, type } = processor;
  const [size, interval] = ["BufferSizeInMBs", "BufferIntervalInSeconds"].map((name) =>
    parameterOf(processor, name),
  );
  if (type === "Lambda" && (size === undefined) !== (interval === undefined)) {
    verdict.violation(
      `${path}.parameters has one of BufferSizeInMBs and BufferIntervalInSeconds: set both or neither.`,
    );
  }
  const isDelimited = parameterOf(processor, "SubRecordType") === "DELIMITED";
  if (isDelimited && parameterOf(processor, "Delimiter") === undefined) {
    verdict.violation(
      `${path}.parameters has no Delimiter, which SubRecordType DELIMITED requires: add it.`,
    );
  }
}
