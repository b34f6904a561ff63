import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from './harness.js';
import { makeProject, treeOf } from './project/temp-project.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIN = join(ROOT, 'localnet/bin/fac-localnet.js');

let readme: string;
/** The project of the README, and beside it a directory for programs, with this repository's packages. */
let manifest: string;
let programs: string;
let node: ChildProcess | undefined;

beforeAll(async () => {
  readme = await readFile(join(ROOT, 'localnet/README.md'), 'utf8');
  manifest = await makeProject({ 'Clarinet.toml': snippet('toml'), 'counter.clar': snippet('clarity') });
  programs = dirname(await makeProject({ 'Clarinet.toml': '', 'package.json': '{"type":"module"}' }));
  await symlink(join(ROOT, 'node_modules'), join(programs, 'node_modules'));
});
afterAll(() => void node?.kill('SIGKILL'));

function snippet(language: string): string {
  const [, text] = new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(readme) ?? [];
  if (text === undefined) throw new Error(`the README has no snippet in ${language}`);
  return text;
}

async function runProgram(text: string, env: Readonly<Record<string, string>>) {
  const file = join(programs, 'program.mjs');
  await writeFile(file, text);
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  const [code] = await once(child, 'close');
  return { code, said };
}

describe('the README of localnet', () => {
  it('leads from two files to a signed call, with nothing written to the project', async () => {
    const before = await treeOf(manifest);
    node = spawn(process.execPath, [BIN, '--port', '0', '--json', '--block-time', '200'], {
      cwd: dirname(manifest),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ready = await nextReady(node);
    expect(ready).toMatchObject({ hasDefaultAccounts: true });
    const { code, said } = await runProgram(snippet('js'), { STACKS_URL: ready.url });
    expect(said).toBe('success u3\n');
    expect(code).toBe(0);
    expect(await treeOf(manifest)).toEqual(before);
  });

  it('shows how to start a node from code', async () => {
    const program = snippet('ts').replace('../hello/Clarinet.toml', manifest);
    expect(await runProgram(program, {})).toEqual({ code: 0, said: '' });
  });

  it('lists every flag', async () => {
    const help = spawn(process.execPath, [BIN, '--help'], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    for await (const chunk of help.stdout) text += String(chunk);
    const flags = [...text.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag = '']) => flag);
    expect(flags).toHaveLength(14);
    expect(flags.filter((flag) => !readme.includes(`| \`${flag}`))).toEqual([]);
  });
});

async function nextReady(child: ChildProcess): Promise<Json> {
  if (child.stdout === null) throw new Error('the child has a piped stdout');
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    if (event.event === 'ready') return event;
  }
  throw new Error('the node ended before it was ready');
}
