/** The middle one; of an even count, the higher of the two. */
export function medianOf(values: readonly number[]): number {
  return percentileOf(values, 0.5)
}

export function percentileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  if (found === undefined) throw new Error('nothing was measured')
  return found
}

/** A figure with what the issue of the product allows it to be. */
export interface Figure {
  readonly what: string
  readonly value: string
  readonly beside: string
  readonly ratio: string
  readonly allowed: string
  readonly holds: boolean
}
