import assert from "node:assert/strict";
import type { Processor } from "../../../../aws/firehose/features/processorFeature";
import { readProcessors } from "../../../../aws/firehose/features/processors";
import {
  type Declared,
  DeclaredInputs,
  InputProblems,
} from "../../../../aws/firehose/model/declaredInputs";
import { type Properties, Unknown } from "../../../../engine/graph/resourceGraph";

function read(...processors: readonly Properties[]): {
  processors: Declared<readonly Processor[]>;
  problems: readonly string[];
} {
  const problems = new InputProblems();
  const processingConfiguration = { enabled: true, processors: [...processors] };
  return {
    processors: readProcessors(new DeclaredInputs({ processingConfiguration }, problems)),
    problems: [...problems.refusals.keys()].map((problem) =>
      problem.replace("processingConfiguration.", ""),
    ),
  };
}

function parameter(parameterName: string, parameterValue: string): Properties {
  return { parameterName, parameterValue };
}

const decompression = { type: "Decompression" };
const extraction = {
  type: "CloudWatchLogProcessing",
  parameters: [parameter("DataMessageExtraction", "true")],
};
const delimiter = { type: "AppendDelimiterToRecord" };

describe("readProcessors", () => {
  it("rejects enabled processing without processors", () => {
    assert.deepEqual(read(), {
      processors: [],
      problems: ["processors has 0 processors; allowed if processing is enabled: 1 to 5"],
    });
  });

  it("returns no processors unless they are enabled", () => {
    const inputs = { processingConfiguration: { processors: [delimiter] } };
    assert.deepEqual(readProcessors(new DeclaredInputs(inputs)), []);
  });

  it("is unknown if a type or a parameter is", () => {
    const unknownParameter = {
      parameterName: "DataMessageExtraction",
      parameterValue: new Unknown(),
    };
    for (const processor of [
      { type: new Unknown() },
      { ...extraction, parameters: [unknownParameter] },
      { ...extraction, parameters: new Unknown() },
    ]) {
      const { processors, problems } = read(decompression, processor);
      assert.ok(processors instanceof Unknown);
      assert.deepEqual(problems, []);
    }
  });

  it("returns the processors in AWS's order, each once, whatever was declared", () => {
    const declared = [extraction, delimiter, decompression, extraction, decompression];
    assert.deepEqual(read(...declared), {
      processors: [
        { type: "Decompression" },
        { type: "CloudWatchLogProcessing", dataMessageExtraction: true },
        { type: "AppendDelimiterToRecord" },
      ],
      problems: [],
    });
  });

  it("reads the parameters that AWS accepts", () => {
    const parameters = [parameter("DataMessageExtraction", "False")];
    assert.deepEqual(
      read(
        { ...decompression, parameters: [parameter("CompressionFormat", "GZIP")] },
        { ...extraction, parameters },
      ),
      {
        processors: [
          { type: "Decompression" },
          { type: "CloudWatchLogProcessing", dataMessageExtraction: false },
        ],
        problems: [],
      },
    );
  });

  it("reports all problems of processors", () => {
    const { problems } = read(
      {
        ...decompression,
        parameters: [parameter("CompressionFormat", "ZIP"), parameter("LambdaArn", "x")],
      },
      { ...extraction, parameters: [] },
      { ...extraction, parameters: [parameter("DataMessageExtraction", "yes")] },
    );
    assert.deepEqual(problems, [
      'processors.0.parameters.1.parameterName is "LambdaArn"; allowed: CompressionFormat',
      'processors.0.parameters has CompressionFormat "ZIP"; allowed: GZIP',
      "processors.1.parameters has no DataMessageExtraction; allowed: true or false",
      'processors.2.parameters has DataMessageExtraction "yes"; allowed: true or false',
    ]);
  });

  it("rejects message extraction without decompression", () => {
    assert.deepEqual(read(extraction).problems, [
      "processors.0.type is CloudWatchLogProcessing, which also requires Decompression",
    ]);
  });
});
