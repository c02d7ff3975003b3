import { isGroup, type Properties, Unknown } from "../../../engine/graph/resourceGraph";
import type { GateFinding } from "../gateFinding";
import type { PlannedChange } from "../plannedChange";

/** Whether something that prevents a loss is turned off; the loss itself comes with a later change. */
export function protection({ urn, type, before, after }: PlannedChange): GateFinding[] {
  if (before === undefined || after === undefined || before.external) return [];
  return [
    ...(before.protect && !after.protect ? [option(urn, "protect", "delete or replace it")] : []),
    ...(before.retainOnDelete && !after.retainOnDelete
      ? [option(urn, "retainOnDelete", "delete it in AWS when it leaves the program")]
      : []),
    ...(safeguardsOf.get(type) ?? []).flatMap((safeguard) =>
      safeguard.isOn(before.inputs) === true && safeguard.isOn(after.inputs) !== true
        ? [turnedOff(urn, safeguard)]
        : [],
    ),
  ];
}

function option(urn: string, name: string, effect: string): GateFinding {
  return {
    urn,
    kind: "protection",
    change: `loses the option ${name}`,
    lost: `Nothing yet. The next update can ${effect}.`,
    safeWay: `Keep ${name}: true. Remove it only together with a reviewed deletion.`,
  };
}

interface Safeguard {
  /** Undefined if the value is unknown. */
  readonly isOn: (inputs: Properties) => boolean | undefined;
  readonly change: string;
  readonly lost: string;
  readonly safeWay: string;
}

function turnedOff(urn: string, { change, lost, safeWay }: Safeguard): GateFinding {
  return { urn, kind: "protection", change, lost, safeWay };
}

/** Whether a flag has the safe value; absent counts as false, the default of all of them. */
function flag(name: string, safe: boolean): Safeguard["isOn"] {
  return ({ [name]: value }) => (value instanceof Unknown ? undefined : (value === true) === safe);
}

const forceDestroy: Safeguard = {
  isOn: flag("forceDestroy", false),
  change: "gets forceDestroy",
  lost: "Nothing yet. Deleting the bucket then deletes all its objects.",
  safeWay: "Leave forceDestroy off, and empty a bucket before you remove it.",
};

const versions: Safeguard = {
  isOn: ({ versioningConfiguration = null }) => {
    if (versioningConfiguration instanceof Unknown) return undefined;
    const status = isGroup(versioningConfiguration) && versioningConfiguration["status"];
    return status instanceof Unknown ? undefined : status === "Enabled";
  },
  change: "suspends versioning",
  lost: "Nothing yet. From then on, an object that is overwritten or deleted is gone.",
  safeWay: "Keep the status Enabled, and let lifecycle rules expire former versions.",
};

const enabledKey: Safeguard = {
  isOn: ({ isEnabled }) => (isEnabled instanceof Unknown ? undefined : isEnabled !== false),
  change: "disables the key",
  lost: "Nothing for good. Until it is enabled again, whatever is encrypted with it cannot be read or written.",
  safeWay: "Keep the key enabled. Deny its use in the key policy to those who must not use it.",
};

const safeguardsOf: ReadonlyMap<string, readonly Safeguard[]> = new Map([
  ["aws:s3/bucket:Bucket", [forceDestroy]],
  ["aws:s3/bucketV2:BucketV2", [forceDestroy]],
  ["aws:s3/bucketVersioning:BucketVersioning", [versions]],
  ["aws:s3/bucketVersioningV2:BucketVersioningV2", [versions]],
  ["aws:kms/key:Key", [enabledKey]],
]);
