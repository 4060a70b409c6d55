/** A small format for tests of the search: `spec: NAME…` makes tools, `named:` and `excluded:` say what a manifest would. */
import type { SourceResult } from '../../src/tools/boundTool.ts';
import type { SpecFormat } from '../../src/tools/formats/format.ts';
import { sampleTool } from './corePorts.ts';

export interface CountedFormat extends SpecFormat {
  /** Paths that were read, in order. */
  readonly read_: string[];
}

/** Recognises a file by its first word, `spec:`. */
export function lineFormat(name: SpecFormat['name'] = 'openai'): CountedFormat {
  const read_: string[] = [];
  return {
    name,
    read_,
    mayBe: (_path, text) => /\bspec\b/.test(text),
    recognises: ({ text }) => /^\s*spec:/.test(text),
    read({ path, folder, text }): SourceResult {
      read_.push(path);
      const list = (key: string): string[] =>
        new RegExp(`^${key}:(.*)$`, 'm').exec(text)?.[1]?.trim().split(/\s+/).filter(Boolean) ?? [];
      const at = { path, line: 1, column: 1 };
      const [include, exclude] = [list('named'), list('excluded')];
      return {
        path,
        folder,
        format: name,
        problems: [],
        budget: {},
        ...(include.length + exclude.length === 0
          ? {}
          : {
              bindings: {
                services: [],
                exclude: exclude.map((glob) => ({ glob, at })),
                include: include.map((source) => ({
                  source,
                  only: null,
                  server: null,
                  auth: {},
                  env: {},
                  all: {},
                  tools: {},
                  places: {},
                  at,
                })),
              },
            }),
        tools: list('spec').map((tool) => ({
          tool: { ...sampleTool(), id: `${path}#${tool}`, name: tool },
          folder,
          runner: null,
          notRunnable: 'test',
          timeoutMs: 1,
          outputLimit: 1,
          services: [],
        })),
      };
    },
  };
}
