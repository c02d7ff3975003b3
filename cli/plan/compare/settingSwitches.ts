/** Settings that have no effect while the value of another one is `off`, by the name of that one. */
interface Switch {
  readonly name: string;
  readonly off: (value: string) => boolean;
  /** Whether the switch is about the setting. */
  readonly covers: (setting: string) => boolean;
}

const isFalse = (value: string): boolean => value === "false";

/** Of the component `streamlake:index:DeliveryPipeline`; other components may have the same names. */
const SWITCHES: readonly Switch[] = [
  { name: "bucket.accessLogs", off: isFalse, covers: named("bucket.accessLogExpiryDays") },
  { name: "existing.streamArn", off: isArn, covers: (setting) => setting.startsWith("stream.") },
  { name: "existing.bucketArn", off: isArn, covers: (setting) => setting.startsWith("bucket.") },
  { name: "existing.roleArn", off: isArn, covers: (setting) => setting.startsWith("roles.") },
];

function named(name: string): (setting: string) => boolean {
  return (setting) => setting === name;
}

function isArn(value: string): boolean {
  return value.startsWith("arn:");
}

/** The switches of the component, for tests: each is the name of a setting. */
export const switchNames: readonly string[] = SWITCHES.map(({ name }) => name);

/**
 * Whether a setting belongs to a part that is off, so that its value has no effect: a group, or a group
 * around it, with `enabled: false`, or one of the switches above.
 */
export function isOff(setting: string, valueOf: (setting: string) => string | undefined): boolean {
  const groups = setting.split(".").slice(0, -1);
  const isDisabled = groups.some((_, index) => {
    const enabled = `${groups.slice(0, index + 1).join(".")}.enabled`;
    return enabled !== setting && valueOf(enabled) === "false";
  });
  return (
    isDisabled ||
    SWITCHES.some(({ name, off, covers }) => covers(setting) && off(valueOf(name) ?? ""))
  );
}
