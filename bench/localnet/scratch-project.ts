import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A contract of about 1 KB that counts, stores and prints, and can break a post-condition. */
const COUNTER = `;; Counts its calls and remembers who made them.
(define-constant ERR_NOTHING (err u100))
(define-data-var calls uint u0)
(define-map callers uint { who: principal, height: uint })

(define-read-only (get-calls) (var-get calls))
(define-read-only (get-caller (id uint)) (map-get? callers id))

(define-public (note (id uint))
  (begin
    (asserts! (> id u0) ERR_NOTHING)
    (var-set calls (+ (var-get calls) u1))
    (map-set callers id { who: tx-sender, height: stacks-block-height })
    (print { topic: "noted", id: id, by: tx-sender })
    (ok (var-get calls))))

;; Moves what no post-condition names.
(define-public (give (id uint))
  (begin
    (try! (note id))
    (stx-transfer? u1 tx-sender current-contract)))
`;

const KILOBYTE = 1024;

/** A read-only function in a contract of this many KB of code (comments cost a reader nothing, so it is functions). */
function largeContract(kilobytes: number): string {
  const lines = ['(define-data-var stored uint u1)', '(define-read-only (look) (var-get stored))'];
  for (let n = 0; lines.join('\n').length < kilobytes * KILOBYTE; n++) {
    lines.push(
      `(define-private (step-${n} (value uint) (other uint)) (if (> value other) (- value other) (+ value u${n})))`,
    );
  }
  return lines.join('\n');
}

export interface ScratchProject {
  readonly manifest: string;
  readonly directory: string;
  remove(): Promise<void>;
}

/** A project of its own in a temporary directory: `counter`, and `large-N` of N KB for each size asked for. */
export async function makeScratchProject(largeKilobytes: readonly number[] = []): Promise<ScratchProject> {
  const directory = await mkdtemp(join(tmpdir(), 'fac-bench-'));
  await mkdir(join(directory, 'contracts'));
  const contracts = new Map([['counter', COUNTER]]);
  for (const kilobytes of largeKilobytes) contracts.set(`large-${kilobytes}`, largeContract(kilobytes));
  const manifest = ['[project]', 'name = "bench"'];
  for (const [name, source] of contracts) {
    await writeFile(join(directory, 'contracts', `${name}.clar`), source);
    manifest.push(
      `[contracts.${name}]`,
      `path = "contracts/${name}.clar"`,
      'clarity_version = 6',
      'epoch = "4.0"',
    );
  }
  await writeFile(join(directory, 'Clarinet.toml'), `${manifest.join('\n')}\n`);
  const remove = () => rm(directory, { recursive: true, force: true });
  return { manifest: join(directory, 'Clarinet.toml'), directory, remove };
}
