import assert from "node:assert/strict";
import { type Processor, readProcessors } from "../../../../aws/firehose/model/processors";
import { InputReader } from "../../../../engine/graph/inputReader";
import type { Properties } from "../../../../engine/graph/resourceGraph";

function read(...processors: readonly Properties[]): {
  processors: readonly Processor[];
  problems: readonly string[];
} {
  const inputs = new InputReader({ processors: [...processors] });
  return {
    processors: readProcessors(inputs.groups("processors")),
    problems: [...inputs.problems],
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
  it("returns no processors if none acts on a record", () => {
    assert.deepEqual(read(), { processors: [], problems: [] });
    assert.deepEqual(read(delimiter), { processors: [], problems: [] });
  });

  it("returns the processors in AWS's order, each once, whatever was declared", () => {
    const declared = [extraction, delimiter, decompression, extraction, decompression];
    assert.deepEqual(read(...declared), {
      processors: [
        { type: "Decompression" },
        { type: "CloudWatchLogProcessing", dataMessageExtraction: true },
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
