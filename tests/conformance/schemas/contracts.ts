import { z } from 'zod';
import { COUNT, DATA_0X } from './hex.js';

const PRIMITIVE = z.enum(['none', 'int128', 'uint128', 'bool', 'principal', 'trait_reference']);
const LENGTH = z.strictObject({ length: COUNT });

/** A type as a contract's interface writes it. */
export const CLARITY_TYPE: z.ZodType = z.lazy(() =>
  z.union([
    PRIMITIVE,
    z.strictObject({ buffer: LENGTH }),
    z.strictObject({ 'string-ascii': LENGTH }),
    z.strictObject({ 'string-utf8': LENGTH }),
    z.strictObject({ optional: CLARITY_TYPE }),
    z.strictObject({ response: z.strictObject({ ok: CLARITY_TYPE, error: CLARITY_TYPE }) }),
    z.strictObject({ list: z.strictObject({ type: CLARITY_TYPE, length: COUNT }) }),
    z.strictObject({ tuple: z.array(z.strictObject({ name: z.string(), type: CLARITY_TYPE })) }),
  ]),
);

const NAMED = { name: z.string(), type: CLARITY_TYPE };

export const INTERFACE = z.looseObject({
  functions: z.array(
    z.looseObject({
      name: z.string(),
      access: z.enum(['public', 'private', 'read_only']),
      args: z.array(z.strictObject(NAMED)),
      outputs: z.strictObject({ type: CLARITY_TYPE }),
    }),
  ),
  variables: z.array(z.strictObject({ ...NAMED, access: z.enum(['constant', 'variable']) })),
  maps: z.array(z.strictObject({ name: z.string(), key: CLARITY_TYPE, value: CLARITY_TYPE })),
  fungible_tokens: z.array(z.strictObject({ name: z.string() })),
  non_fungible_tokens: z.array(z.strictObject(NAMED)),
  epoch: z.string().regex(/^Epoch\d+$/),
  clarity_version: z.string().regex(/^Clarity\d$/),
});

export const SOURCE = z.strictObject({
  source: z.string(),
  publish_height: COUNT,
  proof: DATA_0X.optional(),
});

export const CLARITY_DATA = z.strictObject({ data: DATA_0X, proof: z.string().optional() });
export const CONSTANT = z.strictObject({ data: DATA_0X });

export const CALL_RESULT = z.union([
  z.strictObject({ okay: z.literal(true), result: DATA_0X }),
  z.strictObject({ okay: z.literal(false), cause: z.string().min(1) }),
]);

export const TRAIT = z.strictObject({ is_implemented: z.boolean() });
