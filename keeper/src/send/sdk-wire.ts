import { decideFee, isFacError, measureCall, type PreparedCall, type Signer, type Transport } from '@fac/sdk';
import { type PreparePort, prepareIntent } from './prepare-intent.js';
import type { BroadcastAnswer, Wire } from './wire.js';

export interface SdkWireOptions {
  readonly prepare: PreparePort;
  readonly signer: Signer;
  readonly transport: Pick<Transport, 'broadcastTransaction' | 'estimateFee' | 'fetchNonces'>;
  readonly feeFloorUstx: bigint;
  readonly feeCapUstx: bigint;
  /** A number in [0, 1). Keepers that offer exactly the same fee would always be mined in the same order. */
  readonly random: () => number;
}

/** Up to a tenth more than the least that would do. */
const FEE_SPREAD_PERCENT = 10;

export function createSdkWire(options: SdkWireOptions): Wire {
  const { prepare, signer, transport, feeFloorUstx, feeCapUstx, random } = options;

  const estimate = async (call: PreparedCall): Promise<bigint> => {
    const { bytes, payloadHex } = await measureCall(call);
    const estimateUstx = await transport.estimateFee(payloadHex, bytes).catch(() => null);
    return decideFee(bytes, estimateUstx, { capUstx: feeCapUstx });
  };

  return {
    address: signer.address,
    async decideFee(intent) {
      const wanted = await estimate(prepareIntent(prepare, intent));
      const least = wanted > feeFloorUstx ? wanted : feeFloorUstx;
      return least + (least * BigInt(Math.floor(random() * FEE_SPREAD_PERCENT * 10))) / 1_000n;
    },
    sign: (intent, nonce, feeUstx) => signer.sign(prepareIntent(prepare, intent), { nonce, feeUstx }),
    broadcast: (raw) => broadcast(transport, raw),
    fetchFreeNonce: async () => (await transport.fetchNonces(signer.address)).nextNonce,
  };
}

async function broadcast(transport: SdkWireOptions['transport'], raw: Uint8Array): Promise<BroadcastAnswer> {
  try {
    await transport.broadcastTransaction(raw);
    return { kind: 'accepted' };
  } catch (error) {
    if (isFacError(error, 'REJECTED_BY_NODE')) return { kind: 'refused', rejection: error.context.rejection };
    return { kind: 'unreachable', error };
  }
}
