/** What stands at the head of every bundle that runs on Node. */

/** Gives CommonJS output an `import.meta.url`; the build replaces the expression by this name. */
export const importMetaUrl = 'const import_meta_url=require("node:url").pathToFileURL(__filename).href;';

/**
 * Node 22 warns once a process and thread that SQLite is experimental. That one warning is dropped, any other is kept;
 * it can go when the oldest Node we support is 24.
 */
export const quietSqliteWarning =
  'if(process.versions.node.startsWith("22."))((emit)=>{process.emitWarning=function(warning,...rest){' +
  'if(!/^SQLite is an experimental feature/.test(String(warning?.message??warning)))emit.call(process,warning,...rest)}' +
  '})(process.emitWarning);';
