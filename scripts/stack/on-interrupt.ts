/** Runs `stop` on the first Ctrl-C or request to end, and again, in a hurry, on the second. Then the process ends. */
export const onInterrupt = (stop: (isHurried: boolean) => Promise<void>): void => {
  let times = 0;
  const handle = (signal: NodeJS.Signals): void => {
    times += 1;
    void stop(times > 1).finally(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handle);
};
