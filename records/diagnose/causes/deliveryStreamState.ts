import type { Parts } from "../evidence";
import type { Cause, Finding, Fix, Place } from "../finding";
import { applyFix, awsCommand, moment, restoreFix } from "../words";

type State = Parts["deliveryStream"];

/**
 * The delivery stream does not exist or does not work.
 *
 * Source: Amazon Data Firehose API Reference, DescribeDeliveryStream: one that is CREATING_FAILED can only
 * be deleted, one that is DELETING_FAILED only with AllowForceDelete.
 */
export const deliveryStreamState: Cause<"deliveryStream"> = {
  name: "delivery-stream-state",
  about: "the delivery stream does not exist, or does not work",
  needs: ["deliveryStream"],
  deployedOnly: [
    "a delivery stream that does not exist",
    "a delivery stream that is still being created",
    "a delivery stream that could not be deleted",
    "a failed server-side encryption",
  ],
  fine: () => "delivery stream ACTIVE",
  examine: ({ deliveryStream, at }, place) => [
    ...ofStatus(deliveryStream, at, place),
    ...ofEncryption(deliveryStream, place),
  ],
};

function ofStatus(state: State, now: number, place: Place): readonly Finding[] {
  const { name, status, failure, createdAt } = state;
  const title = titles[status](name, place.kind === "local");
  if (title === undefined) return [];
  const since = createdAt === undefined ? [] : [`created at ${moment(createdAt, now)}`];
  const reported = place.kind === "local" ? [] : [`its status is ${status}`];
  return [
    {
      cause: "delivery-stream-state",
      title,
      evidence: [...reported, ...(failure === undefined ? [] : [failure]), ...since],
      fix: fixes[status](name, place),
    },
  ];
}

const titles: Readonly<
  Record<State["status"], (name: string, isLocal: boolean) => string | undefined>
> = {
  ACTIVE: () => undefined,
  CREATING: (name) => `The delivery stream ${name} is still being created`,
  CREATING_FAILED: (name, isLocal) =>
    isLocal ? "The run could not start" : `The delivery stream ${name} could not be created`,
  DELETING: (name) => `The delivery stream ${name} is being deleted`,
  DELETING_FAILED: (name) =>
    `The delivery stream ${name} could not be deleted, and does not deliver`,
  MISSING: (name) => `There is no delivery stream ${name}`,
};

const fixes: Readonly<Record<State["status"], (name: string, place: Place) => readonly Fix[]>> = {
  ACTIVE: () => [],
  CREATING: () => [{ step: "Wait until it is ACTIVE, which takes some minutes." }],
  CREATING_FAILED: (name, place) =>
    place.kind === "local"
      ? [{ step: "Change the program as the message says, then:" }, applyFix(place)]
      : [
          { step: "Fix the reason, delete it, and create it again:" },
          awsCommand(place, "firehose", "delete-delivery-stream", "--delivery-stream-name", name),
          restoreFix(place),
        ],
  DELETING: (_, place) => [{ step: "Wait until it is gone, then create it:" }, restoreFix(place)],
  DELETING_FAILED: (name, place) => [
    awsCommand(
      place,
      ...["firehose", "delete-delivery-stream", "--delivery-stream-name", name],
      "--allow-force-delete",
    ),
    restoreFix(place),
  ],
  MISSING: (_, place) => [{ step: "Check the region, then create it again:" }, restoreFix(place)],
};

/** Server-side encryption of what producers put. */
function ofEncryption({ name, encryption }: State, place: Place): readonly Finding[] {
  if (encryption === undefined || !/_FAILED$/.test(encryption.status)) return [];
  const { status, failure } = encryption;
  return [
    {
      cause: "delivery-stream-state",
      title: `The server-side encryption of the delivery stream ${name} failed`,
      evidence: [`its status is ${status}`, ...(failure === undefined ? [] : [failure])],
      fix: [
        { step: "Fix the key or its policy, then start the encryption again:" },
        awsCommand(
          place,
          ...["firehose", "start-delivery-stream-encryption", "--delivery-stream-name", name],
        ),
      ],
    },
  ];
}
