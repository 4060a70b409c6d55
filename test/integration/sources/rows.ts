/** Rows of the view Tools by the source they stand in. */
import type { TestApi } from '../../../src/extension/testApi.ts';
import type { SourceNode } from '../../../src/extension/view/model/sourceNode.ts';
import type { ToolNode } from '../../../src/extension/view/model/toolNode.ts';
import { eventually } from '../window.ts';

/** The row of a source, once it is there. */
export function sourceNode(api: TestApi, label: string): Promise<SourceNode> {
  return eventually(`the source ${label} is shown`, async () => {
    await api.tree.getChildren();
    return api.tree.model.sources.find(({ row }) => row.label === label);
  });
}

/** The row of a tool in a source, once it is there. */
export function toolOf(api: TestApi, source: string, name: string): Promise<ToolNode> {
  return eventually(`the tool ${name} of ${source} is shown`, async () => {
    const node = await sourceNode(api, source);
    await node.children();
    return node.tools.find(({ row }) => row.label === name);
  });
}
