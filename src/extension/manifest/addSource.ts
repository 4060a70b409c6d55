import * as l10n from '@vscode/l10n';
import type { SourceRow } from '../../protocol/engine.ts';
import { oneLine } from '../state/oneLine.ts';
import type { Choice, Surroundings } from '../surroundings.ts';
import { changeManifest, mayChange } from './changeManifest.ts';
import { sourceChoice, sourceRows } from './chooseSource.ts';
import type { ManifestWindow, WorkspaceFile } from './ports.ts';

type What = { kind: 'file'; file: WorkspaceFile } | { kind: 'choose' | 'type' | 'server' };

/** Names a source in the manifest: a file that is not read by itself, or where an OpenAPI document is sent. */
export async function addSource(around: Surroundings, window: ManifestWindow): Promise<void> {
  if (!(await mayChange(around))) return;
  const rows = await sourceRows(around);
  const what = await around.person.pick(
    l10n.t('Add Source'),
    l10n.t('Where are the tools written?'),
    await whats(window, rows, around.workbench.sources?.excluded ?? []),
  );
  if (what === undefined) return;
  if (what.kind === 'server') return addServer(around, window, rows.filter(isOpenApi));
  const file =
    what.kind === 'file'
      ? what.file
      : what.kind === 'choose'
        ? await window.chooseFile(l10n.t('Add Source'))
        : await typed(around, window);
  if (file === undefined) return;
  await changeManifest(around, window, file.folder, { kind: 'include', source: file.path });
}

async function whats(
  window: ManifestWindow,
  rows: readonly SourceRow[],
  excluded: readonly { folder: string; glob: string }[],
): Promise<Choice<What>[]> {
  const read = new Set(rows.map(({ folder, file }) => `${folder}\n${file}`));
  const out = new Set(excluded.map(({ folder, glob }) => `${folder}\n${glob}`));
  const files = (await window.likelyFiles()).filter(({ folder, path }) => {
    return !read.has(`${folder}\n${path}`) && !out.has(`${folder}\n${path}`);
  });
  return [
    { label: l10n.t('Choose File…'), icon: 'go-to-file', value: { kind: 'choose' } },
    {
      label: l10n.t('Enter Path…'),
      detail: l10n.t('A file, a folder or a pattern, for instance specs/**/*.yaml'),
      icon: 'edit',
      value: { kind: 'type' },
    },
    ...(rows.some(isOpenApi)
      ? [
          {
            label: l10n.t('Enter Server of an OpenAPI Document…'),
            detail: l10n.t('Where its operations are sent, instead of the server that it names'),
            icon: 'globe',
            value: { kind: 'server' as const },
          },
        ]
      : []),
    ...excluded.map(({ folder, glob }) => ({
      label: oneLine(glob),
      group: l10n.t('Excluded'),
      icon: 'exclude',
      value: { kind: 'file' as const, file: { folder, path: glob } },
    })),
    ...files.map((file) => ({
      label: oneLine(file.path),
      group: l10n.t('Not Read Now'),
      icon: 'file',
      value: { kind: 'file' as const, file },
    })),
  ];
}

async function typed({ person }: Surroundings, window: ManifestWindow): Promise<WorkspaceFile | undefined> {
  const [folder] = window.folders();
  const path = await person.type({
    title: l10n.t('Add Source'),
    prompt: l10n.t(
      'Path of a file or a folder, relative to the workspace folder. *, ** and {a,b} may stand in it.',
    ),
    placeholder: 'specs/**/*.yaml',
    check: pathProblem,
  });
  return path === undefined || folder === undefined ? undefined : { folder, path: path.trim() };
}

function pathProblem(path: string): string | null {
  if (path.trim() === '') return l10n.t('Enter a path.');
  return /^\s*(?:\.{0,2}\/|[A-Za-z]:\/)|\\/.test(path)
    ? l10n.t('Enter the path relative to the workspace folder, with / between folders.')
    : null;
}

async function addServer(
  around: Surroundings,
  window: ManifestWindow,
  rows: readonly SourceRow[],
): Promise<void> {
  const { person } = around;
  const row =
    rows.length === 1
      ? rows[0]
      : await person.pick(l10n.t('Add Source'), l10n.t('Server of which document?'), rows.map(sourceChoice));
  if (row === undefined) return;
  const server = await person.type({
    title: l10n.t('Server of {0}', oneLine(row.path, 80)),
    prompt: l10n.t('Address before the paths of the operations.'),
    placeholder: 'http://127.0.0.1:8080/v1',
    check: serverProblem,
  });
  if (server === undefined) return;
  await changeManifest(around, window, row.folder, {
    kind: 'include',
    source: row.path,
    server: server.trim(),
  });
}

function serverProblem(server: string): string | null {
  const text = server.trim();
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    return l10n.t('Enter an address that begins with http:// or https://.');
  const { username, password, search, hash } = new URL(text);
  if (username !== '' || password !== '')
    return l10n.t('Leave out user name and password: they belong under auth, as a secret.');
  return search !== '' || hash !== '' ? l10n.t('Leave out what stands behind ? and #.') : null;
}

function isOpenApi({ format }: SourceRow): boolean {
  return format === 'openapi';
}
