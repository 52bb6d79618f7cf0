/** What is covered on a page, in fractions of the page as it is seen. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Smaller ones cover nothing and cannot be taken hold of. */
const least = 0.012

const within = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, value))

/** From one corner to the opposite one, in any direction. */
export function boxBetween(x1: number, y1: number, x2: number, y2: number): Box {
  const [left, right] = [within(Math.min(x1, x2), 0, 1), within(Math.max(x1, x2), 0, 1)]
  const [top, bottom] = [within(Math.min(y1, y2), 0, 1), within(Math.max(y1, y2), 0, 1)]
  return { left, top, width: right - left, height: bottom - top }
}

export const isWorthKeeping = ({ width, height }: Box): boolean => width >= least && height >= least

/** Never off the page. */
export function moved(box: Box, right: number, down: number): Box {
  return {
    ...box,
    left: within(box.left + right, 0, 1 - box.width),
    top: within(box.top + down, 0, 1 - box.height)
  }
}

/** The corner at the end moves; the one at the start stays. */
export function resized(box: Box, wider: number, higher: number): Box {
  return {
    ...box,
    width: within(box.width + wider, least, 1 - box.left),
    height: within(box.height + higher, least, 1 - box.top)
  }
}

/** Where it is when the page is turned a quarter clockwise. */
export function turned({ left, top, width, height }: Box): Box {
  return { left: 1 - top - height, top: left, width: height, height: width }
}

/** Whole pixels, rounded outwards: an edge of what is covered may not shine through. */
export function pixelsOf(
  box: Box,
  page: { readonly width: number; readonly height: number }
): { x: number; y: number; width: number; height: number } {
  const x = Math.floor(box.left * page.width)
  const y = Math.floor(box.top * page.height)
  return {
    x,
    y,
    width: Math.ceil((box.left + box.width) * page.width) - x,
    height: Math.ceil((box.top + box.height) * page.height) - y
  }
}
