// Without this file each district of a map is a link. It brings closer looks, and takes the place of a click.

const STEP = 0.2;
const ZOOM = 1.5;
const MOST_ZOOM = 60;
const DRAG_PX = 6;
const KEYS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

function enliven(figure: HTMLElement, svg: SVGSVGElement): void {
  const { width, height } = svg.viewBox.baseVal;
  let [x, y, zoom] = [0, 0, 1];
  const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  const show = (): void => {
    x = clamp(x, width - width / zoom);
    y = clamp(y, height - height / zoom);
    svg.setAttribute('viewBox', `${x} ${y} ${width / zoom} ${height / zoom}`);
    svg.style.setProperty('--zoom', String(zoom));
    svg.classList.toggle('zoomed', zoom > 1);
  };
  const zoomTo = (next: number): void => {
    const [middleX, middleY] = [x + width / zoom / 2, y + height / zoom / 2];
    zoom = Math.min(Math.max(next, 1), MOST_ZOOM);
    [x, y] = [middleX - width / zoom / 2, middleY - height / zoom / 2];
    show();
  };
  const move = (name: string): boolean => {
    const [right, down] = KEYS[name] ?? [0, 0];
    if (name === '+' || name === '=') zoomTo(zoom * ZOOM);
    else if (name === '-') zoomTo(zoom / ZOOM);
    else if (!(name in KEYS)) return false;
    x += (right * width) / zoom;
    y += (down * height) / zoom;
    show();
    return true;
  };

  for (const tools of figure.querySelectorAll<HTMLElement>('[data-map-tools]')) tools.hidden = false;
  figure.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-move]') : null;
    if (button !== null) move(button.dataset.move ?? '');
  });
  svg.tabIndex = 0;
  svg.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && move(event.key)) event.preventDefault();
  });

  let from: DOMPoint | undefined;
  let dragged = false;
  const placeOf = ({ clientX, clientY }: MouseEvent): DOMPoint =>
    new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM()?.inverse());
  svg.addEventListener('pointerdown', (event) => {
    from = placeOf(event);
    dragged = false;
  });
  svg.addEventListener('pointermove', (event) => {
    if (from === undefined || event.buttons === 0 || zoom === 1) return;
    const to = placeOf(event);
    const reach = (DRAG_PX / svg.clientWidth) * (width / zoom);
    if (!dragged && Math.hypot(to.x - from.x, to.y - from.y) < reach) return;
    dragged = true;
    [x, y] = [x + from.x - to.x, y + from.y - to.y];
    show();
  });
  svg.addEventListener('dragstart', (event) => event.preventDefault());
  svg.addEventListener('click', (event) => {
    const form = document.getElementById(figure.dataset.point ?? '');
    // A key on a district is no place: then its link is followed.
    const pointed = event.detail > 0 && form instanceof HTMLFormElement;
    if (!dragged && !pointed) return;
    event.preventDefault();
    if (!dragged && pointed) post(form, figure.dataset.map ?? '', placeOf(event));
  });
}

function post(form: HTMLFormElement, frame: string, { x, y }: DOMPoint): void {
  const field = form.elements.namedItem('at');
  const [west = 0, north = 0, across = 0, down = 0] = frame.split(' ').map(Number);
  const longitude = ((((west + x * across + 180) % 360) + 360) % 360) - 180;
  if (!(field instanceof HTMLInputElement)) return;
  field.value = `${(north - y * down).toFixed(6)},${longitude.toFixed(6)}`;
  form.requestSubmit();
}

for (const figure of document.querySelectorAll<HTMLElement>('[data-map]')) {
  const svg = figure.querySelector('svg');
  if (svg !== null) enliven(figure, svg);
}
