import { initSimnet } from '@stacks/clarinet-sdk';
import { Cl, type ClarityValue, cvToString } from '@stacks/transactions';

const simnet = await initSimnet('./Clarinet.toml', true);
const deployer = simnet.deployer;
const worker = simnet.getAccounts().get('wallet_1');
if (worker === undefined) throw new Error('settings/Devnet.toml has no account wallet_1');

function call(contract: string, fn: string, args: ClarityValue[], sender: string): void {
  const result = cvToString(simnet.callPublicFn(contract, fn, args, sender).result);
  console.log(`${contract}.${fn} -> ${result}`);
  if (!result.startsWith('(ok')) process.exit(1);
}

const config = Cl.tuple({
  name: Cl.stringAscii('echo'),
  queue: Cl.uint(0),
  priority: Cl.uint(5),
  'max-priority': Cl.uint(15),
  'max-attempts': Cl.uint(3),
  lease: Cl.uint(12),
  'max-lease': Cl.uint(100),
  'retry-delay': Cl.uint(2),
  doubling: Cl.bool(true),
  'retry-cap': Cl.uint(50),
  'ttl-seconds': Cl.uint(0),
  'min-reward': Cl.uint(0),
  'ramp-blocks': Cl.uint(0),
  'max-steps': Cl.uint(1),
  open: Cl.bool(true),
  handler: Cl.none(),
  uri: Cl.stringAscii(''),
});
const task = Cl.tuple({
  priority: Cl.none(),
  reward: Cl.uint(1000),
  'reward-min': Cl.none(),
  deadline: Cl.none(),
  hold: Cl.bool(false),
  tag: Cl.none(),
  key: Cl.none(),
  parents: Cl.list([]),
  'after-items': Cl.list([]),
  lax: Cl.bool(false),
  payload: Cl.bufferFromAscii('hello'),
});

call('coordinator-registry', 'register-coordinator', [Cl.principal(deployer), Cl.uint(5)], deployer);
call('coordinator-registry', 'register-coordinator', [Cl.principal(worker), Cl.uint(2)], deployer);
call('async-task-factory', 'create-task-type', [Cl.stringAscii('echo'), Cl.stringAscii('')], deployer);
call('async-task-factory', 'create-task-template', [Cl.uint(1), config], deployer);
call('async-queue', 'enqueue-task', [Cl.uint(1), task], deployer);
call('async-queue', 'dequeue-task', [], worker);
call('async-queue', 'complete-task', [Cl.uint(1), Cl.uint(1), Cl.bufferFromAscii('hello')], worker);
