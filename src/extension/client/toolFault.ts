/** How a call of an editor's tool went wrong, from what `invokeTool` threw. English, since a model reads it. Knows no editor. */

export interface ToolFault {
  status: 'rejected' | 'tool_fault' | 'unreachable' | 'blocked';
  content: string;
}

/** Names of errors that tell of a fault in the program rather than of a refusal. */
const faults = /^(?:Type|Reference|Range|Syntax|URI|Eval|Assertion)Error$/;
const canceled = /^Cancell?ed$/;

/**
 * A tool says no by throwing: the editor hands on the name and the text of its error. Nobody but the person has cancelled
 * where the call's own token has not.
 */
export function toolFault(error: unknown): ToolFault {
  const name = error instanceof Error ? error.name : '';
  const said = error instanceof Error ? error.message : String(error);
  if (canceled.test(name) || canceled.test(said) || name === 'CancellationError') {
    return { status: 'blocked', content: 'Not run: it was declined when the editor asked.' };
  }
  if (/^(?:Unknown tool|Tool .* was not contributed|No tool )/i.test(said) || /not registered/i.test(said)) {
    return { status: 'unreachable', content: said };
  }
  return { status: faults.test(name) ? 'tool_fault' : 'rejected', content: said || name };
}
