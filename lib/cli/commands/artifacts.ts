import { type ArtifactVersion, listArtifacts, listVersions } from '../../artifact/catalog.ts';
import type { Pointer } from '../../artifact/pointer.ts';
import type { Command, Invocation, Report } from '../command.ts';
import { findArtifact } from '../find-artifact.ts';
import { formatBytes, formatCount, formatHash, formatTime } from '../format.ts';
import { formatPlace } from '../place.ts';
import { renderTable } from '../table.ts';
import { type Paint, paintFor, widthOf } from '../terminal.ts';

/** What is published: every artifact, or every version of one. */
export const artifacts: Command = {
  arguments: [{ name: '[name]', description: 'name of an artifact, to list its versions' }],
  examples: ['flow artifacts', 'flow artifacts <artifact> --env prod'],
  async run(invocation) {
    const name = invocation.arguments[0];
    return name === undefined ? await reportAll(invocation) : await reportVersions(invocation, name);
  },
};

async function reportAll({ world, terminal }: Invocation): Promise<Report> {
  const pointers = await listArtifacts(world.artifacts);
  const style = { width: widthOf(terminal.stdout), paint: paintFor(terminal.stdout) };
  const where = formatPlace(world.artifacts.url, world.homeFolder);
  const text =
    pointers.length === 0
      ? `nothing is published in ${where} yet`
      : `${pointerTable(pointers, style)}\n\n${style.paint('dim', `in ${where}`)}`;
  return { text, json: pointers };
}

function pointerTable(pointers: readonly Pointer[], style: { width: number; paint: Paint }): string {
  const columns = [
    { title: 'artifact' },
    { title: 'rows', align: 'right' },
    { title: 'published (UTC)' },
    { title: 'sha256', optional: true },
    { title: 'latest version', flexible: true },
  ] as const;
  const rows = pointers.map((pointer) => ({
    cells: [
      pointer.name,
      formatCount(pointer.rows),
      formatTime(pointer.publishedAt, 'minutes'),
      formatHash(pointer.sha256),
      pointer.version,
    ],
  }));
  return renderTable(columns, rows, style);
}

async function reportVersions({ world, terminal }: Invocation, name: string): Promise<Report> {
  await findArtifact(world, name);
  const versions = await listVersions(world.artifacts, name);
  const style = { width: widthOf(terminal.stdout), paint: paintFor(terminal.stdout) };
  const columns = [
    { title: 'version', flexible: true },
    { title: 'state' },
    { title: 'rows', align: 'right' },
    { title: 'bytes', align: 'right' },
    { title: 'sha256' },
    { title: 'flow', optional: true },
  ] as const;
  const rows = versions.map((version) => ({
    cells: [
      version.manifest.version,
      sayState(version, style.paint),
      formatCount(version.manifest.rows),
      formatBytes(version.manifest.bytes),
      formatHash(version.manifest.sha256),
      version.manifest.flow,
    ],
  }));
  return { text: renderTable(columns, rows, style), json: versions.map(versionJson) };
}

function sayState({ isLatest, isPublished }: ArtifactVersion, paint: Paint): string {
  if (isLatest) return paint('green', 'latest');
  return isPublished ? 'published' : paint('yellow', 'never published');
}

function versionJson({ manifest, isLatest, isPublished, storedAt }: ArtifactVersion): unknown {
  const { version, rows, bytes, sha256, rowsSha256, flow, execution, createdAt, previousVersion } = manifest;
  const stored = { isLatest, isPublished, storedAt: storedAt.toISOString() };
  return { version, ...stored, rows, bytes, sha256, rowsSha256, flow, execution, createdAt, previousVersion };
}
