/**
 * User timing, for whoever measures the app from outside (W3C User Timing § 3). An observer hears it;
 * nothing is kept, so that a long day does not fill the page's memory with it.
 */
export function tellMoment(name: string): void {
  performance.mark(name)
  performance.clearMarks(name)
}

/** From `start`, in the page's milliseconds, to now. */
export function tellSpan(name: string, start: number): void {
  performance.measure(name, { start })
  performance.clearMeasures(name)
}
