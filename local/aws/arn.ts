/** The name at the end of an ARN and the region in it ("" for S3, which has none there). */
export interface NameInArn {
  readonly name: string;
  readonly region: string;
}

/** @throws if the text is not the ARN of a Kinesis stream */
export function streamArn(arn: string): NameInArn {
  return readArn(arn, /^arn:[^:]*:kinesis:([^:]+):\d*:stream\/(.+)$/u, "a Kinesis data stream");
}

/** @throws if the text is not the ARN of an S3 bucket */
export function bucketArn(arn: string): NameInArn {
  return readArn(arn, /^arn:[^:]*:s3:([^:]*):[^:]*:([^/:]+)$/u, "an S3 bucket");
}

function readArn(arn: string, form: RegExp, what: string): NameInArn {
  const [, region, name] = form.exec(arn) ?? [];
  if (region === undefined || name === undefined)
    throw new Error(`"${arn}" is not the ARN of ${what}.`);
  return { name, region };
}
