// Without this file each district of a map is a link. It brings closer looks, and takes the place of a click.

const STEP = 0.2;
const ZOOM = 1.5;
const MOST_ZOOM = 60;
const DRAG_PX = 6;
/** How far a wheel turns until the picture is twice as close; a pinch on a touchpad comes as Ctrl and small turns. */
const WHEEL_PX = 500;
const PINCH_PX = 50;
const KEYS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
};

type OnScreen = Pick<MouseEvent, 'clientX' | 'clientY'>;
type Spot = Pick<DOMPoint, 'x' | 'y'>;

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** The part of a picture that is shown. */
class Look {
  zoom = 1;
  readonly svg: SVGSVGElement;
  #x = 0;
  #y = 0;
  readonly #width: number;
  readonly #height: number;

  constructor(svg: SVGSVGElement) {
    this.svg = svg;
    this.#width = svg.viewBox.baseVal.width;
    this.#height = svg.viewBox.baseVal.height;
  }

  /** In units of the picture. */
  spotOf({ clientX, clientY }: OnScreen): DOMPoint {
    return new DOMPoint(clientX, clientY).matrixTransform(this.svg.getScreenCTM()?.inverse());
  }

  /** In shares of what is shown. */
  step(right: number, down: number): void {
    this.shift((right * this.#width) / this.zoom, (down * this.#height) / this.zoom);
  }

  shift(x: number, y: number): void {
    const { svg, zoom } = this;
    const [width, height] = [this.#width / zoom, this.#height / zoom];
    this.#x = clamp(this.#x + x, 0, this.#width - width);
    this.#y = clamp(this.#y + y, 0, this.#height - height);
    svg.setAttribute('viewBox', `${this.#x} ${this.#y} ${width} ${height}`);
    svg.style.setProperty('--zoom', String(zoom));
    svg.classList.toggle('zoomed', zoom > 1);
  }

  /** The spot stays where it is on the screen; without one, the middle. */
  zoomBy(factor: number, spot?: Spot): void {
    const before = this.zoom;
    const x = spot?.x ?? this.#x + this.#width / before / 2;
    const y = spot?.y ?? this.#y + this.#height / before / 2;
    this.zoom = clamp(before * factor, 1, MOST_ZOOM);
    const kept = 1 - before / this.zoom;
    this.shift((x - this.#x) * kept, (y - this.#y) * kept);
  }
}

function steer(look: Look, figure: HTMLElement): void {
  const move = (name: string): boolean => {
    const [right, down] = KEYS[name] ?? [0, 0];
    if (name === '+' || name === '=') look.zoomBy(ZOOM);
    else if (name === '-') look.zoomBy(1 / ZOOM);
    else if (!(name in KEYS)) return false;
    look.step(right, down);
    return true;
  };
  for (const tools of figure.querySelectorAll<HTMLElement>('[data-map-tools]')) tools.hidden = false;
  figure.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-move]') : null;
    if (button !== null) move(button.dataset.move ?? '');
  });
  look.svg.tabIndex = 0;
  look.svg.addEventListener('keydown', (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && move(event.key)) event.preventDefault();
  });
}

function zoomByHand(look: Look): void {
  const wheel = (event: WheelEvent): void => {
    // Until somebody looks closer, the wheel is the page's.
    if (!event.ctrlKey && look.zoom === 1) return;
    event.preventDefault();
    const factor = 2 ** (-event.deltaY / (event.ctrlKey ? PINCH_PX : WHEEL_PX));
    look.zoomBy(clamp(factor, 1 / ZOOM, ZOOM), look.spotOf(event));
  };
  let apart = 0;
  const pinch = (event: TouchEvent): void => {
    const [one, other] = [event.touches[0], event.touches[1]];
    if (one === undefined || other === undefined) return;
    event.preventDefault();
    const now = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    const middle = { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
    if (event.type === 'touchmove') look.zoomBy(now / apart, look.spotOf(middle));
    apart = now;
  };
  look.svg.addEventListener('wheel', wheel, { passive: false });
  for (const name of ['touchstart', 'touchmove'] as const)
    look.svg.addEventListener(name, pinch, { passive: false });
}

function drag(look: Look, { dataset }: HTMLElement): void {
  const { svg } = look;
  let from: DOMPoint | undefined;
  let dragged = false;
  svg.addEventListener('pointerdown', (event) => {
    // Of two fingers, neither drags nor points.
    from = event.isPrimary ? look.spotOf(event) : undefined;
    dragged = !event.isPrimary;
  });
  svg.addEventListener('pointermove', (event) => {
    if (from === undefined || event.buttons === 0 || look.zoom === 1) return;
    const to = look.spotOf(event);
    const reach = DRAG_PX / (svg.getScreenCTM()?.a ?? 1);
    if (!dragged && Math.hypot(to.x - from.x, to.y - from.y) < reach) return;
    dragged = true;
    look.shift(from.x - to.x, from.y - to.y);
  });
  svg.addEventListener('dragstart', (event) => event.preventDefault());
  svg.addEventListener('click', (event) => {
    const form = document.getElementById(dataset.point ?? '');
    // A key on a district is no place: then its link is followed.
    const pointed = event.detail > 0 && form instanceof HTMLFormElement;
    if (!dragged && !pointed) return;
    event.preventDefault();
    if (!dragged && pointed) post(form, dataset.map ?? '', look.spotOf(event));
  });
}

function post(form: HTMLFormElement, frame: string, { x, y }: Spot): void {
  const field = form.elements.namedItem('at');
  const [west = 0, north = 0, across = 0, down = 0] = frame.split(' ').map(Number);
  const longitude = ((((west + x * across + 180) % 360) + 360) % 360) - 180;
  if (!(field instanceof HTMLInputElement)) return;
  field.value = `${(north - y * down).toFixed(6)},${longitude.toFixed(6)}`;
  form.requestSubmit();
}

for (const figure of document.querySelectorAll<HTMLElement>('[data-map]')) {
  const svg = figure.querySelector('svg');
  if (svg === null) continue;
  const look = new Look(svg);
  steer(look, figure);
  zoomByHand(look);
  drag(look, figure);
}
