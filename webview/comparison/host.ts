/** The other side of a comparison: VS Code's extension host. */
import type { ComparisonMessage, ComparisonRequest } from '../../common/comparison';

export interface ComparisonHost {
  post(request: ComparisonRequest): void;
}

declare const acquireVsCodeApi: () => { postMessage(message: unknown): void };

export function connect(received: (message: ComparisonMessage) => void): ComparisonHost {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<ComparisonMessage>) => received(event.data));
  return { post: (request) => api.postMessage(request) };
}
