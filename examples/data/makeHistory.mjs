// Writes history.git, the bare repository that the tool repository_log reads: node data/makeHistory.mjs [OUTPUT]
// Authors and dates are fixed, so the same commits come out on every machine.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const commits = [
  { day: '2025-01-13', author: 'Ada Brunner', text: 'First timetable: two lines', trains: 2 },
  { day: '2025-02-03', author: 'Béla Szabó', text: 'Third line over the pass', trains: 3 },
  {
    day: '2025-02-17',
    author: 'Ada Brunner',
    text: 'Leave five minutes to change in BRN',
    trains: 3,
    tag: 'v1.0',
  },
  { day: '2025-04-01', author: 'Chiara Conti', text: 'Summer: one train more on Sundays', trains: 4 },
  { day: '2025-05-19', author: 'Béla Szabó', text: 'The bridge is closed until autumn', trains: 3 },
  { day: '2025-09-08', author: 'Ada Brunner', text: 'The bridge is open again', trains: 5, tag: 'v2.0' },
];
const winter = {
  day: '2025-11-03',
  author: 'Chiara Conti',
  text: 'Draft of the winter timetable',
  trains: 6,
};

const output = process.argv[2] ?? fileURLToPath(new URL('history.git', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'history-'));
try {
  rmSync(output, { recursive: true, force: true });
  git(['init', '--quiet', '--bare', '--template=', '--initial-branch=main', output]);
  git(['init', '--quiet', '--template=', '--initial-branch=main', '.']);
  for (const one of commits) commit(one);
  git(['switch', '--quiet', '--create', 'winter']);
  commit(winter);
  git(['push', '--quiet', output, 'main', 'winter', '--tags']);
  git(['--git-dir', output, '-c', 'repack.writeBitmaps=false', 'repack', '--quiet', '-adn']);
} finally {
  rmSync(work, { recursive: true });
}

function commit({ day, author, text, trains, tag }) {
  writeFileSync(join(work, 'trains.txt'), `${trains} lines\n`);
  git(['add', 'trains.txt']);
  const email = `${author.split(' ')[0].toLowerCase()}@example.org`;
  git(['commit', '--quiet', '--allow-empty', '--message', text], {
    GIT_AUTHOR_NAME: author,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: `${day}T09:30:00+0100`,
    GIT_COMMITTER_NAME: author,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: `${day}T09:30:00+0100`,
  });
  if (tag) git(['tag', tag]);
}

/** The settings of whoever runs this (signing, hooks, line ends) stay out of it. */
function git(args, names = {}) {
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ...names };
  execFileSync('git', args, { cwd: work, env, stdio: ['ignore', 'ignore', 'inherit'] });
}
