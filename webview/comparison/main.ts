/** Puts the page of a comparison together. */
import '../webview.css';
import './comparison.css';
import { ComparisonPage } from './comparison';
import { connect } from './host';

let page: ComparisonPage | undefined;
const host = connect((message) => page?.receive(message));
page = new ComparisonPage(
  document.getElementById('root') ?? document.body.appendChild(document.createElement('div')),
  host,
);
host.post({ kind: 'ready' });
