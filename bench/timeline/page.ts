/** Runs in the page before the webview: asks for messages, hands each to the webview and measures that. */
import type { TraceDelta } from '../../common/protocol';

const times = { index: 0, transfer: 0, longest: 0, messages: 0, firstPicture: 0, done: 0 };
const begun = performance.now();
document.body.className = 'vscode-dark';
document.documentElement.dataset.theme = 'dark';

Object.assign(window, {
  times,
  acquireVsCodeApi: () => ({
    postMessage: (message: { kind: string }) => {
      if (message.kind === 'ready') void takeAll();
    },
    getState: () => undefined,
    setState: () => undefined,
  }),
});

async function takeAll(): Promise<void> {
  for (;;) {
    const asked = performance.now();
    const response = await fetch('next');
    const bytes = await response.arrayBuffer();
    times.transfer += performance.now() - asked;
    if (bytes.byteLength === 0) break;
    const delta = unpacked(bytes);
    const before = performance.now();
    window.dispatchEvent(new MessageEvent('message', { data: delta }));
    const took = performance.now() - before;
    times.index += took;
    times.longest = Math.max(times.longest, took);
    times.messages++;
    if (times.messages === 1)
      requestAnimationFrame(() => requestAnimationFrame(() => (times.firstPicture = performance.now() - begun)));
  }
  requestAnimationFrame(() => requestAnimationFrame(() => (times.done = performance.now() - begun)));
}

function unpacked(bytes: ArrayBuffer): TraceDelta {
  const length = new DataView(bytes).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(bytes, 8, length));
  const columns = 8 + length;
  return JSON.parse(text, (_, value) => {
    if (value?.NaN) return Number.NaN;
    if (typeof value?.place !== 'number') return value;
    return bytes.slice(columns + value.place, columns + value.place + value.bytes);
  }) as TraceDelta;
}
