/** The other side: VS Code's extension host, or nobody when the page carries its trace with it. */
import { decodeDelta } from '../common/deltaText';
import type { HostMessage, WebviewMessage } from '../common/protocol';

export interface Host {
  /** False for a page by itself: there is no editor to open a line in, and no program to stop. */
  readonly isConnected: boolean;
  post(message: WebviewMessage): void;
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
    return {
      isConnected: true,
      post: (message) => api.postMessage(message),
      kept: api.getState(),
      keep: (state) => api.setState(state),
    };
  }
  const carried = document.getElementById('interleave-data')?.textContent;
  // Later, so that the caller has what it needs to take it in.
  if (carried) queueMicrotask(() => received(decodeDelta(carried)));
  return { isConnected: false, post: () => {}, kept: undefined, keep: () => {} };
}
