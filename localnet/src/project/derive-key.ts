import { createECDH, createHmac, pbkdf2Sync } from 'node:crypto';

/** Keys of one mnemonic; the slow step, BIP-39's seed, is made once. */
export interface KeyRing {
  /** The key at a path such as m/44'/5757'/0'/0/0: 32 bytes in hex. Undefined for a path that is none. */
  keyAt(path: string): string | undefined;
}

/** BIP-32's extended private key. */
interface ExtendedKey {
  readonly key: Buffer;
  readonly chainCode: Buffer;
}

type DeriveChild = (index: number) => ExtendedKey | undefined;

const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const HARDENED = 0x8000_0000;

/** Everything slow is done by the platform: a thousand accounts take less than a second. */
export function createKeyRing(mnemonic: string): KeyRing {
  const seed = pbkdf2Sync(mnemonic.normalize('NFKD'), 'mnemonic', 2048, 64, 'sha512');
  const root = split(hmac('Bitcoin seed', seed));
  // Accounts of one mnemonic are mostly siblings, so each costs one step instead of five.
  const parents = new Map<string, DeriveChild>([['m', createDerivation(root)]]);

  function extendedKeyAt(path: string): ExtendedKey | undefined {
    const cut = path.lastIndexOf('/');
    const index = parseIndex(path.slice(cut + 1));
    return index === undefined ? undefined : derivationOf(path.slice(0, cut))?.(index);
  }

  function derivationOf(path: string): DeriveChild | undefined {
    const known = parents.get(path);
    if (known !== undefined || !path.includes('/')) return known;
    const parent = extendedKeyAt(path);
    if (parent === undefined) return undefined;
    const derive = createDerivation(parent);
    parents.set(path, derive);
    return derive;
  }

  return { keyAt: (path) => extendedKeyAt(path)?.key.toString('hex') };
}

/** The public key of a private one, compressed, in hex. */
export function publicKeyOf(privateKey: string): string {
  const curve = createECDH('secp256k1');
  curve.setPrivateKey(privateKey, 'hex');
  return curve.getPublicKey('hex', 'compressed');
}

function createDerivation({ key, chainCode }: ExtendedKey): DeriveChild {
  const hardened = Buffer.concat([Buffer.alloc(1), key]);
  const normal = Buffer.from(publicKeyOf(key.toString('hex')), 'hex');
  return (index) => {
    const serial = Buffer.alloc(4);
    serial.writeUInt32BE(index);
    const made = split(hmac(chainCode, Buffer.concat([index >= HARDENED ? hardened : normal, serial])));
    const tweak = toNumber(made.key);
    const sum = (tweak + toNumber(key)) % CURVE_ORDER;
    // BIP-32: such an index has no key; the chance is one in 2^127.
    if (tweak >= CURVE_ORDER || sum === 0n) return undefined;
    return { key: Buffer.from(sum.toString(16).padStart(64, '0'), 'hex'), chainCode: made.chainCode };
  };
}

function parseIndex(step: string): number | undefined {
  const [, digits, mark] = /^(\d{1,10})('?)$/.exec(step) ?? [];
  const index = Number(digits);
  if (digits === undefined || index >= HARDENED) return undefined;
  return mark === '' ? index : index + HARDENED;
}

function hmac(key: string | Buffer, data: Buffer): Buffer {
  return createHmac('sha512', key).update(data).digest();
}

function split(bytes: Buffer): ExtendedKey {
  return { key: bytes.subarray(0, 32), chainCode: bytes.subarray(32) };
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`);
}
