/** Texts that are no longer what they were: cut, encoded otherwise, written twice, deep without end. */
import type { Carrier } from './carriers.ts';

export interface HostileFile {
  carrier: Carrier;
  what: string;
  bytes: Buffer;
  /** Whether a person must be told of it. */
  told: boolean;
}

export function hostileTexts(carrier: Carrier): HostileFile[] {
  const text = carrier.text();
  const isYaml = /ya?ml$/.test(carrier.path);
  const file = (what: string, content: string | Buffer, told = true): HostileFile => ({
    carrier,
    what,
    bytes: Buffer.isBuffer(content) ? content : Buffer.from(content),
    told,
  });
  const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
  const sign = Math.max(text.lastIndexOf('description'), text.lastIndexOf('args'));
  return [
    file('cut in the middle', text.slice(0, sign + 8)),
    file('cut before its end', text.trimEnd().slice(0, -2)),
    file('in UTF-16', wide),
    file('in UTF-16 the other way around', Buffer.from(wide).swap16()),
    file('in Latin-1', Buffer.from(text.replace('city', 'St\u00e4dte \u00e9\u00e8'), 'latin1')),
    file('with a mark of the byte order', `\ufeff${text}`, false),
    file('with NULs in it', text.replace('"', '\u0000"\u0000').replace(/\}\s*$/, '\u0000}')),
    file('with something after its end', `${text}\n} ] garbage {`),
    file('with a comma missing', text.replace(/",(\s*")/, '"$1')),
    file(
      'with a text that is not closed',
      text.replace(/"(\s*[,}])(?=[^"]*$)/, '$1').replace(/":\s*"([^"]*)"/, '": "$1'),
    ),
    file('deeper than any stack', text.replace(/[}\]]\s*$/, `,"deep":${'['.repeat(100_000)}`)),
    file(
      'deep and closed',
      text.replace(/[}\]]\s*$/, `,"deep":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`),
    ),
    file(
      'with keys that stand twice',
      text
        .replace(/"name":/, '"name": "first", "name":')
        .replace(/"operationId":/, '"operationId": "a", "operationId":'),
      false,
    ),
    file('with a prototype', text.replace('{', '{"__proto__": {"polluted": true},')),
    ...(isYaml ? yamlTexts(carrier) : []),
  ];
}

function yamlTexts(carrier: Carrier): HostileFile[] {
  const file = (what: string, content: string): HostileFile => ({
    carrier,
    what,
    bytes: Buffer.from(content),
    told: true,
  });
  const head =
    carrier.format === 'manifest'
      ? 'tools: []\n'
      : 'openapi: 3.0.0\ninfo: { title: x, version: "1" }\npaths: {}\n';
  const laughs = Array.from({ length: 40 }, (_, index) =>
    index === 0 ? 'a0: &a0 [lol]' : `a${index}: &a${index} [${`*a${index - 1}, `.repeat(9)}]`,
  );
  return [
    file('a bomb of aliases', `${head}${laughs.join('\n')}\n`),
    file('a mapping within itself', `${head}x: &x { y: *x }\n`),
    file('20,000 aliases', `${head}a: &a 1\nb: [${'*a, '.repeat(20_000)}]\n`),
    file('keys that are mappings', `${head}${'? '.repeat(3_000)}x\n`),
    file('a list in a list in a list', `${head}x:\n  ${'- '.repeat(20_000)}x\n`),
    file('a million brackets', `${head}x: ${'['.repeat(900_000)}\n`),
    file('tabs for spaces', `${head}\tx:\n\t\ty: [\n`),
    file(
      'tags of programs',
      `${head}x: !!js/function 'function () { return 1 }'\ny: !<tag:yaml.org,2002:python/object/apply:os.system> [ls]\nz: *none\n`,
    ),
  ];
}
