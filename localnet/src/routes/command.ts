import type { Hono } from 'hono';
import { z } from 'zod';
import { LocalnetError } from '../errors.js';

/** A POST to control the node: its body, if any, has the shape of `schema`, and what cannot be done is a 400. */
export function addCommand<S extends z.ZodType>(
  app: Hono,
  path: string,
  schema: S,
  run: (body: z.output<S>) => Promise<object>,
): void {
  app.post(path, async (c) => {
    const text = await c.req.text();
    const body = schema.safeParse(text === '' ? {} : parseJson(text));
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400);
    try {
      return c.json(await run(body.data));
    } catch (error) {
      if (!(error instanceof LocalnetError) || error.code !== 'INVALID_REQUEST') throw error;
      return c.json({ error: error.message }, 400);
    }
  });
}

/** Undefined for text that is no JSON, which no schema takes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
