/** Puts the panel together: messages in, frames out. The only file that knows all parts. */
import './webview.css';
import { hasAll } from '../common/deltaRows';
import type { HostMessage } from '../common/protocol';
import { Controls } from './controls';
import { connect } from './host';
import { buildPanel } from './panel';
import { Store } from './store';

/** Between two pictures of a trace that is still on its way, milliseconds. */
const PART_MS = 1000;

start(document.getElementById('root') ?? document.body.appendChild(document.createElement('div')));

function start(host: HTMLElement): void {
  const panel = buildPanel(host);
  const store = new Store();
  let controls: Controls | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  const connection = connect((message: HostMessage) => {
    if (message.kind !== 'delta') {
      controls?.receive(message);
      return;
    }
    try {
      store.apply(message);
    } catch (error) {
      // A gap between two deltas: one message was lost. One snapshot puts all right again.
      if (!(error instanceof RangeError)) throw error;
      connection.post({ kind: 'ready' });
      return;
    }
    // Of a long trace most messages are not worth a picture: it would take longer than they do.
    const isPart = !hasAll(message) && !message.reset && performance.now() - shownAt < PART_MS;
    if (isPart) return;
    shownAt = performance.now();
    controls?.received(message.reset);
  });
  controls = new Controls(panel, store, connection);
  connection.post({ kind: 'ready' });
}
