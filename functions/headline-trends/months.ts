/** Every calendar month from one to the other, both included, as `YYYY-MM`; none when they are the wrong way round. */
export function monthsBetween(fromMonth: string, toMonth: string): string[] {
  const count = indexOf(toMonth) - indexOf(fromMonth) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, offset) => monthAt(indexOf(fromMonth) + offset));
}

/** The month that a day or an instant in ISO form lies in, as it is written there. */
export function monthOf(iso: string): string {
  return iso.slice(0, 'YYYY-MM'.length);
}

/** The month so many months later, or earlier. */
export function monthsLater(month: string, count: number): string {
  return monthAt(indexOf(month) + count);
}

/** The instant at which a month of UTC is over. */
export function endOfMonth(month: string): Date {
  return new Date(`${monthsLater(month, 1)}-01T00:00:00Z`);
}

function indexOf(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
}

function monthAt(index: number): string {
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}
