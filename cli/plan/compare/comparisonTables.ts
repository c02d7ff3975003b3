import { counted } from "../../reports/counted";
import { shortType } from "../../reports/resourceTitle";
import { settingText } from "../settings/effectiveSettings";
import type { Comparison } from "./comparison";
import type { ResourceDifference } from "./resourceDifferences";
import type { ComparedSetting, SettingDifference } from "./settingDifferences";
import type { Row, Table } from "./sideBySide";
import type { TagDifference } from "./tagDifferences";

/** What is in both stacks with other values, as tables; what does not differ has none. */
export function comparisonTables(comparison: Comparison): Table[] {
  const { regions, settings, resources, tags } = comparison;
  const region = regions.here === regions.there ? [] : [{ label: "  aws:region", ...regions }];
  const components = [...new Set(settings.map(({ component }) => component))];
  const tables: Table[] = [
    { title: "Config", parts: [{ rows: region }] },
    ...components.map((name) => ({
      title: `Settings of ${name}`,
      parts: [{ rows: settings.filter(({ component }) => component === name).map(settingRow) }],
    })),
    { title: "Resources", parts: resources.map(resourcePart) },
    { title: "Tags", parts: [{ rows: tags.map(tagRow) }] },
  ];
  return tables.filter(({ parts }) => parts.some(({ rows }) => rows.length > 0));
}

function settingRow({ setting, here, there }: SettingDifference): Row {
  return { label: `  ${setting}`, here: shownSetting(here), there: shownSetting(there) };
}

function shownSetting(setting: ComparedSetting | null): string | null {
  if (setting === null) return null;
  const text = settingText(setting);
  return setting.origin === "default" ? `${text} (default)` : text;
}

function resourcePart({ type, name, differences }: ResourceDifference): Table["parts"][number] {
  return {
    heading: [name, shortType(type)],
    rows: differences.map(({ what, here, there }) => ({ label: `    ${what}`, here, there })),
  };
}

function tagRow({ tag, resources, here, there }: TagDifference): Row {
  return { label: `  ${tag}, on ${counted(resources, "resource")}`, here, there };
}
