import type { Parts } from "../evidence";
import type { Cause, Finding, Fix, Place } from "../finding";
import { above0, type Measured } from "../metrics";
import { counted, timeOfDay } from "../../amounts";
import { applyFix, awsCommand, restoreFix } from "../words";

type Key = Parts["keys"][number];

/**
 * A key cannot be used.
 *
 * Source: AWS KMS Developer Guide, "Key states of AWS KMS keys".
 */
export const keyState: Cause<"keys"> = {
  name: "key-state",
  about: "a key cannot be used",
  needs: ["keys"],
  deployedOnly: ["a key that is scheduled for deletion", "a key of the records that producers put"],
  fine: ({ keys }) => (keys.length === 0 ? undefined : `${counted(keys.length, "key")} enabled`),
  examine: ({ keys, metrics, at }, place) => {
    const unusable = keys.filter(({ state }) => state !== "Enabled" && state !== "Updating");
    return [
      ...unusable.map((key) => findingOf(key, at, place)),
      ...(metrics && unusable.length === 0 ? ofMetrics(metrics, place) : []),
    ];
  },
};

function findingOf({ id, encrypts, state, deletedAt }: Key, now: number, place: Place): Finding {
  const deletion =
    deletedAt === undefined ? [] : [`it will be deleted at ${timeOfDay(deletedAt, now)}`];
  return {
    cause: "key-state",
    title: `The key of ${encrypts} ${meanings[state] ?? `is ${state}`}`,
    evidence: [`${id}: ${state}`, ...deletion],
    fix: place.kind === "local" ? localFix(state, place) : fixOf(id, state, place),
    explains: [
      ...["S3.KMS.DisabledException", "S3.KMS.KMSInvalidStateException", "S3.AccessDenied"],
      ...["S3.KMS.NotFoundException", "Kinesis.KMS.DisabledException", "InternalError"],
    ],
  };
}

const meanings: Readonly<Record<string, string>> = {
  Disabled: "is disabled",
  PendingDeletion: "is scheduled for deletion",
  PendingReplicaDeletion: "is scheduled for deletion",
  PendingImport: "has no key material",
  Unavailable: "is unavailable: its custom key store is disconnected",
  Missing: "does not exist",
};

function fixOf(id: string, state: string, place: Place): readonly Fix[] {
  const kms = (call: string): Fix => awsCommand(place, "kms", call, "--key-id", id);
  switch (state) {
    case "Disabled":
      return [kms("enable-key")];
    case "PendingDeletion":
      return [kms("cancel-key-deletion"), kms("enable-key")];
    case "PendingImport":
      return [
        { step: 'Import the key material: AWS KMS Developer Guide, "Importing key material".' },
      ];
    case "Missing":
      return [{ step: "What it encrypted is lost. Use another key, then:" }, restoreFix(place)];
    default:
      return [{ step: 'See AWS KMS Developer Guide, "Key states of AWS KMS keys".' }];
  }
}

function localFix(state: string, place: Place): readonly Fix[] {
  const step =
    state === "PendingImport"
      ? "Give the external key its material (keyMaterialBase64) in the program, then:"
      : "Enable the key in the program (isEnabled), then:";
  return [{ step }, applyFix(place)];
}

/** The key of the server-side encryption of what producers put is known only by these. */
function ofMetrics(measured: Measured, place: Place): readonly Finding[] {
  const found = sseMetrics.filter(({ name }) => above0(measured, name).length > 0);
  if (found.length === 0) return [];
  return [
    {
      cause: "key-state",
      title: "Firehose cannot use the key of the records that producers put to it",
      evidence: found.map(({ metric, meaning }) => `${metric} is above 0: ${meaning}`),
      fix: [{ step: "Enable the key, or allow its use in its policy." }, restoreFix(place)],
    },
  ];
}

const sseMetrics = [
  { name: "keyDisabled", metric: "KMSKeyDisabled", meaning: "the key is disabled" },
  { name: "keyDenied", metric: "KMSKeyAccessDenied", meaning: "its policy denies the use" },
  { name: "keyInvalid", metric: "KMSKeyInvalidState", meaning: "its state does not allow the use" },
  { name: "keyMissing", metric: "KMSKeyNotFound", meaning: "it does not exist" },
] as const;
