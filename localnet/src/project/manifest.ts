import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { LocalnetError } from '../errors.js';
import { chooseClarityVersion, NEWEST_VERSION } from './clarity-version.js';
import { CONTRACT_NAME } from './contract-name.js';
import { parseToml, readProjectFile } from './project-file.js';

export interface ManifestContract {
  readonly name: string;
  readonly path: string;
  /** The account that deploys it, by its name in settings/Devnet.toml. */
  readonly deployer: string;
  readonly clarityVersion: number;
}

/** What Clarinet.toml says, with its paths made absolute. */
export interface Manifest {
  readonly projectDir: string;
  readonly cacheDir: string;
  /** Ids of contracts of other projects. */
  readonly requirements: readonly string[];
  readonly contracts: readonly ManifestContract[];
}

const MANIFEST = z.object({
  project: z.object({
    cache_dir: z.string().default('.cache'),
    requirements: z.array(z.object({ contract_id: z.string().regex(/^S[0-9A-Z]+\.[\w-]+$/) })).default([]),
  }),
  contracts: z
    .record(
      z.string(),
      z.object({
        path: z.string(),
        epoch: z.union([z.string(), z.number()]).optional(),
        clarity_version: z.number().int().min(1).max(NEWEST_VERSION).optional(),
        deployer: z.string().default('deployer'),
      }),
    )
    .default({}),
});

export async function readManifest(path: string): Promise<Manifest> {
  const text = await readProjectFile(path, 'the manifest of the project (--manifest)');
  const manifest = MANIFEST.safeParse(parseToml(text, path, 'INVALID_MANIFEST'));
  if (!manifest.success)
    throw new LocalnetError('INVALID_MANIFEST', `${path}: ${z.prettifyError(manifest.error)}`);
  const { project, contracts } = manifest.data;
  const projectDir = dirname(path);
  const refuse = (name: string, why: string) =>
    new LocalnetError('INVALID_MANIFEST', `${path}: [contracts.${name}]: ${why}`);
  return {
    projectDir,
    cacheDir: resolve(projectDir, project.cache_dir),
    requirements: project.requirements.map(({ contract_id }) => contract_id),
    contracts: Object.entries(contracts).map(([name, { path: file, epoch, clarity_version, deployer }]) => {
      const named = CONTRACT_NAME.safeParse(name);
      if (!named.success) throw refuse(name, z.prettifyError(named.error));
      const chosen = chooseClarityVersion(epoch === undefined ? undefined : String(epoch), clarity_version);
      if (!chosen.ok) throw refuse(name, chosen.why);
      return { name, path: resolve(projectDir, file), deployer, clarityVersion: chosen.clarityVersion };
    }),
  };
}
