import type { Formatter } from "./format";

interface Tile {
  element: HTMLElement;
  row: number;
  column: number;
}

type Place = Pick<Tile, "row" | "column">;

const DIRECTIONS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The tile one comes to from `from` by an arrow key: ahead, and as little aside as can be. */
export function neighbour<T extends Place>(tiles: readonly T[], from: T, key: string): T | null {
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  const [down, right] = direction;
  let best: T | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const tile of tiles) {
    const rows = tile.row - from.row;
    const columns = tile.column - from.column;
    const ahead = rows * down + columns * right;
    if (ahead <= 0) continue;
    const aside = Math.abs(down !== 0 ? columns : rows);
    const cost = ahead + aside * (down !== 0 ? 1.5 : 20);
    if (cost < least) {
      least = cost;
      best = tile;
    }
  }
  return best;
}

/** Makes the tiles of a map choosable: one tab stop, arrow keys inside, details in the box. */
export function enliven(figure: HTMLElement, format: Formatter): void {
  const list = figure.querySelector<HTMLElement>(".map");
  const box = figure.querySelector<HTMLElement>(".chosen");
  if (!list || !box) return;
  const tiles: Tile[] = [...list.querySelectorAll<HTMLElement>("li")].map((element) => ({
    element,
    row: Number.parseInt(element.style.gridRowStart, 10),
    column: Number.parseInt(element.style.gridColumnStart, 10),
  }));
  const first = tiles[0];
  if (!first) return;
  list.setAttribute("role", "listbox");
  list.setAttribute(
    "aria-label",
    `${figure.getAttribute("aria-label") ?? ""}. ${format.word("term.map_hint")}`,
  );
  for (const name of ["role", "tabindex", "aria-label"]) list.parentElement?.removeAttribute(name);
  let chosen = first;

  const choose = (tile: Tile, focus: boolean) => {
    chosen.element.setAttribute("aria-selected", "false");
    chosen.element.tabIndex = -1;
    chosen = tile;
    tile.element.setAttribute("aria-selected", "true");
    tile.element.tabIndex = 0;
    const { name = "", value = "", interval } = tile.element.dataset;
    const line = (text: string, className = "") => {
      const p = document.createElement("p");
      p.textContent = text;
      p.className = className;
      return p;
    };
    const title = document.createElement("b");
    title.textContent = name;
    box.replaceChildren(title, line(value, interval === undefined ? "" : "big"));
    if (interval !== undefined) box.append(line(`${format.word("term.interval90")}: ${interval}`));
    if (focus) tile.element.focus();
  };

  for (const tile of tiles) {
    tile.element.setAttribute("role", "option");
    tile.element.setAttribute("aria-selected", "false");
    tile.element.tabIndex = -1;
    tile.element.addEventListener("click", () => choose(tile, true));
    tile.element.addEventListener("keydown", (event) => {
      const to = neighbour(tiles, tile, event.key);
      if (!(event.key in DIRECTIONS)) return;
      event.preventDefault();
      if (to) choose(to, true);
    });
  }
  choose(tiles.find((tile) => "chosen" in tile.element.dataset) ?? first, false);
  box.hidden = false;
}
