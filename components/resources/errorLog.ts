import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { Scope } from "./scope";

/** Where Firehose tells why it could not deliver. */
export interface ErrorLog {
  readonly groupName: pulumi.Output<string>;
  readonly streamName: pulumi.Output<string>;
  readonly streamArn: pulumi.Output<string>;
}

export function errorLog({ name, parent, settings }: Scope): ErrorLog {
  const group = new cloudwatch.LogGroup(
    name,
    {
      // The place where the AWS console, and so everyone, looks for Firehose's errors.
      name: `/aws/kinesisfirehose/${name}-${pulumi.getStack()}`,
      retentionInDays: settings.delivery.logRetentionDays,
      tags: settings.tags,
    },
    { parent },
  );
  const stream = new cloudwatch.LogStream(
    name,
    { logGroupName: group.name, name: "DestinationDelivery" },
    { parent },
  );
  return { groupName: group.name, streamName: stream.name, streamArn: stream.arn };
}
