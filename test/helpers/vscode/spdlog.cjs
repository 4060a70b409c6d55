/**
 * Stands in for the native part of `@vscode/spdlog`, which is not built here: the log service of the VS Code server
 * loads it, and without it every Output channel stays empty. It appends to a file and keeps the same exports and levels.
 */
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const names = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
let globalLevel = 2;

class Logger {
  constructor(_type, name, filename) {
    this.name = name;
    this.filename = filename;
    this.level = globalLevel;
    this.plain = false;
    mkdirSync(dirname(filename), { recursive: true });
  }
  write(level, message) {
    if (level < this.level) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, -1);
    appendFileSync(this.filename, this.plain ? message : `${time} [${names[level]}] ${message}\n`);
  }
  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
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

const create = async (name, filename, size, count) => new Logger('rotating', name, filename, size, count);

module.exports = {
  version: 0,
  Logger,
  createRotatingLogger: create,
  createAsyncRotatingLogger: create,
  setLevel: (level) => {
    globalLevel = level;
  },
  setFlushOn: () => {},
};
