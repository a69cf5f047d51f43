// Makes a bare clone runnable: installs the locked packages once and insists on the pinned Node.
// Plain JavaScript without dependencies, because the system's Node (20 or newer) runs it first.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.kerf-lock');
const node = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node;

const fail = (what, fix) => {
  console.error(`\nkerf: ${what}\n      ${fix}\n`);
  process.exit(1);
};

if (Number(process.versions.node.split('.')[0]) < 20)
  fail(
    `Node ${process.versions.node} is too old to set Kerf up.`,
    'Install Node 20 or newer and run the command again.',
  );

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock && existsSync(node);
if (!installed) {
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
    fail(
      'node_modules is a link to packages of another copy, which an install would empty.',
      'Remove the link and run the command again, or install in the folder it leads to.',
    );
  console.error('kerf: installing packages (first start only, about a minute)');
  const npm = process.env.npm_execpath
    ? [process.execPath, [process.env.npm_execpath, 'ci']]
    : ['npm', ['ci']];
  // npm's own settings of the outer command (such as --silent) must not leak into the install.
  const result = spawnSync(npm[0], npm[1], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (result.status !== 0)
    fail(
      '`npm ci` failed; its own words are above.',
      'Check the network or the registry setting (`npm config get registry`) and run the command again.',
    );
}

const found = spawnSync(node, ['-v'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
}).stdout?.trim();
if (found !== `v${wanted}`)
  fail(
    `the pinned Node v${wanted} is not installed (found ${found || 'none'}).`,
    'Run `npm ci` with install scripts allowed (no --ignore-scripts): the `node` package fetches it.',
  );
if (!installed) {
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, lock);
}
