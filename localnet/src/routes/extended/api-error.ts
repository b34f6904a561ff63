import type { Context } from 'hono';

/** A refusal as the API words it. */
export function badRequest(c: Context, message: string): Response {
  return c.json({ error: 'Bad Request', message }, 400);
}

export function notFound(c: Context, message: string): Response {
  return c.json({ error: 'Not Found', message }, 404);
}
