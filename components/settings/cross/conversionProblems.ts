import type { Features } from "../features";
import type { Problem } from "../problem";
import { settingsWithoutEffect, withoutEffect } from "./settingsWithoutEffect";
import type { SettingsView } from "./settingsView";

/**
 * Settings that a conversion to Parquet or ORC rejects or does not use.
 *
 * Source: Firehose Developer Guide, "Convert input data format"; and what AWS answers to
 * CreateDeliveryStream.
 */
export function conversionProblems(settings: SettingsView, features: Features): readonly Problem[] {
  const { format } = features;
  return [
    ...tableProblems(settings),
    ...columnProblems(settings),
    ...optionProblems(settings, format),
    ...(format === undefined ? [] : textProblems(settings, format)),
  ];
}

/** One table: an existing one, or a new one. */
function tableProblems(settings: SettingsView): readonly Problem[] {
  const { isGiven } = settings;
  const hasColumns = settings.names("conversion", "catalog", "columns").length > 0;
  if (!isGiven("conversion", "tableArn") || !isGiven("conversion", "catalog"))
    return hasColumns
      ? []
      : settingsWithoutEffect(
          settings,
          ["conversion", "catalog"],
          ["databaseName"],
          "conversion.catalog.columns",
        );
  return [
    {
      path: ["conversion", "catalog"],
      reason: "declares a new table, but conversion.tableArn specifies an existing one",
      allowed: "one of the two",
      mustBeRemoved: true,
    },
  ];
}

function columnProblems({ known }: SettingsView): readonly Problem[] {
  const columns = known.conversion?.catalog?.columns ?? [];
  const names = columns.map(({ name }) => name);
  const isColumn = (name: string) => names.length === 0 || names.includes(name.toLowerCase());
  const other = (path: Problem["path"], name: string): Problem[] =>
    isColumn(name)
      ? []
      : [
          {
            path,
            reason: `names the column ${JSON.stringify(name)}, which conversion.catalog.columns does not have`,
            allowed: "names of columns",
            mustBeRemoved: true,
          },
        ];
  return [
    ...names.flatMap((name, index) =>
      names.indexOf(name) === index
        ? []
        : [
            {
              path: ["conversion", "catalog", "columns", index],
              reason: `repeats the column ${name}`,
              allowed: "each name once",
              mustBeRemoved: true,
            },
          ],
    ),
    ...Object.keys(known.conversion?.openX?.columnKeys ?? {}).flatMap((name) =>
      other(["conversion", "openX", "columnKeys", name], name),
    ),
    ...(known.conversion?.orc?.bloomFilterColumns ?? []).flatMap((name, index) =>
      other(["conversion", "orc", "bloomFilterColumns", index], name),
    ),
  ];
}

/** Options of a conversion that is off, or of formats that are not chosen. */
function optionProblems(settings: SettingsView, format: string | undefined): readonly Problem[] {
  const { known, names, isUnknown } = settings;
  const given = names("conversion");
  if (format === undefined) {
    const required = "conversion.tableArn or conversion.catalog.columns";
    if (isUnknown("conversion", "tableArn") || isUnknown("conversion", "catalog")) return [];
    return given
      .filter((name) => name !== "catalog" && name !== "tableArn")
      .map((name) => withoutEffect(["conversion", name], required));
  }
  const input = known.conversion?.from === "hive" ? "openX" : "hive";
  const output = format === "orc" ? "parquet" : "orc";
  const chosen = {
    openX: "from: openx",
    hive: "from: hive",
    orc: "to: orc",
    parquet: "to: parquet",
  };
  return ([input, output] as const)
    .filter((name) => given.includes(name))
    .filter((name) => !isUnknown("conversion", name === input ? "from" : "to"))
    .map((name) => withoutEffect(["conversion", name], `conversion.${chosen[name]}`));
}

/** What only makes sense for objects of lines. */
function textProblems({ known }: SettingsView, format: "parquet" | "orc"): readonly Problem[] {
  const { compression = "UNCOMPRESSED", delimiter, fileExtension } = known.delivery ?? {};
  return [
    ...(compression === "UNCOMPRESSED"
      ? []
      : [
          {
            path: ["delivery", "compression"],
            reason: `is ${compression}, but the S3 destination's compression format must be set to UNCOMPRESSED when data format conversion is enabled`,
            allowed: `UNCOMPRESSED; conversion.${format}.compression compresses inside of the objects`,
            suggestion: "UNCOMPRESSED",
          },
        ]),
    ...(delimiter === "newline"
      ? [
          {
            path: ["delivery", "delimiter"],
            reason: "is newline, but converted objects have rows, and no lines",
            allowed: "none",
            suggestion: "none",
          },
        ]
      : []),
    ...(fileExtension === undefined || fileExtension.endsWith(`.${format}`)
      ? []
      : [
          {
            path: ["delivery", "fileExtension"],
            reason: `is ${JSON.stringify(fileExtension)}, by which readers do not recognize the format`,
            allowed: `a string that ends in .${format}`,
            suggestion: `.${format}`,
          },
        ]),
  ];
}
