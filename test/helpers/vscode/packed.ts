import { packVsix } from '../../../src/build/vsix.ts';

let packed: Promise<string> | undefined;

/** The packed extension, as the production build has it: packed once for all suites of a process. */
export function packedExtension(): Promise<string> {
  packed ??= packVsix();
  return packed;
}
