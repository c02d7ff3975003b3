/**
 * The name that is meant by a misspelled one: at most every third character differs. Of equally near
 * names, the one with the longest common start: `GetRecords` for `GetRecord`, not `PutRecord`.
 *
 * @param atMost the largest number of characters that may differ
 */
export function nearestName(
  name: string,
  names: Iterable<string>,
  atMost = Infinity,
): string | undefined {
  let best: { readonly known: string; readonly distance: number } | undefined;
  for (const known of names) {
    const most = Math.min(best?.distance ?? atMost, Math.floor(known.length / 3));
    if (Math.abs(known.length - name.length) > most) continue;
    const distance = editDistance(name, known);
    if (distance > most) continue;
    const isTie = best?.distance === distance;
    if (isTie && commonStart(name, known) <= commonStart(name, best?.known ?? "")) continue;
    best = { known, distance };
  }
  return best?.known;
}

/** The number of characters to add, remove or replace. Upper and lower case are the same. */
function editDistance(one: string, other: string): number {
  const columns = other.toLowerCase();
  let row = Array.from({ length: columns.length + 1 }, (_, index) => index);
  for (const [at, character] of Array.from(one.toLowerCase()).entries()) {
    const next = [at + 1];
    for (let index = 0; index < columns.length; index++) {
      const replace = (row[index] ?? 0) + (columns[index] === character ? 0 : 1);
      next.push(Math.min(replace, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function commonStart(one: string, other: string): number {
  const [left, right] = [one.toLowerCase(), other.toLowerCase()];
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}
