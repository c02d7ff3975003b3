import { type GroupText, groupTexts } from "./settingTexts";
import { table } from "./table";

/** All settings with default and range, as a table of README. */
export function settingsTable(): string {
  const groups = groupTexts();
  const [[, root] = []] = groups;
  return table(["setting", "default", "allowed"], root ? rows(root, [], groups) : []);
}

function rows(
  { settings }: GroupText,
  path: readonly string[],
  groups: ReadonlyMap<string, GroupText>,
): string[][] {
  const told = new Set<string>();
  const kinds = [...settings.values()].map(({ place }) => place.typeName);
  return [...settings].flatMap(([name, { place, byDefault, allowed }]) => {
    const { typeName } = place;
    const group = typeName === undefined ? undefined : groups.get(typeName);
    if (typeName === undefined || group === undefined)
      return [[`\`${[...path, name].join(".")}\``, byDefault, allowed]];
    // Groups of one kind, like the alarms, are told once for all.
    if (told.has(typeName)) return [];
    told.add(typeName);
    const alike = kinds.filter((kind) => kind === typeName).length > 1;
    const placeholder = `<${(path.at(-1) ?? "").replace(/s$/, "")}>`;
    return rows(group, [...path, alike ? placeholder : name], groups);
  });
}
