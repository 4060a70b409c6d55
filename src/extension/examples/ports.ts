/** What commands on examples need of the editor beside the surroundings. */
export interface FileDialogs {
  /** Lets the person choose a file to read; its absolute path. `endings` without the dot. */
  chooseFile(title: string, endings: readonly string[]): Promise<string | undefined>;
  /** The same of a file to write, which may be there already: then the editor has asked. `name` is what is suggested. */
  chooseTarget(title: string, name: string, endings: readonly string[]): Promise<string | undefined>;
}
