import { InvalidArgumentError, Option } from 'commander';

/** Forms that go by the name of somebody else who takes them. */
const others: Readonly<Record<string, string>> = { azure: 'openai', unsloth: 'trl' };

/** `--format` of training data. */
export function formatFlag(what: string, formats: readonly string[]): Option {
  return new Option('-f, --format <format>', `${what}: ${formats.join(', ')}`).argParser((given: string) => {
    const format = others[given] ?? given;
    if (formats.includes(format)) return format;
    throw new InvalidArgumentError(`Allowed choices are ${[...formats, ...Object.keys(others)].join(', ')}.`);
  });
}
