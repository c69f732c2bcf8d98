/** Tells the figure under the pointer; everything can be seen without it. */
export const pageScript = `
const tip = document.body.appendChild(Object.assign(document.createElement('div'), { className: 'tip', hidden: true }));
const number = (value) => value.toLocaleString('en', { maximumSignificantDigits: 6 });
function tellMap({ left, top, scale, world, bins }) {
  const places = new Map(bins.map((bin) => [bin[0] + ' ' + bin[1], bin]));
  return (at) => {
    const x = Math.floor(at.x / scale + left), y = Math.floor(at.y / scale + top);
    const bin = places.get(x + ' ' + y);
    if (!bin) return;
    const lat = Math.atan(Math.sinh(Math.PI * (1 - 2 * (y + 0.5) / world))) * 180 / Math.PI;
    return number(bin[2]) + '  (' + bin[3] + ' cells)\\n' + lat.toFixed(2) + ', ' + ((x + 0.5) / world * 360 - 180).toFixed(2);
  };
}
function tellSeries({ points }) {
  return (at) => {
    const [, , month, value] = points.reduce((a, b) => Math.abs(b[0] - at.x) < Math.abs(a[0] - at.x) ? b : a);
    return month + '  ' + number(value);
  };
}
for (const figure of document.querySelectorAll('figure[data-kind]')) {
  const svg = figure.querySelector('svg');
  const tell = { map: tellMap, series: tellSeries }[figure.dataset.kind](JSON.parse(figure.querySelector('script').textContent));
  svg.addEventListener('pointermove', (event) => {
    const text = tell(new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()));
    tip.hidden = !text;
    tip.textContent = text ?? '';
    tip.style.left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8) + 'px';
    tip.style.top = event.clientY + 14 + 'px';
  });
  svg.addEventListener('pointerleave', () => { tip.hidden = true; });
  for (const item of figure.querySelectorAll('.legend li')) {
    const path = svg.querySelector('path[data-class="' + item.dataset.class + '"]');
    const pick = (isPicked) => { figure.classList.toggle('picking', isPicked); path.classList.toggle('picked', isPicked); };
    item.addEventListener('pointerenter', () => pick(true));
    item.addEventListener('pointerleave', () => pick(false));
  }
}
`;
