/**
 * Variables in the configuration files of MCP servers: those of VS Code (`${workspaceFolder}`, `${env:X}`, `${input:id}`),
 * those of other clients (`${X}`, `${X:-text}`), and `${secret:X}` of our manifest. What is none of them stands for itself.
 */

export type Variable =
  /** Known without asking anybody. */
  | { kind: 'place'; name: 'folder' | 'folderName' | 'home' | 'separator' }
  | { kind: 'env'; name: string; otherwise: string | null }
  | { kind: 'input'; id: string }
  | { kind: 'secret'; name: string };

export type VariableText = (string | Variable)[];

const places: Record<string, Extract<Variable, { kind: 'place' }>['name']> = {
  workspaceFolder: 'folder',
  workspaceRoot: 'folder',
  cwd: 'folder',
  workspaceFolderBasename: 'folderName',
  userHome: 'home',
  pathSeparator: 'separator',
  '/': 'separator',
};

const reference = /\$\{([^${}]*)\}/g;
/** What only an editor could fill, while somebody works in it. */
const editorOnly =
  /^(?:command|config|extensionInstallFolder|file|fileBasename|fileBasenameNoExtension|fileDirname|fileDirnameBasename|fileExtname|fileWorkspaceFolder|relativeFile|relativeFileDirname|lineNumber|columnNumber|selectedText|defaultBuildTask|execPath)(?::|$)/;

export function parseVariables(text: string): VariableText {
  const parts: VariableText = [];
  let literal = '';
  let at = 0;
  for (const match of text.matchAll(reference)) {
    const variable = variableOf(match[1] ?? '');
    if (variable === null) continue;
    literal += text.slice(at, match.index);
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push(variable);
    at = match.index + match[0].length;
  }
  literal += text.slice(at);
  if (literal !== '') parts.push(literal);
  return parts;
}

/** The variables of a text. */
export function variablesOf(text: string): Variable[] {
  return parseVariables(text).filter((part) => typeof part !== 'string');
}

/** The first variable that nothing here can fill, as it is written; null when there is none. */
export function unknownVariable(text: string): string | null {
  for (const [written, inner = ''] of text.matchAll(reference)) if (editorOnly.test(inner)) return written;
  return null;
}

/** The name under which a person stores what an input asks for: names of secrets are letters, digits and `_`. */
export function inputSecret(id: string): string {
  const name = id.replace(/\W/g, '_');
  return /^[0-9]/.test(name) || name === '' ? `_${name}` : name;
}

function variableOf(inner: string): Variable | null {
  const place = Object.hasOwn(places, inner) ? places[inner] : undefined;
  if (place !== undefined) return { kind: 'place', name: place };
  if (/^workspaceFolder:/.test(inner)) return { kind: 'place', name: 'folder' };
  const input = /^input:(.+)$/.exec(inner)?.[1];
  if (input !== undefined) return { kind: 'input', id: input };
  const secret = /^secret:([A-Za-z0-9_.-]+)$/.exec(inner)?.[1];
  if (secret !== undefined) return { kind: 'secret', name: secret };
  const [, name, otherwise = null] = /^(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s.exec(inner) ?? [];
  if (name === undefined || editorOnly.test(inner)) return null;
  return { kind: 'env', name, otherwise };
}
