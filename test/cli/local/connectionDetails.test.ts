import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { GetRecordsCommand, GetShardIteratorCommand } from "@aws-sdk/client-kinesis";
import { CreateBucketCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { startKinesis } from "../../../aws/kinesis/startKinesis";
import { startObjectStore } from "../../../aws/s3/objectStore";
import { connectionDetails } from "../../../cli/local/connectionDetails";
import { LocalClients, localCredentials } from "../../../local/run/awsClients";
import { configuration } from "../../local/support/records";
import { temporaryFolder } from "../../local/support/temporaryFolder";
import { skip } from "../../support/skip";
import { assertSnapshot } from "../../support/snapshot";
import { type HostileAws, hostileAws } from "../support/hostileAws";

const pipeline = { deliveryStreams: [configuration()] };

describe("connectionDetails", () => {
  const aws = {
    kinesisEndpoint: "http://127.0.0.1:4567",
    firehoseEndpoint: "http://127.0.0.1:4569",
    s3Endpoint: "http://127.0.0.1:4568",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  const directory = ".streamlake/dev/2026-03-01T12-00-00-Ab3dEf";

  it("shows commands, variables and a program for a running pipeline", () => {
    assertSnapshot("local/connectionDetails.txt", connectionDetails(pipeline, aws, directory));
    const source = { type: "direct-put", region: "eu-central-1" } as const;
    const directPut = { deliveryStreams: [configuration({ source })] };
    assertSnapshot(
      "local/connectionDetailsOfDirectPut.txt",
      connectionDetails(directPut, aws, directory),
    );
  });

  it("prints what verify needs in addition if it is not the default", () => {
    const odd = configuration({ errorPrefix: "", timeZone: "Asia/Tokyo", newlineDelimiter: false });
    const details = connectionDetails({ deliveryStreams: [odd] }, aws, directory);
    assert.match(
      details,
      /verify --bucket my-lake \\\n +--prefix '[^']+' \\\n +--time-zone Asia\/Tokyo \\\n +--delimiter none \\\n +--endpoint/,
    );
  });
});

describe("connectionDetails of a delivery stream for GZIP records", () => {
  it("compresses what its commands and its program send", () => {
    const packed = configuration({ fileExtension: ".gz", newlineDelimiter: false });
    const aws = {
      ...{ kinesisEndpoint: "http://127.0.0.1:4567", firehoseEndpoint: "", s3Endpoint: "" },
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    };
    const details = connectionDetails({ deliveryStreams: [packed] }, aws, ".streamlake/dev");
    assert.match(
      details,
      /send FILE --stream events-stream \\\n +--record-compression GZIP \\\n +--region/,
    );
    assert.match(details, /import \{ gzipSync \} from "node:zlib";\n/);
    assert.ok(details.includes('Data: gzipSync(JSON.stringify({ type: "hello" }) + "\\n"),'));
  });
});

/** Puts a record and an object, and reads the object again; each program prints what it read. */
const boto3 = `
import boto3
boto3.client("kinesis").put_record(StreamName="events-stream", PartitionKey="p", Data=b"boto3")
s3 = boto3.client("s3")
s3.put_object(Bucket="my-lake", Key="from/boto3", Body=b"boto3")
print(s3.get_object(Bucket="my-lake", Key="from/boto3")["Body"].read().decode())
`;
const javaScript = `
import { KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
const Data = Buffer.from("sdk");
await new KinesisClient().send(
  new PutRecordCommand({ StreamName: "events-stream", PartitionKey: "p", Data }),
);
const s3 = new S3Client();
await s3.send(new PutObjectCommand({ Bucket: "my-lake", Key: "from/sdk", Body: "sdk" }));
const { Body } = await s3.send(new GetObjectCommand({ Bucket: "my-lake", Key: "from/sdk" }));
console.log(await Body.transformToString());
`;
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const cli =
  `aws kinesis put-record --stream-name events-stream --partition-key p --data ${base64("cli")} >&2 && ` +
  "printf cli | aws s3 cp - s3://my-lake/from/cli >&2 && aws s3 cp s3://my-lake/from/cli -";

describe("the environment that a run prints", () => {
  const directory = temporaryFolder();
  let kinesis: Awaited<ReturnType<typeof startKinesis>>;
  let s3: Awaited<ReturnType<typeof startObjectStore>>;
  let clients: LocalClients;
  let user: HostileAws;
  let exports = "";

  before(async () => {
    user = await hostileAws();
    kinesis = await startKinesis({ directory: join(directory, ".kinesis") });
    s3 = await startObjectStore(directory);
    clients = new LocalClients({ kinesis: kinesis.endpoint, firehose: "", s3: s3.endpoint });
    const stream = { region: "eu-central-1", name: "events-stream" };
    await kinesis.store.create(stream, { mode: "PROVISIONED", shardCount: 1 });
    await clients.s3("eu-central-1").send(new CreateBucketCommand({ Bucket: "my-lake" }));
    const aws = {
      kinesisEndpoint: kinesis.endpoint,
      firehoseEndpoint: "",
      s3Endpoint: s3.endpoint,
      credentials: localCredentials,
    };
    const details = connectionDetails(pipeline, aws, ".");
    const [, printed = ""] = details.split("or the AWS CLI:\n");
    [exports = ""] = printed.split("\n\n");
  });
  after(async () => {
    clients.destroy();
    await kinesis.stop();
    await s3.stop();
    await user.stop();
  });

  /** Runs a command in a shell in which the printed lines were pasted. */
  async function runs(command: string, ...args: string[]): Promise<string> {
    const env = { ...process.env, ...user.env };
    const shell = spawn("sh", ["-c", `${exports}\n${command}`, "sh", ...args], { env });
    const [output, problems, [code]] = await Promise.all([
      text(shell.stdout),
      text(shell.stderr),
      once(shell, "close") as Promise<[number]>,
    ]);
    assert.equal(code, 0, problems);
    return output.trim();
  }

  async function recordsOnStream(): Promise<string[]> {
    const client = clients.kinesis("eu-central-1");
    const { ShardIterator } = await client.send(
      new GetShardIteratorCommand({
        StreamName: "events-stream",
        ShardId: "shardId-000000000000",
        ShardIteratorType: "TRIM_HORIZON",
      }),
    );
    const { Records = [] } = await client.send(new GetRecordsCommand({ ShardIterator }));
    return Records.map(({ Data }) => Buffer.from(Data ?? []).toString());
  }

  const programs: readonly [name: string, exists: string[], command: string, args: string[]][] = [
    [
      "sdk",
      [process.execPath, "--version"],
      '"$@"',
      [process.execPath, "--input-type=module", "--eval", javaScript],
    ],
    ["boto3", ["python3", "-c", "import boto3"], '"$@"', ["python3", "-c", boto3]],
    ["cli", ["aws", "--version"], cli, []],
  ];
  for (const [name, [program = "", ...args], command, rest] of programs)
    it(`connects ${name} to the run, whatever the user has set for AWS`, async function () {
      try {
        execFileSync(program, args, { stdio: "ignore" });
      } catch {
        skip(this, `not installed: ${[program, ...args].join(" ")}`);
      }
      assert.equal(await runs(command, ...rest), name);
      const records = await recordsOnStream();
      // Version 2 of the AWS CLI decodes the data, version 1 sends it as it is.
      assert.ok(records.includes(name) || records.includes(base64(name)));
      const list = new ListObjectsV2Command({ Bucket: "my-lake" });
      const listed = await clients.s3("eu-central-1").send(list);
      assert.ok(listed.Contents?.some(({ Key }) => Key === `from/${name}`));
      assert.equal(user.redirected(), 0);
    });
});
