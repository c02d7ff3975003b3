/** What a function in a faulty run makes of a record, by the number in its text. */
type FunctionFate = "dropped" | "failed" | "ok";

export function functionFate(number: number): FunctionFate {
  if (number % 11 === 0) return "dropped";
  return number % 17 === 0 ? "failed" : "ok";
}

/** The partition key that it returns. */
function functionKey(number: number): string {
  return `l${number % 2}`;
}

/** The answer of the function to an event: it reverses the order, which Firehose restores. */
export function functionAnswer(event: string): string {
  const { records } = JSON.parse(event) as { readonly records: readonly EventRecord[] };
  const answers = records.map(({ recordId, data }) => {
    const text = Buffer.from(data, "base64").toString();
    const number = numberIn(text);
    const fate = functionFate(number);
    if (fate === "dropped") return { recordId, result: "Dropped" };
    if (fate === "failed") return { recordId, result: "ProcessingFailed", data };
    const transformed = text.replace('"text"', '"seen":true,"text"');
    return {
      ...{ recordId, result: "Ok", data: Buffer.from(transformed).toString("base64") },
      metadata: { partitionKeys: { l: functionKey(number) } },
    };
  });
  return JSON.stringify({ records: answers.reverse() });
}

interface EventRecord {
  readonly recordId: string;
  readonly data: string;
}

/** The numbers of the records in an event. */
export function numbersIn(event: string): readonly number[] {
  const { records } = JSON.parse(event) as { readonly records: readonly EventRecord[] };
  return records.map(({ data }) => numberIn(Buffer.from(data, "base64").toString()));
}

/** The number of the record whose text is in these data. */
function numberIn(text: string): number {
  return Number(/record-(\d+)-/u.exec(text)?.[1]);
}
