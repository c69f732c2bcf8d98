/** Days of issuance, both included, as `YYYY-MM-DD`. */
export interface IssuanceWindow {
  readonly from: string;
  readonly to: string;
}

const millisecondsPerDay = 86_400_000;

/** Every calendar month from one to the other, both included, as `YYYY-MM`; none when they are the wrong way round. */
export function monthsBetween(fromMonth: string, toMonth: string): string[] {
  const count = monthIndex(toMonth) - monthIndex(fromMonth) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, offset) => {
    const index = monthIndex(fromMonth) + offset;
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
  });
}

/** The whole of a month. */
export function windowOfMonth(month: string): IssuanceWindow {
  const lastDay = new Date(Date.UTC(yearOf(month), monthOf(month), 0));
  return { from: `${month}-01`, to: dayOf(lastDay.getTime()) };
}

/** The earlier and the later half; undefined for a single day. */
export function halvesOf({ from, to }: IssuanceWindow): [IssuanceWindow, IssuanceWindow] | undefined {
  const days = (Date.parse(to) - Date.parse(from)) / millisecondsPerDay + 1;
  if (days < 2) return undefined;
  const secondFrom = Date.parse(from) + Math.floor(days / 2) * millisecondsPerDay;
  return [
    { from, to: dayOf(secondFrom - millisecondsPerDay) },
    { from: dayOf(secondFrom), to },
  ];
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

function monthIndex(month: string): number {
  return yearOf(month) * 12 + monthOf(month) - 1;
}

function yearOf(month: string): number {
  return Number(month.slice(0, 4));
}

function monthOf(month: string): number {
  return Number(month.slice(5));
}
