import { appendFileSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The contracts that Rendezvous calls at random. */
export const FUZZED = ['async-queue', 'task-scheduler'] as const;
export type Fuzzed = (typeof FUZZED)[number];

const STAGE = 'tests/rendezvous';
const CLARITY_VERSION = 4;
const EPOCH = '3.3';

/**
 * Lays a copy of the contracts in `dir` for Rendezvous: as the newest Clarity it knows, with the tests beside the
 * contracts that it fuzzes, the owner's first calls behind the registry, and an actor deployed last.
 */
export const layScratchCopy = (root: string, dir: string): void => {
  const contracts = join(dir, 'contracts');
  cpSync(join(root, 'contracts'), contracts, { recursive: true });
  mkdirSync(join(dir, 'settings'), { recursive: true });
  copyFileSync(join(root, 'settings/Devnet.toml'), join(dir, 'settings/Devnet.toml'));
  writeFileSync(
    join(dir, 'Clarinet.toml'),
    toOlderManifest(readFileSync(join(root, 'Clarinet.toml'), 'utf8')),
  );
  copyFileSync(join(root, STAGE, 'stage/actor.clar'), join(contracts, 'actor.clar'));
  appendFileSync(
    join(contracts, 'coordinator-registry.clar'),
    readFileSync(join(root, STAGE, 'stage/opening.clar')),
  );
  for (const name of FUZZED) {
    copyFileSync(join(root, STAGE, `${name}.tests.clar`), join(contracts, `${name}.tests.clar`));
  }
  const scheduler = join(contracts, 'task-scheduler.clar');
  writeFileSync(scheduler, putTraitsFirst(readFileSync(scheduler, 'utf8')));
};

/** The manifest with an actor, at the Clarity version and epoch of the SDK that Rendezvous 0.12 can use. */
export const toOlderManifest = (manifest: string): string =>
  manifest
    .replaceAll(/^clarity_version = \d+$/gm, `clarity_version = ${CLARITY_VERSION}`)
    .replaceAll(/^epoch = "[\d.]+"$/gm, `epoch = "${EPOCH}"`)
    .concat(
      `\n[contracts.actor]\npath = "contracts/actor.clar"\nclarity_version = ${CLARITY_VERSION}\nepoch = "${EPOCH}"\n`,
    );

/** Rendezvous 0.12 finds a trait in a list of tuples only when it is their first field; to Clarity it is the same. */
export const putTraitsFirst = (source: string): string =>
  source.replaceAll(/\{(id: uint), (h: <task-handler>)\}/g, '{$2, $1}');
