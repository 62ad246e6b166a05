import { qualifiedName } from '../model/imports';
import type { Module } from '../model/module';
import { bindingScope } from '../model/scopes';
import type { LintRule } from '../rule';
import type { SyntaxNode } from '../syntax/node';
import { isBlockingMethod, METHODS } from './support/blockingMethods';
import { coroutineAround } from './support/coroutines';
import { fixOfBlockingCall } from './support/toThread';

export const AIO202: LintRule = {
  id: 'AIO202',
  name: 'blocking-call-in-async',
  title: 'Call blocks the event loop',
  severity: 'warning',
  observedAs: ['hazard.blocked-loop'],
  check(module, report) {
    for (const call of module.calls.named(...FUNCTIONS)) {
      if (!coroutineAround(call) || call.parent?.type === 'await' || isAtOnce(call)) continue;
      const name = call.child('function')?.text ?? '';
      const fix = fixOfBlockingCall(module, call);
      const ruff = ruffCode(qualifiedName(call.child('function')) ?? '');
      report({ node: call, message: messageOf(name), ...(ruff ? { ruff } : {}), ...(fix ? { fix } : {}) });
    }
    for (const call of inputs(module)) {
      const fix = fixOfBlockingCall(module, call);
      report({ node: call, message: messageOf('input'), ruff: 'ASYNC250', ...(fix ? { fix } : {}) });
    }
    for (const call of module.calls.ofMethod(...METHODS)) {
      if (!coroutineAround(call) || call.parent?.type === 'await' || !isBlockingMethod(module, call)) continue;
      report({ node: call, message: messageOf(call.child('function')?.text ?? '') });
    }
    for (const call of module.calls.ofMethod(...REQUESTS)) {
      if (!coroutineAround(call) || call.parent?.type === 'await' || !isOfSession(module, call)) continue;
      report({ node: call, message: messageOf(call.child('function')?.text ?? '') });
    }
  },
};

const REQUESTS = 'get post put patch delete head options request'.split(' ');

const FUNCTIONS: readonly string[] = [
  'time.sleep',
  ...REQUESTS.flatMap((name) => [`requests.${name}`, `httpx.${name}`]),
  'urllib.request.urlopen',
  ...'run call check_call check_output'.split(' ').map((name) => `subprocess.${name}`),
  'os.system',
  'os.wait',
  'os.waitpid',
  'socket.create_connection',
];

/** The code by which ruff reports the call of a function. */
function ruffCode(name: string): string | undefined {
  if (name === 'time.sleep') return 'ASYNC251';
  if (/^(requests|httpx|urllib)\./.test(name)) return 'ASYNC210';
  if (/^(subprocess\.|os\.system$)/.test(name)) return 'ASYNC221';
  return /^os\.wait/.test(name) ? 'ASYNC222' : undefined;
}

function isOfSession({ kinds }: Module, call: SyntaxNode): boolean {
  const kind = kinds.of(call.child('function')?.child('object'));
  return kind !== undefined && !kind.instanceOf && /^(requests\.Session|httpx\.Client)$/.test(kind.name);
}

function messageOf(callee: string): string {
  const name = callee.length <= 60 && !callee.includes('\n') ? callee : 'This call';
  return `${name}${name === callee ? '()' : ''} waits here, and the whole event loop with it: no other task runs meanwhile.`;
}

/** `sleep(0)`, and asking for a process that has already ended. */
function isAtOnce(call: SyntaxNode): boolean {
  const name = qualifiedName(call.child('function'));
  const list = call.child('arguments')?.children ?? [];
  if (name === 'time.sleep') return list.length !== 1 || list[0]?.text === '0';
  return name === 'os.waitpid' && list[1]?.text !== '0';
}

function inputs(module: Module): SyntaxNode[] {
  if (!module.text.includes('input(')) return [];
  return module
    .all('identifier')
    .filter((each) => each.text === 'input' && each.field === 'function' && each.parent?.type === 'call')
    .flatMap(({ parent }) => (parent && coroutineAround(parent) ? [parent] : []))
    .filter((call) => call.parent?.type !== 'await' && !bindingScope(call, 'input'));
}
