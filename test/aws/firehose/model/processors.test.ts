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
  it("finds none where none acts on a record", () => {
    assert.deepEqual(read(), { processors: [], problems: [] });
    assert.deepEqual(read(delimiter), { processors: [], problems: [] });
  });

  it("puts them in AWS's order, each once, whatever was declared", () => {
    const declared = [extraction, delimiter, decompression, extraction, decompression];
    assert.deepEqual(read(...declared), {
      processors: [
        { type: "Decompression" },
        { type: "CloudWatchLogProcessing", dataMessageExtraction: true },
      ],
      problems: [],
    });
  });

  it("takes the parameters that AWS takes", () => {
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

  it("names everything that is wrong", () => {
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

  it("refuses to extract from what is not unpacked", () => {
    assert.deepEqual(read(extraction).problems, [
      "processors.0.type is CloudWatchLogProcessing, which takes Decompression beside it",
    ]);
  });
});
