import { type SeededChance, seededChance } from './seeded-chance.ts';
import { type SampleProject, sampleProjects, statelessProjects } from './verra-projects.ts';

/** One record of the registry's answer, under its own keys; values are as loose as the wire. */
export type VerraRecord = Readonly<Record<string, unknown>> & { readonly issuanceDate: string };

/** First and last month of the made-up registry. */
export const sampleMonths = { from: '2024-01', to: '2025-12' } as const;

const lastKnownDay = '2026-10-31';
const millisecondsPerDay = 86_400_000;

/**
 * Made-up issuances over 24 months, split into blocks by partial retirements as the registry does it.
 *
 * Always the same rows. Among them: credits moved to chains, retirements on the day of issuance, countries that no
 * table knows, one month too long for one answer, and three malformed records.
 */
export function sampleVerraRecords(): VerraRecord[] {
  const chance = seededChance(20_241_120);
  const issuances = monthsBetween(sampleMonths.from, sampleMonths.to).flatMap((month) => issuancesOf(month, chance));
  let nextSerial = 700_000_001;
  const records = issuances.flatMap((issuance, index) => {
    const firstSerial = nextSerial;
    nextSerial += issuance.quantity;
    return blocksOf(issuance, { batch: 15_000 + index, firstSerial }, chance);
  });
  return spoilThree(records);
}

interface Issuance {
  readonly project: SampleProject;
  readonly day: string;
  readonly vintageYear: number;
  readonly quantity: number;
}

function issuancesOf(month: string, chance: SeededChance): Issuance[] {
  const lastDay = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  const count = month.endsWith('12') ? 60 : 20;
  // both ends of every month carry an issuance: a window that forgets a boundary day is found out
  const days = [1, lastDay, ...Array.from({ length: count - 2 }, () => chance.between(1, lastDay))];
  const issuances = days.sort((a, b) => a - b).map((day) => issuanceOn(`${month}-${pad(day, 2)}`, chance));
  return month.endsWith('06') ? [...issuances, ...statelessOn(`${month}-${lastDay}`)] : issuances;
}

function issuanceOn(day: string, chance: SeededChance): Issuance {
  return {
    project: sampleProjects[chance.between(0, sampleProjects.length - 1)] ?? unreachable('project'),
    day,
    vintageYear: Number(day.slice(0, 4)) - chance.between(1, 8),
    quantity: chance.between(40, 60_000),
  };
}

function statelessOn(day: string): Issuance[] {
  return statelessProjects.map((project) => ({ project, day, vintageYear: 2021, quantity: 500 }));
}

function blocksOf(
  issuance: Issuance,
  { batch, firstSerial }: { batch: number; firstSerial: number },
  chance: SeededChance,
): VerraRecord[] {
  const records: VerraRecord[] = [];
  const lastSerial = firstSerial + issuance.quantity - 1;
  for (let start = firstSerial; start <= lastSerial; ) {
    // the share that is still whole in the end is one block; a stateless project stays few rows
    const isRest = issuance.project.country === null || records.length >= 9 || chance.happens(0.08);
    const end = isRest ? lastSerial : Math.min(lastSerial, start + chance.between(0, issuance.quantity >> 2));
    records.push(blockOf(issuance, `${batch}-${start}-${end}`, { quantity: end - start + 1, chance }));
    start = end + 1;
  }
  return records;
}

function blockOf(
  { project, day, vintageYear, quantity: issuedQuantity }: Issuance,
  serialRange: string,
  { quantity, chance }: { quantity: number; chance: SeededChance },
): VerraRecord {
  const vintage = { start: `${vintageYear}-01-01`, end: `${vintageYear}-12-31` };
  const isCertified = chance.happens(0.2);
  return {
    issuanceDate: day,
    programObjectives: isCertified ? '07: Affordable and Clean Energy; 13: Climate Action' : null,
    instrumentType: 'VCU',
    vintageStart: vintage.start,
    vintageEnd: vintage.end,
    reportingPeriodStart: vintage.start,
    reportingPeriodEnd: vintage.end,
    resourceIdentifier: project.id,
    resourceName: project.name,
    region: project.region,
    country: project.country,
    protocolCategory: project.type,
    protocol: project.methodology,
    totalVintageQuantity: issuedQuantity,
    quantity,
    serialNumbers: [
      `${serialRange}-VCS-VCU-900-VER-${project.countryInSerial}-1-${project.id}`,
      `0101${vintageYear}-3112${vintageYear}-${isCertified ? 1 : 0}`,
    ].join('-'),
    additionalCertifications: isCertified ? 'CCB-Gold' : null,
    ...retirementOf(day, chance),
    inputTypes: null,
    ...(chance.happens(0.01) && { externalSerialNumber: `EXT-${serialRange}` }),
  };
}

function retirementOf(issuanceDay: string, chance: SeededChance): Readonly<Record<string, unknown>> {
  const days = chance.happens(0.06) ? 0 : chance.between(1, 1_400);
  const day = new Date(Date.parse(issuanceDay) + days * millisecondsPerDay).toISOString().slice(0, 10);
  if (day > lastKnownDay || chance.happens(0.25)) {
    return {
      retiredCancelled: false,
      retireOrCancelDate: null,
      retirementBeneficiary: null,
      retirementReason: null,
      retirementDetails: null,
      holdingIdentifier: null,
    };
  }
  return {
    retiredCancelled: true,
    retireOrCancelDate: day,
    retirementBeneficiary: chance.pick([
      null,
      'Bluebell Ferries',
      'Osprey Post',
      'Maple Street Bakery',
      'Señora Ñandú',
    ]),
    retirementReason: chance.pick([null, 'Retirement for Person or Organization', 'Other']),
    retirementDetails: detailsOf(chance),
    holdingIdentifier: String(chance.between(100_000, 999_999)),
  };
}

function detailsOf(chance: SeededChance): string | null {
  if (chance.happens(0.1)) return 'Immobilised for the TOUCAN Protocol bridge';
  if (chance.happens(0.05)) return 'Tokenised as C3T by the C3 bridge';
  if (chance.happens(0.01)) return 'TOUCAN first, then C3T';
  // not a bridge: the marker is upper-case
  if (chance.happens(0.02)) return 'In memory of a toucan';
  return chance.pick([null, null, 'On behalf of our customers, "2024" footprint', 'Scope 1 and 2']);
}

/** What the wire brings now and then: a thousands comma in a number, a missing identifier, a day that never was. */
function spoilThree(records: readonly VerraRecord[]): VerraRecord[] {
  const spoiled: Readonly<Record<number, Readonly<Record<string, unknown>>>> = {
    40: { quantity: '5,880' },
    1200: { resourceIdentifier: null },
    2400: { retireOrCancelDate: '2025-02-30' },
  };
  return records.map((record, index) => ({ ...record, ...spoiled[index] }));
}

function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  const end = Date.parse(`${to}-01`);
  for (let day = new Date(`${from}-01`); day.getTime() <= end; day.setUTCMonth(day.getUTCMonth() + 1)) {
    months.push(day.toISOString().slice(0, 7));
  }
  return months;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function unreachable(what: string): never {
  throw new Error(`the sample registry has no ${what}`);
}
