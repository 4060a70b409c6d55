/** What a command changes in the manifest of a folder: computed here, written by whoever asked. */
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { FileChange, ManifestChange } from '../protocol/engine.ts';
import { namesOf } from '../tools/bindings/inclusion.ts';
import type { SourceResult } from '../tools/boundTool.ts';
import { NotRead, withFile } from '../tools/discovery/fileText.ts';
import { withExcluded, withIncluded, withOwnRisk, withRisk } from '../tools/manifestEdit/manifestEdits.ts';

/** What of the catalogue a change needs. */
export interface ManifestPlace {
  folders: readonly string[];
  sources: readonly SourceResult[];
  /** What an editor holds unsaved of a file; null for what is on disk. */
  readText(absolutePath: string): string | null;
}

/** The manifest of a folder as it shall be. Rejects with `UserError` for what cannot be said in it. */
export async function manifestChange(
  place: ManifestPlace,
  folder: string,
  change: ManifestChange,
): Promise<FileChange> {
  if (!place.folders.includes(folder)) {
    throw new UserError(`"${folder}" is no folder of this workspace.`, 'Open it first.');
  }
  const main = await mainManifest(place, folder);
  const { file, edit } = editOf(place, folder, main, change);
  const path = join(folder, file);
  const before = await textOf(place, folder, file);
  return { path, before, after: edit(before ?? '') };
}

interface Edit {
  /** Relative to the folder. */
  file: string;
  edit: (text: string) => string;
}

function editOf(place: ManifestPlace, folder: string, main: string, change: ManifestChange): Edit {
  if (change.kind === 'risk') return riskEdit(place, folder, main, change);
  const { source } = change;
  if (source === main) {
    throw new UserError(
      `${main} is the manifest itself: what it says about sources stands in it.`,
      'Take out its tools instead.',
    );
  }
  if (change.kind === 'exclude') return { file: main, edit: (text) => withExcluded(text, source) };
  return { file: main, edit: (text) => withIncluded(text, source, change.server) };
}

function riskEdit(
  { sources }: ManifestPlace,
  folder: string,
  main: string,
  { tool: id, risk }: ManifestChange & { kind: 'risk' },
): Edit {
  const source = sources.find((one) => one.folder === folder && one.tools.some(({ tool }) => tool.id === id));
  const bound = source?.tools.find(({ tool }) => tool.id === id);
  if (!source || !bound) {
    throw new UserError('This tool is no longer in the workspace.', 'Look for it in the view Tools.');
  }
  if (source.format === 'manifest') {
    return { file: source.path, edit: (text) => withOwnRisk(text, bound.tool.name, risk) };
  }
  // Of several tools that are written with one name, the name that models see is the only one that tells them apart.
  const [written] = namesOf(bound);
  const alike = source.tools.filter((one) => namesOf(one)[0] === written).length > 1;
  const names = alike ? [bound.tool.name] : namesOf(bound);
  return { file: main, edit: (text) => withRisk(text, source.path, names, risk) };
}

/** `imaginarium.yaml`, unless only an `imaginarium.yml` is there. */
async function mainManifest(place: ManifestPlace, folder: string): Promise<string> {
  const [usual, other] = ['imaginarium.yaml', 'imaginarium.yml'] as const;
  if ((await textOf(place, folder, usual)) !== null) return usual;
  return (await textOf(place, folder, other)) === null ? usual : other;
}

/** Null when there is no such file. A link out of the folder is not followed: what it leads to is not to be changed. */
async function textOf({ readText }: ManifestPlace, folder: string, file: string): Promise<string | null> {
  const path = join(folder, file);
  try {
    const root = await realpath(folder);
    const saved = await withFile(path, root, async ({ size, read }) => (await read(size)).toString('utf8'));
    // Editors keep the mark of the encoding apart from the text.
    return readText(path) ?? saved.replace(/^\uFEFF/, '');
  } catch (error) {
    if (error instanceof NotRead && error.why === 'gone') return readText(path);
    throw new UserError(
      `${path} cannot be changed: ${(error as Error).message}`,
      'See to it that it is a file that can be read.',
    );
  }
}
