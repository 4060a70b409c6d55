/** `${…}` in the texts of a manifest: which kinds can stand where, and which names there are. */
import { isJsonObject, type Json } from '../../core/json.ts';
import { namesOf } from '../../tools/bindings/inclusion.ts';
import { globMatcher } from '../../tools/glob.ts';
import type { ManifestFolder } from './completion.ts';
import { type Offered, toolsAt } from './completionNames.ts';
import { type ManifestPlace, marker, type Path } from './manifestPlace.ts';

type Kind = 'argument' | 'node' | 'env' | 'secret' | 'service';

export function placeholdersAt(place: ManifestPlace, around: ManifestFolder): Offered[] {
  const kinds = kindsAt(place.path);
  const offered: Offered[] = [];
  const add = (inner: string, about: string): void => {
    offered.push({ kind: 'placeholder', label: `\${${inner}}`, text: `\${${inner}}`, about });
  };
  if (kinds.includes('argument')) {
    for (const [name, about] of argumentsAt(place, around)) add(name, about || 'An argument of the call.');
  }
  if (kinds.includes('service')) {
    for (const [name, group] of servicesIn(place.data)) {
      add(
        `service:${name}.${group}`,
        `What the service "${name}" says as its ${group}; it is started when it is needed.`,
      );
    }
  }
  if (kinds.includes('secret')) {
    for (const name of namedIn(place.data, 'secret')) add(`secret:${name}`, aboutSecret);
    add('secret:NAME', aboutSecret);
  }
  if (kinds.includes('env')) {
    for (const name of namedIn(place.data, 'env')) add(`env:${name}`, aboutEnv);
    add('env:NAME', aboutEnv);
  }
  if (kinds.includes('node'))
    add('node', 'The Node.js that runs Imaginarium: for tools written in JavaScript.');
  return offered;
}

const aboutSecret =
  'A secret of yours, kept by the editor (Set Secret of a Tool…), or an environment variable of the terminal.';
const aboutEnv = 'A variable of the environment in which Imaginarium runs.';

function kindsAt(path: Path): Kind[] {
  const [list, , key] = path;
  if (list === 'services') return ['node', 'env', 'secret'];
  if (list === 'include' && key === 'server') return ['service', 'env'];
  if (list === 'include' && key === 'auth') return ['secret', 'service', 'env'];
  if (list === 'include' && key === 'env') return ['secret', 'service', 'env', 'node'];
  const run = path.indexOf('run');
  if (run < 0 || (list !== 'tools' && list !== 'include')) return [];
  const inRun = path.slice(run + 1);
  if (inRun[0] === 'module' || inRun[0] === 'export') return [];
  const isModule = inRun[0] === 'env';
  const all: Kind[] = ['argument', 'service', 'secret', 'env'];
  return inRun[0] === 'http' ? all : isModule ? [...all, 'node'] : [...all, 'node'];
}

/** The parameters of the tool whose runner this is, with their descriptions. */
function argumentsAt({ data, path }: ManifestPlace, around: ManifestFolder): [string, string][] {
  if (path[0] === 'tools') {
    const tools = isJsonObject(data) ? data.tools : null;
    const tool = Array.isArray(tools) ? tools[Number(path[1])] : null;
    return propertiesOf(isJsonObject(tool) ? tool.parameters : undefined);
  }
  const named = path[2] === 'tools' ? globMatcher(String(path[3])) : () => true;
  const tools = toolsAt(data, path, around).filter((tool) => namesOf(tool).some(named));
  return [...new Map(tools.flatMap(({ tool }) => propertiesOf(tool.parameters)))];
}

function propertiesOf(schema: Json | undefined): [string, string][] {
  const properties = isJsonObject(schema) ? schema.properties : null;
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties)
    .filter(([name]) => !name.includes(marker) && !/[{}]/.test(name))
    .map(([name, inner]) => {
      const about = isJsonObject(inner) ? inner.description : '';
      return [name, typeof about === 'string' ? about.slice(0, 300) : ''];
    });
}

/** Services with the named groups of their "ready" lines. */
function servicesIn(data: Json): [string, string][] {
  const services = isJsonObject(data) ? data.services : null;
  if (!isJsonObject(services)) return [];
  return Object.entries(services).flatMap(([name, service]) => {
    const ready = isJsonObject(service) ? service.ready : null;
    const line = isJsonObject(ready) && typeof ready.line === 'string' ? ready.line : '';
    return [...line.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map(([, group = '']): [string, string] => [
      name,
      group,
    ]);
  });
}

/** Names of secrets or variables that the manifest has elsewhere. */
function namedIn(data: Json, kind: 'secret' | 'env'): string[] {
  const found = JSON.stringify(data).matchAll(new RegExp(`\\$\\{${kind}:([\\w.-]+)\\}`, 'g'));
  return [...new Set([...found].map(([, name = '']) => name))];
}
