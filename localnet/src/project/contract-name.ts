import { z } from 'zod';

/** As a node takes it in a transaction; simnet does not survive another. */
export const CONTRACT_NAME = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_-]{0,39}$/,
    'expected a contract name: a letter, then up to 39 letters, digits, - or _',
  );
