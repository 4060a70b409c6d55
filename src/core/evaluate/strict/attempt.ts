/** What betrays that a text was to be a call: the marks of the forms in which models write them. */
const marks =
  /^\s*(?:\{|\[\s*(?:[[{"']|[\p{L}_][\p{L}\p{N}_.]*\s*\()|```)|\bAction(?: Input)?\s*:|<\/?[|]?(?:tool_?calls?|function|invoke)\b|"(?:tool_calls|function|arguments|parameters)"\s*:/iu;
/** `name(argument=`, whatever the name is. */
const namedArgument = /(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_.]*\(\s*[\p{L}_][\p{L}\p{N}_]*\s*=/u;
/** What the leaderboard's programs write where a model could not be asked. */
const failedRequest = /^\s*Error during inference/i;

/**
 * Whether a text that is no readable call began one nevertheless: then it is no abstention.
 *
 * @param toolNames Names of the tools that could be called.
 */
export function attemptsCall(text: string, toolNames: readonly string[]): boolean {
  if (marks.test(text) || namedArgument.test(text) || failedRequest.test(text)) return true;
  const names = toolNames.flatMap((name) => [name, name.replaceAll('.', '_')]);
  return names.some((name) => {
    for (let at = text.indexOf(name); at >= 0 && name !== ''; at = text.indexOf(name, at + 1)) {
      const before = text[at - 1] ?? ' ';
      const after = text.slice(at + name.length, at + name.length + 3).trimStart();
      // `f()` in a sentence is a way to name a function; with something in it, it is a call.
      if (!/[\p{L}\p{N}_.]/u.test(before) && after.startsWith('(') && !after.startsWith('()')) return true;
    }
    return text.trim() === name;
  });
}
