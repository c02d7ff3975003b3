import * as z from "zod";
import { alarms } from "./groups/alarms";
import { bucket } from "./groups/bucket";
import { delivery } from "./groups/delivery";
import { encryption } from "./groups/encryption";
import { existing } from "./groups/existing";
import { roles } from "./groups/roles";
import { stream } from "./groups/stream";
import { tags } from "./groups/tags";
import { flag, group } from "./leaf";

/**
 * The one definition of all settings: names, meaning, ranges, defaults. A setting without `default`
 * is absent unless given. The component's args, the schema of the stack files and README's table
 * are generated from it (`npm run generate`).
 */
export const settingsSchema = group(
  "DeliveryPipelineArgs",
  "Everything about a pipeline that can be chosen. Each group is optional; so is each setting.",
  {
    stream,
    bucket,
    delivery,
    encryption,
    roles,
    alarms,
    existing,
    protect: flag(
      "Protect stream, bucket and key: a deployment refuses to delete them, and leaves them in AWS when they leave the program.",
    ).default(true),
    tags,
  },
);

/** Settings as they are written: everything may be left out. */
export type SettingsInput = z.input<typeof settingsSchema>;
