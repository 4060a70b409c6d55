/** Strings of a manifest that may hold placeholders, checked: what may stand there, and whether it exists. */
import type { ServiceSpec } from '../boundTool.ts';
import { type Placeholder, PlaceholderError, placeholdersOf, writePlaceholder } from '../placeholders.ts';
import { didYouMean } from '../suggest.ts';
import { groupsOf } from './manifestServices.ts';
import type { At, MapReader } from './mapReader.ts';

/** Which placeholders a string may hold. */
export interface Allowed {
  node?: boolean;
  env?: boolean;
  secret?: boolean;
  /** The services there are; null stands for one that is itself wrong. */
  services?: ReadonlyMap<string, ServiceSpec | null>;
  /** The arguments there are; null when any name will do. */
  arguments?: ReadonlySet<string> | null;
}

/** Reports what is wrong with the placeholders of a string. Returns whether it can be used. */
export function checkedText(reader: MapReader, text: At<string>, allowed: Allowed): boolean {
  if (text.value.includes('\0')) {
    reader.fail(text.node, 'A NUL character cannot be handed to a program.');
    return false;
  }
  try {
    const wrong = placeholdersOf(text.value).flatMap((one) => problemOf(one, allowed) ?? []);
    for (const message of wrong) reader.fail(text.node, message);
    return wrong.length === 0;
  } catch (error) {
    if (!(error instanceof PlaceholderError)) throw error;
    reader.fail(text.node, error.message);
    return false;
  }
}

export function checkedTexts(reader: MapReader, key: string, allowed: Allowed): At<string>[] | null {
  const texts = reader.texts(key);
  for (const text of texts ?? []) checkedText(reader, text, allowed);
  return texts;
}

function problemOf(placeholder: Placeholder, allowed: Allowed): string | null {
  const written = `"${writePlaceholder(placeholder)}"`;
  switch (placeholder.kind) {
    case 'node':
    case 'env':
    case 'secret':
      return allowed[placeholder.kind] ? null : `${written} cannot stand here.`;
    case 'service':
      return serviceProblem(placeholder.name, placeholder.group, written, allowed.services);
    case 'argument': {
      if (allowed.arguments === null || allowed.arguments?.has(placeholder.name)) return null;
      if (!allowed.arguments)
        return `${written} cannot stand here: arguments of a call never do.${didYouMean(placeholder.name, ['node'])}`;
      const known = [...allowed.arguments];
      const hint =
        didYouMean(placeholder.name, [...known, 'node']) || ` There are: ${known.join(', ') || 'none'}.`;
      return `${written} is no parameter of this tool.${hint}`;
    }
  }
}

function serviceProblem(
  name: string,
  group: string,
  written: string,
  services: Allowed['services'],
): string | null {
  if (!services) return `${written} cannot stand here.`;
  const service = services.get(name);
  if (service === null) return `${written} names a service that is itself wrong.`;
  if (!service)
    return `${written} names a service that is not under "services:".${didYouMean(name, services.keys())}`;
  const groups = groupsOf(service);
  if (groups.includes(group)) return null;
  return `${written}: the "ready" line of "${name}" has no group "(?<${group}>…)".${didYouMean(group, groups)}`;
}

/** What is wrong with the name of an environment variable that a process shall get. */
export function envNameProblem(name: string): string | null {
  if (name === 'TMPDIR') return 'TMPDIR is set by us: each process gets a folder of its own.';
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? null : `"${name}" is no name of an environment variable.`;
}
