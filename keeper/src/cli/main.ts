import { runCli } from './run-cli.js';

const code = await runCli(process.argv.slice(2), (line) => process.stderr.write(`${line.trimEnd()}\n`));
// A handler that ignores its signal must not keep a stopped keeper alive.
process.exit(code);
