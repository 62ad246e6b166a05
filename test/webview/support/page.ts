/** Runs in the page before the webview: stands for VS Code, and makes traces. */

import { encodeDelta } from '../../../common/deltaText';
import type { TraceDelta, WebviewMessage } from '../../../common/protocol';
import { TraceBuilder } from './traceBuilder';
import { TRACES } from './traces';

const posted: WebviewMessage[] = [];
const violations: string[] = [];
document.addEventListener('securitypolicyviolation', (event) =>
  violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
);
let kept: unknown = JSON.parse(sessionStorage.getItem('kept') ?? 'null') ?? undefined;

const query = new URLSearchParams(location.search);
const theme = query.get('theme') ?? 'dark';
document.body.className = `vscode-${theme}`;
document.documentElement.dataset.theme = theme;

const send = (delta: TraceDelta): void => window.postMessage(delta, '*');
const wanted = TRACES[query.get('trace') ?? ''];
const builder = wanted?.() ?? new TraceBuilder();

if (query.has('standalone')) {
  const data = document.createElement('script');
  data.type = 'application/json';
  data.id = 'interleave-data';
  data.textContent = encodeDelta(builder.snapshot());
  document.body.append(data);
} else {
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: WebviewMessage) => {
        posted.push(message);
        if (message.kind === 'ready' && !query.has('silent')) send(builder.snapshot());
      },
      getState: () => kept,
      setState: (state: unknown) => {
        kept = state;
        sessionStorage.setItem('kept', JSON.stringify(state));
      },
    }),
  });
}
Object.assign(window, {
  fake: {
    posted,
    violations,
    builder,
    send,
    setTheme: (name: string) => {
      document.body.className = `vscode-${name}`;
      document.documentElement.dataset.theme = name;
    },
  },
});
