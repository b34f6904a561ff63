import { join } from 'node:path';
import { z } from 'zod';
import { LocalnetError } from '../errors.js';
import { type ContractReference, findReferences } from './contract-references.js';
import { orderByReference } from './deploy-order.js';
import { readIfThere } from './project-file.js';

/** A contract of another project, to stand under its own address before the chain's first transaction. */
export interface GenesisContract {
  readonly contractId: string;
  readonly source: string;
  readonly clarityVersion: number;
}

/** What clarinet writes beside each source it fetched. */
const METADATA = z.object({
  clarity_version: z.string().regex(/^Clarity[1-6]$/, 'expected "Clarity1" to "Clarity6"'),
});

/** Simnet has these from the start. */
const BOOT_ADDRESSES: ReadonlySet<string | undefined> = new Set([
  'SP000000000000000000002Q6VF78',
  'ST000000000000000000002AMW42H',
]);
const BOOT_CONTRACTS: ReadonlySet<string> = new Set([
  'SM3VDXK3WZZSA84XXFKAFAF15NNZX32CTSG82JFQ4.sbtc-token',
  'SM3VDXK3WZZSA84XXFKAFAF15NNZX32CTSG82JFQ4.sbtc-registry',
]);

/**
 * Reads the requirements, and what they require in turn, from clarinet's cache. Nothing is fetched.
 * Of a contract that is only mentioned, none has to be there.
 */
export async function readRequirements(
  cacheDir: string,
  wanted: readonly ContractReference[],
): Promise<readonly GenesisContract[]> {
  const found = new Map<string, GenesisContract & { references: readonly ContractReference[] }>();
  const queue = [...wanted];
  for (let reference = queue.shift(); reference !== undefined; reference = queue.shift()) {
    const { contractId } = reference;
    if (found.has(contractId) || isBootContract(contractId)) continue;
    const cached = await readCached(cacheDir, reference);
    if (cached === undefined) continue;
    const references = findReferences(cached.source, addressOf(contractId));
    found.set(contractId, { ...cached, references });
    queue.push(...references);
  }
  return orderByReference([...found.values()]).map(({ contractId, source, clarityVersion }) => ({
    contractId,
    source,
    clarityVersion,
  }));
}

async function readCached(
  cacheDir: string,
  { contractId, isNeeded }: ContractReference,
): Promise<GenesisContract | undefined> {
  const file = join(cacheDir, 'requirements', contractId);
  const source = await readIfThere(`${file}.clar`, `the source of ${contractId}`);
  const metadata = await readIfThere(`${file}.json`, `the Clarity version of ${contractId}`);
  if (source === undefined || metadata === undefined) {
    if (!isNeeded) return undefined;
    const missing = `${file}.${source === undefined ? 'clar' : 'json'}`;
    const advice = 'run "clarinet check" once in the project, with a connection: it fetches requirements';
    throw new LocalnetError('NOT_FOUND_REQUIREMENT', `${contractId}: no ${missing}; ${advice}`);
  }
  const parsed = METADATA.safeParse(parseJson(metadata));
  if (!parsed.success) {
    throw new LocalnetError('INVALID_MANIFEST', `${file}.json: ${z.prettifyError(parsed.error)}`);
  }
  return { contractId, source, clarityVersion: Number(parsed.data.clarity_version.slice('Clarity'.length)) };
}

function isBootContract(contractId: string): boolean {
  return BOOT_ADDRESSES.has(addressOf(contractId)) || BOOT_CONTRACTS.has(contractId);
}

function addressOf(contractId: string): string {
  return contractId.slice(0, contractId.indexOf('.'));
}

/** Undefined for what is no JSON; the schema says what was expected. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
