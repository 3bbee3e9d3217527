const MOST_IDS = 200_000;

/** The ids that a system has taken; the oldest are forgotten. */
export class UsedIds {
  readonly #ids = new Set<string>();

  has(system: string, id: string): boolean {
    return this.#ids.has(`${system} ${id}`);
  }

  add(system: string, id: string): void {
    this.#ids.add(`${system} ${id}`);
    const [oldest] = this.#ids.size > MOST_IDS ? this.#ids : [];
    if (oldest !== undefined) this.#ids.delete(oldest);
  }

  clear(): void {
    this.#ids.clear();
  }
}
