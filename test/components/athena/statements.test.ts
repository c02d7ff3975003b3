import assert from "node:assert/strict";
import type { AthenaLake } from "../../../components/athena/athenaLake";
import { athenaTable } from "../../../components/athena/athenaTable";

const lake: AthenaLake = {
  name: "user-events",
  bucketName: "user-events-lake-0a1b2c3",
  prefix: "raw/user-events/!{timestamp:yyyy/MM/dd}/",
  timeZone: "UTC",
  compression: "GZIP",
};

/** A whole statement, from the parts in which the statements differ. */
function statement(location: string, partitions?: { columns: string; properties: string }): string {
  const contents = partitions ? "" : ", not partitioned: every query reads them all";
  const columns = partitions && `PARTITIONED BY (\n${partitions.columns}\n)\n`;
  const properties = partitions && `\nTBLPROPERTIES (\n${partitions.properties}\n)`;
  return `CREATE EXTERNAL TABLE IF NOT EXISTS \`user_events\` (
  \`record\` string COMMENT "one line, e.g. JSON: json_extract_scalar(record, '$.type')"
)
COMMENT "Records of user-events${contents}"
${columns ?? ""}ROW FORMAT SERDE "org.apache.hadoop.hive.serde2.RegexSerDe"
WITH SERDEPROPERTIES (
  "input.regex" = "(.*)"
)
STORED AS TEXTFILE
LOCATION "s3://user-events-lake-0a1b2c3/${location}"${properties ?? ""}`;
}

describe("athenaTable", () => {
  it("has one partition per day for the default prefix", () => {
    assert.equal(
      athenaTable(lake),
      statement("raw/user-events/", {
        columns: '  `day` string COMMENT "yyyy/MM/dd of arrival in UTC, at most 3650 days ago"',
        properties: `  "projection.enabled" = "true",
  "projection.day.type" = "date",
  "projection.day.format" = "yyyy/MM/dd",
  "projection.day.range" = "NOW-3650DAYS,NOW",
  "projection.day.interval" = "1",
  "projection.day.interval.unit" = "DAYS",
  "storage.location.template" = "s3://user-events-lake-0a1b2c3/raw/user-events/\${day}/"`,
      }),
    );
  });

  it("has one partition per hour for a prefix to which Firehose appends the time", () => {
    assert.equal(
      athenaTable({ ...lake, prefix: "raw/", expiryDays: 30 }),
      statement("raw/", {
        columns: '  `hour` string COMMENT "yyyy/MM/dd/HH of arrival in UTC, at most 37 days ago"',
        properties: `  "projection.enabled" = "true",
  "projection.hour.type" = "date",
  "projection.hour.format" = "yyyy/MM/dd/HH",
  "projection.hour.range" = "NOW-37DAYS,NOW",
  "projection.hour.interval" = "1",
  "projection.hour.interval.unit" = "HOURS",
  "storage.location.template" = "s3://user-events-lake-0a1b2c3/raw/\${hour}/"`,
      }),
    );
  });

  it("names a date after its Hive-style key, and reaches ahead of UTC for a local time zone", () => {
    assert.equal(
      athenaTable({
        ...lake,
        prefix: "raw/dt=!{timestamp:yyyy-MM-dd'T'HH}/",
        timeZone: "Asia/Tokyo",
      }),
      statement("raw/", {
        columns: `  \`dt\` string COMMENT "yyyy-MM-dd'T'HH of arrival in Asia/Tokyo, at most 3650 days ago"`,
        properties: `  "projection.enabled" = "true",
  "projection.dt.type" = "date",
  "projection.dt.format" = "yyyy-MM-dd'T'HH",
  "projection.dt.range" = "NOW-3650DAYS,NOW+1DAYS",
  "projection.dt.interval" = "1",
  "projection.dt.interval.unit" = "HOURS",
  "storage.location.template" = "s3://user-events-lake-0a1b2c3/raw/dt=\${dt}/"`,
      }),
    );
  });

  const hive = {
    columns: `  \`year\` string COMMENT "yyyy of arrival in UTC, at most 10 years ago",
  \`month\` int COMMENT "month of arrival in UTC",
  \`day\` int COMMENT "day of arrival in UTC",
  \`hour\` int COMMENT "hour of arrival in UTC"`,
    properties: `  "projection.enabled" = "true",
  "projection.year.type" = "date",
  "projection.year.format" = "yyyy",
  "projection.year.range" = "NOW-10YEARS,NOW",
  "projection.year.interval" = "1",
  "projection.year.interval.unit" = "YEARS",
  "projection.month.type" = "integer",
  "projection.month.range" = "1,12",
  "projection.month.digits" = "2",
  "projection.day.type" = "integer",
  "projection.day.range" = "1,31",
  "projection.day.digits" = "2",
  "projection.hour.type" = "integer",
  "projection.hour.range" = "0,23",
  "projection.hour.digits" = "2",
  "storage.location.template" = "s3://user-events-lake-0a1b2c3/raw/year=\${year}/month=\${month}/day=\${day}/hour=\${hour}/"`,
  };

  for (const prefix of [
    "raw/year=!{timestamp:yyyy}/month=!{timestamp:MM}/day=!{timestamp:dd}/hour=!{timestamp:HH}/",
    "raw/!{timestamp:'year='yyyy'/month='MM'/day='dd'/hour='HH}/",
  ]) {
    it(`has one column for each key of ${prefix}`, () => {
      assert.equal(athenaTable({ ...lake, prefix }), statement("raw/", hive));
    });
  }

  it("has no partitions for a prefix without a date", () => {
    assert.equal(
      athenaTable({ ...lake, prefix: "raw/!{firehose:random-string}/" }),
      statement("raw/"),
    );
  });
});
