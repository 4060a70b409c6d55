/** Finds and reads the specs of a folder, in a process of its own, and tells how long it took and how much memory. */
import { discover } from '../../../src/tools/discover.ts';

const [folder = ''] = process.argv.slice(2);
const start = performance.now();
const before = process.cpuUsage();
const sources = await discover(folder);
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(before);
const tools = sources.flatMap((source) => source.tools);
const problems = sources.flatMap((source) => source.problems.map(({ message }) => message));
// Of the whole process, its threads included; kilobytes.
const { maxRSS } = process.resourceUsage();
const fresh = tools.filter(({ tool }) => tool.runnable).length;
console.log(
  JSON.stringify({
    tools: tools.length,
    runnable: fresh,
    problems,
    ms,
    cpu: (user + system) / 1000,
    megabytes: maxRSS / 1024,
  }),
);
process.exit();
