import { editorTools } from './editorTools.ts';
import type { SpecFormat } from './format.ts';
import { functionFiles } from './functionFiles.ts';
import { manifest } from './manifest.ts';
import { mcpServers } from './mcpServers.ts';
import { openapi } from './openapi.ts';
import { toolbench } from './toolbench.ts';

/** All formats; the first one that recognises a file reads it. */
export const formats: readonly SpecFormat[] = [
  manifest,
  mcpServers,
  openapi,
  editorTools,
  toolbench,
  ...functionFiles,
];
