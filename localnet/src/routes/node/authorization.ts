import { NodeRefusal } from './reply.js';
import type { NodeRequest } from './request.js';

/** Endpoints behind the node's `auth_token`: off (400) without one, 401 without the right header. */
export function assertAuthorized({ authorization }: NodeRequest, authToken: string | undefined): void {
  if (authToken === undefined) throw new NodeRefusal(400, 'Bad Request.');
  if (authorization !== authToken) throw new NodeRefusal(401, 'Unauthorized');
}
