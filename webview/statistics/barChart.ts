/** Bars beside each other, the highest as high as the picture: for reading at a glance, its words say the figures. */
const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 16;
const STEP = 6;

export function barChart(values: ArrayLike<number>, words: string): SVGSVGElement {
  const chart = document.createElementNS(SVG, 'svg');
  chart.setAttribute('class', 'bar-chart');
  chart.setAttribute('viewBox', `0 0 ${Math.max(1, values.length) * STEP} ${HEIGHT}`);
  chart.setAttribute('preserveAspectRatio', 'none');
  chart.setAttribute('role', 'img');
  chart.setAttribute('aria-label', words);
  const highest = Math.max(...Array.from(values), 0);
  for (let i = 0; i < values.length; i++) {
    if (values[i] === 0) continue;
    // What is there at all is seen.
    const height = Math.max(1, (values[i] / highest) * HEIGHT);
    const bar = document.createElementNS(SVG, 'rect');
    bar.setAttribute('x', String(i * STEP));
    bar.setAttribute('y', String(HEIGHT - height));
    bar.setAttribute('width', String(STEP - 1));
    bar.setAttribute('height', String(height));
    chart.append(bar);
  }
  return chart;
}
