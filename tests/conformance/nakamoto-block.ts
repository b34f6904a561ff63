/** The fields of a block's wire format that the cases compare. */
export interface BlockHeader {
  readonly chainLength: number;
  readonly consensusHash: string;
  readonly parentBlockId: string;
  readonly timestamp: number;
  /** How many transactions follow. */
  readonly transactionCount: number;
}

const SIGNATURE_BYTES = 65;

/** Reads the head of a block as a client of the node would, throwing where bytes are missing. */
export function readBlockHeader(bytes: Uint8Array): BlockHeader {
  let offset = 0;
  const take = (length: number): Buffer => {
    const part = Buffer.from(bytes.subarray(offset, offset + length));
    if (part.length !== length) throw new Error(`the block ends at byte ${bytes.length}`);
    offset += length;
    return part;
  };
  const skip = (...lengths: number[]) => lengths.forEach((length) => void take(length));
  const u64 = () => Number(take(8).readBigUInt64BE());
  const u32 = () => take(4).readUInt32BE();
  const hash = (length: number) => take(length).toString('hex');

  skip(1);
  const chainLength = u64();
  skip(8);
  const consensusHash = hash(20);
  const parentBlockId = hash(32);
  // Roots over transactions and state.
  skip(32, 32);
  const timestamp = u64();
  skip(SIGNATURE_BYTES);
  skip(u32() * SIGNATURE_BYTES);
  // Treatment of the reward slots: how many bits, how many bytes, the bytes.
  skip(2);
  skip(u32());
  return { chainLength, consensusHash, parentBlockId, timestamp, transactionCount: u32() };
}
