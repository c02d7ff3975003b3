/**
 * The keys that stand twice in one object of a JSON text. `JSON.parse` keeps the last of them in
 * silence: of two `Condition` elements, one would be lost.
 */
export function repeatedKeys(json: string): readonly string[] {
  const repeated: string[] = [];
  const objects: Set<string>[] = [];
  for (const [token, key] of json.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}]/gu)) {
    if (token === "{") objects.push(new Set());
    else if (token === "}") objects.pop();
    else if (key !== undefined) {
      const name = JSON.parse(key) as string;
      const keys = objects.at(-1);
      if (keys?.has(name)) repeated.push(name);
      keys?.add(name);
    }
  }
  return repeated;
}
