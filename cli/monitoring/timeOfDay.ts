/**
 * A time as CloudWatch shows it, e.g. `12:05 UTC`, and on another day than that of the report with
 * its date.
 */
export function timeOfDay(at: number, reportAt: number): string {
  const [day = "", time = ""] = new Date(at).toISOString().split("T");
  const [today] = new Date(reportAt).toISOString().split("T");
  const clock = `${time.slice(0, 5)} UTC`;
  return day === today ? clock : `${day} ${clock}`;
}
