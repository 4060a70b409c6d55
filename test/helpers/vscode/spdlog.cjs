/**
 * Stands in for the native part of `@vscode/spdlog`, which is not built here: the log service of the VS Code server
 * loads it, and without it every Output channel stays empty. It appends to a file and keeps the same exports and levels.
 */
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
let globalLevel = 2;

class Logger {
  /** @param {string} _type @param {string} name @param {string} filename */
  constructor(_type, name, filename) {
    this.name = name;
    this.filename = filename;
    this.level = globalLevel;
    this.plain = false;
    mkdirSync(dirname(filename), { recursive: true });
  }
  /** @param {number} level @param {string} message */
  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, -1);
    appendFileSync(this.filename, this.plain ? message : `${time} [${names[level]}] ${message}\n`);
  }
  /** @param {string} message */
  trace(message) {
    this.write(0, message);
  }
  /** @param {string} message */
  debug(message) {
    this.write(1, message);
  }
  /** @param {string} message */
  info(message) {
    this.write(2, message);
  }
  /** @param {string} message */
  warn(message) {
    this.write(3, message);
  }
  /** @param {string} message */
  error(message) {
    this.write(4, message);
  }
  /** @param {string} message */
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  /** @param {number} level */
  setLevel(level) {
    this.level = level;
  }
  setPattern() {
    // Only patterns that print the message alone are in use, by channels that format their own lines.
    this.plain = true;
  }
  clearFormatters() {
    this.plain = true;
  }
  flush() {}
  drop() {}
}

/**
 * The real ones take a size and a count too; a test's log needs no rotation.
 *
 * @param {string} name
 * @param {string} filename
 */
async function create(name, filename) {
  return new Logger('rotating', name, filename);
}

// One assignment an export: only so does `import()` of a CommonJS module see them by name.
exports.version = 0;
exports.Logger = Logger;
exports.createRotatingLogger = create;
exports.createAsyncRotatingLogger = create;
/** @param {number} level */
exports.setLevel = (level) => {
  globalLevel = level;
};
exports.setFlushOn = () => {};
