import * as z from "zod";
import { alarms } from "./groups/alarms";
import { backup } from "./groups/backup";
import { bucket } from "./groups/bucket";
import { conversion } from "./groups/conversion";
import { delivery } from "./groups/delivery";
import { encryption } from "./groups/encryption";
import { existing } from "./groups/existing";
import { partitioning } from "./groups/partitioning";
import { roles } from "./groups/roles";
import { stream } from "./groups/stream";
import { tags } from "./groups/tags";
import { transform } from "./groups/transform";
import { flag, group } from "./leaf";

/**
 * The one definition of all settings: names, descriptions, ranges, defaults. A setting without
 * `default` is absent unless it is set. `npm run generate` derives the component's args, the schema
 * of the stack files and the table of docs/settings.md from it.
 */
export const settingsSchema = group(
  "DeliveryPipelineArgs",
  "All settings of a pipeline. Each group is optional, and so is each setting.",
  {
    stream,
    bucket,
    delivery,
    partitioning,
    transform,
    conversion,
    backup,
    encryption,
    roles,
    alarms,
    existing,
    protect: flag(
      "Protect the data and what it depends on: the stream; the bucket, the one of the backup and the one of access logs, with policy, public access block, ownership, encryption, versions, lifecycle and logging; the key with policy and alias; the table and database of `conversion.catalog`; the delivery stream, which knows what it has read, and its roles. No deployment can delete or replace them, and they stay in AWS when they are removed from the program. A key always stays.",
    ).default(true),
    tags,
  },
);

/** Settings as they are written: all are optional. */
export type SettingsInput = z.input<typeof settingsSchema>;

/** Settings after parsing: all that have a default are present. */
export type SettingsOutput = z.output<typeof settingsSchema>;
