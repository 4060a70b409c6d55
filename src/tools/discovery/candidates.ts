/** Which files of a workspace folder may be specs, by their names alone, and which folders are never looked into. */

/** Installed, built, or not a person's: no spec of theirs lies there. */
const skipped = new Set([
  'node_modules',
  'bower_components',
  '.git',
  '.hg',
  '.svn',
  'CVS',
  'dist',
  '.imaginarium',
  '.venv',
  '__pycache__',
  '.vscode-test',
]);

/** Not even a manifest that names a file of these has it read. */
const closed = new Set(['node_modules', '.git', '.hg', '.svn', '.imaginarium']);

const extension = /\.(?:jsonc?|jsonl|ndjson|ya?ml)$/i;
/** Long, of machines, and in every project. */
const locks = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.ya?ml|\.package-lock\.json)$/;
const manifest = /(?:^|\/)(?:imaginarium|[^/]*\.tools)\.ya?ml$/;

/** Folders deeper than this are not looked into. */
export const deepest = 24;

export function isCandidate(path: string): boolean {
  return extension.test(path) && !locks.test(path);
}

/** Manifests say what is left out and what is not: they are read before the others. */
export function isManifest(path: string): boolean {
  return manifest.test(path);
}

/** The manifest of the folder itself is read whatever is ignored: nothing else could name it. */
export function isRootManifest(path: string): boolean {
  return /^imaginarium\.ya?ml$/.test(path);
}

/** Whether a folder of this name is looked into. */
export function isEntered(name: string): boolean {
  return !skipped.has(name);
}

/** Whether not even a manifest may name this. */
export function isClosed(path: string): boolean {
  return path.split('/').some((name) => name === '..' || name === '' || closed.has(name));
}

export function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}

/** Ignore files of git: they change what is found. */
export function isIgnoreFile(path: string): boolean {
  return path === '.gitignore' || path.endsWith('/.gitignore') || path.endsWith('.git/info/exclude');
}
