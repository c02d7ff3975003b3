import { nameInStack, type Scope } from "./scope";

/** In the place where the AWS console, and so everyone, looks for Firehose's errors. */
export function errorLogName(scope: Scope): string {
  return `/aws/kinesisfirehose/${nameInStack(scope)}`;
}
