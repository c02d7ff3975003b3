/** Members of a visit that must not be stored. */
const redactedFields = process.env.REDACTED_FIELDS.split(",");

/** Answers each record of Firehose's batch: Ok with new data, Dropped, or ProcessingFailed. */
export async function handler({ records }) {
  return { records: records.map(({ recordId, data }) => ({ recordId, ...redact(data) })) };
}

function redact(data) {
  let visit;
  try {
    visit = JSON.parse(Buffer.from(data, "base64"));
  } catch {
    // What cannot be read cannot be redacted. Firehose stores it under the error prefix.
    return { result: "ProcessingFailed", data };
  }
  if (visit.type === "health-check") return { result: "Dropped" };
  for (const field of redactedFields) if (field in visit) visit[field] = "[redacted]";
  return { result: "Ok", data: Buffer.from(JSON.stringify(visit)).toString("base64") };
}
