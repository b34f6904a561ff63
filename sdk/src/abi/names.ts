/** `max-attempts` as `maxAttempts`. */
export const makeCamelCase = (name: string): string =>
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
