export interface Progress {
  readonly begin: (seed: number, operations: number) => void;
  readonly tell: (so: { readonly done: number; readonly made: number; readonly tasks: number }) => void;
}

const MS_BETWEEN_LINES = 5_000;

/** Writes a line as a run begins and then every five seconds. */
export function createProgress(
  out: { readonly write: (text: string) => unknown },
  minutes: number,
): Progress {
  const begun = Date.now();
  let last = begun;
  let run = { seed: 0, operations: 0 };
  return {
    begin: (seed, operations) => {
      run = { seed, operations };
      out.write(`run of ${grouped(operations)} calls, seed ${seed}\n`);
    },
    tell: ({ done, made, tasks }) => {
      const now = Date.now();
      if (now - last < MS_BETWEEN_LINES) return;
      last = now;
      const time = `${clock((now - begun) / 1_000)} of ${clock(minutes * 60)}`;
      const where = `seed ${run.seed}: ${grouped(done)} of ${grouped(run.operations)} calls, ${grouped(tasks)} tasks`;
      out.write(`${time}  ${where}; ${grouped(made)} calls in all\n`);
    },
  };
}

const grouped = (count: number) => count.toLocaleString('en');

function clock(seconds: number): string {
  const whole = Math.trunc(seconds);
  return `${Math.trunc(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
