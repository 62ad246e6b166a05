/** The other side: VS Code's extension host, or nobody when the page carries its trace with it. */
import { decodeDelta } from '../common/deltaText';
import type { HostMessage, WebviewMessage } from '../common/protocol';
import { element } from './dom';

export interface Host {
  /** False for a page by itself: there is no editor to open a line in, and no program to stop. */
  readonly isConnected: boolean;
  post(message: WebviewMessage): void;
  /** Saves a text as a file of this name, where the user wants it. */
  saveText(name: string, text: string): void;
  saveBytes(name: string, bytes: Uint8Array<ArrayBuffer>): void;
  /** Puts a text on the clipboard. */
  copy(text: string): Promise<void>;
  /** What was kept of the view when the panel was last hidden; undefined at first. */
  readonly kept: object | undefined;
  keep(state: object): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): object | undefined;
  setState(state: object): void;
}

declare const acquireVsCodeApi: (() => VsCodeApi) | undefined;

/** Calls back with each message. It may do so before it returns, when the page carries its trace. */
export function connect(received: (message: HostMessage) => void): Host {
  if (typeof acquireVsCodeApi === 'function') {
    const api = acquireVsCodeApi();
    window.addEventListener('message', (event: MessageEvent<HostMessage>) => received(event.data));
    const save = (name: string, content: string | Uint8Array): void =>
      api.postMessage({ kind: 'save', name, content } satisfies WebviewMessage);
    return {
      isConnected: true,
      post: (message) => api.postMessage(message),
      saveText: save,
      saveBytes: save,
      copy: (text) => copyHere(text).catch(() => api.postMessage({ kind: 'copy', text } satisfies WebviewMessage)),
      kept: api.getState(),
      keep: (state) => api.setState(state),
    };
  }
  const carried = document.getElementById('interleave-data')?.textContent;
  // Later, so that the caller has what it needs to take it in.
  if (carried) queueMicrotask(() => received(decodeDelta(carried)));
  return {
    isConnected: false,
    post: () => {},
    saveText: (name, text) => download(name, new Blob([text], { type: 'text/plain' })),
    saveBytes: (name, bytes) => download(name, new Blob([bytes])),
    copy: (text) => copyHere(text).catch(() => copySelected(text)),
    kept: undefined,
    keep: () => {},
  };
}

/** Rejects where the browser does not allow it. */
async function copyHere(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/** The old way, which pages have that were opened without a server. */
function copySelected(text: string): void {
  const field = element('textarea', 'for-readers');
  field.value = text;
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
}

function download(name: string, content: Blob): void {
  const link = element('a', '');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Once the browser has begun to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
