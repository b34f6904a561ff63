/** Who listens to what. Bounded: a client has at most `maxPerClient` topics. */
export interface Topics<C> {
  /** False if the client has all it may have. */
  add(client: C, topic: string): boolean;
  remove(client: C, topic: string): void;
  /** Forgets a client that is gone. */
  release(client: C): void;
  has(topic: string): boolean;
  listeners(topic: string): readonly C[];
}

export function createTopics<C>(maxPerClient: number): Topics<C> {
  const clientsOf = new Map<string, Set<C>>();
  const topicsOf = new Map<C, Set<string>>();

  function remove(client: C, topic: string): void {
    const clients = clientsOf.get(topic);
    clients?.delete(client);
    if (clients?.size === 0) clientsOf.delete(topic);
    const topics = topicsOf.get(client);
    topics?.delete(topic);
    if (topics?.size === 0) topicsOf.delete(client);
  }

  return {
    add(client, topic) {
      const topics = topicsOf.get(client) ?? new Set();
      if (!topics.has(topic) && topics.size >= maxPerClient) return false;
      topicsOf.set(client, topics.add(topic));
      clientsOf.set(topic, (clientsOf.get(topic) ?? new Set()).add(client));
      return true;
    },
    remove,
    release(client) {
      for (const topic of [...(topicsOf.get(client) ?? [])]) remove(client, topic);
    },
    has: (topic) => clientsOf.has(topic),
    listeners: (topic) => [...(clientsOf.get(topic) ?? [])],
  };
}
