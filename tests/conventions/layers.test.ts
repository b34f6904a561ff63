import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Import {
  readonly from: string;
  /** A path inside the project, or the name of a package. */
  readonly to: string;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s+'([^']+)'|\bimport\('([^']+)'\)|(?:^|\n)import '([^']+)'/g;

const sourcesOf = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(root, path));

const importsOf = (root: string): readonly Import[] =>
  sourcesOf(root).flatMap((from) =>
    [...readFileSync(from, 'utf8').matchAll(IMPORT)].map(([, named, called, bare]) => {
      const to = named ?? called ?? bare ?? '';
      return { from, to: to.startsWith('.') ? normalize(join(dirname(from), to)) : to };
    }),
  );

/** The place of a file in an order of folders and files; files beside the folders come where they are listed. */
const rankOf = (order: readonly (readonly string[])[], root: string, path: string): number => {
  const [first = ''] = path.slice(root.length + 1).split('/');
  return order.findIndex((layer) => layer.includes(first.replace(/\.(js|ts)$/, '')));
};

const against = (root: string, order: readonly (readonly string[])[]): readonly string[] =>
  importsOf(root)
    .filter(({ to }) => to.startsWith(`${root}/`))
    .filter(({ from, to }) => dirname(from) !== dirname(to) || dirname(from) === root)
    .filter(({ from, to }) => {
      const [here, there] = [rankOf(order, root, from), rankOf(order, root, to)];
      const isSameFolder =
        from.slice(root.length + 1).split('/')[0] === to.slice(root.length + 1).split('/')[0];
      return here < 0 || there < 0 || (!isSameFolder && there >= here);
    })
    .map(({ from, to }) => `${from} imports ${to}`);

describe('folders import only from those before them', () => {
  it('in the SDK', () => {
    const order = [
      ...['abi', 'base', 'errors', 'transport', 'tx', 'sign', 'registry', 'factory', 'queue', 'scheduler'],
      ...['topics', 'watch', 'client-options', 'client', 'index'],
    ].map((name) => [name]);
    expect(against('sdk/src', order)).toEqual([]);
  });

  it('in the keeper, where the stages do not know each other', () => {
    const order = [
      ['shared'],
      ['flow'],
      ['store'],
      ['watch', 'plan', 'execute', 'send'],
      ['config'],
      ['keeper'],
      ['run-keeper'],
      ['cli'],
      ['index'],
    ];
    expect(against('keeper/src', order)).toEqual([]);
  });
});

describe('folders of the local node', () => {
  it('import only from those before them', () => {
    const order = [
      ...['errors', 'events', 'worker', 'project', 'chain', 'faults', 'routes', 'push', 'control'],
      ...['options', 'announce', 'start-chain', 'localnet', 'index', 'cli'],
    ].map((name) => [name]);
    expect(against('localnet/src', order)).toEqual([]);
  });
});

describe('packages', () => {
  const packageImports = (root: string, name: RegExp): readonly string[] =>
    importsOf(root)
      .filter(({ to }) => name.test(to))
      .map(({ from, to }) => `${from} imports ${to}`);

  it('the SDK runs in a browser and knows nothing else of ours', () => {
    expect(packageImports('sdk/src', /^(node:|@fac\/)/)).toEqual([]);
  });

  it('the keeper knows the SDK alone', () => {
    expect(packageImports('keeper/src', /^@fac\/(?!sdk$)|^@stacks\/clarinet/)).toEqual([]);
  });

  it('localnet knows nothing of ours, and its worker alone knows simnet', () => {
    expect(packageImports('localnet/src', /^@fac\//)).toEqual([]);
    const outside = packageImports('localnet/src', /^@stacks\/clarinet/).filter(
      (line) => !line.startsWith('localnet/src/worker/'),
    );
    expect(outside).toEqual([]);
  });

  it('nothing exports by default', () => {
    const files = ['sdk/src', 'keeper/src', 'localnet/src'].flatMap(sourcesOf);
    expect(files.filter((file) => /^export default/m.test(readFileSync(file, 'utf8')))).toEqual([]);
  });
});
