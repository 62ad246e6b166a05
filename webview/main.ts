/** Puts the panel together: messages in, frames out. The only file that knows all parts. */
import './webview.css';
import type { HostMessage } from '../common/protocol';
import { Controls } from './controls';
import { connect } from './host';
import { buildPanel } from './panel';
import { Store } from './store';

start(document.getElementById('root') ?? document.body.appendChild(document.createElement('div')));

function start(host: HTMLElement): void {
  const panel = buildPanel(host);
  const store = new Store();
  let controls: Controls | undefined;
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
    controls?.received(message.reset);
  });
  controls = new Controls(panel, store, connection);
  connection.post({ kind: 'ready' });
}
