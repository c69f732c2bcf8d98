import { plainCopyKey } from '../artifact/key.ts';
import { formatBytes, formatCount, formatDuration, formatHash } from './format.ts';
import { formatPlace, formatVersionTime } from './place.ts';
import type { PublishedArtifact } from './publications.ts';
import { renderTable } from './table.ts';
import type { Paint } from './terminal.ts';

/** The artifacts of an execution: what became of each, how large it is, and where it lies. */
export function publicationTable(
  published: readonly PublishedArtifact[],
  style: { width: number; paint: Paint; homeFolder: string },
): string {
  const columns = [
    { title: 'artifact', flexible: true },
    { title: 'status', flexible: true },
    { title: 'rows', align: 'right' },
    { title: 'bytes', align: 'right' },
    { title: 'sha256' },
    { title: 'time', align: 'right' },
  ] as const;
  const placeOf = placesOf(published, style);
  const rows = published.map((each) => ({
    cells: [
      each.artifact,
      sayArtifactStatus(each, style),
      formatCount(each.rows),
      formatBytes(each.bytes),
      formatHash(each.sha256),
      formatDuration(each.durationMs),
    ],
    note: style.paint('dim', placeOf(each)),
  }));
  return renderTable(columns, rows, style);
}

/** Where each lies: the versions' own files, or on a narrow terminal the plain copies, whose names are short. */
function placesOf(
  published: readonly PublishedArtifact[],
  { width, homeFolder }: { width: number; homeFolder: string },
): (each: PublishedArtifact) => string {
  const versionFile = ({ url }: PublishedArtifact) => formatPlace(url, homeFolder);
  if (published.every((each) => versionFile(each).length + 2 <= width)) return versionFile;
  return ({ artifact, key, url }) => formatPlace(`${url.slice(0, -key.length)}${plainCopyKey(artifact)}`, homeFolder);
}

const widthForWholeStatus = 100;

function sayArtifactStatus({ status, version }: PublishedArtifact, style: { width: number; paint: Paint }): string {
  if (status === 'published') return style.paint('green', 'published');
  return style.width >= widthForWholeStatus ? `unchanged since ${formatVersionTime(version)}` : 'unchanged';
}

/** Says it plainly when an execution had nothing to do. */
export function sayWhatChanged(published: readonly PublishedArtifact[]): string {
  const unchanged = published.filter(({ status }) => status === 'unchanged');
  if (unchanged.length === 0) return '';
  if (unchanged.length < published.length) {
    return `${unchanged.length} of ${published.length} artifacts have the same rows as before and were not published again`;
  }
  const oldest = unchanged.map(({ version }) => formatVersionTime(version)).sort()[0];
  return `nothing new was published: the source has not changed since ${oldest} (same content hash)`;
}
