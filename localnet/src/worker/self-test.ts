import { createMemoryCopy } from './memory-copy.js';
import type { GenesisAccount, RestoreProof } from './protocol.js';
import type { Simnet } from './simnet.js';

const PROBE = `
(define-map seen uint uint)
(define-public (note (key uint) (amount uint))
  (begin (map-set seen key amount) (stx-burn? amount tx-sender)))
(define-read-only (look (key uint)) {
  seen: (map-get? seen key), stacks: stacks-block-height, burn: burn-block-height, time: stacks-block-time })`;
const PROBE_NAME = 'localnet-restore-probe';

/** Shows that a copy of memory brings maps, balances, heights and time back, and leaves no trace of having tried. */
export function proveRestore(simnet: Simnet, probe: GenesisAccount | undefined): RestoreProof {
  if (probe === undefined) return { proven: false, why: 'no account to try it with' };
  const sender = probe.address;
  const id = `${sender}.${PROBE_NAME}`;
  const look = () =>
    simnet.execute(`{ account: (stx-account '${sender}), probe: (contract-call? '${id} look u1) }`, sender)
      .resultHex;
  const note = (amount: number) => simnet.execute(`(contract-call? '${id} note u1 u${amount})`, sender);

  const clean = createMemoryCopy(simnet.memory);
  clean.take();
  const tipAtStart = JSON.stringify(simnet.tip());
  try {
    simnet.deploy(PROBE_NAME, PROBE, 6, sender);
    note(1);
    const before = look();
    const copy = createMemoryCopy(simnet.memory);
    const startMs = performance.now();
    copy.take();
    const copyMs = performance.now() - startMs;
    note(2);
    simnet.mineBitcoinBlock();
    if (look() === before) return { proven: false, why: 'the probe changed nothing' };
    copy.putBack();
    if (look() !== before) return { proven: false, why: 'the probe differs after the copy was put back' };
    clean.putBack();
    if (simnet.contractSource(id) !== null || JSON.stringify(simnet.tip()) !== tipAtStart) {
      return { proven: false, why: 'the probe is still there after the copy was put back' };
    }
    return { proven: true, copyMs: Math.round(copyMs) };
  } catch (error) {
    clean.putBack();
    return { proven: false, why: String(error) };
  }
}
